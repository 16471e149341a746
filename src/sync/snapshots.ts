/**
 * Sealed snapshots: a cache of what the log gives, so that a second start need not read it all.
 * Never sent anywhere, written in one step with everything they speak of, and rebuilt from the log where missing.
 */
import * as Y from 'yjs';
import { type CacheSeal, sha256 } from '../crypto/index.ts';
import { BytesError, equalBytes, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { ok, type Result } from '../lib/result.ts';
import type { Intake } from '../log/intake.ts';
import { type DocumentLog, openDocumentLogLater } from '../log/document-log.ts';
import { ITEM, type PackItem } from '../log/pack.ts';
import { encodeSegment, type Segment } from '../log/segment.ts';
import { readSessions, writeSessions } from '../log/session.ts';
import type { DeviceId, DocumentId, SessionId, SignedId } from '../log/types.ts';
import { deviceOf, sessionBytesOf, sessionIdOf } from '../log/chain.ts';
import type { Forks } from './forks.ts';
import type { Known } from './known.ts';
import { itemOf, type Ledger } from './ledger.ts';
import { applyForeign, type OpenDocuments } from './open-documents.ts';
import type { Recent } from './recent.ts';
import { openRow, packAll, readableSegmentsOf, type Rows } from './rows.ts';
import { joinSegments } from '../log/segment-cut.ts';
import type { Step, Storage, StorageError } from './storage.ts';

export interface SnapshotNeeds {
  readonly storage: Storage;
  readonly cache: CacheSeal;
  /** a document made from the whole log, where its snapshot is damaged */
  readonly fromLog: (id: DocumentId) => Promise<Result<Uint8Array | null, StorageError>>;
  readonly rows: Rows;
  readonly ledger: Ledger;
  readonly intake: Intake;
  readonly known: Known;
  readonly recent: Recent;
  readonly open: OpenDocuments;
  readonly forks: Forks;
}

export interface Snapshots {
  /** A document's content is not what its snapshot says any more. */
  touched(document: DocumentId): void;
  /** Throws all snapshots away, before what they say stops being true. */
  forget(): Promise<Result<null, StorageError>>;
  /** Where there is none that this version can read, everything comes from the log. */
  restore(): Promise<Result<null, StorageError>>;
  readDocument(id: DocumentId): Promise<Result<Uint8Array | null, StorageError>>;
  /** 'typed': somebody typed meanwhile; nothing was written, flush and call again */
  write(): Promise<Result<'written' | 'typed', StorageError>>;
}

const VERSION = 8;
/** Rows with few entries that are worth joining into large ones. */
const SMALL_ROWS = 256;

export const createSnapshots = (needs: SnapshotNeeds): Snapshots => {
  const { storage, cache, fromLog, rows, ledger, intake, known, recent, open, forks } = needs;
  const stateKey = rows.nameOf('state');
  const logsKey = rows.nameOf('logs');
  const documentKey = (id: DocumentId): string => rows.nameOf(`document ${id}`);
  let dirty = new Set<DocumentId>();
  /** documents that have a snapshot: what else is there counts for nothing, and is not asked for */
  const stored = new Set<DocumentId>();
  const unwritten = new Map<DocumentId, Uint8Array>();
  /** documents' logs that nobody has asked of since the start, as they lie in the snapshot */
  const untouched = new Map<DocumentLog, Uint8Array>();

  /** Each sealed by itself: most are never opened between two starts. */
  const encodeLogs = (): Uint8Array => {
    const to = new Writer(65_536);
    for (const log of intake.documents.values()) {
      const kept = untouched.get(log);
      const each = new Writer(1024);
      if (!kept) log.write(each);
      to.block(kept ?? rows.seal(each.written()));
    }
    return to.finish();
  };

  const restoreLogs = (ids: readonly DocumentId[], bytes: Uint8Array): void => {
    const from = new Reader(bytes);
    for (const id of ids) {
      const sealed = from.block(from.left);
      const log = openDocumentLogLater(() => {
        const plain = rows.open(sealed);
        // the sum of all logs was right
        if (!plain) throw new Error('a snapshot that this device did not write');
        untouched.delete(log);
        return plain;
      });
      untouched.set(log, sealed);
      intake.documents.set(id, log);
    }
    from.done();
  };

  const encodeState = (logs: Uint8Array): Uint8Array => {
    const to = new Writer(65_536).u8(VERSION).bytes(sha256(logs));
    const signed = [...ledger.records.all(), ...ledger.allStatements()].map(itemOf);
    to.varuint(signed.length);
    for (const item of signed) to.u8(item.type).block(item.bytes);
    const unsound = ledger.records.unsound();
    to.varuint(unsound.length);
    for (const id of unsound) to.bytes(fromHex(id));
    writeSessions(to, [...intake.sessions.values()]);
    to.varuint(intake.documents.size);
    for (const id of intake.documents.keys()) to.bytes(fromHex(id));
    const unsettled = intake.unsettled();
    to.varuint(unsettled.length);
    for (const session of unsettled) to.bytes(fromHex(deviceOf(session))).bytes(sessionBytesOf(session));
    to.varuint(intake.forked.size);
    for (const [session, entries] of intake.forked) {
      to.bytes(fromHex(deviceOf(session)))
        .bytes(sessionBytesOf(session))
        .varuint(entries);
    }
    rows.write(to, intake.sessions.keys());
    known.write(to);
    recent.write(to);
    return to.finish();
  };

  const restoreFrom = async (bytes: Uint8Array, logs: Uint8Array): Promise<void> => {
    const from = new Reader(bytes);
    if (from.u8() !== VERSION || !equalBytes(from.bytes(32), sha256(logs))) return;
    const items: PackItem[] = [];
    for (let i = from.varuint(); i > 0; i--) items.push({ type: from.u8(), bytes: from.block(1_000_000) });
    const unsound = new Set<SignedId>();
    for (let i = from.varuint(); i > 0; i--) unsound.add(toHex(from.bytes(32)) as SignedId);
    await ledger.records.judged(unsound, () => ledger.take(items, true));
    const sessions = readSessions(from);
    for (const session of sessions) intake.restoreSession(session);
    const ids: DocumentId[] = [];
    for (let i = from.varuint(); i > 0; i--) ids.push(toHex(from.bytes(16)) as DocumentId);
    restoreLogs(ids, logs);
    for (const id of ids) stored.add(id);
    const unsettled: SessionId[] = [];
    for (let i = from.varuint(); i > 0; i--) {
      const device = toHex(from.bytes(32)) as DeviceId;
      unsettled.push(sessionIdOf(device, from.bytes(8)));
    }
    for (let i = from.varuint(); i > 0; i--) {
      const device = toHex(from.bytes(32)) as DeviceId;
      intake.forked.set(sessionIdOf(device, from.bytes(8)), from.varuint());
    }
    rows.restore(
      from,
      sessions.map(({ id }) => id),
    );
    known.restore(from);
    recent.restore(from);
    from.done();
    for (const session of unsettled) {
      const segments = await forks.segments(session);
      if (segments.ok) intake.reroute(session, segments.value);
    }
  };

  /** The step that joins small rows, or nothing. */
  const joinRows = async (): Promise<
    Result<{ step: Step; packs: ReturnType<typeof packAll> } | null, StorageError>
  > => {
    if (rows.small < SMALL_ROWS) return ok(null);
    const items: PackItem[] = [];
    const seqs: number[] = [];
    const segments: Segment[] = [];
    for (let after = 0; ;) {
      const found = await storage.rows(rows.log, after, 512);
      if (!found.ok) return found;
      const last = found.value.at(-1);
      if (!last) break;
      for (const row of found.value) {
        const opened = openRow(rows, row.value);
        if (!opened) continue;
        const inside = readableSegmentsOf(opened);
        if (inside.reduce((sum, each) => sum + each.entries.length, 0) >= 32 || !rows.has(row.seq)) continue;
        seqs.push(row.seq);
        items.push(...opened.filter((item) => item.type !== ITEM.segment));
        segments.push(...inside);
      }
      after = last.seq;
    }
    const bySession = new Map<SessionId, Segment[]>();
    for (const segment of segments)
      bySession.set(segment.session, [...(bySession.get(segment.session) ?? []), segment]);
    for (const [session, list] of bySession) {
      list.sort((a, b) => a.from - b.from);
      // branches are not neighbours
      const joined = intake.forked.has(session) ? list : joinSegments(ledger.records.space, list);
      for (const segment of joined) {
        items.push({ type: ITEM.segment, bytes: encodeSegment(segment) });
      }
    }
    return ok({ step: { drops: [{ log: rows.log, seqs }] }, packs: packAll(items) });
  };

  /** Brings a document that nobody has open up to date with its log, in memory until it is written. */
  const refresh = async (id: DocumentId): Promise<Result<null, StorageError>> => {
    if (!intake.documents.get(id)?.hasUpdate) return ok(null);
    const found = await readDocument(id);
    if (!found.ok) return found;
    const update = intake.documents.get(id)?.takeUpdate();
    if (!update) return ok(null);
    const doc = new Y.Doc();
    if (found.value) applyForeign(doc, found.value);
    applyForeign(doc, update);
    unwritten.set(id, Y.encodeStateAsUpdate(doc));
    doc.destroy();
    return ok(null);
  };

  const readDocument = async (id: DocumentId): Promise<Result<Uint8Array | null, StorageError>> => {
    const fresh = unwritten.get(id);
    if (fresh) return ok(fresh);
    if (!stored.has(id)) return ok(null);
    const found = await storage.get(documentKey(id));
    if (!found.ok || found.value === null) return found;
    const plain = await cache.open(found.value);
    if (plain) return ok(plain);
    // damaged: taken for what is not there, what the log says of it would be lost to who reads it
    const made = await fromLog(id);
    if (!made.ok) return made;
    if (made.value) unwritten.set(id, made.value);
    dirty.add(id);
    return made;
  };

  return {
    touched: (document) => dirty.add(document),
    forget: async () => {
      const documents = [...intake.documents.keys()];
      const done = await storage.commit({ deletes: [stateKey, logsKey, ...documents.map(documentKey)] });
      if (!done.ok) return done;
      unwritten.clear();
      stored.clear();
      untouched.clear();
      dirty = new Set(documents);
      return ok(null);
    },
    readDocument,
    restore: async () => {
      const found = await storage.get(stateKey);
      if (!found.ok) return found;
      const logs = await storage.get(logsKey);
      if (!logs.ok) return logs;
      const plain = found.value && (await cache.open(found.value));
      if (!plain || !logs.value) return ok(null);
      try {
        await restoreFrom(plain, logs.value);
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
        intake.reset();
        rows.forget();
        stored.clear();
        untouched.clear();
      }
      return ok(null);
    },
    write: async () => {
      const joined = await joinRows();
      if (!joined.ok) return joined;
      if (joined.value) {
        const done = await rows.append(joined.value.packs, joined.value.step);
        if (!done.ok) return done;
        rows.replaced(joined.value.step.drops?.[0]?.seqs ?? []);
      }
      for (const id of dirty) {
        const done = open.get(id) ? ok(null) : await refresh(id);
        if (!done.ok) return done;
      }
      // from here to the commit nothing may be typed: all is read in one go
      if (open.hasTyped) return ok('typed');
      const written = dirty;
      dirty = new Set();
      const contents: { key: string; value: Uint8Array }[] = [];
      for (const id of written) {
        const live = open.get(id);
        const content = live ? Y.encodeStateAsUpdate(live) : unwritten.get(id);
        if (content) contents.push({ key: documentKey(id), value: content });
      }
      const logs = { key: logsKey, value: encodeLogs() };
      contents.push({ key: stateKey, value: encodeState(logs.value) });
      const sealed = contents.map(async ({ key, value }) => ({ key, value: await cache.seal(value) }));
      const puts = [...(await Promise.all(sealed)), logs];
      const done = await storage.commit({ puts });
      for (const id of written) {
        if (done.ok) {
          stored.add(id);
          unwritten.delete(id);
        } else dirty.add(id);
      }
      return done.ok ? ok('written') : done;
    },
  };
};
