/**
 * A certificate that the hub makes for itself: nobody vouches for it, so that browsers ask before they open its pages.
 * Node signs and verifies certificates and does not write them; the libraries that do bring a dozen packages.
 */
import { createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';
import { bits, explicit, implicit, integer, octets, oid, sequence, set, text, time, yes } from './der.ts';

export interface Certificate {
  /** PEM */
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;
/** A laptop without a network may have a clock that is behind; no browser takes one for much more than a year. */
const DAYS_BEFORE = 30;
const DAYS_AFTER = 365;

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const COMMON_NAME = '2.5.4.3';
const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const DIGITAL_SIGNATURE = bits(Uint8Array.of(0x80), 7);
const EXTENDED_KEY_USAGE = '2.5.29.37';
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';

/** `hosts`: names and addresses under which browsers find the hub */
export const makeCertificate = (hosts: readonly string[], now: number): Certificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid(COMMON_NAME), text('Weft hub'))));
  const signed = sequence(
    explicit(0, integer(Uint8Array.of(2))),
    integer(randomBytes(16)),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(new Date(now - DAYS_BEFORE * DAY_MS)), time(new Date(now + DAYS_AFTER * DAY_MS))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(
      3,
      sequence(
        sequence(oid(BASIC_CONSTRAINTS), yes, octets(sequence())),
        sequence(oid(KEY_USAGE), yes, octets(DIGITAL_SIGNATURE)),
        sequence(oid(EXTENDED_KEY_USAGE), octets(sequence(oid(SERVER_AUTHENTICATION)))),
        sequence(oid(SUBJECT_ALTERNATIVE_NAME), octets(sequence(...hosts.map(alternativeName)))),
      ),
    ),
  );
  const der = sequence(signed, ECDSA_WITH_SHA256, bits(sign('sha256', signed, privateKey)));
  return {
    cert: new X509Certificate(der).toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};

/** As browsers show it, for people to compare. Throws where the two do not belong together, or are no PEM. */
export const fingerprintOf = ({ cert, key }: Certificate): string => {
  const certificate = new X509Certificate(cert);
  if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error('the key is of another certificate');
  return certificate.fingerprint256;
};

const alternativeName = (host: string): Uint8Array =>
  isIP(host) === 0 ? implicit(2, Buffer.from(host, 'ascii')) : implicit(7, addressBytes(host));

const addressBytes = (address: string): Uint8Array => {
  if (isIPv4(address)) return Uint8Array.from(address.split('.').map(Number));
  const [before = '', after] = address.split('%')[0]?.split('::') ?? [];
  const groups = (part = ''): readonly number[] =>
    part === ''
      ? []
      : part.split(':').flatMap((group) => {
          // the last four bytes may be written as IPv4
          if (group.includes('.')) return group.split('.').map(Number);
          const value = Number.parseInt(group, 16);
          return [value >> 8, value & 0xff];
        });
  const [head, tail] = [groups(before), groups(after)];
  return Uint8Array.from([...head, ...Array.from({ length: 16 - head.length - tail.length }, () => 0), ...tail]);
};
