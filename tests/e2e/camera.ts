/** A camera that looks at a QR code: a Y4M file (YUV4MPEG2, 4:2:0) of a few frames, which Chromium plays again and again. */
import { writeFileSync } from 'node:fs';
import { encode } from 'uqr';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 10;

/** Writes the file. The code fills most of the picture, as when somebody holds the phone close. */
export const filmQr = (path: string, text: string): void => {
  const { data, size } = encode(text, { border: 4 });
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
