/** Whether the browser has promised not to clear this device's storage by itself. */
export type Kept = 'unknown' | 'promised' | 'not promised' | 'unsupported';

type BrowserStorage = Pick<StorageManager, 'persist' | 'persisted'> & Partial<Pick<StorageManager, 'estimate'>>;

export class Persistence {
  readonly #storage: BrowserStorage | undefined;
  #kept = $state<Kept>('unknown');
  #used = $state<number | null>(null);
  #hasNews = $state(false);

  /** `storage` is `navigator.storage`, which is not there on plain http from another machine. */
  constructor(storage: BrowserStorage | undefined) {
    this.#storage = storage;
  }

  get kept(): Kept {
    return this.#kept;
  }

  /** in bytes; null where the browser does not say */
  get used(): number | null {
    return this.#used;
  }

  /** true once, after the browser was asked for the first time: its answer is told to the person */
  get hasNews(): boolean {
    return this.#hasNews;
  }

  dismissNews(): void {
    this.#hasNews = false;
  }

  /** Looks without asking. */
  async look(): Promise<void> {
    this.#kept = this.#storage ? answer(await this.#storage.persisted()) : 'unsupported';
    this.#used = (await this.#storage?.estimate?.())?.usage ?? null;
  }

  async askFirst(): Promise<void> {
    await this.ask();
    this.#hasNews = true;
  }

  /** Asks; some browsers then ask the person. */
  async ask(): Promise<Kept> {
    this.#kept = this.#storage ? answer(await this.#storage.persist()) : 'unsupported';
    return this.#kept;
  }
}

const answer = (isPromised: boolean): Kept => (isPromised ? 'promised' : 'not promised');
