/** The way into somebody's space: the question, kept so that it survives a reload, and the answer to it. */
import { err, ok, type Result } from '../lib/result.ts';
import type { SpaceId } from '../log/types.ts';
import type { Environment } from '../sync/environment.ts';
import type { FullReplica } from '../sync/full-replica.ts';
import type { Storage } from '../sync/storage.ts';
import type { PendingJoin, VaultReadError } from '../sync/vault.ts';
import type * as Core from './core.ts';
import type { AskError, FinishError, Invite, StartError } from './device-types.ts';
import { withoutPending, withPending } from './vault/content.ts';
import type { Vault } from './vault/vault.svelte.ts';

/** What is there once the device has started. */
export interface Ready {
  readonly core: typeof Core;
  readonly storage: Storage;
  readonly vault: Vault;
}

interface Host {
  readonly environment: Environment;
  ready(): Ready;
  isHere(space: SpaceId): boolean;
  keepAndEnter(replica: FullReplica, about: PendingJoin): Promise<Result<null, StartError>>;
}

export class Asking {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Makes keys for that space and keeps the question. */
  async ask(
    invite: Invite,
    about: Pick<PendingJoin, 'name' | 'group' | 'languages'>,
  ): Promise<Result<PendingJoin, AskError>> {
    const { core, vault } = this.#host.ready();
    if (this.#host.isHere(invite.space)) return err({ type: 'AlreadyHere', space: invite.space });
    const pending: PendingJoin = { keys: core.createDeviceKeys(this.#host.environment.random), invite, ...about };
    const kept = await vault.change((content) => withPending(content, pending));
    return kept.ok ? ok(pending) : kept;
  }

  async requestOf(pending: PendingJoin): Promise<Uint8Array> {
    return this.#host.ready().core.askToJoin(pending, this.#host.environment);
  }

  /** Opens the answer, and the space with it. Nothing changes where the answer is not for this question. */
  async finish(pending: PendingJoin, answer: Uint8Array): Promise<Result<null, FinishError>> {
    const { core, storage } = this.#host.ready();
    const { environment } = this.#host;
    const verifier = core.createVerifier(environment.subtle);
    const joined = await core.joinSpace(storage, pending, answer, verifier, environment);
    return joined.ok ? this.#host.keepAndEnter(joined.value, pending) : joined;
  }

  async forget(pending: PendingJoin): Promise<Result<null, VaultReadError>> {
    return this.#host.ready().vault.change((content) => withoutPending(content, pending.invite.space));
  }
}
