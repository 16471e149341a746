/**
 * Who is in, and what may whom: a pure function of the set of records, whatever order they came in.
 *
 * A record is judged by its own past alone (its ancestors in the hash DAG), so its verdict never changes when
 * others arrive. The state of any set of records is the fold of its allowed ones in order of (depth, id), where
 * depth is the longest way back to the genesis: a record comes after everything its author had seen.
 * Of two records of one device that follow the same one, the lower id stands: the other is void, and what follows
 * it in that device's chain. Which rivals there are is asked of the set being folded, so that how somebody saw the
 * space (`membershipAt`) never changes either when a fork comes to light later.
 */
import { BytesError } from '../lib/bytes.ts';
import { applyRecord, copyState, emptyState, type MembershipState } from './membership-state.ts';
import { isAllowed } from './record-rules.ts';
import { decodeRecordBody, type RecordBody } from './records.ts';
import type { Signed } from './signed.ts';
import type { DeviceId, SignedId, SpaceId } from './types.ts';

interface Node {
  readonly record: Signed;
  readonly body: RecordBody | null;
  readonly depth: number;
  /** its number here, and its ancestors by their numbers */
  readonly index: number;
  readonly past: Past;
}

/** A set of node numbers, a bit each: 2,000 records with 2,000 ancestors each would not fit as sets. */
type Past = Uint32Array;
const pastOf = (size: number): Past => new Uint32Array((size + 31) >>> 5);
const addTo = (past: Past, index: number): void => {
  past[index >>> 5] = (past[index >>> 5] as number) | (1 << (index & 31));
};
const holds = (past: Past, index: number): boolean => (((past[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
const mergeInto = (past: Past, other: Past): void => {
  for (let i = 0; i < other.length; i++) past[i] = (past[i] as number) | (other[i] as number);
};
const isSubset = (part: Past, whole: Past): boolean => part.every((bits, i) => (bits & ~(whole[i] ?? 0)) === 0);

export interface AddOutcome {
  readonly added: readonly Signed[];
  readonly waiting: readonly Signed[];
  readonly refused: readonly Signed[];
}

export interface RecordSet {
  readonly space: SpaceId;
  /**
   * Adds verified records whose previous and parents are all present; gives what could not be placed yet, and what
   * was refused because its author was nobody in its own past.
   */
  add(records: readonly Signed[]): AddOutcome;
  /** records that their authors were not allowed to make */
  unsound(): readonly SignedId[];
  /** While this works, records are added whose verdicts are known: all are sound but these. A verdict never changes. */
  judged<T>(unsound: ReadonlySet<SignedId>, work: () => Promise<T>): Promise<T>;
  has(id: SignedId): boolean;
  get(id: SignedId): Signed | undefined;
  all(): readonly Signed[];
  /** newest records that no other record names, sorted; at most 64 (the deepest) */
  heads(): readonly SignedId[];
  /** the last record of a device's chain, on the branch that stands */
  last(device: DeviceId): Signed | undefined;
  /** all records that a device signed, void ones too */
  of(device: DeviceId): readonly Signed[];
  devices(): readonly DeviceId[];
  /** Did this device sign two records that follow the same one? */
  isForked(device: DeviceId): boolean;
  membership(): MembershipState;
  /** the space as somebody saw it whose newest records were these; null where one is missing here */
  membershipAt(view: readonly SignedId[]): MembershipState | null;
}

export const createRecordSet = (space: SpaceId): RecordSet => {
  const nodes = new Map<SignedId, Node>();
  /** records of one device that follow the same one: lowest id first */
  const rivalsByPlace = new Map<string, Node[]>();
  const recordsByDevice = new Map<DeviceId, Node[]>();
  /** records that admit a device (or are its genesis), by device: who may sign at all */
  const admitsByDevice = new Map<DeviceId, Node[]>();
  const heads = new Set<SignedId>();
  const verdicts = new Map<SignedId, boolean>();
  let judgedUnsound: ReadonlySet<SignedId> | null = null;
  let states = new Map<string, MembershipState>();
  let current: MembershipState | null = null;
  const nodeByIndex: Node[] = [];
  const forked = new Set<DeviceId>();
  /** the last fold, on which the next one usually only adds a record */
  let folded: { past: Past; last: Node; state: MembershipState } | null = null;
  const genesis: string = space;

  const parentsOf = (record: Signed): SignedId[] =>
    record.previous === null ? [...record.parents] : [...record.parents, record.previous];
  const placeOf = (record: Signed): string => `${record.device}:${record.previous ?? ''}`;
  const put = <K>(map: Map<K, Node[]>, key: K, node: Node): Node[] => {
    const list = map.get(key);
    if (list) list.push(node);
    else map.set(key, [node]);
    return list ?? [node];
  };

  /** Whether a record has its place is decided by what it names alone, so that every replica keeps the same ones. */
  const place = (record: Signed): 'placed' | 'waiting' | 'refused' => {
    const isGenesis = record.id === genesis;
    const parents = parentsOf(record);
    if (isGenesis ? record.number !== 1 || parents.length > 0 : parents.length === 0) return 'refused';
    const past = pastOf(nodes.size + 1);
    let depth = 0;
    for (const parent of parents) {
      const node = nodes.get(parent);
      if (!node) return 'waiting';
      addTo(past, node.index);
      mergeInto(past, node.past);
      depth = Math.max(depth, node.depth + 1);
    }
    const previous = record.previous === null ? undefined : nodes.get(record.previous)?.record;
    if (previous && (previous.device !== record.device || previous.number !== record.number - 1)) return 'refused';
    const admits = admitsByDevice.get(record.device) ?? [];
    if (!isGenesis && !admits.some((node) => holds(past, node.index) && isSound(node))) return 'refused';
    let body: RecordBody | null = null;
    try {
      // another version or audience: kept and passed on, never applied
      if (record.version === 1 && record.audience.length === 0) body = decodeRecordBody(record.type, record.body);
    } catch (error) {
      if (!(error instanceof BytesError)) throw error;
    }
    const node: Node = { record, body, depth, index: nodeByIndex.length, past };
    nodes.set(record.id, node);
    nodeByIndex.push(node);
    for (const parent of parents) heads.delete(parent);
    heads.add(record.id);
    put(recordsByDevice, record.device, node);
    if (isGenesis) put(admitsByDevice, record.device, node);
    if (body?.type === 'admit') put(admitsByDevice, body.device, node);
    const rivals = put(rivalsByPlace, placeOf(record), node);
    if (rivals.length > 1) {
      rivals.sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
      folded = null;
      forked.add(record.device);
    }
    return 'placed';
  };

  const add = (records: readonly Signed[]): AddOutcome => {
    const added: Signed[] = [];
    const refused: Signed[] = [];
    let waiting = records.filter((record) => !nodes.has(record.id));
    for (;;) {
      const left: Signed[] = [];
      for (const record of waiting) {
        if (nodes.has(record.id)) continue;
        const outcome = place(record);
        if (outcome === 'placed') added.push(record);
        else (outcome === 'refused' ? refused : left).push(record);
      }
      if (left.length === waiting.length || left.length === 0) {
        waiting = left;
        break;
      }
      waiting = left;
    }
    if (added.length > 0) {
      current = null;
      states = new Map();
    }
    return { added, waiting, refused };
  };

  /** Lost against a rival of the same set, or built on one that did. */
  const isVoidByFork = (node: Node, set: Past): boolean => {
    if (!forked.has(node.record.device)) return false;
    for (
      let at: Node | undefined = node;
      at;
      at = at.record.previous === null ? undefined : nodes.get(at.record.previous)
    ) {
      const rivals: readonly Node[] = rivalsByPlace.get(placeOf(at.record)) ?? [];
      if (rivals.find((rival) => holds(set, rival.index)) !== at) return true;
    }
    return false;
  };

  /** Was its author allowed to say this, as its author saw the space? */
  const isSound = (node: Node): boolean => {
    const { record, body } = node;
    const known = verdicts.get(record.id);
    if (known !== undefined) return known;
    if (judgedUnsound) return !judgedUnsound.has(record.id);
    const sound = body !== null && isAllowed(record, body, fold(node.past), genesis);
    verdicts.set(record.id, sound);
    return sound;
  };

  const after = (a: Node, b: Node): number => a.depth - b.depth || (a.record.id < b.record.id ? -1 : 1);

  const fold = (past: Past): MembershipState => {
    const base = forked.size > 0 ? null : folded;
    const builds = base !== null && isSubset(base.past, past);
    const fresh = nodeByIndex.filter((node) => holds(past, node.index) && !(builds && holds(base.past, node.index)));
    fresh.sort(after);
    const first = fresh[0];
    const isLater = builds && (first === undefined || after(base.last, first) < 0);
    const ordered = isLater ? fresh : nodeByIndex.filter((node) => holds(past, node.index)).sort(after);
    const state = isLater ? copyState(base.state) : emptyState();
    // oldest first, so that verdicts deep down are known before those above ask
    for (const node of ordered) {
      const isHere = node.record.id === genesis || state.memberByDevice.has(node.record.device);
      if (isHere && isSound(node) && !isVoidByFork(node, past)) {
        applyRecord(state, node.record, node.body as RecordBody);
      }
    }
    const last = ordered.at(-1) ?? (isLater ? base.last : undefined);
    // nobody changes a state that was given out: the next fold begins with a copy
    if (last) folded = { past, last, state };
    return state;
  };
  const everything = (): Past => {
    const past = pastOf(nodeByIndex.length);
    for (const node of nodeByIndex) addTo(past, node.index);
    return past;
  };
  const membership = (): MembershipState => (current ??= fold(everything()));

  return {
    space,
    add,
    unsound: () => [...nodes.values()].filter((node) => !isSound(node)).map((node) => node.record.id),
    judged: async (unsound, work) => {
      judgedUnsound = unsound;
      try {
        return await work();
      } finally {
        for (const { record } of nodes.values()) verdicts.set(record.id, !unsound.has(record.id));
        judgedUnsound = null;
      }
    },
    has: (id) => nodes.has(id),
    get: (id) => nodes.get(id)?.record,
    all: () => [...nodes.values()].map((node) => node.record),
    heads: () => {
      const deepest = [...heads].sort((a, b) => (nodes.get(b) as Node).depth - (nodes.get(a) as Node).depth);
      return deepest.slice(0, 64).sort();
    },
    last: (device) => {
      const chain = recordsByDevice.get(device) ?? [];
      const set = forked.has(device) ? everything() : pastOf(0);
      let last: Node | undefined;
      for (const node of chain) {
        if ((last?.record.number ?? 0) < node.record.number && !isVoidByFork(node, set)) last = node;
      }
      return last?.record;
    },
    of: (device) => (recordsByDevice.get(device) ?? []).map((node) => node.record),
    devices: () => [...recordsByDevice.keys()],
    isForked: (device) => forked.has(device),
    membership,
    membershipAt: (view) => {
      const key = view.join();
      const known = states.get(key);
      if (known) return known;
      const past = pastOf(nodeByIndex.length);
      for (const id of view) {
        const node = nodes.get(id);
        if (!node) return null;
        addTo(past, node.index);
        mergeInto(past, node.past);
      }
      const state = fold(past);
      states.set(key, state);
      return state;
    },
  };
};
