/** Whether a hub stands in the same room: it has a number or a local name for a name, or no certificate. */
import type { LinkPath } from '../../sync/transport.ts';

export const pathOf = (address: string): LinkPath => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'ws:' || isNearby(hostname) ? 'roomHub' : 'hub';
};

const isNearby = (name: string): boolean => name === 'localhost' || /\.local$/.test(name) || NEARBY.test(name);

const NEARBY =
  /^((127|10)(\.\d+){3}|192\.168(\.\d+){2}|169\.254(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|\[(::1|f[cd].*|fe80.*)\])$/;

/** The relay beside a hub's signaling; null where the address is of another signaling server, which has none. */
export const relayOf = (signaling: string): string | null =>
  /\/signal$/.test(signaling) ? signaling.replace(/\/signal$/, '/relay') : null;
