/**
 * What makes one connection different from all others: the certificates that both ends showed in its DTLS handshake.
 * Who sits in the middle has two connections with two bindings.
 */
import { compareBytes, concat, fromHex, utf8 } from '../../lib/bytes.ts';

type Hash = (bytes: Uint8Array) => Uint8Array;

/** null where a description is missing or names anything but one SHA-256 certificate */
export const bindingOf = (local: string | undefined, remote: string | undefined, hash: Hash): Uint8Array | null => {
  const [ours, theirs] = [fingerprintOf(local ?? ''), fingerprintOf(remote ?? '')];
  if (ours === null || theirs === null) return null;
  const sorted = compareBytes(ours, theirs) < 0 ? [ours, theirs] : [theirs, ours];
  return hash(concat(utf8('weft1/webrtc-binding\0'), ...sorted));
};

/** A description may repeat its fingerprint for each part; two different ones would leave open which was meant. */
export const fingerprintOf = (sdp: string): Uint8Array | null => {
  const lines = [...sdp.matchAll(/^a=fingerprint:(.*?)\r?$/gim)].map(([, value = '']) => value.trim().toLowerCase());
  const [line] = lines;
  if (line === undefined || lines.some((other) => other !== line)) return null;
  const [, digest] = /^sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/.exec(line) ?? [];
  return digest === undefined ? null : fromHex(digest.replaceAll(':', ''));
};
