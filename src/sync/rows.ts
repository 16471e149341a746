/**
 * A space's log on this device: packs, each sealed under the device's own key, in an append-only log.
 * In memory only an index: which rows hold which entries of which session.
 */
import { hmac, openRandom, type Random, sealRandom } from '../crypto/index.ts';
import { BytesError, concat, equalBytes, type Reader, toHex, utf8, type Writer } from '../lib/bytes.ts';
import { ok, type Result } from '../lib/result.ts';
import { deviceOf, sessionBytesOf, sessionIdOf } from '../log/chain.ts';
import { LABEL } from '../log/labels.ts';
import { decodePack, encodePack, ITEM, type PackItem } from '../log/pack.ts';
import { decodeSegment, lastOf, type Segment, startOfSegment } from '../log/segment.ts';
import type { Signed } from '../log/signed.ts';
import type { DeviceId, SessionId } from '../log/types.ts';
import { fromHex } from '../lib/bytes.ts';
import type { Step, Storage, StorageError } from './storage.ts';

export interface Span {
  readonly seq: number;
  readonly from: number;
  readonly to: number;
}

export interface Rows {
  /** opaque name of something of this space in storage */
  nameOf(what: string): string;
  readonly log: string;
  seal(bytes: Uint8Array): Uint8Array;
  open(bytes: Uint8Array): Uint8Array | null;
  /** Every row up to this seq has been taken in; other tabs may have written beyond it, between rows of this one. */
  last: number;
  /** Did this replica write or index this row itself? */
  has(seq: number): boolean;
  /** All rows up to here have been read. */
  readTo(seq: number): void;
  /** how many rows hold few entries, and so are worth joining */
  small: number;
  spans(session: SessionId): readonly Span[];
  /** Remembers what a row holds. */
  index(seq: number, segments: readonly Segment[]): void;
  /** These rows are gone: what they held stands in others. */
  replaced(seqs: readonly number[]): void;
  /** one step: each pack a row, and what else the step says */
  append(packs: readonly Packed[], extra?: Step): Promise<Result<readonly number[], StorageError>>;
  /** The same, where this replica has seen every row that is there; null, and nothing happens, where it has not. */
  appendNext(packs: readonly Packed[], extra?: Step): Promise<Result<readonly number[] | null, StorageError>>;
  /** the segments of a session that hold entries after `after`, in order; a missing row is left out */
  read(session: SessionId, after: number): Promise<Result<readonly Segment[], StorageError>>;
  /** `sessions`: those that the snapshot names before, in the same order */
  /** As if nothing had been read. */
  forget(): void;
  write(to: Writer, sessions: Iterable<SessionId>): void;
  restore(from: Reader, sessions: Iterable<SessionId>): void;
}

const PACK_AIM = 400_000;

export interface Packed {
  readonly bytes: Uint8Array;
  readonly items: readonly PackItem[];
  /** the segments among the items, where they are at hand */
  readonly segments?: readonly Segment[];
}

/** Packs items in order, each pack under its bound. */
export const packAll = (items: readonly PackItem[]): readonly Packed[] => {
  const packs: Packed[] = [];
  let batch: PackItem[] = [];
  let size = 0;
  for (const item of items) {
    if (batch.length > 0 && size + item.bytes.length > PACK_AIM) {
      packs.push({ bytes: encodePack(batch), items: batch });
      batch = [];
      size = 0;
    }
    batch.push(item);
    size += item.bytes.length + 8;
  }
  if (batch.length > 0) packs.push({ bytes: encodePack(batch), items: batch });
  return packs;
};

export const segmentsOf = (items: readonly PackItem[]): Segment[] =>
  items.filter((item) => item.type === ITEM.segment).map((item) => decodeSegment(item.bytes));

/** The same, of a row that is here already: what cannot be read is passed over, or a start would fail for ever. */
export const readableSegmentsOf = (items: readonly PackItem[]): Segment[] =>
  items.flatMap((item) => {
    try {
      return segmentsOf([item]);
    } catch (error) {
      if (error instanceof BytesError) return [];
      throw error;
    }
  });

export const createRows = (storage: Storage, localKey: Uint8Array, random: Random): Rows => {
  const nameOf = (what: string): string => toHex(hmac(localKey, concat(LABEL.name, utf8(what)))).slice(0, 32);
  const spansBySession = new Map<SessionId, Span[]>();
  const ahead = new Set<number>();
  const log = nameOf('log');

  /** Another tab joined rows: the index is made anew, up to what this replica has taken in. */
  const rescan = async (): Promise<Result<null, StorageError>> => {
    const { last } = rows;
    spansBySession.clear();
    rows.small = 0;
    for (let after = 0; ;) {
      const found = await storage.rows(log, after, 256);
      if (!found.ok) return found;
      const end = found.value.at(-1);
      if (!end) break;
      for (const row of found.value) rows.index(row.seq, readableSegmentsOf(openRow(rows, row.value) ?? []));
      after = end.seq;
    }
    rows.last = last;
    return ok(null);
  };

  const appendsOf = (packs: readonly Packed[]): Step['appends'] & object =>
    packs.map((pack) => ({ log, value: rows.seal(pack.bytes) }));
  const indexAll = (packs: readonly Packed[], seqs: readonly number[]): void =>
    packs.forEach((pack, at) => rows.index(seqs[at] as number, pack.segments ?? readableSegmentsOf(pack.items)));

  const rows: Rows = {
    nameOf,
    log,
    last: 0,
    small: 0,
    seal: (bytes) => sealRandom(localKey, bytes, random),
    open: (bytes) => openRandom(localKey, bytes),
    has: (seq) => seq <= rows.last || ahead.has(seq),
    readTo: (seq) => {
      rows.last = Math.max(rows.last, seq);
      for (const each of [...ahead]) if (each <= rows.last) ahead.delete(each);
    },
    spans: (session) => spansBySession.get(session) ?? [],
    index: (seq, segments) => {
      if (seq === rows.last + 1) rows.last = seq;
      else ahead.add(seq);
      let entries = 0;
      for (const segment of segments) {
        entries += segment.entries.length;
        const span = { seq, from: segment.from, to: lastOf(segment) };
        const spans = spansBySession.get(segment.session);
        if (spans) spans.push(span);
        else spansBySession.set(segment.session, [span]);
      }
      if (entries < 32) rows.small += 1;
    },
    replaced: (seqs) => {
      const gone = new Set(seqs);
      for (const [session, spans] of spansBySession) {
        spansBySession.set(
          session,
          spans.filter((span) => !gone.has(span.seq)),
        );
      }
      rows.small = Math.max(0, rows.small - gone.size);
    },
    append: async (packs, extra = {}) => {
      const done = await storage.commit({ ...extra, appends: appendsOf(packs) });
      if (done.ok) indexAll(packs, done.value);
      return done;
    },
    appendNext: async (packs, extra = {}) => {
      const done = await storage.commitAfter(log, rows.last, { ...extra, appends: appendsOf(packs) });
      if (done.ok && done.value) indexAll(packs, done.value);
      return done;
    },
    read: async (session, after) => {
      for (const isRetry of [false, true]) {
        const spans = rows.spans(session).filter((span) => span.to > after);
        const seqs = [...new Set(spans.map((span) => span.seq))];
        const found = await storage.rowsAt(log, seqs);
        if (!found.ok) return found;
        if (!isRetry && found.value.includes(null)) {
          const scanned = await rescan();
          if (!scanned.ok) return scanned;
          continue;
        }
        const segments: Segment[] = [];
        for (const row of found.value) {
          for (const segment of readableSegmentsOf((row && openRow(rows, row.value)) ?? [])) {
            if (segment.session === session && lastOf(segment) > after) segments.push(segment);
          }
        }
        return ok(segments.sort((a, b) => a.from - b.from || lastOf(a) - lastOf(b)));
      }
      return ok([]);
    },
    forget: () => {
      spansBySession.clear();
      ahead.clear();
      rows.last = 0;
      rows.small = 0;
    },
    write: (to, sessions) => {
      to.varuint(rows.last).varuint(rows.small);
      const others = new Map(spansBySession);
      for (const session of sessions) {
        writeSpans(to, rows.spans(session));
        others.delete(session);
      }
      to.varuint(others.size);
      for (const [session, spans] of others) {
        to.bytes(fromHex(deviceOf(session))).bytes(sessionBytesOf(session));
        writeSpans(to, spans);
      }
    },
    restore: (from, sessions) => {
      rows.last = from.varuint();
      rows.small = from.varuint();
      for (const session of sessions) spansBySession.set(session, readSpans(from));
      for (let i = from.varuint(); i > 0; i--) {
        const device = toHex(from.bytes(32)) as DeviceId;
        spansBySession.set(sessionIdOf(device, from.bytes(8)), readSpans(from));
      }
    },
  };
  return rows;
};

const writeSpans = (to: Writer, spans: readonly Span[]): void => {
  to.varuint(spans.length);
  for (const span of spans) to.varuint(span.seq).varuint(span.from).varuint(span.to);
};

const readSpans = (from: Reader): Span[] => {
  const spans: Span[] = [];
  for (let i = from.varuint(); i > 0; i--) {
    spans.push({ seq: from.varuint(), from: from.varuint(), to: from.varuint() });
  }
  return spans;
};

/**
 * Are these, whole, all that a pack of these items holds? Then the pack can be kept as it came. Exact, since a stored
 * row is trusted: what was proven has to be the very bytes of this pack, not what it says it is.
 */
export const isAllOf = (
  items: readonly PackItem[],
  signed: readonly Signed[],
  segments: readonly Segment[],
): boolean => {
  if (items.length !== signed.length + segments.length) return false;
  const signedBySignature = new Map(signed.map((each) => [toHex(each.signature), each.bytes]));
  const countByStart = new Map<string, number>();
  for (const { session, from, entries } of segments) {
    if (entries[0]?.skeleton.buffer !== items[0]?.bytes.buffer) return false;
    countByStart.set(`${session} ${from}`, entries.length);
  }
  return items.every((item) => {
    if (item.type === ITEM.segment) {
      const { session, from, count } = startOfSegment(item.bytes);
      const start = `${session} ${from}`;
      return countByStart.get(start) === count && countByStart.delete(start);
    }
    const signature = toHex(item.bytes.subarray(-64));
    const same = signedBySignature.get(signature);
    return same !== undefined && equalBytes(same, item.bytes) && signedBySignature.delete(signature);
  });
};

/** The items of a sealed row; null where it is not this device's, or damaged. */
export const openRow = (rows: Rows, value: Uint8Array): readonly PackItem[] | null => {
  const plain = rows.open(value);
  if (!plain) return null;
  try {
    return decodePack(plain);
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};
