/** What a relay transport is told. Nothing of it has a default that reaches a host. */
export interface RelayOptions {
  /** derived from the epoch; with numbers of devices all that a hub sees */
  readonly room: string;
  /** of this room alone, and never at a hub */
  readonly key: Uint8Array;
  /** WebSocket addresses of relays that somebody chose; none: nobody is looked for */
  readonly hubs: readonly string[];
  /** `all`: a link to everybody who has no direct one. `one`: as many as hold the room together. `none`: those of others. */
  readonly reach: 'all' | 'one' | 'none';
  /** links that hold together what has no direct ones, where there are more than these */
  readonly degree: number;
  /** this device may come to have direct connections, so others are to wait a while for them */
  readonly isDirectToo: boolean;
  readonly crypto: RelayCrypto;
  /** for tests: how long direct connections are waited for, and when links that they replaced are let go */
  readonly patienceMs?: number;
  readonly givesWayMs?: number;
}

export interface RelayCrypto {
  readonly random: (length: number) => Uint8Array;
  /** 32 bytes for any input */
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  readonly derive: (secret: Uint8Array, salt: Uint8Array, label: string, length: number) => Uint8Array;
  /** for one stay in a room; `agree` gives the same 32 bytes on both sides, null for a key that gives none */
  readonly createKeys: (secret: Uint8Array) => RelayKeys;
  /** with a nonce of 24 bytes */
  readonly seal: (key: Uint8Array, nonce: Uint8Array, plain: Uint8Array) => Uint8Array;
  readonly open: (key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array) => Uint8Array | null;
}

export interface RelayKeys {
  readonly publicKey: Uint8Array;
  agree(theirs: Uint8Array): Uint8Array | null;
}
