/**
 * A random space out of a seed: organizers, members, an observer and an outsider who publish records, statements and
 * entries with partial knowledge of each other, honest and crafted, with forks of every kind.
 */
import * as Y from 'yjs';
import { captureUpdate } from '../../../src/log/capture.ts';
import { gatherEdits } from '../../../src/log/gather.ts';
import type { RecordBody } from '../../../src/log/records.ts';
import type { Segment } from '../../../src/log/segment.ts';
import type { Signed } from '../../../src/log/signed.ts';
import { encodeApproval } from '../../../src/log/statements.ts';
import { type Edit, type Id, KIND, type Kind, type Struct, TYPE } from '../../../src/log/struct.ts';
import type { DocumentId, GroupId, InviteId, MemberId, Role, SignedId, Writers } from '../../../src/log/types.ts';
import { createDice } from '../../world.ts';
import {
  beginChain,
  type Chain,
  craft,
  type CraftedSpace,
  craftRecord,
  createHand,
  cutChain,
  forkOf,
  foundBy,
  GROUP,
  type Hand,
  headerOf,
  NOTHING,
  pushBytes,
  pushEdit,
} from './craft.ts';
import { evaluate, type TwinOutcome } from './twin.ts';

export interface RandomSpace {
  readonly founded: CraftedSpace;
  readonly signed: readonly Signed[];
  readonly chains: readonly Chain[];
  readonly outcome: TwinOutcome;
}

/** Numbers from a seed, fast. */
export const createChance = (seed: number) => {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    is: (probability: number): boolean => next() < probability,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    shuffle: <T>(items: readonly T[]): T[] => {
      const out = items.slice();
      for (let i = out.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [out[i], out[j]] = [out[j] as T, out[i] as T];
      }
      return out;
    },
  };
};
export type Chance = ReturnType<typeof createChance>;

interface Session {
  readonly chain: Chain;
  readonly docs: Map<DocumentId, Y.Doc>;
  /** wrote something crafted: its own doc does not follow any more */
  isRogue: boolean;
}

interface Actor {
  readonly hand: Hand;
  readonly known: Set<Signed>;
  readonly lanes: { record: Signed | null; statement: Signed | null };
  readonly chains: Set<Chain>;
  /** how far each chain is known */
  readonly upTo: Map<Chain, number>;
  session: Session | null;
}

const LOCAL = Symbol('typed');

/** `wild`: crafted entries of every kind and size, not only of those that honest documents are made of. */
export const createRandomSpace = (seed: number, steps: number, wild = false): RandomSpace => {
  const chance = createChance(seed);
  const { random } = createDice(seed);
  const hands = [0, 1, 2, 3, 4, 5].map((index) => createHand(seed * 10 + index));
  const founder = hands[0] as Hand;
  const founded = foundBy(founder, seed);
  const { space, epoch } = founded;
  const actors: Actor[] = hands.map((hand) => ({
    hand,
    known: new Set([founded.genesis]),
    lanes: { record: hand === founder ? founded.genesis : null, statement: null },
    chains: new Set(),
    upTo: new Map(),
    session: null,
  }));
  const signed: Signed[] = [founded.genesis];
  const chains: Chain[] = [];

  const segmentsKnownTo = (actor: Actor): Segment[] =>
    [...actor.chains].flatMap((chain) => {
      const end = chain === actor.session?.chain ? chain.entries.length : (actor.upTo.get(chain) ?? 0);
      return end > 0 ? [cutChain(chain, 1, end)] : [];
    });
  const seenBy = (actor: Actor): TwinOutcome =>
    evaluate({ space, epochs: [epoch.id], signed: [...actor.known], segments: segmentsKnownTo(actor) });
  const headsOf = (actor: Actor, placed: ReadonlySet<SignedId>): SignedId[] => {
    const records = [...actor.known].filter((each) => placed.has(each.id));
    const named = new Set(records.flatMap((each) => [...each.parents, each.previous]));
    const heads = records.map((each) => each.id).filter((id) => !named.has(id));
    return chance.is(0.9) ? heads : [chance.pick(records).id];
  };
  const gossip = (from: Actor, to: Actor): void => {
    for (const each of from.known) to.known.add(each);
    for (const chain of from.chains) {
      to.chains.add(chain);
      const far = chain === from.session?.chain ? chain.entries.length : (from.upTo.get(chain) ?? 0);
      to.upTo.set(chain, Math.max(far, to.upTo.get(chain) ?? 0));
    }
  };

  const bodyFor = (actor: Actor, seen: TwinOutcome): RecordBody => {
    const groups = [...seen.state.groups.keys()] as GroupId[];
    const people = [...seen.state.people.keys()] as MemberId[];
    const papers = [...seen.state.papers.keys()] as DocumentId[];
    const mine = seen.state.people.get(seen.state.personOf.get(actor.hand.device) ?? '')?.group as GroupId | undefined;
    const group = chance.is(0.6) && mine ? mine : chance.pick(groups);
    const role = chance.pick<Role>(['organizer', 'member', 'member', 'observer']);
    const door = [...seen.state.doors.keys(), 'aa'.repeat(16)] as InviteId[];
    switch (chance.below(9)) {
      case 0:
      case 1: {
        const newcomer = chance.pick(hands.slice(1));
        const { device, keys } = newcomer;
        return { type: 'admit', device, boxKey: keys.box.publicKey, name: 'N', group, role, invite: chance.pick(door) };
      }
      case 2: {
        const invite = (chance.is(0.5) ? chance.pick(door) : 'bb'.repeat(15) + `0${chance.below(9)}`) as InviteId;
        return { type: 'door', invite, role, until: 5, most: chance.below(3), revoked: chance.is(0.3) };
      }
      case 3:
        return { type: 'profile', name: `P${chance.below(99)}`, languages: [] };
      case 4: {
        const id = chance.is(0.5) ? null : chance.pick([...groups, 'cc'.repeat(16) as GroupId]);
        return { type: 'group', id, group: { ...GROUP, name: `G${chance.below(99)}` } };
      }
      case 5:
        return { type: 'role', member: chance.pick(people), role, group };
      default: {
        const parent = papers.length > 0 && chance.is(0.4) ? chance.pick(papers) : null;
        const writers = chance.pick<Writers>(['members', 'members', 'group', 'statements']);
        return { type: 'document', kind: 'talking-points', owner: group, parent, writers };
      }
    }
  };

  const publishRecord = (actor: Actor): void => {
    const seen = seenBy(actor);
    const parents = headsOf(actor, seen.placed);
    const make = (): Signed => {
      const body = bodyFor(actor, seen);
      const more = chance.is(0.03)
        ? { version: 2 }
        : chance.is(0.03) && actor.lanes.record
          ? { number: actor.lanes.record.number + 2 }
          : {};
      return craftRecord(space, actor.hand, body, actor.lanes.record, parents, more);
    };
    const record = make();
    signed.push(record);
    actor.known.add(record);
    // a fork: somebody else is told another record with the same number
    if (chance.is(0.12)) {
      const other = make();
      signed.push(other);
      chance.pick(actors).known.add(other);
    }
    if (actor.lanes.record !== null || record.number === 1) actor.lanes.record = record;
  };

  const publishStatement = (actor: Actor): void => {
    const seen = seenBy(actor);
    const papers = [...seen.state.papers.keys()] as DocumentId[];
    const document = papers.length > 0 ? chance.pick(papers) : ('dd'.repeat(16) as DocumentId);
    const parents = headsOf(actor, seen.placed);
    const make = (): Signed => {
      const textHash = `${chance.below(9)}${'0'.repeat(63)}`;
      const body = encodeApproval(document, { textHash, language: 'en', sourceHash: '', approved: chance.is(0.7) });
      return craft(space, actor.hand, 'statement', { type: 1, body }, actor.lanes.statement, parents);
    };
    const statement = make();
    signed.push(statement);
    if (chance.is(0.1)) signed.push(make());
    actor.known.add(statement);
    actor.lanes.statement = statement;
  };

  const begin = (actor: Actor): Session => {
    const view = headsOf(actor, seenBy(actor).placed);
    const header = headerOf(chance.is(0.97) ? epoch : { id: random(16), secret: NOTHING }, view);
    const chain = beginChain(space, actor.hand, random(8), header);
    chains.push(chain);
    actor.chains.add(chain);
    return { chain, docs: new Map(), isRogue: false };
  };

  const type = (session: Session, doc: Y.Doc): void => {
    const text = doc.getText('text');
    const map = doc.getMap<unknown>('map');
    const list = doc.getArray<unknown>('list');
    const at = chance.below(text.length + 1);
    switch (chance.below(10)) {
      case 0:
      case 1:
      case 2:
        return text.insert(at, chance.pick(['a', 'words ', 'é🌊', '\n', 'كلمة']));
      case 3:
        return text.length > 0
          ? text.delete(at === text.length ? 0 : at, Math.min(3, text.length - (at === text.length ? 0 : at)))
          : text.insert(0, 'x');
      case 4:
        return text.length > 0
          ? text.format(0, text.length, { bold: chance.is(0.5) ? true : null })
          : text.insert(0, 'y');
      case 5:
        map.set(
          chance.pick(['a', 'b']),
          chance.pick<unknown>([1, -5, 0.5, 'v', null, { k: [true] }, new Uint8Array([7])]),
        );
        return;
      case 6:
        map.set('nested', new Y.Text('deep'));
        return;
      case 7: {
        const nested = map.get('nested');
        if (nested instanceof Y.Text) nested.insert(nested.length, '+');
        else map.delete('nested');
        return;
      }
      case 8:
        list.insert(chance.below(list.length + 1), [1, 'two', new Y.Map([['in', session.chain.entries.length]])]);
        return;
      default:
        if (list.length > 0) list.delete(chance.below(list.length), 1);
        else list.push(['z']);
    }
  };

  const write = (actor: Actor): void => {
    if (!actor.session || chance.is(0.08)) actor.session = begin(actor);
    const { session } = actor;
    const { chain } = session;
    const seen = seenBy(actor);
    const papers = [...seen.state.papers.keys()] as DocumentId[];
    const document = papers.length > 0 && chance.is(0.97) ? chance.pick(papers) : ('ee'.repeat(16) as DocumentId);
    if (chance.is(0.1)) session.isRogue = true;
    if (session.isRogue) return spoil(session, document);
    let doc = session.docs.get(document);
    if (!doc) {
      doc = new Y.Doc();
      session.docs.set(document, doc);
    }
    doc.clientID = chain.tables.client;
    const others = seen.documents.get(document);
    if (others) Y.applyUpdate(doc, Y.encodeStateAsUpdate(others));
    const edits: Edit[] = [];
    const listen = (update: Uint8Array, origin: unknown): void => {
      if (origin === LOCAL) edits.push(captureUpdate(update, chain.tables.client));
    };
    doc.on('update', listen);
    const target = doc;
    for (let i = chance.below(3); i >= 0; i--) target.transact(() => type(session, target), LOCAL);
    doc.off('update', listen);
    for (const edit of gatherEdits(edits, chain.tables.client)) pushEdit(chain, document, edit);
  };

  /** Something that no honest device would sign. */
  const spoil = (session: Session, document: DocumentId): void => {
    const { chain } = session;
    if (chance.is(0.15))
      return pushBytes(chain, { skeleton: random(chance.below(30)), content: random(chance.below(9)) });
    const clients = [...new Set(chains.map((each) => each.tables.client))];
    const index = chain.tables.documents.indexOf(document);
    let clock = index < 0 ? 0 : (chain.tables.clocks[index] as number);
    const id = (): Id | null => {
      if (chance.is(0.3)) return null;
      const client = chance.pick(clients);
      return { client, clock: chance.below(client === chain.tables.client ? Math.max(1, clock) : 12) };
    };
    const structs: Struct[] = [];
    for (let i = chance.below(3); i >= 0; i--) {
      const kind = chance.pick<Kind>([
        ...(wild ? [KIND.binary, KIND.embed, KIND.type] : []),
        KIND.string,
        KIND.string,
        KIND.string,
        KIND.deleted,
        KIND.gc,
        KIND.type,
        KIND.format,
        KIND.any,
      ]);
      const own = (of: Id | null): Id | null => (of?.client === chain.tables.client && of.clock >= clock ? null : of);
      const origin = kind === KIND.gc ? null : own(id());
      const right = kind === KIND.gc ? null : own(id());
      const hasNeighbour = origin !== null || right !== null || kind === KIND.gc;
      const item = own(id());
      const isRun = kind === KIND.deleted || kind === KIND.gc;
      const length = wild && isRun && chance.is(0.2) ? 60_000 : kind === KIND.string || isRun ? 1 + chance.below(4) : 1;
      const content =
        kind === KIND.string
          ? new Uint8Array(length).fill(0x61)
          : kind === KIND.any
            ? Uint8Array.of(3)
            : kind === KIND.format
              ? Uint8Array.of(1, 0x62, 3)
              : kind === KIND.binary
                ? Uint8Array.of(1, 9)
                : kind === KIND.embed
                  ? Uint8Array.of(3)
                  : NOTHING;
      structs.push({
        kind,
        clock,
        length,
        origin,
        right,
        parent: hasNeighbour
          ? null
          : item && chance.is(0.5)
            ? { type: 'item', id: item }
            : { type: 'root', name: chance.pick(['text', 'map', 'list']) },
        sub: hasNeighbour || chance.is(0.5) ? null : chance.pick(['a', 'nested']),
        typeRef: kind === KIND.type ? chance.pick(wild ? Object.values(TYPE) : [TYPE.text, TYPE.map, TYPE.array]) : 0,
        typeName: wild && kind === KIND.type ? 'p' : '',
        content,
      });
      clock += length;
    }
    const client = chance.pick(clients);
    const deletes =
      chance.is(0.5) || client === chain.tables.client
        ? []
        : [{ client, clock: chance.below(4), length: 1 + chance.below(9) }];
    pushEdit(chain, document, { structs, deletes });
  };

  // an organizer lets somebody in and makes a document, so that most histories have something in them
  const [first, second, third] = actors as [Actor, Actor, Actor];
  const firstGroup = founded.genesis.id.slice(32) as GroupId;
  for (const [newcomer, role] of [
    [second, 'member'],
    [third, 'organizer'],
    [actors[3] as Actor, 'observer'],
  ] as const) {
    const { device, keys } = newcomer.hand;
    const body: RecordBody = {
      type: 'admit',
      device,
      boxKey: keys.box.publicKey,
      name: role,
      group: firstGroup,
      role,
      invite: 'aa'.repeat(16) as InviteId,
    };
    const record = craftRecord(space, founder, body, first.lanes.record, [(first.lanes.record as Signed).id]);
    signed.push(record);
    first.known.add(record);
    first.lanes.record = record;
  }
  const paper: RecordBody = {
    type: 'document',
    kind: 'talking-points',
    owner: firstGroup,
    parent: null,
    writers: 'members',
  };
  const record = craftRecord(space, founder, paper, first.lanes.record, []);
  signed.push(record);
  first.known.add(record);
  first.lanes.record = record;
  for (const actor of actors.slice(1, 4)) gossip(first, actor);

  for (let step = 0; step < steps; step++) {
    const actor = chance.pick(actors);
    const what = chance.below(20);
    if (what < 3) publishRecord(actor);
    else if (what < 4) publishStatement(actor);
    else if (what < 14) write(chance.is(0.7) ? chance.pick(actors.slice(0, 3)) : actor);
    else if (what < 15 && actor.session && actor.session.chain.entries.length > 1) {
      // the same number twice: somebody goes on from an earlier entry in another way
      const fork = forkOf(actor.session.chain);
      chains.push(fork);
      actor.chains.add(fork);
      actor.session = { chain: fork, docs: new Map(), isRogue: true };
    } else gossip(chance.pick(actors), actor);
  }
  const entries = chains.filter((chain) => chain.entries.length > 0);
  const outcome = evaluate({
    space,
    epochs: [epoch.id],
    signed,
    segments: entries.map((chain) => cutChain(chain, 1, chain.entries.length)),
  });
  return { founded, signed, chains: entries, outcome };
};
