/** Recorded editing sessions, as josephg/editing-traces has them: `{startContent, endContent, txns: [{patches}]}`. */
import { gunzipSync } from 'node:zlib';
import { err, ok, type Result } from '../lib/result.ts';

/** at a place, that many characters deleted, that text put in */
export type Patch = readonly [position: number, deleted: number, inserted: string];

export interface Trace {
  readonly start: string;
  readonly end: string;
  readonly transactions: readonly (readonly Patch[])[];
}

export type TraceError = { readonly type: 'NotATrace' } | { readonly type: 'ConcurrentTrace' };

const MOST = 200_000_000;

/** JSON, or JSON in gzip. What it gives has been typed once on plain text, and came out at `end`. */
export const parseTrace = (bytes: Uint8Array): Result<Trace, TraceError> => {
  try {
    const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = new TextDecoder().decode(isZipped ? gunzipSync(bytes, { maxOutputLength: MOST }) : bytes);
    const found: unknown = JSON.parse(text);
    if (!isObject(found)) return err({ type: 'NotATrace' });
    if (found['kind'] === 'concurrent') return err({ type: 'ConcurrentTrace' });
    const { startContent = '', endContent, txns } = found;
    if (typeof startContent !== 'string' || typeof endContent !== 'string' || !isList(txns)) {
      return err({ type: 'NotATrace' });
    }
    const transactions = txns.map(patchesOf);
    const trace = { start: startContent, end: endContent, transactions };
    return isRight(trace) ? ok(trace) : err({ type: 'NotATrace' });
  } catch {
    return err({ type: 'NotATrace' }); // not gzip, not JSON, or patches of another shape
  }
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const patchesOf = (transaction: unknown): readonly Patch[] => {
  const patches: unknown = isObject(transaction) ? transaction['patches'] : undefined;
  if (!isList(patches)) throw new TypeError('a transaction without patches');
  return patches.map((patch): Patch => {
    const [position, deleted, inserted] = isList(patch) ? patch : [];
    if (!isCount(position) || !isCount(deleted) || typeof inserted !== 'string') throw new TypeError('not a patch');
    return [position, deleted, inserted];
  });
};

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

const isRight = ({ start, end, transactions }: Trace): boolean => {
  let text = start;
  for (const [position, deleted, inserted] of transactions.flat()) {
    if (position + deleted > text.length) return false;
    text = text.slice(0, position) + inserted + text.slice(position + deleted);
  }
  return text === end;
};
