/**
 * Taking entries in: chain → proof → membership → payload → needs, in that order, and nothing counts before.
 * `prove` looks at segments and finds what is new and proven, changing nothing; `count` makes it so, once the caller
 * has stored it. One caller at a time: the replica queues its steps.
 *
 * A document's content is a pure function of the entries counted (document-log.ts). Order within a session matters
 * per document only: what happened in one document never waits for another.
 */
import type { Verifier } from '../crypto/index.ts';
import { BytesError, equalBytes, fromHex } from '../lib/bytes.ts';
import { deriveClient, deviceOf, firstHead, headMessage, nextHead } from './chain.ts';
import { createDocumentLog, type DocumentLog } from './document-log.ts';
import { createTables, decodeEntry, type DecodedEntry, type EntryBytes } from './entry.ts';
import type { MembershipState, RecordSet } from './membership.ts';
import { lastOf, type Segment } from './segment.ts';
import { createSession, type SessionState } from './session.ts';
import type { DeviceId, DocumentId, RefusalType, SessionId, SpaceId } from './types.ts';

/** How many signatures of one chain are tried, newest first, before the rest waits. */
const TRIES = 8;

export interface Proven {
  readonly session: SessionId;
  /** what is new, starting at the number after the last known */
  readonly segments: readonly Segment[];
  readonly number: number;
  readonly head: Uint8Array;
  readonly signature: Uint8Array;
  /** where the session was not known before */
  readonly created: SessionState | null;
}

export interface Refusal {
  readonly session: SessionId;
  readonly type: RefusalType;
}

export interface ProveOutcome {
  readonly proven: readonly Proven[];
  /** in order, but something before them is missing here: entries, records, or an epoch */
  readonly waiting: readonly Segment[];
  readonly refused: readonly Refusal[];
}

export interface Counted {
  readonly session: SessionId;
  readonly document: DocumentId;
  readonly minute: number;
  readonly entries: number;
}

export interface Intake {
  readonly sessions: Map<SessionId, SessionState>;
  readonly documents: Map<DocumentId, DocumentLog>;
  /** `trusted`: read back from this device's own sealed rows, proven before they were stored */
  prove(segments: readonly Segment[], trusted?: boolean): Promise<ProveOutcome>;
  /** Takes proven entries into their documents. */
  count(proven: readonly Proven[]): readonly Counted[];
  documentLog(id: DocumentId): DocumentLog;
  /** entries proven and stored that do not count yet */
  waiting(): number;
  /** A session as a snapshot kept it. */
  restoreSession(session: SessionState): void;
  /** sessions with entries that are stored and do not count yet */
  unsettled(): readonly SessionId[];
  /** Takes a stored session's entries again after a restart: those that count already are passed over. */
  reroute(session: SessionId, segments: readonly Segment[]): void;
  /** Looks again at entries whose document record was not here; call when records came. */
  recount(): readonly Counted[];
}

export interface IntakeNeeds {
  readonly space: SpaceId;
  readonly records: RecordSet;
  readonly verifier: Verifier;
  readonly hasEpoch: (epoch: Uint8Array) => boolean;
}

/** May entries of a session with this view be written to this document? null: its record is not here yet. */
export const mayWrite = (
  device: DeviceId,
  view: MembershipState,
  now: MembershipState,
  document: DocumentId,
): boolean | null => {
  const entry = now.documents.get(document);
  if (!entry) return null;
  const id = view.memberByDevice.get(device);
  const member = id === undefined ? undefined : view.members.get(id);
  if (!member || member.role === 'observer') return false;
  if (entry.writers === 'members') return true;
  return entry.writers === 'group' && member.group === entry.owner;
};

export const createIntake = (needs: IntakeNeeds): Intake => {
  const { space, records, verifier } = needs;
  const sessions = new Map<SessionId, SessionState>();
  const documents = new Map<DocumentId, DocumentLog>();
  const clients = new Map<number, SessionId>();
  /** entries whose document has no record here, by document */
  const homeless = new Map<DocumentId, { session: SessionId; number: number; entry: DecodedEntry }[]>();

  /** Does the session's header allow entries at all? */
  const admitted = (segment: Segment): RefusalType | 'later' | null => {
    const header = sessions.get(segment.session)?.header ?? segment.header;
    if (!header) return 'later';
    if (!needs.hasEpoch(header.epoch)) return 'later';
    const view = records.membershipAt(header.view);
    if (!view) return 'later';
    const device = deviceOf(segment.session);
    const id = view.memberByDevice.get(device);
    if (id === undefined) return 'UnknownDevice';
    if (header.audience.length > 0) return 'NotAllowed';
    return view.members.get(id)?.role === 'observer' ? 'NotAllowed' : null;
  };

  /** One session's segments of this batch, in order of number. */
  const proveSession = async (
    id: SessionId,
    parts: readonly Segment[],
    trusted: boolean,
    out: MutableOutcome,
  ): Promise<void> => {
    const reason = admitted(parts[0] as Segment);
    if (reason === 'later') {
      out.waiting.push(...parts);
      return;
    }
    if (reason !== null) {
      out.refused.push({ session: id, type: reason });
      return;
    }
    const known = sessions.get(id);
    const header = known?.header ?? (parts[0] as Segment).header;
    if (!header) return;
    const start = known ? known.head : firstHead(space, id, header);
    const created = known ? null : { id, header, head: start };
    // the walk: heads after each part that goes on from what is known
    let number = known?.number ?? 0;
    let head = start;
    const walked: { part: Segment; head: Uint8Array; number: number }[] = [];
    for (const part of parts) {
      const last = lastOf(part);
      if (part.from > number + 1) {
        out.waiting.push(part);
        continue;
      }
      if (last <= number) {
        if (known && last === known.number && isFork(known, part)) await reportFork(id, part, out);
        continue;
      }
      const skip = number + 1 - part.from;
      if (skip === 0 && part.before && !equalBytes(part.before, head)) {
        await reportFork(id, part, out);
        continue;
      }
      const entries = skip === 0 ? part.entries : part.entries.slice(skip);
      const before = head;
      for (const entry of entries) head = nextHead(head, ++number, entry);
      const isFirst = number === entries.length;
      const trimmed = { ...part, from: number - entries.length + 1, entries, header: isFirst ? header : null, before: isFirst ? null : before };
      walked.push({ part: trimmed, head, number });
    }
    const device = fromHex(deviceOf(id));
    for (let at = walked.length - 1; at >= 0 && at >= walked.length - TRIES; at--) {
      const step = walked[at] as (typeof walked)[number];
      const message = headMessage(space, id, step.number, step.head);
      if (!trusted && !(await verifier.verify(device, message, step.part.signature))) {
        out.refused.push({ session: id, type: 'BadSignature' });
        continue;
      }
      const client = created ? await deriveClient(space, id) : 0;
      if (created && clients.has(client)) {
        out.refused.push({ session: id, type: 'Fork' });
        return;
      }
      out.proven.push({
        session: id,
        segments: walked.slice(0, at + 1).map((each) => each.part),
        number: step.number,
        head: step.head,
        signature: step.part.signature,
        created: created ? createSession(id, header, start, client) : null,
      });
      return;
    }
  };

  const isFork = (known: SessionState, part: Segment): boolean => !equalBytes(known.signature, part.signature);

  /** Another head for a known number: told apart from mere tampering by its signature. */
  const reportFork = async (id: SessionId, part: Segment, out: MutableOutcome): Promise<void> => {
    let head = part.before ?? (part.header ? firstHead(space, id, part.header) : null);
    if (!head) return;
    let number = part.from - 1;
    for (const entry of part.entries) head = nextHead(head, ++number, entry);
    const known = sessions.get(id);
    if (known && known.number === number && equalBytes(known.head, head)) return;
    const message = headMessage(space, id, number, head);
    const isSigned = await verifier.verify(fromHex(deviceOf(id)), message, part.signature);
    out.refused.push({ session: id, type: isSigned ? 'Fork' : 'BadSignature' });
  };

  const prove = async (segments: readonly Segment[], trusted = false): Promise<ProveOutcome> => {
    const out: MutableOutcome = { proven: [], waiting: [], refused: [] };
    const bySession = new Map<SessionId, Segment[]>();
    for (const segment of segments) {
      const list = bySession.get(segment.session);
      if (list) list.push(segment);
      else bySession.set(segment.session, [segment]);
    }
    const work: Promise<void>[] = [];
    for (const [id, parts] of bySession) {
      parts.sort((a, b) => a.from - b.from || lastOf(a) - lastOf(b));
      work.push(proveSession(id, parts, trusted, out));
    }
    await Promise.all(work);
    return out;
  };

  const documentLog = (id: DocumentId): DocumentLog => {
    let log = documents.get(id);
    if (!log) documents.set(id, (log = createDocumentLog()));
    return log;
  };

  const route = (session: SessionState, number: number, entry: DecodedEntry, counts: Counts): void => {
    const view = records.membershipAt(session.header.view);
    const allowed = view && mayWrite(deviceOf(session.id), view, records.membership(), entry.document);
    if (allowed === null) {
      const list = homeless.get(entry.document) ?? [];
      list.push({ session: session.id, number, entry });
      homeless.set(entry.document, list);
      return;
    }
    if (!allowed) return;
    documentLog(entry.document).take(session.tables.client, { ...entry, number });
    counts.add(session.id, entry.document, entry.minute);
  };

  const count = (proven: readonly Proven[]): readonly Counted[] => {
    const counts = createCounts();
    for (const each of proven) {
      const session = sessions.get(each.session) ?? each.created;
      if (!session) throw new Error('proven entries of a session that nobody made');
      sessions.set(session.id, session);
      clients.set(session.tables.client, session.id);
      for (const segment of each.segments) {
        for (const bytes of segment.entries) {
          session.number += 1;
          if (session.spoiltFrom > 0) continue;
          try {
            route(session, session.number, decodeEntry(session.tables, bytes), counts);
          } catch (error) {
            if (!(error instanceof BytesError)) throw error;
            session.spoiltFrom = session.number;
          }
        }
      }
      if (session.number !== each.number) throw new Error('entries counted in another order than proven');
      session.head = each.head;
      session.signature = each.signature;
    }
    return counts.list();
  };

  return {
    sessions,
    documents,
    prove,
    count,
    documentLog,
    waiting: () => {
      let waiting = 0;
      for (const list of homeless.values()) waiting += list.length;
      for (const log of documents.values()) waiting += log.waiting;
      return waiting;
    },
    restoreSession: (session) => {
      sessions.set(session.id, session);
      clients.set(session.tables.client, session.id);
    },
    unsettled: () => {
      const out = new Set<SessionId>();
      for (const list of homeless.values()) for (const each of list) out.add(each.session);
      for (const log of documents.values()) {
        for (const client of log.waitingClients()) {
          const session = clients.get(client);
          if (session !== undefined) out.add(session);
        }
      }
      return [...out];
    },
    reroute: (id, segments) => {
      const session = sessions.get(id);
      if (!session) return;
      const counts = createCounts();
      const tables = createTables(session.tables.client, session.header.minute);
      let number = 0;
      for (const segment of segments) {
        for (let i = Math.max(0, number + 1 - segment.from); i < segment.entries.length; i++) {
          if (segment.from + i !== number + 1) return;
          number += 1;
          if (session.spoiltFrom > 0 && number >= session.spoiltFrom) return;
          const entry = decodeEntry(tables, segment.entries[i] as EntryBytes);
          const last = entry.structs.at(-1);
          const have = documents.get(entry.document)?.have(tables.client) ?? 0;
          if (!last || last.clock >= have) route(session, number, entry, counts);
        }
      }
    },
    recount: () => {
      const counts = createCounts();
      const known = records.membership().documents;
      for (const [document, list] of [...homeless]) {
        if (!known.has(document)) continue;
        homeless.delete(document);
        for (const { session, number, entry } of list) route(sessions.get(session) as SessionState, number, entry, counts);
      }
      return counts.list();
    },
  };
};

interface MutableOutcome extends ProveOutcome {
  readonly proven: Proven[];
  readonly waiting: Segment[];
  readonly refused: Refusal[];
}

interface Counts {
  add(session: SessionId, document: DocumentId, minute: number): void;
  list(): readonly Counted[];
}

const createCounts = (): Counts => {
  const byKey = new Map<string, { session: SessionId; document: DocumentId; minute: number; entries: number }>();
  return {
    add: (session, document, minute) => {
      const key = session + document;
      const known = byKey.get(key);
      if (known) {
        known.entries += 1;
        known.minute = minute;
      } else byKey.set(key, { session, document, minute, entries: 1 });
    },
    list: () => [...byKey.values()],
  };
};


