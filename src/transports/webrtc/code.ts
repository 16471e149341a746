/**
 * The codes by which two devices connect without any server: one shows an offer, the other reads it and shows an
 * answer. What of a session description matters, sealed under the room's key, in letters that a QR code holds well.
 * The exact bytes are in src/log/FORMAT.md, "Nearby".
 */
import { fromBase32, toBase32 } from '../../lib/base32.ts';
import { BytesError, Reader, utf8, Writer } from '../../lib/bytes.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { type Address, parseUuid, writeUuid } from './address.ts';
import { type Candidate, CANDIDATE_TYPES, type Description, isPwd, isUfrag } from './description.ts';

/** One code. `peer` is y-webrtc's name of a device in a room, new at each start: a UUID. */
export type Code = {
  readonly peer: string;
  /** minutes since 1970, by the clock of the one who shows it */
  readonly minute: number;
  readonly description: Description;
} & (
  | { readonly type: 'offer' }
  /** `to`: the first 8 bytes of the hash of the offer that it answers */
  | { readonly type: 'answer'; readonly to: Uint8Array }
);

export type CodeError =
  /** nothing in it looks like a code */
  | { readonly type: 'NotACode' }
  | { readonly type: 'NewerVersion' }
  /** it does not open: another space's, or letters are missing */
  | { readonly type: 'Foreign' };

/** More letters than this a worn phone does not read from another's screen. */
export const MOST_LETTERS = 300;
const PREFIX = 'WEFT1N.';

/** Leaves out the last of the candidates where there is no room for them all. */
export const writeCode = (code: Code, seal: (plain: Uint8Array) => Uint8Array): string => {
  const { candidates } = code.description;
  for (let count = Math.min(candidates.length, MOST_CANDIDATES); ; count--) {
    const text = PREFIX + toBase32(seal(encodeCode(code, candidates.slice(0, count))));
    if (text.length <= MOST_LETTERS || count === 0) return text;
  }
};

/** Finds a code anywhere in what was pasted, whatever a chat or a page did to its letters. */
export const readCode = (text: string, open: (sealed: Uint8Array) => Uint8Array | null): Result<Code, CodeError> => {
  const letters = text
    .slice(0, MOST_TEXT)
    .replace(/[\u00ad\u200b-\u200f\u2060-\u2069\ufeff]+/g, '')
    .toUpperCase();
  const at = letters.indexOf(PREFIX);
  if (at < 0) return err({ type: /WEFT(?!1)\d+N\./.test(letters) ? 'NewerVersion' : 'NotACode' });
  const rest = letters.slice(at + PREFIX.length);
  // up to the first blank; or, where lines were broken on the way, all there is
  const plain = openLetters(runOf(rest), open) ?? openLetters(runOf(rest.replace(/\s+/g, '')), open);
  if (plain === null) return err({ type: 'Foreign' });
  const code = decodeCode(plain);
  // it was sealed by somebody of the room, and says what this version does not know
  return code === null ? err({ type: 'NewerVersion' }) : ok(code);
};

/** far more than a message around a code */
const MOST_TEXT = 20_000;
const MOST_CANDIDATES = 15;
const KINDS = ['offer', 'answer'] as const;
const ADDRESS_KINDS = ['v4', 'v6', 'mdns'] as const;

const runOf = (letters: string): string => /^[A-Z2-7]*/.exec(letters)?.[0] ?? '';

const openLetters = (letters: string, open: (sealed: Uint8Array) => Uint8Array | null): Uint8Array | null => {
  if (letters.length > 2 * MOST_LETTERS) return null;
  try {
    return open(fromBase32(letters));
  } catch {
    // no base32, or of a length that no bytes have
    return null;
  }
};

/** What the hash of an offer goes over; the seal around it is another each time. */
export const encodeCode = (code: Code, candidates = code.description.candidates): Uint8Array => {
  const { peer, minute, description } = code;
  const id = parseUuid(peer);
  if (id === null) throw new RangeError('a peer that is no UUID');
  const to = new Writer()
    .u8(KINDS.indexOf(code.type) + 1)
    .bytes(id)
    .varuint(minute);
  if (code.type === 'answer') to.bytes(code.to);
  to.bytes(description.fingerprint).block(utf8(description.ufrag)).block(utf8(description.pwd));
  to.u8(candidates.length);
  for (const { type, address, port } of candidates)
    to.u8(ADDRESS_KINDS.indexOf(address.kind) + 4 * CANDIDATE_TYPES.indexOf(type))
      .bytes(address.bytes)
      .u16(port);
  return to.finish();
};

/** null for what breaks the format */
export const decodeCode = (plain: Uint8Array): Code | null => {
  try {
    const from = new Reader(plain);
    const type = KINDS[from.u8() - 1];
    const peer = writeUuid(from.bytes(16));
    const minute = from.varuint();
    const to = type === 'answer' ? from.bytes(8).slice() : null;
    const fingerprint = from.bytes(32).slice();
    const ufrag = from.text(32);
    const pwd = from.text(64);
    const count = from.u8();
    if (type === undefined || !isUfrag(ufrag) || !isPwd(pwd) || count > MOST_CANDIDATES) return null;
    const candidates = Array.from({ length: count }, () => readCandidate(from));
    from.done();
    const description = { ufrag, pwd, fingerprint, candidates };
    return to === null
      ? { type: 'offer', peer, minute, description }
      : { type: 'answer', peer, minute, to, description };
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};

const readCandidate = (from: Reader): Candidate => {
  const tag = from.u8();
  const kind = ADDRESS_KINDS[tag % 4];
  const type = CANDIDATE_TYPES[tag >> 2];
  if (kind === undefined || type === undefined) throw new BytesError('a candidate of no known kind');
  const address: Address = { kind, bytes: from.bytes(kind === 'v4' ? 4 : 16).slice() };
  const port = from.u16();
  if (port === 0) throw new BytesError('a candidate without a port');
  return { type, address, port };
};
