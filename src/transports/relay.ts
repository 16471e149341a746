/**
 * Other devices through a hub's relay, for where WebRTC does not get through or is not there: the hub passes on what the
 * devices have sealed, with keys that it never has. No hub is reached but those that the options name.
 */
import type { LinkEvents, Transport } from '../sync/transport.ts';
import { watchPageLife } from './page-life.ts';
import type { RelayOptions } from './relay/options.ts';
import { openRelayRoom, type RelayRoom } from './relay/room.ts';

export type { RelayCrypto, RelayOptions } from './relay/options.ts';
export { relayOf } from './relay/path.ts';

export interface RelayTransport extends Transport {
  /** The bindings of all direct links that are open now: the relay gives way to them, and others are told, sealed. */
  setDirect(bindings: readonly Uint8Array[]): void;
}

export const createRelayTransport = (options: RelayOptions): RelayTransport => {
  let events: LinkEvents | null = null;
  let room: RelayRoom | null = null;
  let direct: readonly Uint8Array[] = [];
  let stopWatching = (): void => undefined;

  const open = (): void => {
    if (events === null || room !== null) return;
    room = openRelayRoom(options, events);
    room.setDirect(direct);
  };
  const close = async (): Promise<void> => {
    const left = room;
    room = null;
    await left?.close();
  };

  return {
    start: (listener) => {
      if (events !== null) throw new Error('started twice');
      events = listener;
      stopWatching = watchPageLife({ left: () => void close(), back: open });
      open();
    },
    stop: async () => {
      stopWatching();
      await close();
      events = null;
    },
    setDirect: (bindings) => {
      direct = bindings;
      room?.setDirect(bindings);
    },
  };
};
