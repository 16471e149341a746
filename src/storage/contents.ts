/**
 * What a storage holds, as plain maps: the one meaning of a step, shared by the adapters that keep their own index
 * (memory keeps the bytes themselves, folder keeps where they lie in its file).
 * A step works in the order puts, deletes, appends, drops; of two puts of one key the later one holds.
 */
import type { Step } from '../sync/storage.ts';

interface Log<V> {
  /** ascending */
  seqs: number[];
  readonly valueBySeq: Map<number, V>;
}

export type Entry<V> =
  | { readonly type: 'pair'; readonly key: string; readonly value: V }
  | { readonly type: 'row'; readonly log: string; readonly seq: number; readonly value: V };

export class Contents<V> {
  /** The next seq of any log. It only grows, so a dropped row's seq never comes back. */
  nextSeq = 1;
  private readonly valueByKey = new Map<string, V>();
  private readonly logs = new Map<string, Log<V>>();

  get(key: string): V | undefined {
    return this.valueByKey.get(key);
  }

  put(key: string, value: V): void {
    this.valueByKey.set(key, value);
  }

  delete(key: string): void {
    this.valueByKey.delete(key);
  }

  append(log: string, seq: number, value: V): void {
    let rows = this.logs.get(log);
    if (!rows) this.logs.set(log, (rows = { seqs: [], valueBySeq: new Map() }));
    rows.seqs.push(seq);
    rows.valueBySeq.set(seq, value);
    this.nextSeq = seq + 1;
  }

  drop(log: string, seqs: readonly number[]): void {
    const rows = this.logs.get(log);
    if (!rows) return;
    for (const seq of seqs) rows.valueBySeq.delete(seq);
    rows.seqs = rows.seqs.filter((seq) => rows.valueBySeq.has(seq));
    if (rows.seqs.length === 0) this.logs.delete(log);
  }

  /** In order of UTF-16 code units, as IndexedDB orders its keys. */
  list(prefix: string): { readonly key: string; readonly value: V }[] {
    const found: { readonly key: string; readonly value: V }[] = [];
    for (const [key, value] of this.valueByKey) if (key.startsWith(prefix)) found.push({ key, value });
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  rows(log: string, after: number, limit: number): { readonly seq: number; readonly value: V }[] {
    const rows = this.logs.get(log);
    if (!rows) return [];
    const start = firstAfter(rows.seqs, after);
    return rows.seqs.slice(start, start + limit).map((seq) => ({ seq, value: rows.valueBySeq.get(seq) as V }));
  }

  /** The greatest seq of a log; 0 where it has no rows. */
  lastSeq(log: string): number {
    return this.logs.get(log)?.seqs.at(-1) ?? 0;
  }

  row(log: string, seq: number): V | undefined {
    return this.logs.get(log)?.valueBySeq.get(seq);
  }

  /** Everything, rows in order of seq. */
  entries(): Entry<V>[] {
    const pairs = [...this.valueByKey].map(([key, value]) => ({ type: 'pair', key, value }) as const);
    const rows = [...this.logs].flatMap(([log, { valueBySeq }]) =>
      [...valueBySeq].map(([seq, value]) => ({ type: 'row', log, seq, value }) as const),
    );
    return [...pairs, ...rows.sort((a, b) => a.seq - b.seq)];
  }

  /** All but the next seq. */
  clear(): void {
    this.valueByKey.clear();
    this.logs.clear();
  }
}

/** The bytes of a step as they are now: the caller may use its buffers again before the step is stored. */
export const copyStep = (step: Step): Required<Step> => ({
  puts: (step.puts ?? []).map(({ key, value }) => ({ key, value: new Uint8Array(value) })),
  deletes: [...(step.deletes ?? [])],
  appends: (step.appends ?? []).map(({ log, value }) => ({ log, value: new Uint8Array(value) })),
  drops: (step.drops ?? []).map(({ log, seqs }) => ({ log, seqs: [...seqs] })),
});

/** Index of the first of the ascending `seqs` that is over `after`. */
const firstAfter = (seqs: readonly number[], after: number): number => {
  let low = 0;
  let high = seqs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seqs[middle] as number) > after) high = middle;
    else low = middle + 1;
  }
  return low;
};
