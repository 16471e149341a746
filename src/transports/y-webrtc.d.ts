/**
 * What we use of y-webrtc 10.3, whose own types its package.json does not let a bundler's resolution find.
 * Names with an underscore are internals of a pinned version; each use says why.
 */
declare module 'y-webrtc' {
  import type * as Y from 'yjs';

  export class WebrtcConn {
    /** `signaling`: what it says goes there */
    constructor(signaling: Pick<SignalingConn, 'send'>, initiator: boolean, remotePeerId: string, room: Room);
    remotePeerId: string;
    readonly connected: boolean;
    /** a simple-peer */
    readonly peer: {
      readonly _pc: RTCPeerConnection | null;
      /** gives it what the other side's emitted */
      signal(data: unknown): void;
      once(event: 'close', listener: () => void): void;
    };
    destroy(): void;
  }

  export interface Room {
    readonly peerId: string;
    /** through which everything goes that is said to other tabs or heard from them */
    mux: (speak: () => void) => void;
    readonly webrtcConns: Map<string, WebrtcConn>;
    readonly _beforeUnloadHandler: () => void;
  }

  /** one for each address in a page, shared by all rooms */
  export interface SignalingConn {
    readonly connected: boolean;
    readonly ws: WebSocket | null;
    readonly providers: ReadonlySet<WebrtcProvider>;
    emit(name: string, args: readonly unknown[]): void;
    send(message: unknown): void;
    on(name: 'connect' | 'disconnect', listener: () => void): void;
    off(name: 'connect' | 'disconnect', listener: () => void): void;
  }

  export interface ProviderOptions {
    readonly signaling: readonly string[];
    readonly maxConns?: number;
    readonly peerOpts: {
      readonly channelConfig?: RTCDataChannelInit;
      readonly config: RTCConfiguration;
      readonly iceCompleteTimeout?: number;
      readonly wrtc?: {
        readonly RTCPeerConnection: typeof RTCPeerConnection;
        readonly RTCSessionDescription: typeof RTCSessionDescription;
        readonly RTCIceCandidate: typeof RTCIceCandidate;
      };
    };
  }

  export class WebrtcProvider {
    constructor(room: string, doc: Y.Doc, options: ProviderOptions);
    /** of the password that we do not give; the room is there when this has come */
    readonly key: PromiseLike<null>;
    readonly room: Room | null;
    readonly signalingConns: readonly SignalingConn[];
    readonly awareness: { setLocalState(state: null): void; destroy(): void };
    disconnect(): void;
    destroy(): void;
  }
}
