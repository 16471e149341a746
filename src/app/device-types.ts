/** The words of a device: its phases, what the page gives it, and why something could not be done. */
import type { Result } from '../lib/result.ts';
import type { SpaceId } from '../log/types.ts';
import type { Environment } from '../sync/environment.ts';
import type { ReplicaError } from '../sync/replica-types.ts';
import type { JoinError } from '../sync/start.ts';
import type { Storage, StorageError } from '../sync/storage.ts';
import type { PendingJoin, VaultReadError } from '../sync/vault.ts';
import type { WaitingFiles } from './exchange/waiting.ts';
import type { LiveSpace } from './live/live.svelte.ts';
import type { Preferences } from './preferences.svelte.ts';
import type { DeviceShelf } from './shelf.ts';
import type { Space } from './space.svelte.ts';

export type { Invite } from '../log/invite.ts';
export type { PendingJoin } from '../sync/vault.ts';

export type Phase =
  | { readonly type: 'starting' }
  /** no space is open here: none is on the device yet, or the person has not chosen one */
  | { readonly type: 'first' }
  | { readonly type: 'locked' }
  | { readonly type: 'open'; readonly space: Space }
  | { readonly type: 'failed'; readonly error: StartError };

export type StartError = VaultReadError | ReplicaError;

/** Asks the organizer over the network and resolves with the sealed answer; rejects never. */
export type JoinLive = (
  pending: PendingJoin,
  request: Uint8Array,
  stop: AbortSignal,
) => Promise<Result<Uint8Array, { readonly type: 'Stopped' | 'Unreachable' }>>;

/** What the page gives: everything that knows a browser. */
export interface DeviceParts {
  readonly environment: Environment;
  readonly version: string;
  /** signaling at the host that this page came from; null where it came from no host */
  readonly pageHub: string | null;
  /** others' pages read the same storage, so it may hold nothing that is readable */
  readonly needsPassphrase: boolean;
  readonly waitingFiles: WaitingFiles;
  openShelf(): Promise<DeviceShelf>;
  openStorage(): Promise<Result<Storage, StorageError>>;
  /** One that keeps nothing. */
  openMemory(): Promise<Storage>;
  /** Deletes everything that this browser keeps for the app, but for the app itself. */
  erase(): Promise<Result<null, StorageError>>;
  /** Loads the page as on the first visit, and says that everything is erased where it is. */
  beginAnew(isErased: boolean): void;
  readonly joinLive?: JoinLive;
  readonly goLive?: (space: Space, preferences: Preferences) => Promise<LiveSpace>;
}

export type AskError = VaultReadError | { readonly type: 'AlreadyHere'; readonly space: SpaceId };
export type FinishError = JoinError | VaultReadError;
