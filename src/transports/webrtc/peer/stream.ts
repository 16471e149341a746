/**
 * What simple-peer asks of Node's streams, buffers, random bytes and debug log, in little: it comes with a copy of all of
 * them, 20 KB of them on the wire, for streams that nobody pipes. The app is built with these instead: see `standIns` in
 * vite.config.ts. What a peer gives is heard by its 'data' event alone, and sent by `send`.
 */
type Listener = (...values: readonly unknown[]) => void;

/** As much of a stream as simple-peer builds on: events, and two ends that are open until it says otherwise. */
export class Duplex {
  readonly _readableState = { ended: false };
  readonly _writableState = { finished: false };
  readable = true;
  writable = true;
  destroyed = false;
  readonly #listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  once(event: string, listener: Listener): this {
    const heard: Listener = (...values) => {
      this.removeListener(event, heard);
      listener.apply(this, values as unknown[]);
    };
    return this.on(event, heard);
  }

  removeListener(event: string, listener: Listener): this {
    const left = (this.#listeners.get(event) ?? []).filter((each) => each !== listener);
    this.#listeners.set(event, left);
    return this;
  }

  /** An error that nobody hears is thrown, as Node does. */
  emit(event: string, ...values: readonly unknown[]): boolean {
    const listeners = this.#listeners.get(event) ?? [];
    if (event === 'error' && listeners.length === 0)
      throw values[0] instanceof Error ? values[0] : new Error('a peer failed');
    for (const listener of listeners) listener.apply(this, values as unknown[]);
    return listeners.length > 0;
  }

  /** null: the other side sends no more */
  push(data: unknown): boolean {
    if (data === null) this._readableState.ended = true;
    else this.emit('data', data);
    return true;
  }

  end(): this {
    this._writableState.finished = true;
    return this;
  }
}

export const Buffer = {
  from: (data: ArrayBuffer): Uint8Array => new Uint8Array(data),
};
