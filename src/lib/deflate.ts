/**
 * Raw DEFLATE (RFC 1951) in memory, with a bound on the opened size that holds before the work is done:
 * input is fed in slices, so a bomb costs at most one slice beyond the bound.
 */
import { deflateSync, Inflate } from 'fflate';
import { BytesError } from './bytes.ts';

const SLICE = 4096;

export const deflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: 6 });

/** Throws BytesError unless the input opens to exactly `length` bytes. */
export const inflate = (bytes: Uint8Array, length: number): Uint8Array => {
  const out = new Uint8Array(length);
  let at = 0;
  let ended = false;
  const stream = new Inflate((chunk, final) => {
    if (at + chunk.length > length) throw new BytesError('opens to more than it says');
    out.set(chunk, at);
    at += chunk.length;
    ended = final;
  });
  try {
    for (let i = 0; i < bytes.length || i === 0; i += SLICE) {
      stream.push(bytes.subarray(i, i + SLICE), i + SLICE >= bytes.length);
    }
  } catch (error) {
    if (error instanceof BytesError) throw error;
    throw new BytesError('not deflated data');
  }
  if (!ended || at !== length) throw new BytesError('opens to less than it says');
  return out;
};
