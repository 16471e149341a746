/**
 * Taking entries in: chain → proof → membership → payload → needs, in that order, and nothing counts before.
 * `prove` looks at segments and finds what is new and proven, changing nothing; `count` makes it so, once the caller
 * has stored it. One caller at a time: the replica queues its steps.
 *
 * A document's content is a pure function of the entries counted (document-log.ts). Order within a session matters
 * per document only: what happened in one document never waits for another.
 */
import type { Verifier } from '../crypto/index.ts';
import { BytesError } from '../lib/bytes.ts';
import { asSegment, type Branch } from './branches.ts';
import { deriveClient, deviceOf, firstHead } from './chain.ts';
import { type Counted, createCounts, type Counts, type MutableCounted } from './counted.ts';
import { createDocumentLog, type DocumentLog } from './document-log.ts';
import { createTables, decodeEntry, type DecodedEntry, type EntryBytes } from './entry.ts';
import type { RecordSet } from './membership.ts';
import type { MembershipState } from './membership-state.ts';
import { createProving, type Prove, type Proven } from './proving.ts';
import { lastOf, type Segment } from './segment.ts';
import { createSession, noteEnd, type SessionState } from './session.ts';
import type { Edit } from './struct.ts';
import type { DeviceId, DocumentId, RefusalType, SessionId, SpaceId } from './types.ts';

export interface Intake {
  readonly sessions: Map<SessionId, SessionState>;
  readonly documents: Map<DocumentId, DocumentLog>;
  /** sessions with more than one branch here, with the number of entries in all branches */
  readonly forked: Map<SessionId, number>;
  /** sessions that lost their clientID to another */
  readonly voided: Set<SessionId>;
  /** something that counted does not any more: reset, and count everything anew */
  readonly mustRebuild: boolean;
  /** Forgets what counts, but not which sessions are forked or void. */
  reset(): void;
  /** null: a session that starts with this segment may hold entries */
  admitted(segment: Segment): RefusalType | 'later' | null;
  /** The chain that stands of a forked session, for counting. */
  proveBranch(id: SessionId, branch: Branch): Promise<Proven>;
  readonly prove: Prove;
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
  readonly deriveClient?: typeof deriveClient;
  /** hears of each entry that goes to its document, and of each that counts there */
  readonly hear?: {
    readonly routed: (session: SessionState, number: number, entry: DecodedEntry) => void;
    readonly counted: (entry: Edit) => void;
  };
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
  const forked = new Map<SessionId, number>();
  const voided = new Set<SessionId>();
  const clientOf = needs.deriveClient ?? deriveClient;
  let mustRebuild = false;
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

  const prove = createProving({ space, verifier, sessions, forked, admitted, clientOf });

  const documentLog = (id: DocumentId): DocumentLog => {
    let log = documents.get(id);
    if (!log) documents.set(id, (log = createDocumentLog(needs.hear?.counted)));
    return log;
  };

  /** Where a session's entries go: asked once a session, since membership does not change meanwhile. */
  const createRoute = (session: SessionState, counts: Counts) => {
    const view = records.membershipAt(session.header.view);
    const now = records.membership();
    const device = deviceOf(session.id);
    const targets = new Map<DocumentId, Target>();
    const targetOf = (document: DocumentId): Target => {
      const known = targets.get(document);
      if (known) return known;
      const allowed = view && mayWrite(device, view, now, document);
      const log = allowed === true ? documentLog(document) : null;
      const target = { allowed, log, counted: log && counts.of(session.id, document) };
      targets.set(document, target);
      return target;
    };
    return (number: number, entry: DecodedEntry): void => {
      const { allowed, log, counted } = targetOf(entry.document);
      if (log && counted) {
        needs.hear?.routed(session, number, entry);
        log.take(session.tables.client, entry);
        counted.entries += 1;
        counted.minute = entry.minute;
      } else if (allowed === null) {
        const list = homeless.get(entry.document) ?? [];
        list.push({ session: session.id, number, entry });
        homeless.set(entry.document, list);
      }
    };
  };

  /** Of two sessions with one clientID the earlier admitted device's keeps it; of one device's own the lower id does. */
  const keeps = (a: SessionId, b: SessionId): boolean => {
    const devices = [...records.membership().memberByDevice.keys()];
    const order = devices.indexOf(deviceOf(a)) - devices.indexOf(deviceOf(b));
    return order === 0 ? a < b : order < 0;
  };

  const begin = (session: SessionState): void => {
    sessions.set(session.id, session);
    const rival = clients.get(session.tables.client);
    if (voided.has(session.id)) return;
    if (rival !== undefined && rival !== session.id) {
      const isFirst = keeps(session.id, rival);
      voided.add(isFirst ? rival : session.id);
      if (!isFirst) return;
      // what the other wrote counted until now
      mustRebuild = true;
    }
    clients.set(session.tables.client, session.id);
  };

  /** Entries whose document is known now go there, before any later one of their session does. */
  const bringHome = (counts: Counts): void => {
    if (homeless.size === 0) return;
    const known = records.membership().documents;
    for (const [document, list] of [...homeless]) {
      if (!known.has(document)) continue;
      homeless.delete(document);
      for (const { session, number, entry } of list) {
        createRoute(sessions.get(session) as SessionState, counts)(number, entry);
      }
    }
  };

  const count = (proven: readonly Proven[]): readonly Counted[] => {
    const counts = createCounts();
    bringHome(counts);
    for (const each of proven) {
      const session = sessions.get(each.session) ?? each.created;
      if (!session) throw new Error('proven entries of a session that nobody made');
      begin(session);
      const isVoid = voided.has(session.id);
      const route = createRoute(session, counts);
      for (const segment of each.segments) {
        noteEnd(session, lastOf(segment), segment.signature);
        for (const bytes of segment.entries) {
          session.number += 1;
          if (session.spoiltFrom > 0 || isVoid) continue;
          try {
            route(session.number, decodeEntry(session.tables, bytes));
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
    forked,
    voided,
    get mustRebuild() {
      return mustRebuild;
    },
    reset: () => {
      sessions.clear();
      documents.clear();
      clients.clear();
      homeless.clear();
      mustRebuild = false;
    },
    admitted,
    prove,
    proveBranch: async (id, branch) => ({
      session: id,
      segments: [asSegment(id, branch)],
      number: branch.entries.length,
      head: branch.head,
      signature: branch.signature,
      created: createSession(id, branch.header, firstHead(space, id, branch.header), await clientOf(space, id)),
    }),
    count,
    documentLog,
    waiting: () => {
      let waiting = 0;
      for (const list of homeless.values()) waiting += list.length;
      for (const log of documents.values()) waiting += log.waiting;
      return waiting;
    },
    restoreSession: begin,
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
      const route = createRoute(session, createCounts());
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
          if (!last || last.clock >= have) route(number, entry);
        }
      }
    },
    recount: () => {
      const counts = createCounts();
      bringHome(counts);
      return counts.list();
    },
  };
};

interface Target {
  readonly allowed: boolean | null;
  readonly log: DocumentLog | null;
  readonly counted: MutableCounted | null;
}
