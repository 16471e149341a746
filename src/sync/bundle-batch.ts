/**
 * Several files at once, in any order: each is opened, those that were made together are put in their order, the same
 * one twice is taken once, and what is missing between them is known.
 */
import { err, ok, type Result } from '../lib/result.ts';
import type { ByteSource } from '../log/bundle-read.ts';
import { type BundleError, openFor, type Maker, type Opened } from './bundle-open.ts';
import type { Environment } from './environment.ts';
import type { FullReplica } from './full-replica.ts';

/** A file that nothing can be taken from. */
export interface Failed {
  /** which of those that were given */
  readonly file: number;
  readonly error: BundleError;
}

/** Files of one bundle that were not among those given. */
export interface Missing {
  readonly set: string;
  readonly numbers: readonly number[];
  readonly of: number;
}

export interface Batch {
  /** at least one, in the order in which they are to be read */
  readonly opened: readonly Opened[];
  readonly failed: readonly Failed[];
  readonly missing: readonly Missing[];
  /** changes that they say are in them */
  readonly changes: number;
}

/** An error: of the first file, where none can be opened; or a passphrase is needed for one of them. */
export const openAll = async (
  replica: FullReplica,
  sources: readonly ByteSource[],
  environment: Environment,
  passphrase: string | undefined,
): Promise<Result<Batch, BundleError>> => {
  const opened: Opened[] = [];
  const failed: Failed[] = [];
  for (const [file, source] of sources.entries()) {
    const one = await openFor(replica, source, environment, passphrase);
    if (!one.ok && (one.error.type === 'PassphraseNeeded' || one.error.type === 'WrongPassphrase')) return one;
    if (!one.ok) failed.push({ file, error: one.error });
    else if (!opened.some(({ maker }) => maker.bundle === one.value.maker.bundle)) opened.push(one.value);
  }
  if (opened.length === 0) return err(failed[0]?.error ?? { type: 'NotForThisSpace' });
  opened.sort((a, b) => compare(a.maker, b.maker));
  return ok({ opened, failed, missing: missingOf(opened.map(({ maker }) => maker)), changes: changesOf(opened) });
};

/** What came first goes first, as far as days tell; what hangs on something later waits for it. */
const compare = (a: Maker, b: Maker): number =>
  a.day - b.day || compareText(nameOf(a), nameOf(b)) || (a.part?.number ?? 0) - (b.part?.number ?? 0);

const nameOf = ({ part, bundle }: Maker): string => part?.set ?? bundle;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const missingOf = (makers: readonly Maker[]): readonly Missing[] => {
  const sets = new Map<string, { readonly of: number; readonly here: Set<number> }>();
  for (const { part } of makers) {
    if (!part) continue;
    const known = sets.get(part.set);
    if (known) known.here.add(part.number);
    else sets.set(part.set, { of: part.of, here: new Set([part.number]) });
  }
  return [...sets].flatMap(([set, { of, here }]) => {
    const numbers = Array.from({ length: of }, (_, at) => at + 1).filter((number) => !here.has(number));
    return numbers.length > 0 ? [{ set, numbers, of }] : [];
  });
};

/** All files of one bundle say what is in all of them. */
const changesOf = (opened: readonly Opened[]): number => {
  const byName = new Map(opened.map(({ maker }) => [nameOf(maker), maker.changes]));
  let sum = 0;
  for (const changes of byName.values()) for (const count of changes.values()) sum += count;
  return sum;
};
