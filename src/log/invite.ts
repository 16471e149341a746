/**
 * How somebody comes in: an invite (permission to ask), a request, an answer. Each is bytes that may travel as a
 * link, a QR code, pasted text or a file. No epoch key is in an invite; request and answer are sealed to their reader.
 *
 * invite   1 ‖ spaceId 32 ‖ organizer's device 32 ‖ its box key 32 ‖ secret 16 ‖ hubs
 * request  1 ‖ box to the organizer: spaceId ‖ invite id ‖ device ‖ box key ‖ name ‖ group ‖ languages ‖ mac 32 ‖ signature 64
 * answer   1 ‖ box to the newcomer: spaceId ‖ invite id ‖ newcomer's device ‖ organizer's device ‖ epochs ‖ records (a pack) ‖ signature 64
 */
import {
  boxOpen,
  boxSeal,
  type BoxKeys,
  hkdf,
  hmac,
  isGoodBoxKey,
  isHmac,
  isGoodKey,
  sha256,
  type Signer,
  type Verifier,
} from '../crypto/index.ts';
import { BytesError, concat, fromBase64url, fromHex, Reader, toBase64url, toHex, Writer } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import type { Epoch } from './epoch.ts';
import { INVITE_KEY, LABEL } from './labels.ts';
import { LIMIT } from './limits.ts';
import type { DeviceId, InviteId, SpaceId } from './types.ts';

export interface Invite {
  readonly space: SpaceId;
  readonly organizer: DeviceId;
  readonly organizerBox: Uint8Array;
  /** 16 bytes, for one newcomer (or for everybody while a door is open) */
  readonly secret: Uint8Array;
  /** signaling addresses that the organizer chose; none: no hub */
  readonly hubs: readonly string[];
}

export interface JoinRequest {
  readonly invite: InviteId;
  readonly device: DeviceId;
  readonly boxKey: Uint8Array;
  readonly name: string;
  readonly group: string;
  readonly languages: readonly string[];
}

export interface JoinAnswer {
  readonly epochs: readonly Epoch[];
  /** the space's records, as a pack */
  readonly records: Uint8Array;
}

export type InviteError = { readonly type: 'NotAnInvite' } | { readonly type: 'NewerVersion' };
export type RequestError =
  | { readonly type: 'NotForMe' }
  | { readonly type: 'NewerVersion' }
  | { readonly type: 'InviteClosed' }
  | { readonly type: 'BadProof' };
export type AnswerError =
  { readonly type: 'NotForMe' } | { readonly type: 'NewerVersion' } | { readonly type: 'BadProof' };

const VERSION = 1;
const PREFIX = { invite: 'weft1i.', request: 'weft1r.', answer: 'weft1a.' } as const;
type Kind = keyof typeof PREFIX;

/** As text that survives chats and paper: a prefix and base64url. */
export const toText = (kind: Kind, bytes: Uint8Array): string => PREFIX[kind] + toBase64url(bytes);
/** Finds such a text anywhere in what was pasted (a whole link, quotes, spaces around it). */
export const fromText = (kind: Kind, text: string): Uint8Array | null => {
  const at = text.indexOf(PREFIX[kind]);
  if (at < 0) return null;
  const found = /^[A-Za-z0-9_-]+/.exec(text.slice(at + PREFIX[kind].length).replace(/[\s\u200b\u00ad]+/g, ''));
  try {
    return found ? fromBase64url(found[0]) : null;
  } catch {
    return null; // not base64url: not one of ours
  }
};

export const inviteIdOf = (space: SpaceId, secret: Uint8Array): InviteId =>
  toHex(sha256(LABEL.invite, fromHex(space), secret).slice(0, 16)) as InviteId;

/** Where both meet at a hub before the newcomer has any key of the space. */
export const inviteRoomOf = (invite: Invite): { readonly room: string; readonly password: string } => {
  const salt = fromHex(inviteIdOf(invite.space, invite.secret));
  return {
    room: toHex(hkdf(invite.secret, salt, INVITE_KEY.room, 16)),
    password: toHex(hkdf(invite.secret, salt, INVITE_KEY.roomPassword, 32)),
  };
};

export const encodeInvite = (invite: Invite): Uint8Array => {
  const to = new Writer().u8(VERSION).bytes(fromHex(invite.space)).bytes(fromHex(invite.organizer));
  to.bytes(invite.organizerBox).bytes(invite.secret).varuint(invite.hubs.length);
  for (const hub of invite.hubs) to.text(hub);
  return to.finish();
};

export const decodeInvite = (bytes: Uint8Array): Result<Invite, InviteError> => {
  try {
    const from = new Reader(bytes);
    const version = from.u8();
    if (version !== VERSION) return err({ type: version > VERSION ? 'NewerVersion' : 'NotAnInvite' });
    const space = toHex(from.bytes(32)) as SpaceId;
    const organizer = toHex(from.bytes(32)) as DeviceId;
    const organizerBox = from.bytes(32).slice();
    const secret = from.bytes(16).slice();
    const count = from.varuint();
    if (count > 8) throw new BytesError('too many hubs');
    const hubs = Array.from({ length: count }, () => from.text(LIMIT.name));
    from.done();
    if (!isGoodKey(fromHex(organizer)) || !isGoodBoxKey(organizerBox)) return err({ type: 'NotAnInvite' });
    return ok({ space, organizer, organizerBox, secret, hubs });
  } catch (error) {
    if (error instanceof BytesError) return err({ type: 'NotAnInvite' });
    throw error;
  }
};

const macKey = (space: SpaceId, secret: Uint8Array): Uint8Array =>
  hkdf(secret, fromHex(inviteIdOf(space, secret)), INVITE_KEY.request, 32);

export const sealRequest = async (
  invite: Invite,
  request: Omit<JoinRequest, 'invite'>,
  signer: Signer,
  ephemeralSecret: Uint8Array,
): Promise<Uint8Array> => {
  const to = new Writer().bytes(fromHex(invite.space)).bytes(fromHex(inviteIdOf(invite.space, invite.secret)));
  to.bytes(fromHex(request.device)).bytes(request.boxKey).text(request.name).text(request.group);
  to.varuint(request.languages.length);
  for (const language of request.languages) to.text(language);
  const signed = concat(LABEL.request, fromHex(invite.organizer), to.finish());
  to.bytes(hmac(macKey(invite.space, invite.secret), signed));
  const signature = await signer.sign(signed);
  const inner = to.bytes(signature).finish();
  return new Writer()
    .u8(VERSION)
    .bytes(boxSeal(invite.organizerBox, inner, ephemeralSecret))
    .finish();
};

/** `secretOf` gives the secret of an invite that is still open, or null. */
export const openRequest = async (
  space: SpaceId,
  organizer: DeviceId,
  box: BoxKeys,
  verifier: Verifier,
  secretOf: (invite: InviteId) => Uint8Array | null,
  bytes: Uint8Array,
): Promise<Result<JoinRequest, RequestError>> => {
  const opened = openBoxed(box, bytes);
  if (!opened.ok) return opened;
  const inner = opened.value;
  try {
    const from = new Reader(inner);
    if (toHex(from.bytes(32)) !== String(space)) return err({ type: 'NotForMe' });
    const invite = toHex(from.bytes(16)) as InviteId;
    const device = toHex(from.bytes(32)) as DeviceId;
    const boxKey = from.bytes(32).slice();
    const name = from.text(LIMIT.name);
    const group = from.text(LIMIT.name);
    const count = from.varuint();
    if (count > LIMIT.languages) throw new BytesError('too many languages');
    const languages = Array.from({ length: count }, () => from.text(LIMIT.name));
    const signed = concat(LABEL.request, fromHex(organizer), inner.subarray(0, from.at));
    const mac = from.bytes(32);
    const signature = from.bytes(64);
    from.done();
    const secret = secretOf(invite);
    if (!secret) return err({ type: 'InviteClosed' });
    const isProven =
      isHmac(macKey(space, secret), signed, mac) &&
      isGoodBoxKey(boxKey) &&
      (await verifier.verify(fromHex(device), signed, signature));
    return isProven ? ok({ invite, device, boxKey, name, group, languages }) : err({ type: 'BadProof' });
  } catch (error) {
    if (error instanceof BytesError) return err({ type: 'BadProof' });
    throw error;
  }
};

export const sealAnswer = async (
  space: SpaceId,
  organizer: DeviceId,
  request: JoinRequest,
  answer: JoinAnswer,
  signer: Signer,
  ephemeralSecret: Uint8Array,
): Promise<Uint8Array> => {
  const to = new Writer().bytes(fromHex(space)).bytes(fromHex(request.invite)).bytes(fromHex(request.device));
  to.bytes(fromHex(organizer)).varuint(answer.epochs.length);
  for (const epoch of answer.epochs) to.bytes(epoch.id).bytes(epoch.secret);
  to.block(answer.records);
  const signature = await signer.sign(concat(LABEL.answer, to.finish()));
  const inner = to.bytes(signature).finish();
  return new Writer()
    .u8(VERSION)
    .bytes(boxSeal(request.boxKey, inner, ephemeralSecret))
    .finish();
};

const ANSWER_MOST = 16_000_000;

export const openAnswer = async (
  invite: Invite,
  device: DeviceId,
  box: BoxKeys,
  verifier: Verifier,
  bytes: Uint8Array,
): Promise<Result<JoinAnswer, AnswerError>> => {
  const opened = openBoxed(box, bytes);
  if (!opened.ok) return opened;
  const inner = opened.value;
  try {
    const from = new Reader(inner);
    const isMine =
      toHex(from.bytes(32)) === String(invite.space) &&
      toHex(from.bytes(16)) === String(inviteIdOf(invite.space, invite.secret)) &&
      toHex(from.bytes(32)) === String(device);
    if (!isMine || toHex(from.bytes(32)) !== String(invite.organizer)) return err({ type: 'NotForMe' });
    const count = from.varuint();
    if (count === 0 || count > 1000) throw new BytesError('epoch count out of range');
    const epochs = Array.from({ length: count }, () => ({
      id: from.bytes(16).slice(),
      secret: from.bytes(32).slice(),
    }));
    const records = from.block(ANSWER_MOST).slice();
    const signed = concat(LABEL.answer, inner.subarray(0, from.at));
    const signature = from.bytes(64);
    from.done();
    const isProven = await verifier.verify(fromHex(invite.organizer), signed, signature);
    return isProven ? ok({ epochs, records }) : err({ type: 'BadProof' });
  } catch (error) {
    if (error instanceof BytesError) return err({ type: 'BadProof' });
    throw error;
  }
};

/** What was sealed to this device, by a sender who does not say who it is. */
const openBoxed = (
  box: BoxKeys,
  bytes: Uint8Array,
): Result<Uint8Array, { readonly type: 'NewerVersion' | 'NotForMe' }> => {
  const version = bytes[0] ?? 0;
  if (version !== VERSION) return err({ type: version > VERSION ? 'NewerVersion' : 'NotForMe' });
  const inner = boxOpen(box, bytes.subarray(1));
  return inner ? ok(inner) : err({ type: 'NotForMe' });
};
