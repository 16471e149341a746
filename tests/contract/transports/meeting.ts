/** Runs in a page: a device that meets others by codes, and passes signaling on over its links as the app does. */
import type { NearbyCall, NearbyOutcome } from '../../../src/sync/nearby.ts';
import type { Link } from '../../../src/sync/transport.ts';
import type { WebrtcTransport } from '../../../src/transports/webrtc.ts';
import { concat } from '../../../src/lib/bytes.ts';

const WORD = 1;
const SIGNAL = 2;

const links = new Set<Link>();
const heard: string[] = [];
const calls: NearbyCall[] = [];
const outcomes: NearbyOutcome[] = [];
let transport: WebrtcTransport | null = null;
let signals = 0;

export const meet = (given: WebrtcTransport): void => {
  transport = given;
  const passing = transport.passing((id, bytes) => {
    signals += 1;
    for (const link of links) if (link.id === id) link.send(concat(Uint8Array.of(SIGNAL), bytes));
  });
  transport.start({
    opened: (link) => {
      links.add(link);
      passing.met(link.id);
    },
    message: (link, bytes) => {
      if (bytes[0] === SIGNAL) passing.hear(link.id, bytes.slice(1));
      else heard.push(new TextDecoder().decode(bytes.subarray(1)));
    },
    closed: (link) => links.delete(link),
  });
};

export const meeting = {
  /** the code to show; or what was wrong */
  nearbyOffer: async (): Promise<string> => keep(await running().nearby.offer()),
  nearbyRead: async (text: string): Promise<string> => keep(await running().nearby.read(text)),
  nearbyStop: (): void => calls.at(-1)?.stop(),
  nearbyOutcomes: (): readonly string[] => outcomes.map(({ type }) => type),
  nearbyAge: (): number | undefined => calls.at(-1)?.age,
  linkCount: (): number => links.size,
  linkBindings: (): readonly string[] => [...links].map(({ binding }) => binding.join('.')),
  /** to all that this device is linked to */
  say: (text: string): void => {
    for (const link of links) link.send(concat(Uint8Array.of(WORD), new TextEncoder().encode(text)));
  },
  heard: (): readonly string[] => heard,
  signalsGiven: (): number => signals,
  leave: (): Promise<void> => running().stop(),
};

const running = (): WebrtcTransport => {
  if (transport === null) throw new Error('nobody is to be met');
  return transport;
};

const keep = (begun: Awaited<ReturnType<WebrtcTransport['nearby']['offer']>>): string => {
  if (!begun.ok) return begun.error.type;
  calls.push(begun.value);
  void begun.value.outcome.then((outcome) => outcomes.push(outcome));
  return begun.value.code;
};
