/** An agreement of 60 pages in a real Chromium: opened, and typed in at its end. Null where there is no browser. */
import type { Page } from '@playwright/test';
import type { Opening } from './agreement-page.ts';
import { CLAUSES, WORDS } from './agreement-text.ts';
import { type Figure, median, TIMES } from './measure.ts';
import { onPage } from './on-page.ts';

const KEYS = 40;

export const measureAgreement = async (): Promise<readonly Figure[] | null> => {
  const measured = await onPage({ script: 'bench/agreement-page.ts' }, async (page) => ({
    openings: await page.evaluate<readonly Opening[]>(`weftBench.measureOpenings(${TIMES})`),
    typing: await measureTypings(page),
  }));
  if (measured === null) return null;
  const { openings, typing } = measured;
  const ours = median(openings.map((opening) => opening.ours));
  const bare = median(openings.map((opening) => opening.bare));
  const text = `${CLAUSES} clauses, about ${WORDS} words`;
  return [
    {
      name: 'an agreement of 60 pages opened ÷ one bare ProseMirror editor with the same text',
      ratio: median(openings.map((opening) => opening.ours / opening.bare)),
      target: 2,
      method: `${ours.toFixed(0)} ms ÷ ${bare.toFixed(0)} ms, to the frame after which one can write; ${text}; ours from the document's bytes, bare from JSON; median of ${TIMES}`,
    },
    {
      name: 'typing at its end, p95 from the key to the letter laid out ÷ y-prosemirror with the same text as one document',
      ratio: percentile(typing.ours) / percentile(typing.plain),
      target: 1,
      method: `${percentile(typing.ours).toFixed(1)} ms ÷ ${percentile(typing.plain).toFixed(1)} ms; ${typing.ours.length} and ${typing.plain.length} keys in turns of ${KEYS}; medians ${median(typing.ours).toFixed(1)} and ${median(typing.plain).toFixed(1)} ms; ours with the log's capture`,
    },
  ];
};

const measureTypings = async (page: Page): Promise<{ readonly ours: number[]; readonly plain: number[] }> => {
  const typing: { ours: number[]; plain: number[] } = { ours: [], plain: [] };
  for (let round = 0; round <= TIMES; round++) {
    for (const [name, open, close] of [
      ['ours', 'typeInOurs', 'closeOurs'],
      ['plain', 'typeInPlain', 'closeBare'],
    ] as const) {
      await page.evaluate(`weftBench.${open}()`);
      for (let key = 0; key < KEYS; key++) await page.keyboard.press(key % 6 === 5 ? 'Space' : 'a');
      const times = await page.evaluate<readonly number[]>(`weftBench.timesOf(${KEYS})`);
      // the first round warms up
      if (round > 0) typing[name].push(...times);
      await page.evaluate(`weftBench.${close}()`);
    }
  }
  return typing;
};

const percentile = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
};
