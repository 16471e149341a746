/** A camera that looks at a QR code: a Y4M file (YUV4MPEG2, 4:2:0) of a few frames, which Chromium plays again and again. */
import { writeFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { encode } from 'uqr';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 10;

/** Writes the file. The code fills most of the picture, as when somebody holds the phone close. */
export const filmQr = (path: string, text: string): void => film(path, encode(text, { border: 4 }));

/** The same of the code that a page shows now: what is drawn there, square by square. */
export const filmScreen = async (path: string, code: Locator): Promise<void> => {
  const size = Number((await code.getAttribute('viewBox'))?.split(' ')[2]);
  const drawn = (await code.locator('path').getAttribute('d')) ?? '';
  const dark = new Set([...drawn.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`));
  film(path, {
    size,
    data: Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_other, x) => dark.has(`${x} ${y}`))),
  });
};

interface Squares {
  readonly size: number;
  /** rows, with the quiet zone */
  readonly data: readonly (readonly boolean[])[];
}

const film = (path: string, { data, size }: Squares): void => {
  const scale = Math.floor(HEIGHT / size);
  const side = size * scale;
  const top = Math.floor((HEIGHT - side) / 2);
  const start = Math.floor((WIDTH - side) / 2);
  const luma = Buffer.alloc(WIDTH * HEIGHT, 235);
  data.forEach((row, y) =>
    row.forEach((isDark, x) => {
      if (!isDark) return;
      for (let line = 0; line < scale; line++) {
        const at = (top + y * scale + line) * WIDTH + start + x * scale;
        luma.fill(16, at, at + scale);
      }
    }),
  );
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frames = Array.from({ length: FRAMES }, () => [Buffer.from('FRAME\n'), luma, chroma]).flat();
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`), ...frames]));
};
