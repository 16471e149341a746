/**
 * Sessions and their chains. A session is one run of one tab of one device; its entries are chained by hash,
 * and a signature over any head vouches for all entries up to it.
 *
 *   head_0 = SHA-256("weft1/session\0" ‖ spaceId ‖ device ‖ session ‖ header)
 *   head_n = SHA-256("weft1/entry\0" ‖ head_{n-1} ‖ n ‖ SHA-256(content) ‖ skeleton)
 *
 * The content enters by its hash alone, so that it can be erased later and the chain still be walked.
 */
import { createPbkdf2, pbkdf2Sync, sha256 } from '../crypto/index.ts';
import { concat, fromHex, type Reader, toHex, Writer } from '../lib/bytes.ts';
import { BytesError } from '../lib/bytes.ts';
import type { EntryBytes } from './entry.ts';
import { LABEL } from './labels.ts';
import { LIMIT } from './limits.ts';
import type { DeviceId, SessionId, SignedId, SpaceId } from './types.ts';

export interface SessionHeader {
  /** 16 bytes */
  readonly epoch: Uint8Array;
  /** empty: the whole space */
  readonly audience: Uint8Array;
  /** minutes since 1970 when the session began; for display only */
  readonly minute: number;
  /** the newest records that its author had seen, sorted */
  readonly view: readonly SignedId[];
}

export const sessionIdOf = (device: DeviceId, session: Uint8Array): SessionId =>
  `${device}:${toHex(session)}` as SessionId;
export const deviceOf = (session: SessionId): DeviceId => session.slice(0, 64) as DeviceId;
export const sessionBytesOf = (session: SessionId): Uint8Array => fromHex(session.slice(65));

export const writeHeader = (to: Writer, header: SessionHeader): void => {
  to.bytes(header.epoch).block(header.audience).varuint(header.minute).varuint(header.view.length);
  for (const id of header.view) to.bytes(fromHex(id));
};

export const readHeader = (from: Reader): SessionHeader => {
  const epoch = from.bytes(16).slice();
  const audience = from.block(16).slice();
  const minute = from.varuint();
  const count = from.varuint();
  if (count > LIMIT.heads) throw new BytesError('too many heads');
  const view: SignedId[] = [];
  for (let i = 0; i < count; i++) {
    const id = toHex(from.bytes(32)) as SignedId;
    if (i > 0 && id <= (view[i - 1] as string)) throw new BytesError('heads not in order');
    view.push(id);
  }
  return { epoch, audience, minute, view };
};

export const firstHead = (space: SpaceId, session: SessionId, header: SessionHeader): Uint8Array => {
  const to = new Writer();
  writeHeader(to, header);
  return sha256(LABEL.session, fromHex(space), fromHex(deviceOf(session)), sessionBytesOf(session), to.finish());
};

const EMPTY_HASH = sha256(new Uint8Array(0));
// one buffer for label ‖ head ‖ n ‖ content hash ‖ skeleton: 50,000 of these are made when a newcomer arrives
const START = LABEL.entry.length + 32 + 8 + 32;
const message = new Uint8Array(START + 512);
message.set(LABEL.entry);
const view = new DataView(message.buffer);
/** its beginnings, by length of the skeleton */
const messages = Array.from({ length: 513 }, (_, length) => message.subarray(0, START + length));

export const nextHead = (head: Uint8Array, number: number, entry: EntryBytes): Uint8Array => {
  const { skeleton, content } = entry;
  const at = LABEL.entry.length;
  message.set(head, at);
  view.setUint32(at + 32, Math.floor(number / 0x1_0000_0000));
  view.setUint32(at + 36, number >>> 0);
  message.set(content.length === 0 ? EMPTY_HASH : sha256(content), at + 40);
  const whole = messages[skeleton.length];
  if (!whole) return sha256(message.subarray(0, START), skeleton);
  message.set(skeleton, START);
  return sha256(whole);
};

/** What a signature over a session's head number `n` covers. */
export const headMessage = (space: SpaceId, session: SessionId, number: number, head: Uint8Array): Uint8Array =>
  concat(
    LABEL.signEntry,
    fromHex(space),
    fromHex(deviceOf(session)),
    sessionBytesOf(session),
    new Writer(8).u64(number).finish(),
    head,
  );

const ROUNDS = 256;
const clientOf = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 7);
  const client = (view.getUint8(0) & 0x1f) * 0x1_0000_0000_0000 + view.getUint16(1) * 0x1_0000_0000 + view.getUint32(3);
  return client === 0 ? 1 : client;
};
/** The part that is the same for a whole space, so that it is made into a key once. */
const passwordOf = (space: SpaceId): Uint8Array => concat(LABEL.client, fromHex(space));
const saltOf = (session: SessionId): Uint8Array => concat(fromHex(deviceOf(session)), sessionBytesOf(session));

let stretching: { readonly space: SpaceId; readonly stretch: ReturnType<typeof createPbkdf2> } | null = null;

/**
 * The session's Yjs clientID: 53 bits that cost 256 rounds to guess at, since 32 could be ground in minutes.
 * PBKDF2-HMAC-SHA256(password: "weft1/client\0" ‖ spaceId, salt: device ‖ session, 256 rounds, 7 bytes)
 */
export const deriveClient = async (space: SpaceId, session: SessionId): Promise<number> => {
  if (stretching?.space !== space) stretching = { space, stretch: createPbkdf2(passwordOf(space)) };
  return clientOf(await stretching.stretch(saltOf(session), ROUNDS, 7));
};

export const deriveClientSync = (space: SpaceId, session: SessionId): number =>
  clientOf(pbkdf2Sync(passwordOf(space), saltOf(session), ROUNDS, 7));
