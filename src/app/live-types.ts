/** What screens see of live connections: who is here, how, and what is moving. */
import type { DeviceId, MemberId } from '../log/types.ts';
import type { Nearby } from '../sync/nearby.ts';
import type { LinkKind, LinkPath } from '../sync/transport.ts';

export interface LivePeer {
  readonly link: string;
  readonly kind: LinkKind;
  readonly path?: LinkPath | undefined;
  readonly device: DeviceId | null;
  /** null while its records have not come, or before its hello */
  readonly member: MemberId | null;
  readonly state: 'greeting' | 'receiving' | 'sending' | 'even' | 'uneven';
  readonly incoming: number;
  readonly outgoing: number;
}

export type LiveState =
  /** the person switched it off, or chose no hub */
  | { readonly type: 'off' }
  /** another tab of this browser holds the connections; this one is in step with it */
  | { readonly type: 'otherTab' }
  | { readonly type: 'on'; readonly hubs: readonly string[] };

export interface Live {
  readonly state: LiveState;
  /** What connects two devices by codes, hub or none; null: another tab holds the connections. */
  nearby(): Promise<Nearby | null>;
  readonly peers: readonly LivePeer[];
  /** newest first: peers dropped for breaking the rules, in this run */
  readonly dropped: readonly { readonly device: DeviceId | null; readonly reason: string; readonly minute: number }[];
}
