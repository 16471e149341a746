/**
 * Addresses as candidates name them, as bytes: IPv4, IPv6, and the names of 16 random bytes (`….local`) under which
 * browsers hide a device's addresses from pages that may not use its camera or microphone.
 */
import { fromHex, toHex } from '../../lib/bytes.ts';

export interface Address {
  readonly kind: 'v4' | 'v6' | 'mdns';
  /** 4 bytes, or 16 */
  readonly bytes: Uint8Array;
}

/** null for what no browser of today writes */
export const parseAddress = (text: string): Address | null => {
  const [, uuid] = MDNS.exec(text) ?? [];
  if (uuid !== undefined) return { kind: 'mdns', bytes: fromHex(uuid.replaceAll('-', '')) };
  if (text.includes(':')) return parseV6(text);
  return parseV4(text);
};

export const writeAddress = ({ kind, bytes }: Address): string => {
  if (kind === 'v4') return bytes.join('.');
  if (kind === 'mdns') return `${writeUuid(bytes)}.local`;
  return Array.from({ length: 8 }, (_, at) => toHex(bytes.subarray(2 * at, 2 * at + 2)).replace(/^0{1,3}/, '')).join(
    ':',
  );
};

/** of 16 bytes */
export const writeUuid = (bytes: Uint8Array): string =>
  toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** null for what is not a UUID in lower case */
export const parseUuid = (text: string): Uint8Array | null =>
  UUID.test(text) ? fromHex(text.replaceAll('-', '')) : null;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MDNS = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.local$/i;

const parseV4 = (text: string): Address | null => {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return { kind: 'v4', bytes: Uint8Array.from(parts, Number) };
};

const parseV6 = (text: string): Address | null => {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return { kind: 'v6', bytes: fromHex(groups.map((group) => group.padStart(4, '0')).join('')) };
};
