/**
 * The slow, simple twin of the evaluator, written from src/log/FORMAT.md: plain sets, no index, nothing kept between
 * two calls. It shares the codecs with the fast one (those are held by vectors) and nothing else.
 */
import nacl from 'tweetnacl';
import * as v from 'valibot';
import * as Y from 'yjs';
import { fromHex, toHex } from '../../../src/lib/bytes.ts';
import {
  deriveClientSync,
  deviceOf,
  firstHead,
  headMessage,
  nextHead,
  type SessionHeader,
} from '../../../src/log/chain.ts';
import { createTables, decodeEntry, type DecodedEntry, type EntryBytes } from '../../../src/log/entry.ts';
import { decodeRecordBody, type RecordBody } from '../../../src/log/records.ts';
import { lastOf, type Segment } from '../../../src/log/segment.ts';
import { type Signed, signedMessage } from '../../../src/log/signed.ts';
import { type Id, KIND, type Struct } from '../../../src/log/struct.ts';
import type { DeviceId, SessionId, SignedId, SpaceId } from '../../../src/log/types.ts';
import { createGathered } from '../../../src/log/update.ts';

export interface TwinInput {
  readonly space: SpaceId;
  readonly epochs: readonly Uint8Array[];
  readonly signed: readonly Signed[];
  readonly segments: readonly Segment[];
}

interface Person {
  name: string;
  role: 'organizer' | 'member' | 'observer';
  group: string;
  device: string;
}
interface Paper {
  kind: string;
  owner: string;
  parent: string | null;
  writers: string;
  author: string;
}
interface Gate {
  role: string;
  most: number;
  until: number;
  admitted: number;
  author: string;
  revoked: boolean;
}
export interface TwinState {
  name: string;
  readonly groups: Map<string, string>;
  readonly people: Map<string, Person>;
  readonly personOf: Map<string, string>;
  readonly papers: Map<string, Paper>;
  readonly doors: Map<string, Gate>;
}

export interface TwinOutcome {
  readonly state: TwinState;
  /** records that have their place */
  readonly placed: ReadonlySet<SignedId>;
  readonly statements: readonly SignedId[];
  /** `session document` → numbers of the entries that count */
  readonly counted: ReadonlyMap<string, readonly number[]>;
  readonly documents: ReadonlyMap<string, Y.Doc>;
}

// the only things remembered between two calls: what is slow and depends on nothing else
const verdictBySignature = new Map<string, boolean>();
const isSigned = (message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean => {
  const name = `${toHex(signature)} ${toHex(message)} ${toHex(key)}`;
  const known = verdictBySignature.get(name) ?? nacl.sign.detached.verify(message, signature, key);
  verdictBySignature.set(name, known);
  return known;
};
const clientBySession = new Map<string, number>();
const clientOf = (space: SpaceId, session: SessionId): number => {
  const known = clientBySession.get(space + session) ?? deriveClientSync(space, session);
  clientBySession.set(space + session, known);
  return known;
};

const RANK = { observer: 0, member: 1, organizer: 2 } as const;

export const evaluate = (input: TwinInput): TwinOutcome => {
  const { space } = input;
  const good = input.signed.filter((each) =>
    isSigned(signedMessage(space, each.lane, each.id), each.signature, fromHex(each.device)),
  );
  const recordById = new Map(good.filter((each) => each.lane === 'record').map((each) => [each.id, each]));

  // ---- records: which have a place
  const placed = new Set<SignedId>();
  const namedBy = (record: Signed): SignedId[] =>
    record.previous === null ? [...record.parents] : [...record.parents, record.previous];
  const pastOf = (ids: readonly SignedId[]): Set<SignedId> => {
    const past = new Set<SignedId>();
    const open = [...ids];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (past.has(id)) continue;
      past.add(id);
      open.push(...namedBy(recordById.get(id) as Signed));
    }
    return past;
  };
  const depthOf = (id: SignedId): number => {
    const named = namedBy(recordById.get(id) as Signed);
    return named.length === 0 ? 0 : 1 + Math.max(...named.map(depthOf));
  };
  const bodyOf = (record: Signed): RecordBody | null => {
    if (record.version !== 1 || record.audience.length > 0) return null;
    try {
      return decodeRecordBody(record.type, record.body);
    } catch {
      return null;
    }
  };
  const verdicts = new Map<SignedId, boolean>();
  const depths = new Map<SignedId, number>();
  const isAllowed = (id: SignedId): boolean => {
    const known = verdicts.get(id);
    if (known !== undefined) return known;
    const record = recordById.get(id) as Signed;
    const body = bodyOf(record);
    const verdict = body !== null && rule(record, body, stateOf(pastOf(namedBy(record))));
    verdicts.set(id, verdict);
    return verdict;
  };
  const rule = (record: Signed, body: RecordBody, past: TwinState): boolean => {
    if (body.type === 'genesis') return String(record.id) === String(space) && record.number === 1;
    const author = past.people.get(past.personOf.get(record.device) ?? '');
    if (!author) return false;
    const organizes = author.role === 'organizer';
    switch (body.type) {
      case 'admit': {
        const door = past.doors.get(body.invite);
        if (!organizes || past.personOf.has(body.device) || !past.groups.has(body.group)) return false;
        if (!door) return true;
        return (
          door.author === record.device &&
          !door.revoked &&
          door.admitted < door.most &&
          RANK[body.role] <= RANK[door.role as keyof typeof RANK]
        );
      }
      case 'door': {
        if (!organizes) return false;
        const known = past.doors.has(body.invite);
        return body.revoked ? known : !known && body.most >= 1 && body.most <= 60 && body.role !== 'organizer';
      }
      case 'profile':
        return true;
      case 'group':
        if (organizes) return body.id === null || past.groups.has(body.id);
        return author.role === 'member' && body.id === author.group;
      case 'role': {
        const target = past.people.get(body.member);
        return organizes && past.groups.has(body.group) && target !== undefined && RANK[body.role] >= RANK[target.role];
      }
      case 'document':
        if (author.role === 'observer' || (body.parent !== null && !past.papers.has(body.parent))) return false;
        return organizes ? past.groups.has(body.owner) : author.group === body.owner;
    }
  };
  /** Lost at a parting of its own chain, among the records of this set. */
  const isLost = (record: Signed, set: ReadonlySet<SignedId>): boolean => {
    for (const other of set) {
      const rival = recordById.get(other) as Signed;
      if (rival.device === record.device && rival.previous === record.previous && rival.id < record.id) return true;
    }
    return record.previous !== null && isLost(recordById.get(record.previous) as Signed, set);
  };
  const stateOf = (set: ReadonlySet<SignedId>): TwinState => {
    const state: TwinState = {
      name: '',
      groups: new Map(),
      people: new Map(),
      personOf: new Map(),
      papers: new Map(),
      doors: new Map(),
    };
    for (const id of set) if (!depths.has(id)) depths.set(id, depthOf(id));
    const order = [...set].sort((a, b) => (depths.get(a) as number) - (depths.get(b) as number) || (a < b ? -1 : 1));
    for (const id of order) {
      const record = recordById.get(id) as Signed;
      const isIn = String(id) === String(space) || state.personOf.has(record.device);
      if (isIn && isAllowed(id) && !isLost(record, set)) say(state, record, bodyOf(record) as RecordBody);
    }
    return state;
  };
  for (let grew = true; grew;) {
    grew = false;
    for (const record of recordById.values()) {
      const named = namedBy(record);
      if (placed.has(record.id) || !named.every((id) => placed.has(id))) continue;
      const isGenesis = String(record.id) === String(space);
      const previous = record.previous === null ? null : (recordById.get(record.previous) as Signed);
      if (!isGenesis && named.length === 0) continue;
      if (previous && (previous.device !== record.device || previous.number !== record.number - 1)) continue;
      const past = pastOf(named);
      const names = (id: SignedId): boolean => {
        const body = bodyOf(recordById.get(id) as Signed);
        if (body?.type === 'genesis') return (recordById.get(id) as Signed).device === record.device && isAllowed(id);
        return body?.type === 'admit' && body.device === record.device && isAllowed(id);
      };
      if (!isGenesis && ![...past].some(names)) continue;
      placed.add(record.id);
      grew = true;
    }
  }
  const state = stateOf(placed);
  const stateAt = (view: readonly SignedId[]): TwinState | null =>
    view.every((id) => placed.has(id)) ? stateOf(pastOf(view)) : null;

  // ---- statements
  const statements = good.filter((each) => each.lane === 'statement');
  const here = new Map<SignedId, Signed>();
  for (let grew = true; grew;) {
    grew = false;
    for (const each of statements) {
      const previous = each.previous === null ? null : here.get(each.previous);
      if (here.has(each.id) || previous === undefined || !stateAt(each.parents)?.personOf.has(each.device)) continue;
      if (previous && (previous.device !== each.device || previous.number !== each.number - 1)) continue;
      here.set(each.id, each);
      grew = true;
    }
  }
  const standing: SignedId[] = [];
  const follow = (device: DeviceId, previous: SignedId | null): void => {
    const next = [...here.values()]
      .filter((each) => each.device === device && each.previous === previous)
      .map((each) => each.id)
      .sort()[0];
    if (next === undefined) return;
    standing.push(next);
    follow(device, next);
  };
  for (const device of new Set([...here.values()].map((each) => each.device))) follow(device, null);

  // ---- entries: the tree of each session, and the chain through it
  interface Step {
    readonly head: string;
    readonly before: string;
    readonly entry: EntryBytes;
    readonly header: SessionHeader | null;
  }
  const stepsBySession = new Map<SessionId, Map<string, Step>>();
  for (let grew = true; grew;) {
    grew = false;
    for (const segment of input.segments) {
      const steps = stepsBySession.get(segment.session) ?? new Map<string, Step>();
      stepsBySession.set(segment.session, steps);
      const device = deviceOf(segment.session);
      if (segment.header) {
        const { header } = segment;
        const view = stateAt(header.view);
        const author = view?.people.get(view.personOf.get(device) ?? '');
        if (!author || author.role === 'observer' || header.audience.length > 0) continue;
        if (!input.epochs.some((epoch) => toHex(epoch) === toHex(header.epoch))) continue;
      } else if (!segment.before || !steps.has(toHex(segment.before))) continue;
      let head = segment.header ? firstHead(space, segment.session, segment.header) : (segment.before as Uint8Array);
      const fresh: Step[] = [];
      segment.entries.forEach((entry, at) => {
        const before = toHex(head);
        head = nextHead(head, segment.from + at, entry);
        const isRoot = segment.from + at === 1;
        fresh.push({ head: toHex(head), before: isRoot ? '' : before, entry, header: isRoot ? segment.header : null });
      });
      const message = headMessage(space, segment.session, lastOf(segment), head);
      if (!isSigned(message, segment.signature, fromHex(device))) continue;
      for (const step of fresh) {
        if (steps.has(step.head)) continue;
        steps.set(step.head, step);
        grew = true;
      }
    }
  }

  interface Standing {
    readonly session: SessionId;
    readonly client: number;
    readonly entries: readonly DecodedEntry[];
  }
  const chains: Standing[] = [];
  for (const [session, steps] of stepsBySession) {
    const chain: Step[] = [];
    for (let before = ''; ;) {
      const next = [...steps.values()]
        .filter((step) => step.before === before)
        .sort((a, b) => (a.head < b.head ? -1 : 1))[0];
      if (!next) break;
      chain.push(next);
      before = next.head;
    }
    const header = chain[0]?.header;
    if (!header) continue;
    const client = clientOf(space, session);
    const tables = createTables(client, header.minute);
    const view = stateAt(header.view) as TwinState;
    const author = view.people.get(view.personOf.get(deviceOf(session)) as string) as Person;
    const entries: DecodedEntry[] = [];
    for (const { entry } of chain) {
      let decoded: DecodedEntry;
      try {
        decoded = decodeEntry(tables, entry);
      } catch {
        break;
      }
      const paper = state.papers.get(decoded.document);
      const may = paper && (paper.writers === 'members' || (paper.writers === 'group' && author.group === paper.owner));
      // an entry that may not be is left out; the number of those after it stays
      entries.push(may ? decoded : { ...decoded, structs: [], deletes: [] });
    }
    chains.push({ session, client, entries });
  }

  // ---- documents: again and again, whoever can go on goes on
  const counted = new Map<string, number[]>();
  const documents = new Map<string, Y.Doc>();
  for (const document of state.papers.keys()) {
    const clocks = new Map<number, number>();
    const listById = new Map<string, string>();
    const types = new Set<string>();
    const stopped = new Set<SessionId>();
    const at = new Map<SessionId, number>();
    const doc = new Y.Doc();
    const has = (own: number, id: Id | null): boolean =>
      id === null || id.client === own || (clocks.get(id.client) ?? 0) > id.clock;
    const key = (id: Id): string => `${id.client}:${id.clock}`;
    // a layout of all lists so far, one clock an element, each list an array of its own
    const layout = new Y.Doc({ gc: false });
    const stands = (a: Id, b: Id): boolean => {
      const start = Y.getItem(layout.store, Y.createID(a.client, a.clock));
      for (let item: Y.Item | null = start; item; item = item.right) {
        const from = item === start ? a.clock + 1 : item.id.clock;
        if (item.id.client === b.client && b.clock >= from && b.clock < item.id.clock + item.length) return true;
      }
      return false;
    };
    const lay = (client: number, entry: DecodedEntry): void => {
      for (const struct of entry.structs) {
        const list = listById.get(`${client}:${struct.clock}`) ?? '';
        const neighbours = { origin: struct.origin, right: struct.right };
        const bare =
          struct.kind === KIND.gc
            ? struct
            : { ...struct, ...neighbours, kind: KIND.deleted, content: new Uint8Array(0), sub: null };
        const parent =
          struct.kind === KIND.gc || struct.origin || struct.right
            ? null
            : ({ type: 'root', name: `list ${list}` } as const);
        const gathered = createGathered();
        gathered.add(client, { structs: [{ ...bare, parent }], deletes: [] });
        Y.applyUpdate(layout, gathered.take() as Uint8Array);
      }
    };
    const listOf = (struct: Struct): string | null => {
      const { origin, right, parent, sub } = struct;
      const left = origin ? (listById.get(key(origin)) ?? null) : null;
      const after = right ? (listById.get(key(right)) ?? null) : null;
      if (origin && right) return left === after && left !== null && stands(origin, right) ? left : null;
      if (origin) return left;
      if (right) return after;
      if (!parent) return null;
      if (parent.type === 'root') return JSON.stringify(['root', parent.name, sub]);
      return types.has(key(parent.id)) ? JSON.stringify(['item', key(parent.id), sub]) : null;
    };
    const isWell = (client: number, entry: DecodedEntry): boolean => {
      for (const struct of entry.structs) {
        const list = struct.kind === KIND.gc ? '' : listOf(struct);
        if (list === null) return false;
        const isKeyed = list !== '' && v.parse(v.array(v.unknown()), JSON.parse(list))[2] !== null;
        if (isKeyed && struct.kind === KIND.string) return false;
        for (let i = 0; i < struct.length && list !== ''; i++) listById.set(`${client}:${struct.clock + i}`, list);
        if (struct.kind === KIND.type) types.add(`${client}:${struct.clock}`);
        lay(client, { ...entry, structs: [struct] });
      }
      return true;
    };
    const isReady = (own: number, entry: DecodedEntry): boolean =>
      entry.structs.every(
        (struct) =>
          has(own, struct.origin) &&
          has(own, struct.right) &&
          (struct.parent?.type !== 'item' || has(own, struct.parent.id)),
      ) &&
      entry.deletes.every(({ client, clock, length }) => client === own || (clocks.get(client) ?? 0) >= clock + length);
    for (let moved = true; moved;) {
      moved = false;
      for (const { session, client, entries } of chains) {
        const number = at.get(session) ?? 0;
        const entry = entries[number];
        if (!entry) continue;
        const isOfHere = String(entry.document) === document && (entry.structs.length > 0 || entry.deletes.length > 0);
        if (isOfHere && !stopped.has(session)) {
          if (!isReady(client, entry)) continue;
          if (isWell(client, entry)) {
            const last = entry.structs.at(-1);
            if (last) clocks.set(client, last.clock + last.length);
            const place = `${session} ${document}`;
            counted.set(place, [...(counted.get(place) ?? []), number + 1]);
            const gathered = createGathered();
            gathered.add(client, entry);
            const update = gathered.take();
            if (update) {
              doc.transact((transaction) => {
                Y.applyUpdate(doc, update);
                transaction.local = true;
              });
            }
          } else stopped.add(session);
        }
        at.set(session, number + 1);
        moved = true;
      }
    }
    documents.set(document, doc);
  }
  return { state, placed, statements: standing.sort(), counted, documents };
};

const say = (state: TwinState, record: Signed, body: RecordBody): void => {
  const first = record.id.slice(0, 32);
  const author = state.personOf.get(record.device) ?? '';
  const groupText = (group: object): string => JSON.stringify(group);
  switch (body.type) {
    case 'genesis': {
      const group = record.id.slice(32);
      state.name = body.spaceName;
      state.groups.set(group, groupText(body.group));
      state.people.set(first, { name: body.name, role: 'organizer', group, device: record.device });
      state.personOf.set(record.device, first);
      return;
    }
    case 'admit': {
      if (state.personOf.has(body.device)) return;
      const door = state.doors.get(body.invite);
      if (door) door.admitted += 1;
      state.people.set(first, { name: body.name, role: body.role, group: body.group, device: body.device });
      state.personOf.set(body.device, first);
      return;
    }
    case 'door': {
      const known = state.doors.get(body.invite);
      if (body.revoked && known) known.revoked = true;
      if (!body.revoked && !known) {
        const { role, most, until } = body;
        state.doors.set(body.invite, { role, most, until, admitted: 0, author: record.device, revoked: false });
      }
      return;
    }
    case 'profile':
      (state.people.get(author) as Person).name = body.name;
      return;
    case 'group':
      state.groups.set(body.id ?? first, groupText(body.group));
      return;
    case 'role': {
      const person = state.people.get(body.member);
      if (!person) return;
      if (RANK[body.role] > RANK[person.role]) person.role = body.role;
      person.group = body.group;
      return;
    }
    case 'document': {
      const { kind, owner, parent, writers } = body;
      state.papers.set(first, { kind, owner, parent, writers, author });
    }
  }
};

/** Everything that a test compares of a document: what is in it, and what was deleted. */
export const contentOf = (doc: Y.Doc): string => {
  const roots = ['text', 'map', 'list'];
  const parts = [
    JSON.stringify(doc.getText('text').toDelta()),
    JSON.stringify(Object.entries(doc.getMap('map').toJSON()).sort()),
    JSON.stringify(doc.getArray('list').toJSON()),
  ];
  const snapshot = Y.snapshot(doc);
  const clocks = [...snapshot.sv].filter(([, clock]) => clock > 0).sort((a, b) => a[0] - b[0]);
  const deleted = [...snapshot.ds.clients]
    .sort((a, b) => a[0] - b[0])
    .map(([client, ranges]) => [client, ranges.map((range) => [range.clock, range.len])]);
  return roots.map((root, at) => `${root}: ${parts[at] ?? ''}`).join('\n') + JSON.stringify({ clocks, deleted });
};
