/** Merging a bundle: each whole part is taken in as soon as it is read, with all checks, and is stored then. */
import { BytesError, fromHex } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { createContents } from '../log/bundle-contents.ts';
import type { BundleEnd, SignedPart } from '../log/bundle-header.ts';
import type { ByteSource } from '../log/bundle-read.ts';
import { decodePack, ITEM, type PackItem } from '../log/pack.ts';
import type { DocumentId, MemberId, Receipt, RefusalType } from '../log/types.ts';
import { countBeyond, emptyVector, type Vector } from '../log/vector.ts';
import { type Failed, type Missing, openAll } from './bundle-batch.ts';
import { type BundleError, claimedVector, type Incomplete, type Maker, type Opened, overBound } from './bundle-open.ts';
import type { Environment } from './environment.ts';
import type { FullReplica } from './full-replica.ts';
import type { ReplicaError } from './replica-types.ts';

export interface MergeOptions {
  readonly passphrase?: string | undefined;
  /** somebody was asked about more than 50 MB of one device, and said yes */
  readonly acceptsLarge?: boolean;
  /** Changes that have been taken in, of those that the files say are in them. */
  readonly onprogress?: (changes: number, of: number) => void;
}

export interface Merged {
  /** of the first file that was read */
  readonly maker: Maker;
  readonly failed: readonly Failed[];
  readonly missing: readonly Missing[];
  readonly receipt: Receipt;
  /** whole parts that were taken in */
  readonly parts: number;
  /** null: read to its end */
  readonly incomplete: Incomplete | null;
  /** it told something new of what its maker has */
  readonly hasLearned: boolean;
}

/** An error means that nothing of the bundle was taken in (or that this device's storage failed on the way). */
export const mergeBundle = async (
  replica: FullReplica,
  source: ByteSource,
  environment: Environment,
  options: MergeOptions = {},
): Promise<Result<Merged, BundleError | ReplicaError>> => mergeBundles(replica, [source], environment, options);

/** The same for several files at once, in any order. */
export const mergeBundles = async (
  replica: FullReplica,
  sources: readonly ByteSource[],
  environment: Environment,
  { passphrase, acceptsLarge = false, onprogress }: MergeOptions = {},
): Promise<Result<Merged, BundleError | ReplicaError>> => {
  const batch = await openAll(replica, sources, environment, passphrase);
  if (!batch.ok) return batch;
  const { opened, failed, missing, changes } = batch.value;
  const sum = createSum();
  /** what others said that they have: known only once all members are */
  const said: Uint8Array[] = [];
  const ends: (() => Promise<boolean>)[] = [];
  let incomplete: Incomplete | null = null;
  let parts = 0;
  let taken = 0;
  for (const { maker, next } of opened) {
    const contents = createContents(replica.spaceId);
    for (let here = 0; ; here++) {
      const step = await next();
      if (step.type === 'end') {
        const { end } = step;
        const vector = claimedVector(end.value, contents);
        if (vector) ends.push(() => believe(replica, vector, end, maker));
      }
      if (step.type === 'stopped') incomplete ??= step.stop;
      if (step.type !== 'part') break;
      parts += 1;
      const items = itemsOf(step.pack);
      if (items === null) {
        sum.refuse('Malformed');
        continue;
      }
      const before = contents.changes;
      contents.add(items);
      const tooLarge = overBound(contents, acceptsLarge, here);
      if (tooLarge) {
        parts -= 1;
        incomplete ??= tooLarge;
        break;
      }
      for (const { type, bytes } of items) if (type === ITEM.vectors) said.push(bytes.slice());
      const outcome = await replica.takeItems(items, null, step.pack);
      if (!outcome.ok) return outcome;
      sum.add(outcome.value.receipt);
      taken += contents.changes - before;
      onprogress?.(taken, changes);
      await environment.breathe();
    }
  }
  if (parts === 0 && incomplete) return err(incomplete.type === 'TooLarge' ? { type: 'TooLarge' } : incomplete);
  let hasLearned = await learn(replica, said);
  for (const end of ends) if (await end()) hasLearned = true;
  const [{ maker }] = opened as readonly [Opened];
  return ok({ maker, failed, missing, receipt: sum.receipt(), parts, incomplete, hasLearned });
};

/** The items of a part; null where it is no pack, which only a broken or hostile maker writes. */
export const itemsOf = (pack: Uint8Array): readonly PackItem[] | null => {
  try {
    return decodePack(pack);
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};

/** What devices said of themselves, passed on by the maker; what is no such list says nothing. */
const learn = async (replica: FullReplica, said: readonly Uint8Array[]): Promise<boolean> => {
  let isNews = false;
  for (const bytes of said) {
    try {
      if ((await replica.signedVectors.take(bytes)).isNews) isNews = true;
    } catch (error) {
      if (!(error instanceof BytesError)) throw error;
    }
  }
  return isNews;
};

/** Did it tell anything new? Only then is the signature looked at; an old bundle that comes again tells nothing. */
const believe = async (
  replica: FullReplica,
  vector: Vector,
  { message, signature }: SignedPart<BundleEnd>,
  { device }: Maker,
): Promise<boolean> => {
  const member = replica.membership().memberByDevice.get(device);
  if (member === undefined || device === replica.device) return false;
  if (countBeyond(vector, replica.knownVector(member) ?? emptyVector()) === 0) return false;
  if (!(await replica.verifier.verify(fromHex(device), message, signature))) return false;
  replica.heard(device, vector, false);
  return true;
};

const createSum = () => {
  let changes = 0;
  let verified = 0;
  let waiting = 0;
  const byMember = new Map<MemberId, number>();
  const byDocument = new Map<DocumentId, number>();
  const refused = new Map<RefusalType, number>();
  const plus = <K>(map: Map<K, number>, more: Iterable<readonly [K, number]>): void => {
    for (const [key, count] of more) map.set(key, (map.get(key) ?? 0) + count);
  };
  return {
    add: (receipt: Receipt): void => {
      changes += receipt.changes;
      verified += receipt.verified;
      ({ waiting } = receipt);
      plus(byMember, receipt.changesByMember);
      plus(byDocument, receipt.changesByDocument);
      plus(refused, receipt.refused);
    },
    refuse: (type: RefusalType): void => plus(refused, [[type, 1]]),
    receipt: (): Receipt => ({
      changes,
      changesByMember: byMember,
      changesByDocument: byDocument,
      verified,
      waiting,
      refused,
    }),
  };
};
