/** The device's shelf as the app sees it: what is kept in clear, so no text, name or key of a space goes on it. */
export interface DeviceShelf {
  /** `InMemory`: the browser does not let it be kept, and it is forgotten with the tab */
  state(): { readonly type: 'Kept' } | { readonly type: 'InMemory'; readonly reason: string };
  preference(key: string): string | number | boolean | null;
  setPreference(key: string, value: string | number | boolean): void;
  readMark(opaqueId: string): string | null;
  markRead(opaqueId: string, value: string): void;
  receipts(): readonly ShelfReceipt[];
  addReceipt(receipt: ShelfReceipt): void;
  /** of this tab and of others; gives what ends it */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** What one exchange brought: numbers under opaque ids. */
export interface ShelfReceipt {
  readonly id: string;
  /** minutes since 1970 */
  readonly at: number;
  readonly kind: string;
  readonly counts: Readonly<Record<string, number>>;
}
