/**
 * The RTCPeerConnection that y-webrtc is given: with the servers that were chosen and no others, and with a second
 * data channel of our own. Channel 0 is y-webrtc's. It would apply any update that comes there to its doc and echo it
 * to everybody, so nothing from there reaches it.
 */
export interface Channels {
  readonly connection: RTCPeerConnection;
  /** carries the log */
  readonly log: RTCDataChannel;
}

export interface ConnectionOptions {
  readonly config: RTCConfiguration;
  readonly created: (channels: Channels) => void;
  /** somebody writes on channel 0, where a Weft peer says a few bytes once and no more */
  readonly flooded: (connection: RTCPeerConnection) => void;
  readonly closed: (connection: RTCPeerConnection) => void;
  /** it waits for somebody to carry a code, and has never been open */
  readonly isWaiting: (connection: RTCPeerConnection) => boolean;
}

/** Both ends open it by number, without a word about it on the way: two that call at once end in one channel. */
const LOG_CHANNEL: RTCDataChannelInit = { negotiated: true, id: 1, ordered: true };
export const PRESENCE_CHANNEL: RTCDataChannelInit = { negotiated: true, id: 0, ordered: true };

const PRESENCE_BYTES = 65_536;

export const createConnectionClass = (options: ConnectionOptions): typeof RTCPeerConnection =>
  class extends RTCPeerConnection {
    constructor() {
      super(options.config);
    }

    override createDataChannel(label: string, init?: RTCDataChannelInit): RTCDataChannel {
      const presence = super.createDataChannel(label, init);
      let heard = 0;
      // added before simple-peer's own, and so called before it
      presence.addEventListener('message', (event: MessageEvent<unknown>) => {
        event.stopImmediatePropagation();
        heard += sizeOf(event.data);
        if (heard > PRESENCE_BYTES) options.flooded(this);
      });
      const log = super.createDataChannel('weft', LOG_CHANNEL);
      log.binaryType = 'arraybuffer';
      options.created({ connection: this, log });
      return presence;
    }

    // Where its first checks were of no use, Chromium says for a moment that it has failed, and goes on when the answer
    // is there. simple-peer would have ended it by then.
    override get connectionState(): RTCPeerConnectionState {
      const state = super.connectionState;
      return state === 'failed' && options.isWaiting(this) ? 'connecting' : state;
    }

    override get iceConnectionState(): RTCIceConnectionState {
      const state = super.iceConnectionState;
      return state === 'failed' && options.isWaiting(this) ? 'checking' : state;
    }

    override close(): void {
      super.close();
      options.closed(this);
    }
  };

/** bytes or characters of what a data channel gave */
export const sizeOf = (data: unknown): number => {
  if (typeof data === 'string') return data.length;
  if (data instanceof ArrayBuffer) return data.byteLength;
  return data instanceof Blob ? data.size : 0;
};
