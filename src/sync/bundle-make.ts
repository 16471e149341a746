/**
 * Making a bundle: what somebody lacks, or everything, sealed for the whole space or for chosen members.
 * Nothing is noted about who may have it now: a courier loses sticks. Only what comes back is believed.
 */
import { DEFAULT_COST } from '../crypto/index.ts';
import { concat, Writer } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { deviceOf } from '../log/chain.ts';
import { type BundleContents, createContents } from '../log/bundle-contents.ts';
import {
  type BundlePart,
  encodeEnd,
  encodeHeader,
  endMessage,
  hashContents,
  headerMessage,
} from '../log/bundle-header.ts';
import { BUNDLE_LIMIT } from '../log/bundle-limits.ts';
import { passphraseSalt } from '../log/bundle-read.ts';
import { fileSize, roomIn } from '../log/bundle-size.ts';
import { SALT_SIZE, type SlotReader, slotsSize } from '../log/bundle-slots.ts';
import { writeBundle } from '../log/bundle-write.ts';
import { spoken } from '../log/spoken.ts';
import { bundleKeyOf, type Epoch } from '../log/epoch.ts';
import { decodePack, encodePack, ITEM } from '../log/pack.ts';
import type { DeviceId, DocumentId, MemberId } from '../log/types.ts';
import { beyond, emptyVector, type Vector, writeVector } from '../log/vector.ts';
import { restrict } from './digests.ts';
import { type Environment, minuteOf } from './environment.ts';
import type { FullReplica } from './full-replica.ts';
import type { ReplicaError } from './replica-types.ts';

export interface BundleWish {
  /** who can open it */
  readonly recipients: 'space' | { readonly members: readonly MemberId[] };
  /** what the recipients have already (see `commonVector`); null: put everything in */
  readonly base: Vector | null;
  /** asked of the recipients in addition */
  readonly passphrase?: string;
  /** bytes that a file may have: what is more goes into further ones; at least 2^20, or a pack may not fit */
  readonly most?: number;
}

export interface Bundle {
  readonly estimate: {
    readonly changes: number;
    /** people whose changes are in it */
    readonly people: number;
    /** documents that its sessions wrote in: exact for a whole bundle, at most a few too many otherwise */
    readonly documents: number;
  };
  /** How large the files become, and when the oldest change in them was begun. Reads all of it; null where stopped. */
  measure(isStopped?: () => boolean): Promise<Measure | null>;
  /** Each file, to be read to its end before the next. Rejects where this device's storage fails. */
  files(onprogress?: (changes: number) => void): AsyncIterable<AsyncIterable<Uint8Array>>;
  /** The one file, from its first byte to its last: where `most` was not asked for. */
  bytes(): AsyncIterable<Uint8Array>;
}

export interface Measure {
  /** bytes of each file */
  readonly sizes: readonly number[];
  /** minutes since 1970; null: there is nothing in it */
  readonly since: number | null;
}

export type MakeError = ReplicaError | { readonly type: 'TooManyRecipients' };

export const makeBundle = async (
  replica: FullReplica,
  wish: BundleWish,
  environment: Environment,
): Promise<Result<Bundle, MakeError>> => {
  const flushed = await replica.flush();
  if (!flushed.ok) return flushed;
  const { random } = environment;
  const devices = wish.recipients === 'space' ? [] : devicesOfMembers(replica, wish.recipients.members);
  const readers = readersOf(replica, wish.recipients === 'space', devices);
  if (readers.length > BUNDLE_LIMIT.slots) return err({ type: 'TooManyRecipients' });

  await replica.signVector();
  const base = wish.base ?? emptyVector();
  const lacking = replica.lacking(base);
  const changes = changesByDevice(lacking.vector, base);
  const set = random(16);
  const before = SALT_SIZE + slotsSize(readers.length);
  const most = Math.min(wish.most ?? Infinity, Math.floor(BUNDLE_LIMIT.file * 0.9));

  const headerOf = async (part: BundlePart | null): Promise<Uint8Array> => {
    const plain = encodeHeader({
      space: replica.spaceId,
      epoch: currentEpoch(replica).id,
      id: random(16),
      day: Math.floor(minuteOf(environment) / (24 * 60)),
      device: replica.device,
      isWhole: wish.base === null,
      readers: wish.recipients === 'space' ? [] : wish.recipients.members,
      changes,
      history: [],
      part,
    });
    return concat(plain, await replica.signer.sign(headerMessage(plain)));
  };
  const endOf = async (header: Uint8Array, parts: number, contents: BundleContents, size: number, isLast: boolean) => {
    const also = isLast ? alsoHas(replica.vector(), contents, size, new Set(devices)) : emptyVector();
    const plain = encodeEnd({ parts, contents: hashContents(contents.vector()), also });
    return concat(plain, await replica.signer.sign(endMessage(replica.spaceId, header, plain)));
  };

  /** All packs, those with what others have last. */
  async function* packs(): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const pack of lacking.packs()) {
      size += pack.length;
      yield pack;
      await environment.breathe();
    }
    const said = replica.signedVectors.beyond(new Map(), Math.max(SAID_CHEAP, size / 8));
    if (said) yield encodePack([{ type: ITEM.vectors, bytes: said }]);
  }
  /** The packs, file by file. `files`: how many there are to be at most; what is left goes into the last. */
  async function* shares(files: number): AsyncGenerator<AsyncGenerator<Uint8Array>> {
    const all = packs();
    let next = await all.next();
    const room = roomIn(before, most) - RESERVE - changes.size * 40;
    async function* share(isLast: boolean): AsyncGenerator<Uint8Array> {
      for (let size = 0; !next.done; next = await all.next()) {
        const more = next.value.length + 4;
        if (size > 0 && size + more > room && !isLast) return;
        // a reader would stop here; what is left goes into the next bundle
        if (size + more > BUNDLE_LIMIT.file * 0.9) return;
        size += more;
        yield next.value;
      }
    }
    const goesOn = (file: number): boolean => file <= files && (file === 1 || files < Infinity || !next.done);
    for (let file = 1; goesOn(file); file++) yield share(file === files);
  }

  const measure: Bundle['measure'] = async (isStopped) => {
    const sizes: number[] = [];
    let since: number | null = null;
    const look = (contents: BundleContents): void => {
      const begun = [...contents.vector().sessions.keys()].flatMap((id) => replica.session(id)?.header.minute ?? []);
      const oldest = Math.min(contents.since ?? Infinity, ...begun);
      if (oldest !== Infinity) since = Math.min(since ?? Infinity, oldest);
    };
    const part = wish.most === undefined ? null : { set, number: 1, of: 1 };
    const header = await headerOf(part);
    for await (const share of shares(Infinity)) {
      const contents = createContents(replica.spaceId);
      let parts = 0;
      let size = 0;
      for await (const pack of share) {
        if (isStopped?.() === true) return null;
        contents.add(decodePack(pack));
        parts += 1;
        size += pack.length;
      }
      look(contents);
      const end = await endOf(header, parts, contents, size, true);
      sizes.push(fileSize(before, blockSize(header) + size + parts * 4 + 4 + blockSize(end)));
    }
    return { sizes, since };
  };

  async function* files(onprogress?: (changes: number) => void): AsyncGenerator<AsyncGenerator<Uint8Array>> {
    const of = wish.most === undefined ? 1 : ((await measure())?.sizes.length ?? 1);
    let before = 0;
    let number = 0;
    for await (const share of shares(of)) {
      number += 1;
      const contents = createContents(replica.spaceId);
      const isLast = number === of;
      const salt = random(SALT_SIZE);
      const header = await headerOf(of === 1 ? null : { set, number, of });
      const stretched =
        wish.passphrase === undefined
          ? null
          : await environment.stretch(spoken(wish.passphrase), passphraseSalt(salt), DEFAULT_COST);
      let size = 0;
      const counted = before;
      async function* parts(): AsyncGenerator<Uint8Array> {
        for await (const pack of share) {
          contents.add(decodePack(pack));
          size += pack.length;
          onprogress?.(counted + contents.changes);
          yield pack;
        }
      }
      const end = async (count: number): Promise<Uint8Array> => endOf(header, count, contents, size, isLast);
      yield writeBundle({ salt, readers, stretched, header, parts: parts(), end, random });
      before += contents.changes;
    }
  }

  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const file of files()) yield* file;
  }
  return ok({ estimate: estimate(replica, lacking.vector, lacking.changes), measure, files, bytes });
};

/** What all of these members are known to have; null where nothing is known of one of them. */
export const commonVector = (replica: FullReplica, members: readonly MemberId[]): Vector | null => {
  let common: Vector | null = null;
  for (const member of members) {
    const vector = replica.knownVector(member);
    if (!vector) return null;
    common = common ? lesser(common, vector) : vector;
  }
  return common;
};

const lesser = (a: Vector, b: Vector): Vector => {
  const both = <K>(x: ReadonlyMap<K, number>, y: ReadonlyMap<K, number>): Map<K, number> =>
    new Map([...x].filter(([key]) => y.has(key)).map(([key, number]) => [key, Math.min(number, y.get(key) ?? 0)]));
  return {
    records: both(a.records, b.records),
    statements: both(a.statements, b.statements),
    sessions: both(a.sessions, b.sessions),
  };
};

const currentEpoch = (replica: FullReplica): Epoch => {
  const epoch = replica.identity.epochs.at(-1);
  if (!epoch) throw new Error('a replica without an epoch');
  return epoch;
};

const devicesOfMembers = (replica: FullReplica, members: readonly MemberId[]): DeviceId[] =>
  members.flatMap((member) => replica.membership().members.get(member)?.devices ?? []);

/** Chosen members only, and the maker, who may want to look into it again. */
const readersOf = (replica: FullReplica, isForAll: boolean, devices: readonly DeviceId[]): SlotReader[] => {
  if (isForAll) return [{ type: 'space', bundleKey: bundleKeyOf(currentEpoch(replica)) }];
  const boxKeys = [...new Set([...devices, replica.device])].flatMap((device) => replica.boxKeyOf(device) ?? []);
  return boxKeys.map((boxKey) => ({ type: 'device', boxKey }));
};

const changesByDevice = (more: Vector, base: Vector): Map<DeviceId, number> => {
  const changes = new Map<DeviceId, number>();
  const add = (device: DeviceId, count: number): void => void changes.set(device, (changes.get(device) ?? 0) + count);
  for (const [device, number] of more.records) add(device, number - (base.records.get(device) ?? 0));
  for (const [device, number] of more.statements) add(device, number - (base.statements.get(device) ?? 0));
  for (const [session, number] of more.sessions) add(deviceOf(session), number - (base.sessions.get(session) ?? 0));
  return changes;
};

const estimate = (replica: FullReplica, more: Vector, changes: number): Bundle['estimate'] => {
  const { memberByDevice } = replica.membership();
  const people = new Set<MemberId | undefined>();
  const documents = new Set<DocumentId>();
  for (const device of [...more.records.keys(), ...more.statements.keys()]) people.add(memberByDevice.get(device));
  for (const session of more.sessions.keys()) {
    people.add(memberByDevice.get(deviceOf(session)));
    for (const document of replica.session(session)?.tables.documents ?? []) documents.add(document);
  }
  people.delete(undefined);
  return { changes, people: people.size, documents: documents.size };
};

/**
 * What the maker has beside what is in the bundle, so that the reader need not send it again: all of it where that
 * costs little beside the parts, else what the recipients themselves wrote, as a receipt for it.
 */
const alsoHas = (all: Vector, contents: BundleContents, size: number, recipients: ReadonlySet<DeviceId>): Vector => {
  const also = beyond(all, contents.vector());
  const to = new Writer();
  writeVector(to, also);
  return to.length <= Math.max(CHEAP, size / 16) ? also : restrict(also, recipients);
};

/** plain bytes of a file that are its header and end, but for what the header says of each device */
const RESERVE = 12_000;
/** A block as it is written. */
const blockSize = ({ length }: Uint8Array): number => length + new Writer(8).varuint(length).length;
/** bytes of what others are known to have that go with any bundle */
const SAID_CHEAP = 32_768;
/** bytes of vector that are worth a hundred changes sent again */
const CHEAP = 2048;
