/**
 * This device as one tab sees it: locked or open, which spaces are on it, which of them is open here.
 * Each tab has a replica of its own on the same storage; locking reaches all of them.
 */
import { err, ok, type Result } from '../lib/result.ts';
import type { SpaceId } from '../log/types.ts';
import type { FullReplica } from '../sync/replica.ts';
import type { Founding } from '../sync/start.ts';
import type { Storage } from '../sync/storage.ts';
import type { PendingJoin, VaultReadError, VaultSpace } from '../sync/vault.ts';
import type * as Core from './core.ts';
import { Asking, type Ready } from './asking.ts';
import type { DeviceParts, JoinLive, Phase, StartError } from './device-types.ts';
import type { WaitingFiles } from './exchange/waiting.ts';
import { afterFirstEdit } from './first-edit.ts';
import { watchIdle } from './idle.ts';
import { lastSpace, rememberSpace } from './last-space.ts';
import type { LiveSpace } from './live/live.svelte.ts';
import { Persistence } from './persistence.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import type { DeviceShelf } from './shelf.ts';
import { Session } from './session.svelte.ts';
import { Space } from './space.svelte.ts';
import { joinTabs, type Tabs } from './tabs.ts';
import { Tries } from './tries.svelte.ts';
import { withSpace } from './vault/content.ts';
import type { Vault } from './vault/vault.svelte.ts';

export type * from './device-types.ts';

export class Device {
  readonly preferences: Preferences;
  readonly persistence: Persistence;
  readonly version: string;
  readonly joinLive: JoinLive | undefined;
  readonly asking: Asking;

  readonly #parts: DeviceParts;
  readonly #tabs: Tabs;
  readonly #session = new Session();
  #phase = $state.raw<Phase>({ type: 'starting' });
  #vault = $state.raw<Vault | null>(null);
  #tries = $state.raw<Tries | null>(null);
  #core: typeof Core | null = null;
  #storage: Storage | null = null;
  #shelf: DeviceShelf | null = null;
  /** what would be on the shelf, while an example is open: it must leave nothing */
  #exampleShelf: DeviceShelf | null = null;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    this.version = parts.version;
    this.joinLive = parts.joinLive;
    this.preferences = new Preferences(parts.pageHub);
    this.persistence = new Persistence(navigator.storage);
    this.asking = new Asking({
      environment: parts.environment,
      ready: () => this.#ready(),
      isHere: (space) => this.spaces.some(({ identity }) => identity.space === space),
      keepAndEnter: (replica, about) => this.#keepAndEnter(replica, this.#ready().vault, about),
    });
    const idle = watchIdle(
      () => (this.#phase.type !== 'locked' && this.hasPassphrase ? this.preferences.lockAfter : 0),
      () => this.#tabs.say('in use'),
      () => void this.lock(),
      parts.environment.now,
    );
    this.#tabs = joinTabs((word) => {
      if (word === 'locked') void this.#lockHere();
      else if (word === 'vault changed') void this.#vaultChanged();
      else if (word === 'erased') parts.beginAnew(true);
      else idle.touch();
    });
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** what is kept in clear; there once the device has started */
  get shelf(): DeviceShelf {
    if (!this.#shelf) throw new Error('the device has not started');
    return this.#exampleShelf ?? this.#shelf;
  }

  /** what came from outside and waits to be opened */
  get waitingFiles(): WaitingFiles {
    return this.#parts.waitingFiles;
  }

  get space(): Space | null {
    return this.#phase.type === 'open' ? this.#phase.space : null;
  }

  get spaces(): readonly VaultSpace[] {
    return this.#vault?.content?.spaces ?? [];
  }

  /** asked to join, and not yet answered */
  get pending(): readonly PendingJoin[] {
    return this.#vault?.content?.pending ?? [];
  }

  /** It may not be left out here. */
  get needsPassphrase(): boolean {
    return this.#parts.needsPassphrase;
  }

  get hasPassphrase(): boolean {
    return this.#phase.type === 'locked' || (this.#vault?.hasPassphrase ?? false);
  }

  get live(): LiveSpace | null {
    return this.#session.live;
  }

  /** The logic that this class lends to screens: reading and writing invites, requests and answers. */
  async core(): Promise<typeof Core> {
    this.#core ??= await import('./core.ts');
    return this.#core;
  }

  async start(): Promise<void> {
    const [core, storage, shelf, { Vault }] = await Promise.all([
      this.core(),
      this.#parts.openStorage(),
      this.#parts.openShelf(),
      import('./vault/vault.svelte.ts'),
    ]);
    this.#shelf = shelf;
    this.preferences.useShelf(shelf);
    this.#tries = new Tries(shelf);
    if (!storage.ok) {
      this.#phase = { type: 'failed', error: storage.error };
      return;
    }
    this.#storage = storage.value;
    this.#vault = new Vault(storage.value, this.#parts.environment, () => this.#tabs.say('vault changed'));
    void this.persistence.look();
    const state = await core.vaultState(storage.value);
    if (!state.ok) this.#phase = { type: 'failed', error: state.error };
    else if (state.value === 'locked') this.#phase = { type: 'locked' };
    else await this.#openVault(null);
  }

  // Lock and passphrase ----------------------------------------------------------------------------------------------

  /** seconds until the next try, by the clock given */
  waitUntilTry(now: number): number {
    return this.#tries?.wait(now) ?? 0;
  }

  async unlock(passphrase: string): Promise<Result<null, VaultReadError>> {
    await this.#session.closed;
    const opened = await this.#openVault(passphrase);
    if (opened.ok) this.#tries?.forget();
    else if (opened.error.type === 'WrongPassphrase') this.#tries?.count(this.#parts.environment.now());
    return opened;
  }

  /** In all tabs: saves, then keys and documents leave memory. There must be a passphrase. */
  async lock(): Promise<void> {
    if (!this.hasPassphrase) return;
    this.#tabs.say('locked');
    await this.#lockHere();
  }

  /** `current` null: none was set; `next` null: none from now on. */
  async setPassphrase(current: string | null, next: string | null): Promise<Result<null, VaultReadError>> {
    return (await this.#vault?.setPassphrase(current, next)) ?? err({ type: 'PassphraseNeeded' });
  }

  // Spaces -----------------------------------------------------------------------------------------------------------

  /** `languages`: what the founder reads */
  async found(founding: Founding, languages: readonly string[]): Promise<Result<null, StartError>> {
    const { core, storage, vault } = this.#ready();
    const { environment } = this.#parts;
    const founded = await core.foundSpace(storage, founding, core.createVerifier(environment.subtle), environment);
    if (!founded.ok) return founded;
    return this.#keepAndEnter(founded.value, vault, { name: founding.name, languages });
  }

  async open(id: SpaceId): Promise<Result<null, StartError>> {
    const entry = this.spaces.find(({ identity }) => identity.space === id);
    if (!entry) return err({ type: 'Malformed' });
    if (this.space?.replica.spaceId === id) return ok(null);
    const { core, storage } = this.#ready();
    const { environment } = this.#parts;
    const verifier = core.createVerifier(environment.subtle);
    const opened = await core.openReplica(storage, entry.identity, verifier, environment);
    if (!opened.ok) return opened;
    return this.#enter(opened.value);
  }

  // Looking around ---------------------------------------------------------------------------------------------------

  /** Opens a filled space that is in memory only: nothing of it is kept, and nothing of it can be passed on. */
  async lookAround(): Promise<void> {
    const { core } = this.#ready();
    const [example, storage] = await Promise.all([import('./example/build.ts'), this.#parts.openMemory()]);
    const space = await example.buildExample(storage, core, this.#parts.environment);
    await this.#session.enter(space, undefined);
    this.#show(space, example.createForgetfulShelf());
  }

  /** Back to what was open last, or to the first minute. */
  async throwExampleAway(): Promise<void> {
    if (!this.space?.isExample) return;
    await this.#session.leave();
    const entered = await this.#openLast();
    if (!entered.ok) this.#phase = { type: 'failed', error: entered.error };
  }

  async flush(): Promise<void> {
    await this.space?.replica.flush();
  }

  /** In all tabs: they let go of what they hold, and begin anew once nothing is left. */
  async erase(): Promise<void> {
    this.#tabs.say('locked');
    await this.#session.leave();
    this.#vault?.forget();
    await this.#storage?.close();
    const erased = await this.#parts.erase();
    if (erased.ok) this.#tabs.say('erased');
    this.#parts.beginAnew(erased.ok);
  }

  async #openVault(passphrase: string | null): Promise<Result<null, VaultReadError>> {
    const opened = await this.#ready().vault.open(passphrase);
    if (!opened.ok) {
      if (passphrase === null) this.#phase = { type: 'failed', error: opened.error };
      return opened;
    }
    const entered = await this.#openLast();
    if (!entered.ok) this.#phase = { type: 'failed', error: entered.error };
    return opened;
  }

  async #openLast(): Promise<Result<null, StartError>> {
    const last = lastSpace(this.spaces, this.preferences, this.#ready().core);
    if (last) return this.open(last.identity.space);
    this.#exampleShelf = null;
    this.#phase = { type: 'first' };
    return ok(null);
  }

  async #keepAndEnter(
    replica: FullReplica,
    vault: Vault,
    { name, languages }: Pick<PendingJoin, 'name' | 'languages'>,
  ): Promise<Result<null, StartError>> {
    const { identity } = replica;
    const entry: VaultSpace = { identity, name: replica.membership().spaceName };
    const kept = await vault.change((content) => withSpace(content, entry));
    if (!kept.ok) {
      await replica.close();
      return kept;
    }
    // neither genesis nor admission says it
    if (languages.length > 0) await replica.changeProfile({ name, languages });
    return this.#enter(replica);
  }

  async #enter(replica: FullReplica): Promise<Result<null, StartError>> {
    const { core, storage } = this.#ready();
    const invites = await core.openInvites(storage, replica, this.#parts.environment);
    if (!invites.ok) {
      await replica.close();
      return invites;
    }
    const space = new Space(replica, invites.value);
    const { goLive } = this.#parts;
    await this.#session.enter(space, goLive && ((entered) => goLive(entered, this.preferences)));
    afterFirstEdit(replica, () => void this.#askToPersist());
    rememberSpace(replica.identity, this.preferences, core);
    this.#show(space);
    return ok(null);
  }

  #show(space: Space, shelf: DeviceShelf | null = null): void {
    this.#exampleShelf = shelf;
    this.#phase = { type: 'open', space };
  }

  #ready(): Ready {
    if (!this.#core || !this.#storage || !this.#vault) throw new Error('the device has not started');
    return { core: this.#core, storage: this.#storage, vault: this.#vault };
  }

  async #lockHere(): Promise<void> {
    if (this.#phase.type === 'locked' || this.#phase.type === 'starting') return;
    const leaving = this.#session.leave();
    this.#phase = { type: 'locked' };
    this.#vault?.forget();
    await leaving;
  }

  async #vaultChanged(): Promise<void> {
    if (this.#phase.type !== 'open' && this.#phase.type !== 'first') return;
    const opened = await this.#vault?.reopen();
    // another tab has set a passphrase: here, too, it must be said
    if (opened && !opened.ok && this.#vault?.content) await this.#lockHere();
  }

  async #askToPersist(): Promise<void> {
    if (this.preferences.askedToPersist) return;
    this.preferences.askedToPersist = true;
    await this.persistence.askFirst();
  }
}
