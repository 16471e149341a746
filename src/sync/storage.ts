/**
 * What every storage adapter does (Dexie, folder, memory), shown by one contract suite.
 * A key-value shelf for sealed things and append-only logs of sealed rows. Keys and log names are opaque
 * (the caller derives them), values are ciphertext: an adapter sees nothing readable.
 */
import type { Result } from '../lib/result.ts';

export type StorageError =
  | { readonly type: 'QuotaFull' }
  /** the database was closed, deleted or upgraded under us: the session must end */
  | { readonly type: 'StorageGone' }
  | { readonly type: 'StorageFailed'; readonly name: string };

export interface Row {
  /** grows with each append to the same log, never used twice; not necessarily without gaps */
  readonly seq: number;
  readonly value: Uint8Array;
}

/** One acknowledged step: all of it or nothing. */
export interface Step {
  readonly puts?: readonly { readonly key: string; readonly value: Uint8Array }[];
  readonly deletes?: readonly string[];
  readonly appends?: readonly { readonly log: string; readonly value: Uint8Array }[];
  readonly drops?: readonly { readonly log: string; readonly seqs: readonly number[] }[];
}

export interface Storage {
  get(key: string): Promise<Result<Uint8Array | null, StorageError>>;
  /** pairs whose key starts with `prefix`, in order of key */
  list(prefix: string): Promise<Result<readonly { readonly key: string; readonly value: Uint8Array }[], StorageError>>;
  /** at most `limit` rows of a log with seq > after, in order of seq */
  rows(log: string, after: number, limit: number): Promise<Result<readonly Row[], StorageError>>;
  /** rows by seq, in the order asked; a missing one is null */
  rowsAt(log: string, seqs: readonly number[]): Promise<Result<readonly (Row | null)[], StorageError>>;
  /** One strict transaction: once this resolves ok, a killed process loses none of it. Gives the seqs of the appends, in order. */
  commit(step: Step): Promise<Result<readonly number[], StorageError>>;
  /**
   * The same where `log` has no row beyond `last`; null, and nothing happens, where it has one. Looked at within the
   * transaction: of two tabs that go on from the same row one comes first, and the other is told.
   */
  commitAfter(log: string, last: number, step: Step): Promise<Result<readonly number[] | null, StorageError>>;
  /** called at most once, when the database is closed or taken away by somebody else */
  onGone(listener: () => void): void;
  close(): Promise<void>;
}
