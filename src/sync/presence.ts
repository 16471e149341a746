/**
 * Who is here and where their cursor stands: signed by its author, short-lived, bounded, never stored.
 * Colours and names are never taken from the wire: a reader draws them from its own list and from membership.
 */
import type { Signer, Verifier } from '../crypto/index.ts';
import { BytesError, concat, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { deviceOf, sessionBytesOf, sessionIdOf } from '../log/chain.ts';
import { LABEL } from '../log/labels.ts';
import { LIMIT } from '../log/limits.ts';
import type { DeviceId, DocumentId, SessionId, SpaceId } from '../log/types.ts';

export interface Cursor {
  readonly document: DocumentId;
  /** which text of the document */
  readonly text: string;
  /** Yjs relative positions, encoded; read with care */
  readonly anchor: Uint8Array;
  readonly head: Uint8Array;
}

export interface PresenceState {
  readonly session: SessionId;
  /** grows with each word of one session */
  readonly count: number;
  /** false: gone */
  readonly here: boolean;
  readonly cursor: Cursor | null;
}

const POSITION = 64;
const NAME = 200;

const encodeState = (state: PresenceState): Uint8Array => {
  const to = new Writer(160).bytes(fromHex(deviceOf(state.session))).bytes(sessionBytesOf(state.session));
  to.varuint(state.count).u8(state.here ? (state.cursor ? 2 : 1) : 0);
  if (state.here && state.cursor) {
    const { document, text, anchor, head } = state.cursor;
    to.bytes(fromHex(document)).text(text).block(anchor).block(head);
  }
  return to.finish();
};

export const signPresence = async (space: SpaceId, state: PresenceState, signer: Signer): Promise<Uint8Array> => {
  const body = encodeState(state);
  return concat(body, await signer.sign(concat(LABEL.presence, fromHex(space), body)));
};

/** The state, its signature not yet checked. Throws BytesError. */
export const readPresence = (bytes: Uint8Array): PresenceState => {
  if (bytes.length > LIMIT.signed) throw new BytesError('over its limit');
  const from = new Reader(bytes, 0, bytes.length - 64);
  const session = sessionIdOf(toHex(from.bytes(32)) as DeviceId, from.bytes(8));
  const count = from.varuint();
  const kind = from.u8();
  if (kind > 2) throw new BytesError('unknown presence');
  let cursor: Cursor | null = null;
  if (kind === 2) {
    const document = toHex(from.bytes(16)) as DocumentId;
    cursor = {
      document,
      text: from.text(NAME),
      anchor: from.block(POSITION).slice(),
      head: from.block(POSITION).slice(),
    };
  }
  from.done();
  return { session, count, here: kind > 0, cursor };
};

export const isSignedPresence = (
  space: SpaceId,
  state: PresenceState,
  bytes: Uint8Array,
  verifier: Verifier,
): Promise<boolean> => {
  const body = bytes.subarray(0, bytes.length - 64);
  const message = concat(LABEL.presence, fromHex(space), body);
  return verifier.verify(fromHex(deviceOf(state.session)), message, bytes.subarray(bytes.length - 64));
};
