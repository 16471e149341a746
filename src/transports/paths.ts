/**
 * Direct connections, and the relay for what they do not reach, as one transport. The relay is told of each direct link
 * by its binding, which both ends have and nobody else, and so knows whom it is not needed for.
 */
import type { Link, LinkEvents, Transport } from '../sync/transport.ts';
import type { RelayTransport } from './relay.ts';

export const createPaths = (direct: Transport, relay: RelayTransport): Transport => {
  const links = new Set<Link>();
  const changed = (): void => relay.setDirect([...links].map(({ binding }) => binding));
  return {
    start: (events: LinkEvents) => {
      relay.start(events);
      direct.start({
        opened: (link) => {
          links.add(link);
          events.opened(link);
          changed();
        },
        message: (link, bytes) => events.message(link, bytes),
        closed: (link, reason) => {
          links.delete(link);
          events.closed(link, reason);
          changed();
        },
      });
    },
    stop: async () => {
      await Promise.all([direct.stop(), relay.stop()]);
      links.clear();
    },
  };
};
