/**
 * Hands that sign anything: devices whose records, statements and entries a test makes byte by byte, honest or not.
 * Everything is decided by a seed.
 */
import nacl from 'tweetnacl';
import { toHex } from '../../../src/lib/bytes.ts';
import { sha256 } from '../../../src/crypto/index.ts';

import {
  deriveClientSync,
  firstHead,
  headMessage,
  nextHead,
  type SessionHeader,
  sessionIdOf,
} from '../../../src/log/chain.ts';
import { copyTables, createTables, encodeEntry, type EntryBytes, type Tables } from '../../../src/log/entry.ts';
import { createEpoch, type Epoch } from '../../../src/log/epoch.ts';
import { createDeviceKeys, type DeviceKeys, deviceIdOf } from '../../../src/log/identity.ts';
import { encodeRecordBody, RECORD, type RecordBody } from '../../../src/log/records.ts';
import type { Segment } from '../../../src/log/segment.ts';
import {
  completeSigned,
  encodeEnvelope,
  type Envelope,
  idOfEnvelope,
  type Lane,
  type Signed,
  signedMessage,
} from '../../../src/log/signed.ts';
import type { Edit } from '../../../src/log/struct.ts';
import type { DeviceId, DocumentId, SessionId, SignedId, SpaceId } from '../../../src/log/types.ts';
import { createDice } from '../../world.ts';

export const NOTHING = new Uint8Array(0);
export const GROUP = { name: 'Dockers', region: 'Genoa', languages: ['it'], timeZone: 'Europe/Rome' };

export interface Hand {
  readonly keys: DeviceKeys;
  readonly device: DeviceId;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

export const createHand = (seed: number): Hand => {
  const keys = createDeviceKeys(createDice(seed).random);
  const secret = nacl.sign.keyPair.fromSeed(keys.signing.seed).secretKey;
  return { keys, device: deviceIdOf(keys), sign: (message) => nacl.sign.detached(message, secret) };
};

export interface CraftedSpace {
  readonly space: SpaceId;
  readonly epoch: Epoch;
  readonly genesis: Signed;
}

/** A space founded by a hand. */
export const foundBy = (hand: Hand, seed = 1): CraftedSpace => {
  const { random } = createDice(seed + 7_000_000);
  const secret = random(32);
  const envelope: Envelope = {
    version: 1,
    type: RECORD.genesis,
    audience: NOTHING,
    device: hand.device,
    number: 1,
    previous: null,
    parents: [],
    minute: 100,
    body: encodeRecordBody({
      type: 'genesis',
      random: random(16),
      boxKey: hand.keys.box.publicKey,
      epochHash: sha256(secret),
      spaceName: 'Harbour',
      name: 'Alice',
      group: GROUP,
    }),
  };
  const id = idOfEnvelope(null, 'record', encodeEnvelope(envelope));
  const space = String(id) as SpaceId;
  const genesis = completeSigned('record', id, envelope, hand.sign(signedMessage(space, 'record', id)));
  return { space, epoch: createEpoch(space, [], secret), genesis };
};

/** Signs any envelope; `after` is the one before in this hand's chain. */
export const craft = (
  space: SpaceId,
  hand: Hand,
  lane: Lane,
  what: { readonly type: number; readonly body: Uint8Array },
  after: Signed | null,
  parents: readonly SignedId[],
  more: Partial<Envelope> = {},
): Signed => {
  const envelope: Envelope = {
    version: 1,
    type: what.type,
    audience: NOTHING,
    device: hand.device,
    number: (after?.number ?? 0) + 1,
    previous: after?.id ?? null,
    parents: [...new Set(parents)].sort(),
    minute: 101,
    body: what.body,
    ...more,
  };
  const id = idOfEnvelope(space, lane, encodeEnvelope(envelope));
  return completeSigned(lane, id, envelope, hand.sign(signedMessage(space, lane, id)));
};

export const craftRecord = (
  space: SpaceId,
  hand: Hand,
  body: RecordBody,
  after: Signed | null,
  parents: readonly SignedId[],
  more: Partial<Envelope> = {},
): Signed =>
  craft(space, hand, 'record', { type: RECORD[body.type], body: encodeRecordBody(body) }, after, parents, more);

/** One chain of a session, of which any end can be signed. */
export interface Chain {
  readonly hand: Hand;
  readonly space: SpaceId;
  readonly id: SessionId;
  readonly header: SessionHeader;
  readonly entries: EntryBytes[];
  /** heads[n]: after n entries */
  readonly heads: Uint8Array[];
  tables: Tables;
}

export const beginChain = (space: SpaceId, hand: Hand, session: Uint8Array, header: SessionHeader): Chain => {
  const id = sessionIdOf(hand.device, session);
  return {
    hand,
    space,
    id,
    header,
    entries: [],
    heads: [firstHead(space, id, header)],
    tables: createTables(deriveClientSync(space, id), header.minute),
  };
};

export const pushBytes = (chain: Chain, entry: EntryBytes): void => {
  chain.entries.push(entry);
  chain.heads.push(nextHead(chain.heads.at(-1) as Uint8Array, chain.entries.length, entry));
};

export const pushEdit = (chain: Chain, document: DocumentId, edit: Edit, minute = chain.header.minute): void => {
  const tables = copyTables(chain.tables);
  pushBytes(chain, encodeEntry(tables, document, minute, edit));
  chain.tables = tables;
};

/** The same beginning, to go on otherwise. */
export const forkOf = (chain: Chain): Chain => ({
  ...chain,
  entries: chain.entries.slice(),
  heads: chain.heads.slice(),
  tables: copyTables(chain.tables),
});

const signatures = new Map<string, Uint8Array>();
const signHead = (chain: Chain, number: number): Uint8Array => {
  const message = headMessage(chain.space, chain.id, number, chain.heads[number] as Uint8Array);
  const key = toHex(message);
  const known = signatures.get(key) ?? chain.hand.sign(message);
  signatures.set(key, known);
  return known;
};

/** Entries `from`…`to` of a chain, signed. */
export const cutChain = (chain: Chain, from: number, to: number): Segment => ({
  session: chain.id,
  from,
  header: from === 1 ? chain.header : null,
  before: from === 1 ? null : (chain.heads[from - 1] as Uint8Array),
  entries: chain.entries.slice(from - 1, to),
  signature: signHead(chain, to),
});

export const wholeChain = (chain: Chain): Segment => cutChain(chain, 1, chain.entries.length);

export const headerOf = (epoch: Epoch, view: readonly SignedId[]): SessionHeader => ({
  epoch: epoch.id,
  audience: NOTHING,
  minute: 100,
  view: [...new Set(view)].sort(),
});
