/** What storage would not take is asked for again, ever more seldom while there is no room: all of it travels anew. */
import type { ReplicaError } from './replica-types.ts';

export interface AskingAgain {
  /** What came could not be stored. */
  failed(error: ReplicaError): void;
  /** Something was stored. */
  stored(): void;
}

/** Milliseconds. */
const FIRST = 5000;
const LONGEST = 60_000;

export const createAskingAgain = (
  after: (milliseconds: number, run: () => void) => void,
  again: () => void,
): AskingAgain => {
  let wait = FIRST;
  let isPlanned = false;
  return {
    failed: ({ type }) => {
      // no time mends these
      if (isPlanned || type === 'SessionEnded' || type === 'StorageGone') return;
      isPlanned = true;
      after(wait, () => {
        isPlanned = false;
        again();
      });
      wait = Math.min(wait * 2, LONGEST);
    },
    stored: () => {
      wait = FIRST;
    },
  };
};
