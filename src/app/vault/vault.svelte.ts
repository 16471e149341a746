/**
 * The vault while it is open: its content, and the passphrase that seals it again. Other tabs change the same vault,
 * so each change looks first whether the stored bytes are still those that were read.
 */
import { DEFAULT_COST } from '../../crypto/index.ts';
import { equalBytes } from '../../lib/bytes.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Environment } from '../../sync/environment.ts';
import type { Storage, StorageError } from '../../sync/storage.ts';
import { openContent, sealContent, type VaultContent, type VaultReadError } from '../../sync/vault.ts';

const KEY = 'vault';

export class Vault {
  readonly #storage: Storage;
  readonly #environment: Environment;
  /** told after each change that is stored: other tabs want to know */
  readonly #changed: () => void;
  #passphrase: string | null = null;
  #sealed: Uint8Array | null = null;
  #content = $state.raw<VaultContent | null>(null);
  #hasPassphrase = $state(false);
  /** how often it was locked: work that began before must not bring the keys back */
  #locks = 0;

  constructor(storage: Storage, environment: Environment, changed: () => void) {
    this.#storage = storage;
    this.#environment = environment;
    this.#changed = changed;
  }

  /** null while it is locked */
  get content(): VaultContent | null {
    return this.#content;
  }

  get hasPassphrase(): boolean {
    return this.#hasPassphrase;
  }

  /** Opens what is stored; an empty vault where nothing is. Does nothing to what is open where it fails. */
  async open(passphrase: string | null): Promise<Result<null, VaultReadError>> {
    const locks = this.#locks;
    const stored = await this.#storage.get(KEY);
    if (!stored.ok) return stored;
    const opened = await openContent(stored.value, passphrase, this.#environment.stretch);
    if (!opened.ok) return opened;
    if (locks !== this.#locks) return err({ type: 'PassphraseNeeded' });
    this.#passphrase = passphrase;
    this.#hasPassphrase = passphrase !== null;
    this.#sealed = stored.value;
    this.#content = opened.value;
    return ok(null);
  }

  /** Another tab has changed it: opens it anew, also where that tab has taken the passphrase away. */
  async reopen(): Promise<Result<null, VaultReadError>> {
    const opened = await this.open(this.#passphrase);
    if (opened.ok || opened.error.type !== 'WrongPassphrase' || this.#passphrase === null) return opened;
    return this.open(null);
  }

  /** Changes the newest content, and stores it before it counts. */
  change(next: (content: VaultContent) => VaultContent): Promise<Result<null, VaultReadError>> {
    return this.#alone(async () => {
      const fresh = await this.#refresh();
      if (!fresh.ok) return fresh;
      return this.#store(next(fresh.value), this.#passphrase);
    });
  }

  /** `WrongPassphrase` unless `current` is the one that is set. `next` null: none from now on. */
  setPassphrase(current: string | null, next: string | null): Promise<Result<null, VaultReadError>> {
    return this.#alone(async () => {
      if (current !== this.#passphrase) return err({ type: 'WrongPassphrase' });
      const fresh = await this.#refresh();
      if (!fresh.ok) return fresh;
      return this.#store(fresh.value, next);
    });
  }

  /** Keys and passphrase leave memory. */
  forget(): void {
    this.#locks++;
    this.#passphrase = null;
    this.#sealed = null;
    this.#content = null;
  }

  async #refresh(): Promise<Result<VaultContent, VaultReadError>> {
    const stored = await this.#storage.get(KEY);
    if (!stored.ok) return stored;
    if (!isSame(stored.value, this.#sealed)) {
      const opened = await this.reopen();
      if (!opened.ok) return opened;
    }
    return this.#content ? ok(this.#content) : err({ type: 'PassphraseNeeded' });
  }

  async #store(content: VaultContent, passphrase: string | null): Promise<Result<null, StorageError>> {
    const locks = this.#locks;
    const { random, stretch } = this.#environment;
    const value = await sealContent(content, passphrase, DEFAULT_COST, random, stretch);
    const stored = await this.#storage.commit({ puts: [{ key: KEY, value }] });
    if (!stored.ok) return stored;
    this.#changed();
    if (locks !== this.#locks) return ok(null);
    this.#passphrase = passphrase;
    this.#hasPassphrase = passphrase !== null;
    this.#sealed = value;
    this.#content = content;
    return ok(null);
  }

  /** One change at a time, in all tabs. Where there are no locks (plain http) two tabs in one second may collide. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const locks: LockManager | undefined = navigator.locks;
    return locks ? locks.request('weft vault', work) : work();
  }
}

const isSame = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === null || b === null ? a === b : equalBytes(a, b);
