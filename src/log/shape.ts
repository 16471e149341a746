/**
 * The shape of one document: which list each struct stands in, kept from the log alone (never from Yjs, whose own
 * memory of deleted things differs between replicas). It is what tells an honest struct from a crafted one:
 * both neighbours of a struct stand in one list, the left one before the right one, and a parent is a shared type.
 */
import type { Reader, Writer } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import { type ClientRuns, createListOrder, runOf } from './list-order.ts';
import { type Id, KIND, sameId, type Struct } from './struct.ts';

export interface Shape {
  /** Checks the structs of one entry whose needs are met, and learns them. false: crafted, and nothing was learnt. */
  learn(client: number, structs: readonly Struct[]): boolean;
  write(to: Writer): void;
}

/** How the name of a list begins that stands under a key. */
const KEYED = '=';

export const createShape = (): Shape => readShape(null);

/** From this device's own sealed snapshot, or empty; throws BytesError. */
export const readShape = (snapshot: Reader | null): Shape => {
  const runsByClient = new Map<number, ClientRuns>();
  const order = createListOrder(runsByClient);
  const numberByList = new Map<string, number>();
  const types = new Set<string>();
  /** numbers of the lists of what stands under a key */
  const keyed = new Set<number>();

  const listOf = ({ client, clock }: Id): number => {
    const runs = runsByClient.get(client);
    return runs && clock < runs.end ? runOf(runs, clock).list : 0;
  };
  const numberOf = (list: string): number => {
    let number = numberByList.get(list);
    if (number === undefined) {
      number = numberByList.size + 1;
      numberByList.set(list, number);
      if (list.startsWith(KEYED)) keyed.add(number);
    }
    return number;
  };
  /** Typing on before the same neighbour needs no look: what was typed before stood there. */
  const isOrdered = (client: number, { clock }: Struct, origin: Id, right: Id): boolean => {
    if (origin.client === client && origin.clock === clock - 1) {
      const runs = runsByClient.get(client) as ClientRuns;
      if (sameId(runOf(runs, origin.clock).right, right)) return true;
    }
    return order.isBefore(origin, right);
  };
  const place = (client: number, struct: Struct): number => {
    const { origin, right, parent, sub } = struct;
    const left = origin ? listOf(origin) : 0;
    const after = right ? listOf(right) : 0;
    if (origin && right) return left !== 0 && left === after && isOrdered(client, struct, origin, right) ? left : 0;
    if (origin) return left;
    if (right) return after;
    if (!parent) return 0;
    // each list has a name of its own, whatever signs are in what it is called by
    const start = sub === null ? '-' : KEYED;
    if (parent.type === 'root') return numberOf(`${start}r${parent.name.length}:${parent.name}${sub ?? ''}`);
    const type = `${parent.id.client}:${parent.id.clock}`;
    return types.has(type) ? numberOf(`${start}t${type}:${sub ?? ''}`) : 0;
  };
  const put = (client: number, struct: Struct, list: number): void => {
    const { clock, origin, right } = struct;
    let runs = runsByClient.get(client);
    if (!runs) runsByClient.set(client, (runs = { runs: [], end: 0 }));
    const last = runs.runs.at(-1);
    const goesOn =
      last !== undefined &&
      last.list === list &&
      (list === 0 || (origin?.client === client && origin.clock === clock - 1 && sameId(last.right, right)));
    if (!goesOn) runs.runs.push({ start: clock, origin, right, list });
    runs.end = clock + struct.length;
  };
  const unlearn = (client: number, end: number, count: number, structs: readonly Struct[]): void => {
    const runs = runsByClient.get(client);
    if (!runs) return;
    runs.runs.length = count;
    runs.end = end;
    if (count === 0) runsByClient.delete(client);
    for (const struct of structs) types.delete(`${client}:${struct.clock}`);
  };
  const read = (from: Reader): void => {
    for (let i = from.varuint(); i > 0; i--) numberOf(from.text(LIMIT.name * 4));
    for (let i = from.varuint(); i > 0; i--) types.add(from.text(LIMIT.name));
    for (let i = from.varuint(); i > 0; i--) {
      const client = from.varuint();
      const runs: ClientRuns = { runs: [], end: from.varuint() };
      let start = 0;
      let right: Id | null = null;
      for (let j = from.varuint(); j > 0; j--) {
        const flags = from.varuint();
        start += from.varuint();
        const list = from.varuint();
        const origin = (flags & 1) === 0 ? null : { client: from.varuint(), clock: from.varuint() };
        if ((flags & 2) === 0) right = null;
        else if ((flags & 4) === 0) right = { client: from.varuint(), clock: from.varuint() };
        runs.runs.push({ start, origin, right, list });
      }
      runsByClient.set(client, runs);
    }
  };
  if (snapshot) read(snapshot);
  return {
    learn: (client, structs) => {
      const before = runsByClient.get(client);
      const end = before?.end ?? 0;
      const count = before?.runs.length ?? 0;
      for (const struct of structs) {
        const list = struct.kind === KIND.gc ? 0 : place(client, struct);
        // nobody honest keeps text under a key; Yjs deletes it or not by how it was put together
        const isMisplaced = list === 0 ? struct.kind !== KIND.gc : struct.kind === KIND.string && keyed.has(list);
        if (isMisplaced) {
          unlearn(client, end, count, structs);
          return false;
        }
        put(client, struct, list);
        if (struct.kind === KIND.type) types.add(`${client}:${struct.clock}`);
      }
      return true;
    },
    write: (to: Writer): void => {
      to.varuint(numberByList.size);
      for (const list of numberByList.keys()) to.text(list);
      to.varuint(types.size);
      for (const type of types) to.text(type);
      to.varuint(runsByClient.size);
      for (const [client, { runs, end }] of runsByClient) {
        to.varuint(client).varuint(end).varuint(runs.length);
        let start = 0;
        let before: Id | null = null;
        for (const { start: at, origin, right, list } of runs) {
          const isSame = right !== null && sameId(right, before);
          to.varuint((origin ? 1 : 0) | (right ? 2 : 0) | (isSame ? 4 : 0))
            .varuint(at - start)
            .varuint(list);
          if (origin) to.varuint(origin.client).varuint(origin.clock);
          if (right && !isSame) to.varuint(right.client).varuint(right.clock);
          start = at;
          before = right;
        }
      }
      order.forget();
    },
  };
};
