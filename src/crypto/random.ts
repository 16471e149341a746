/** Gives that many unpredictable bytes. Passed in, so that this folder stays pure and tests repeat. */
export type Random = (length: number) => Uint8Array;
