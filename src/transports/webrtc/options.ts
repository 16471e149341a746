/** What a WebRTC transport is told. Nothing of it has a default that reaches a host. */
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
  /** connections that this device asks for; it answers as many again */
  readonly maxConns: number;
  /** 32 bytes for any input */
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  /** a connection that has not opened by then is given up, or a reload would leave a ghost */
  readonly openWithinMs?: number;
  /** how long a peer that was refused is kept, silent, and not met again: one that is hung up on calls at once */
  readonly refusedForMs?: number;
}
