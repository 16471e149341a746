/** Every domain-separation string of the log, in one place. FORMAT.md lists what each one covers. */
import { utf8 } from '../lib/bytes.ts';

const label = (name: string): Uint8Array => utf8(`weft1/${name}\0`);

export const LABEL = {
  session: label('session'),
  entry: label('entry'),
  signEntry: label('sign-entry'),
  client: label('client'),
  record: label('record'),
  statement: label('statement'),
  signRecord: label('sign-record'),
  signStatement: label('sign-statement'),
  epoch: label('epoch'),
  invite: label('invite'),
  request: label('request'),
  answer: label('answer'),
  hello: label('hello'),
  presence: label('presence'),
  vector: label('vector'),
  signedVector: label('signed-vector'),
  text: label('text'),
  agreement: label('agreement'),
  name: label('name'),
  bundleHeader: label('bundle-header'),
  bundleEnd: label('bundle-end'),
} as const;

/** HKDF-SHA256 labels: keys from an epoch's secret (salt: the epoch id). */
export const EPOCH_KEY = {
  room: 'weft1/room',
  roomPassword: 'weft1/room-password',
  wire: 'weft1/wire',
  bundle: 'weft1/bundle',
  history: 'weft1/history',
} as const;

/** HKDF-SHA256 labels: keys from an invite's secret (salt: the invite id). */
export const INVITE_KEY = {
  room: 'weft1/invite-room',
  roomPassword: 'weft1/invite-room-password',
  request: 'weft1/invite-request',
} as const;

/** HKDF-SHA256 labels: keys of one bundle (salt: the file's). */
export const BUNDLE_KEY = {
  slot: 'weft1/bundle-slot',
  file: 'weft1/bundle-file',
  passphrase: 'weft1/bundle-passphrase',
} as const;
