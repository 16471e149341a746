/**
 * A device without any network. A WebSocket that was open then, and is written to, keeps Chromium's network process
 * turning in circles until the network is back; so what is open is closed first.
 */
import type { BrowserContext } from '@playwright/test';

/** of a page whose sockets are watched */
interface Sockets {
  /** Closes what is open, and lets nothing be opened again until the network is gone. */
  weftTestCloseSockets(): Promise<void>;
  weftTestOpenSockets(): void;
}

/** Before the context opens any page. */
export const watchSockets = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const Original = globalThis.WebSocket;
    const open = new Set<WebSocket>();
    let isClosed = false;
    globalThis.WebSocket = class extends Original {
      constructor(address: string | URL, protocols?: string | string[]) {
        // nothing answers there
        super(isClosed ? new URL('/nowhere', address) : address, protocols);
        open.add(this);
        this.addEventListener('close', () => open.delete(this));
      }
    };
    const page = globalThis as unknown as Sockets;
    page.weftTestCloseSockets = async () => {
      isClosed = true;
      const closing = [...open].map((socket) => {
        const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
        socket.close();
        return closed;
      });
      await Promise.all(closing);
    };
    page.weftTestOpenSockets = () => {
      isClosed = false;
    };
  });

/** Every page of the device, from here to `context.setOffline(false)`. */
export const goOffline = async (context: BrowserContext): Promise<void> => {
  const pages = context.pages();
  await Promise.all(
    pages.map((page) => page.evaluate(() => (globalThis as unknown as Sockets).weftTestCloseSockets())),
  );
  await context.setOffline(true);
  await Promise.all(pages.map((page) => page.evaluate(() => (globalThis as unknown as Sockets).weftTestOpenSockets())));
};
