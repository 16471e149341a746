/** What the app sees of the exchange. */
import type { DeviceId } from '../log/types.ts';
import type { CloseReason, LinkEvents, LinkKind, LinkPath } from './transport.ts';

export interface Peer {
  readonly link: string;
  readonly kind: LinkKind;
  readonly path?: LinkPath | undefined;
  /** null until its hello was checked */
  readonly device: DeviceId | null;
  readonly state: 'greeting' | 'receiving' | 'sending' | 'even' | 'uneven';
  /** changes still to come from it, and to go to it, as far as known */
  readonly incoming: number;
  readonly outgoing: number;
}

export interface ExchangeEvents {
  peers(): void;
  /** a presence message, as it came */
  presence(bytes: Uint8Array, from: string): void;
  /** the other side of a link has shown which device it is */
  greeted?(link: string, device: DeviceId): void;
  /** a message of signaling, to be looked at and passed on; as it came */
  signal?(bytes: Uint8Array, from: string): void;
  /** a message went out, with its size as sealed: for measuring */
  sent?(type: number, bytes: number): void;
  /** somebody broke the rules and was dropped; the device where it is known */
  dropped(device: DeviceId | null, reason: CloseReason): void;
}

export interface Exchange extends LinkEvents {
  peers(): readonly Peer[];
  sendPresence(bytes: Uint8Array, except: string | null): void;
  /** Gives a message of signaling to the other side of one link, once it has said who it is. */
  sendSignal(link: string, bytes: Uint8Array): void;
  /** Resolves when all that has arrived so far was taken in and answered. */
  settled(): Promise<void>;
  stop(): void;
}
