/** Tells listeners once that a storage was taken away; whoever asks later is told at once. */
export class Gone {
  #listeners: (() => void)[] | null = [];

  get happened(): boolean {
    return this.#listeners === null;
  }

  on(listener: () => void): void {
    if (this.#listeners) this.#listeners.push(listener);
    else queueMicrotask(listener);
  }

  happen(): void {
    const listeners = this.#listeners ?? [];
    this.#listeners = null;
    for (const listener of listeners) listener();
  }
}
