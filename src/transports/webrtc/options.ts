/** What a WebRTC transport is told. Nothing of it has a default that reaches a host. */
import type { Part } from './roster.ts';

export interface WebrtcOptions {
  /** derived from the epoch, as is the key below; all that signaling sees */
  readonly room: string;
  /**
   * Under a key of this room alone, never the same bytes twice: what is said through signaling. Whoever cannot do this
   * is never linked to. Not y-webrtc's own password: pages over plain http have no WebCrypto, and are to meet others.
   */
  readonly sealSignal: (plain: Uint8Array) => Uint8Array;
  /** null for what was not sealed under that key */
  readonly openSignal: (sealed: Uint8Array) => Uint8Array | null;
  /** WebSocket addresses; none: nobody is looked for */
  readonly signaling: readonly string[];
  /** STUN and TURN; none unless somebody chose them */
  readonly iceServers?: readonly RTCIceServer[];
  /** only over TURN, so that peers do not learn each other's addresses */
  readonly relayOnly?: boolean;
  /** connections at the most; three quarters of them are looked for, and the rest is room for those who look */
  readonly maxConns: number;
  /** in the room of an invite: who keeps the door, or who knocks */
  readonly part?: Part;
  /** 32 bytes for any input */
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  /** a connection that has not opened by then is given up, or a reload would leave a ghost */
  readonly openWithinMs?: number;
  /** how long a peer that was refused is kept, silent, and not met again: one that is hung up on calls at once */
  readonly refusedForMs?: number;
}
