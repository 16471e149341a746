/** Two ways to do the same, one after the other in one run, again and again: medians, and how they compare. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What one line of the table says. */
export interface Figure {
  readonly name: string;
  /** ours divided by plain Yjs, where that is what the target speaks of */
  readonly ratio?: number;
  readonly value?: number;
  readonly unit?: string;
  /** at most this; null where the design names no number */
  readonly target: number | null;
  readonly method: string;
}

export const TIMES = 7;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
};

export interface Pair {
  readonly ours: number;
  readonly plain: number;
  readonly ratio: number;
}

type Work = () => unknown;

/**
 * Milliseconds of both, medians of seven after one round that does not count. The ratio is the median of the rounds'
 * own ratios: what disturbs the machine disturbs both halves of a round.
 */
export const sideBySide = async (ours: Work, plain: Work): Promise<Pair> => {
  const times: { ours: number; plain: number }[] = [];
  for (let round = -1; round < TIMES; round++) {
    const a = await timeOf(ours);
    const b = await timeOf(plain);
    if (round >= 0) times.push({ ours: a, plain: b });
  }
  return {
    ours: median(times.map((each) => each.ours)),
    plain: median(times.map((each) => each.plain)),
    ratio: median(times.map((each) => each.ours / each.plain)),
  };
};

export const timeOf = async (work: Work): Promise<number> => {
  collectGarbage();
  const start = performance.now();
  await work();
  return performance.now() - start;
};

setFlagsFromString('--expose-gc');
export const collectGarbage = runInNewContext('gc') as () => void;

export const milliseconds = ({ ours, plain }: Pair): string => `${ours.toFixed(0)} ms ÷ ${plain.toFixed(0)} ms`;
