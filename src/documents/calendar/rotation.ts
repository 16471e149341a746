/**
 * Who hosts a check-in: a rule that anybody can follow with a finger. The groups stand in an order; from the day on which
 * turns are counted, each check-in is the next group's. A check-in that does not take place uses up nobody's turn. Who
 * passes is passed over, and the one after moves up for good. A swap changes one check-in and nobody's turn.
 */
import type { OccurrenceId } from '../../times/index.ts';

export interface Rotation {
  /** ids of groups in hex, in the order of their turns */
  readonly turns: readonly string[];
  /** by check-in: how many groups pass, one after the other */
  readonly passes: ReadonlyMap<OccurrenceId, number>;
  /** by check-in: the group that hosts it, whosever turn it is */
  readonly swaps: ReadonlyMap<OccurrenceId, string>;
}

export type Hosting =
  | ({ readonly type: 'turn'; readonly group: string } & Passed)
  /** `turn`: whose it would have been; null: nobody's */
  | ({ readonly type: 'swap'; readonly group: string; readonly turn: string | null } & Passed)
  /** nobody takes turns */
  | { readonly type: 'nobody' };

interface Passed {
  /** the groups that passed, one after the other; absent: nobody did */
  readonly passed?: readonly string[];
}

/** `occurrences`: all that take place from the first turn on, in order, by what names them. */
export const hostsOf = (
  { turns, passes, swaps }: Rotation,
  occurrences: readonly OccurrenceId[],
): ReadonlyMap<OccurrenceId, Hosting> => {
  let at = 0;
  return new Map(
    occurrences.map((occurrence): [OccurrenceId, Hosting] => {
      const first = at;
      const groupAt = (place: number): string | null => turns[place % Math.max(1, turns.length)] ?? null;
      at += passes.get(occurrence) ?? 0;
      const turn = groupAt(at);
      // who passes again when all have passed is named once
      const passing = Array.from({ length: Math.min(at - first, turns.length) }, (_, by) => groupAt(first + by) ?? []);
      const passed = passing.length === 0 ? {} : { passed: passing.flat() };
      at += 1;
      const swap = swaps.get(occurrence);
      if (swap !== undefined && swap !== turn) return [occurrence, { type: 'swap', group: swap, turn, ...passed }];
      return [occurrence, turn === null ? { type: 'nobody' } : { type: 'turn', group: turn, ...passed }];
    }),
  );
};
