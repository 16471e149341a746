/**
 * The shape of one document: which list each struct stands in, kept from the log alone (never from Yjs, whose own
 * memory of deleted things differs between replicas). It is what tells an honest struct from a crafted one:
 * both neighbours of a struct stand in one list, and a parent is a shared type.
 */
import { Reader, Writer } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import { type Id, KIND, type Struct } from './struct.ts';

export interface Shape {
  /** Checks one struct whose needs are met, and learns it. false: crafted, and nothing was learnt. */
  learn(client: number, struct: Struct): boolean;
  write(to: Writer): void;
}

/** Runs of clocks in one list: where each starts, and the list's number (0: a GC struct, in none). */
interface Runs {
  readonly starts: number[];
  readonly lists: number[];
}

export const createShape = (): Shape => readShape(null);

/** From this device's own sealed snapshot, or empty; throws BytesError. */
export const readShape = (snapshot: Reader | null): Shape => {
  const runsByClient = new Map<number, Runs>();
  const numberByList = new Map<string, number>();
  const types = new Set<string>();

  const listOf = ({ client, clock }: Id): number => {
    const runs = runsByClient.get(client);
    if (!runs) return 0;
    let low = 0;
    let high = runs.starts.length - 1;
    if ((runs.starts[high] as number) <= clock) return runs.lists[high] as number;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((runs.starts[middle] as number) <= clock) low = middle;
      else high = middle - 1;
    }
    return runs.lists[low] as number;
  };
  const numberOf = (list: string): number => {
    let number = numberByList.get(list);
    if (number === undefined) numberByList.set(list, (number = numberByList.size + 1));
    return number;
  };
  const place = (struct: Struct): number => {
    const { origin, right, parent, sub } = struct;
    const left = origin ? listOf(origin) : 0;
    const after = right ? listOf(right) : 0;
    if (origin && right) return left === after ? left : 0;
    if (origin) return left;
    if (right) return after;
    if (!parent) return 0;
    const key = sub === null ? '' : `=${sub}`;
    if (parent.type === 'root') return numberOf(`r${parent.name}\0${key}`);
    const type = `${parent.id.client}:${parent.id.clock}`;
    return types.has(type) ? numberOf(`t${type}\0${key}`) : 0;
  };
  const put = (client: number, clock: number, list: number): void => {
    const runs = runsByClient.get(client);
    if (!runs) runsByClient.set(client, { starts: [clock], lists: [list] });
    else if (runs.lists.at(-1) !== list) {
      runs.starts.push(clock);
      runs.lists.push(list);
    }
  };
  const read = (from: Reader): void => {
    for (let i = from.varuint(); i > 0; i--) numberOf(from.text(LIMIT.name * 3));
    for (let i = from.varuint(); i > 0; i--) types.add(from.text(LIMIT.name));
    for (let i = from.varuint(); i > 0; i--) {
      const client = from.varuint();
      const runs: Runs = { starts: [], lists: [] };
      for (let j = from.varuint(); j > 0; j--) {
        runs.starts.push(from.varuint());
        runs.lists.push(from.varuint());
      }
      runsByClient.set(client, runs);
    }
  };
  if (snapshot) read(snapshot);
  return {
    learn: (client: number, struct: Struct): boolean => {
      if (struct.kind === KIND.gc) {
        put(client, struct.clock, 0);
        return true;
      }
      const list = place(struct);
      if (list === 0) return false;
      put(client, struct.clock, list);
      if (struct.kind === KIND.type) types.add(`${client}:${struct.clock}`);
      return true;
    },
    write: (to: Writer): void => {
      to.varuint(numberByList.size);
      for (const list of numberByList.keys()) to.text(list);
      to.varuint(types.size);
      for (const type of types) to.text(type);
      to.varuint(runsByClient.size);
      for (const [client, { starts, lists }] of runsByClient) {
        to.varuint(client).varuint(starts.length);
        for (let i = 0; i < starts.length; i++) to.varuint(starts[i] as number).varuint(lists[i] as number);
      }
    },
  };
};
