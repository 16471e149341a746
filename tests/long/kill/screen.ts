/**
 * What a screen says, told at each frame: a browser that is killed cannot be asked any more. What was told was seen.
 */
import type { BrowserContext } from '@playwright/test';

export interface Screen {
  /** the text of the open point when "Saved here" last stood beside it */
  readonly saved: string;
  /** the open dialog's words; empty where none is open */
  readonly dialog: string;
  /** of a bundle being merged: changes that the screen has counted as taken in */
  readonly taken: number;
  /** a newcomer was told so */
  readonly isIn: boolean;
}

export const NOTHING_SEEN: Screen = { saved: '', dialog: '', taken: 0, isIn: false };

/** Tells `see` whenever something of it changes. With `isAlone`, pages reach no hub until `meetOthers`. */
export const watchScreen = async (
  context: BrowserContext,
  isAlone: boolean,
  see: (screen: Screen) => void,
): Promise<void> => {
  await context.exposeFunction('weftTestSee', see);
  await context.addInitScript((startsAlone) => {
    let isApart = startsAlone;
    const connections = new Set<RTCPeerConnection>();
    const Socket = globalThis.WebSocket;
    globalThis.WebSocket = class extends Socket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(isApart ? 'ws://127.0.0.1:1/' : address, protocols);
      }
    };
    const Connection = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Connection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.add(this);
      }
    };
    addEventListener('weft-test-meet', () => (isApart = false));
    addEventListener('weft-test-cut', () => {
      for (const connection of connections) connection.close();
      connections.clear();
    });

    const see = Reflect.get(globalThis, 'weftTestSee') as (screen: unknown) => void;
    let [saved, told] = ['', ''];
    const look = (): void => {
      requestAnimationFrame(look);
      const text = document.querySelector('textarea')?.value;
      if (text !== undefined && document.querySelector('.status .saved') !== null) saved = text;
      const dialog = document.querySelector<HTMLElement>('dialog[open], [role="dialog"]')?.innerText ?? '';
      const bar = document.querySelector('[role="progressbar"], progress');
      const counted = dialog.includes('Merging') ? (/([\d,]+) of [\d,]+ change/.exec(dialog)?.[1] ?? '0') : '0';
      const taken = bar === null ? 0 : Number(counted.replaceAll(',', ''));
      const isIn = document.querySelector('main')?.textContent.includes('You are in') === true;
      const screen = { saved, dialog, taken, isIn };
      const now = JSON.stringify(screen);
      if (now === told) return;
      told = now;
      see(screen);
    };
    requestAnimationFrame(look);
  }, isAlone);
};
