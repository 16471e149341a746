/** Opening a bundle with a replica's keys: is it for us, and who made it? Nothing of it is believed before. */
import { DEFAULT_COST } from '../crypto/index.ts';
import { equalBytes, fromHex, toHex } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import type { BundleContents } from '../log/bundle-contents.ts';
import { type BundleEnd, type BundleHeader, hashContents } from '../log/bundle-header.ts';
import { BUNDLE_LIMIT } from '../log/bundle-limits.ts';
import {
  type BundleOpenError,
  type BundleStop,
  type ByteSource,
  type OpenBundle,
  openBundle,
  passphraseSalt,
} from '../log/bundle-read.ts';
import { spoken } from '../log/spoken.ts';
import { bundleKeyOf } from '../log/epoch.ts';
import type { DeviceId, MemberId } from '../log/types.ts';
import { mergeVectors, type Vector } from '../log/vector.ts';
import type { Environment } from './environment.ts';
import type { FullReplica } from './full-replica.ts';

export type BundleError =
  | BundleOpenError
  /** whoever it says made it did not sign it */
  | { readonly type: 'BadSender' };

/** Why a bundle was not read to its end. */
export type Incomplete =
  | BundleStop
  /** over a bound that nobody was asked about: so much of one device, or so many segments */
  | { readonly type: 'TooLarge'; readonly atPart: number; readonly device: DeviceId | null };

/** What a bundle says of itself, proven. */
export interface Maker {
  readonly device: DeviceId;
  /** hex */
  readonly bundle: string;
  /** days since 1970, by the maker's clock */
  readonly day: number;
  readonly isWhole: boolean;
  /** none: everybody in the space */
  readonly readers: readonly MemberId[];
  /** what it should hold, by device */
  readonly changes: ReadonlyMap<DeviceId, number>;
  /** null: it is one file; `set`: hex, the same in all files that were made together */
  readonly part: { readonly set: string; readonly number: number; readonly of: number } | null;
}

export interface Opened {
  readonly maker: Maker;
  readonly header: BundleHeader;
  next: OpenBundle['next'];
}

export const openFor = async (
  replica: FullReplica,
  source: ByteSource,
  environment: Environment,
  passphrase: string | undefined,
): Promise<Result<Opened, BundleError>> => {
  const { identity, verifier, spaceId } = replica;
  const bundleKeys = [...identity.epochs].reverse().map(bundleKeyOf);
  const stretchWith =
    passphrase === undefined || passphrase === ''
      ? null
      : (salt: Uint8Array) => environment.stretch(spoken(passphrase), passphraseSalt(salt), DEFAULT_COST);
  const opened = await openBundle(source, { bundleKeys, box: identity.box }, stretchWith);
  if (!opened.ok) return opened;
  const { value: header, message, signature } = opened.value.header;
  if (header.space !== spaceId) return err({ type: 'NotForThisSpace' });
  if (!(await verifier.verify(fromHex(header.device), message, signature))) return err({ type: 'BadSender' });
  const { device, day, isWhole, readers, changes } = header;
  const part = header.part && { ...header.part, set: toHex(header.part.set) };
  const maker = { device, bundle: toHex(header.id), day, isWhole, readers, changes, part };
  return ok({ maker, header, next: opened.value.next });
};

/** Is this more than may be taken in without a question? */
export const overBound = (contents: BundleContents, acceptsLarge: boolean, atPart: number): Incomplete | null => {
  if (contents.segments > BUNDLE_LIMIT.segments) return { type: 'TooLarge', atPart, device: null };
  const { largest } = contents;
  if (acceptsLarge || largest === null || largest.bytes <= BUNDLE_LIMIT.device) return null;
  return { type: 'TooLarge', atPart, device: largest.device };
};

/** What a bundle that was read to its end says that its maker has, unproven; null where it says another thing than it holds. */
export const claimedVector = (end: BundleEnd, contents: BundleContents): Vector | null => {
  const inside = contents.vector();
  return equalBytes(hashContents(inside), end.contents) ? mergeVectors(inside, end.also) : null;
};
