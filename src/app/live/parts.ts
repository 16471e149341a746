/** What live connections need of the page, and of the person. */
import type { Environment } from '../../sync/environment.ts';
import type { MeetingTransport } from '../../sync/nearby.ts';
import type { Transport } from '../../sync/transport.ts';

/** Transports are made when they are needed. */
export interface LiveParts {
  readonly environment: Environment;
  readonly locks: LockManager | null;
  readonly network: (room: {
    readonly room: string;
    readonly password: string;
    readonly signaling: readonly string[];
    readonly maxConns: number;
    readonly part?: 'keeper' | 'newcomer';
  }) => Promise<MeetingTransport>;
  readonly tabs: (room: string) => Transport;
}

export interface LiveChoices {
  readonly hubs: readonly string[];
  readonly presence: boolean;
}
