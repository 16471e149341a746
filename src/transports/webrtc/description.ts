/**
 * What another device has to know to connect: an SDP session description (RFC 8866, 8839, 8841, 8842) of one data
 * channel, less all that is the same in every one. A description is written anew from it, with our own words around.
 */
import { parseAddress, writeAddress, type Address } from './address.ts';
import { fingerprintOf } from './binding.ts';
import { toHex } from '../../lib/bytes.ts';

/** `host`: an address of the device itself. The others come only from servers that somebody chose. */
export const CANDIDATE_TYPES = ['host', 'srflx', 'relay'] as const;

export interface Candidate {
  readonly type: (typeof CANDIDATE_TYPES)[number];
  readonly address: Address;
  readonly port: number;
}

export interface Description {
  /** 4 to 32 characters of ICE's alphabet */
  readonly ufrag: string;
  /** 22 to 64 of them */
  readonly pwd: string;
  /** SHA-256 of the certificate, 32 bytes */
  readonly fingerprint: Uint8Array;
  /** over UDP, the best first */
  readonly candidates: readonly Candidate[];
}

export const isUfrag = (text: string): boolean => /^[A-Za-z0-9+/]{4,32}$/.test(text);
export const isPwd = (text: string): boolean => /^[A-Za-z0-9+/]{22,64}$/.test(text);

/** null for what is no description of one data channel */
export const parseDescription = (sdp: string): Description | null => {
  const ufrag = onlyOne(sdp, /^a=ice-ufrag:(.*?)\r?$/gm);
  const pwd = onlyOne(sdp, /^a=ice-pwd:(.*?)\r?$/gm);
  const fingerprint = fingerprintOf(sdp);
  if (!isUfrag(ufrag) || !isPwd(pwd) || fingerprint === null || onlyOne(sdp, /^a=mid:(.*?)\r?$/gm) !== MID) return null;
  const lines = [...sdp.matchAll(/^a=candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ (\w+)/gim)];
  const ranked = lines.flatMap(([, priority, host = '', digits, kind]) => {
    const type = CANDIDATE_TYPES.find((each) => each === kind);
    const address = parseAddress(host);
    const port = Number(digits);
    if (type === undefined || address === null || !isPort(port)) return [];
    return [{ priority: Number(priority), candidate: { type, address, port } }];
  });
  ranked.sort((a, b) => b.priority - a.priority);
  return { ufrag, pwd, fingerprint, candidates: ranked.map(({ candidate }) => candidate) };
};

/**
 * The caller is told to be DTLS's client, and so is the one who begins its handshake: it knows both descriptions
 * first. A client that is not heard would wait ever longer before it tries again.
 */
export const writeDescription = (type: 'offer' | 'answer', description: Description): string => {
  const { ufrag, pwd, fingerprint, candidates } = description;
  const print = toHex(fingerprint)
    .toUpperCase()
    .replace(/..(?=.)/g, '$&:');
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${MID}`,
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    ...candidates.map(writeCandidate),
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${pwd}`,
    `a=fingerprint:sha-256 ${print}`,
    `a=setup:${type === 'offer' ? 'active' : 'passive'}`,
    `a=mid:${MID}`,
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    '',
  ];
  return lines.join('\r\n');
};

/** the name of its only part, the same in all browsers */
const MID = '0';
/** RFC 8445, 5.1.2.2 */
const PREFERENCE = { host: 126, srflx: 100, relay: 0 } as const;

const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536;

const writeCandidate = ({ type, address, port }: Candidate, at: number): string => {
  const priority = PREFERENCE[type] * 2 ** 24 + (65_535 - at) * 2 ** 8 + 255;
  const related = type === 'host' ? '' : ' raddr 0.0.0.0 rport 0';
  return `a=candidate:${at + 1} 1 udp ${priority} ${writeAddress(address)} ${port} typ ${type}${related}`;
};

/** empty where there is none, or two that differ */
const onlyOne = (sdp: string, line: RegExp): string => {
  const found = new Set([...sdp.matchAll(line)].map(([, value = '']) => value));
  const [value = ''] = found;
  return found.size === 1 ? value : '';
};
