/**
 * The envelope of records and statements: each device has a chain of its own for each of the two,
 * and every one is signed and checked singly.
 *
 *   id = SHA-256(label ‖ spaceId ‖ envelope)          (a genesis: 32 zero bytes for the spaceId; its id is the spaceId)
 *   signature over (sign label ‖ spaceId ‖ id)
 */
import { sha256 } from '../crypto/index.ts';
import { BytesError, concat, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { LABEL } from './labels.ts';
import { LIMIT } from './limits.ts';
import type { DeviceId, SignedId, SpaceId } from './types.ts';

export type Lane = 'record' | 'statement';

export interface Envelope {
  /** 1; others are kept and passed on, never applied */
  readonly version: number;
  readonly type: number;
  readonly audience: Uint8Array;
  readonly device: DeviceId;
  /** from 1, in this device's chain of this lane */
  readonly number: number;
  /** the one before in that chain; null for the first */
  readonly previous: SignedId | null;
  /** the newest records that the author had seen, sorted */
  readonly parents: readonly SignedId[];
  /** minutes since 1970, for display only */
  readonly minute: number;
  readonly body: Uint8Array;
}

export interface Signed extends Envelope {
  readonly id: SignedId;
  readonly lane: Lane;
  readonly signature: Uint8Array;
  /** as it travels: envelope ‖ signature */
  readonly bytes: Uint8Array;
}

const NO_SPACE = new Uint8Array(32);
const GENESIS = 1;

export const encodeEnvelope = (envelope: Envelope): Uint8Array => {
  const to = new Writer();
  to.u8(envelope.version).u8(envelope.type).block(envelope.audience).bytes(fromHex(envelope.device));
  to.varuint(envelope.number);
  if (envelope.previous !== null) to.bytes(fromHex(envelope.previous));
  to.varuint(envelope.parents.length);
  for (const parent of envelope.parents) to.bytes(fromHex(parent));
  return to.varuint(envelope.minute).block(envelope.body).finish();
};

const isGenesis = (lane: Lane, version: number, type: number): boolean =>
  lane === 'record' && version === 1 && type === GENESIS;

export const idOfEnvelope = (space: SpaceId | null, lane: Lane, bytes: Uint8Array): SignedId => {
  const genesis = isGenesis(lane, bytes[0] ?? 0, bytes[1] ?? 0);
  return toHex(sha256(LABEL[lane], genesis || space === null ? NO_SPACE : fromHex(space), bytes)) as SignedId;
};

export const signedMessage = (space: SpaceId, lane: Lane, id: SignedId): Uint8Array =>
  concat(lane === 'record' ? LABEL.signRecord : LABEL.signStatement, fromHex(space), fromHex(id));

export const completeSigned = (lane: Lane, id: SignedId, envelope: Envelope, signature: Uint8Array): Signed => ({
  ...envelope,
  id,
  lane,
  signature,
  bytes: concat(encodeEnvelope(envelope), signature),
});

/** Throws BytesError; the signature is not checked here. */
export const decodeSigned = (space: SpaceId, lane: Lane, bytes: Uint8Array): Signed => {
  if (bytes.length > LIMIT.signed) throw new BytesError('over its limit');
  const from = new Reader(bytes);
  const version = from.u8();
  const type = from.u8();
  const audience = from.block(16).slice();
  const device = toHex(from.bytes(32)) as DeviceId;
  const number = from.varuint();
  if (number === 0) throw new BytesError('numbers count from 1');
  const previous = number === 1 ? null : (toHex(from.bytes(32)) as SignedId);
  const count = from.varuint();
  if (count > LIMIT.parents) throw new BytesError('too many parents');
  const parents: SignedId[] = [];
  for (let i = 0; i < count; i++) {
    const id = toHex(from.bytes(32)) as SignedId;
    if (i > 0 && id <= (parents[i - 1] as string)) throw new BytesError('parents not in order');
    parents.push(id);
  }
  const minute = from.varuint();
  const body = from.block(LIMIT.signed).slice();
  const envelopeEnd = from.at;
  const signature = from.bytes(64).slice();
  from.done();
  return {
    version,
    type,
    audience,
    device,
    number,
    previous,
    parents,
    minute,
    body,
    id: idOfEnvelope(space, lane, bytes.subarray(0, envelopeEnd)),
    lane,
    signature,
    bytes: bytes.slice(),
  };
};
