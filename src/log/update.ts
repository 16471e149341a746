/**
 * From checked edits to one Yjs update (V1), built by us byte by byte. No foreign bytes reach a Yjs decoder:
 * every number here was read and bounded by entry.ts and met its needs.
 * The edits of one client must be added in order of their clocks; clients may come in any order,
 * since Yjs itself integrates the structs of one update along their dependencies.
 */
import * as encoding from 'lib0/encoding';
import { Reader, toHex } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import { continues, type Edit, KIND, type Range, type Struct, TYPE } from './struct.ts';
import { readValue } from './value.ts';

export interface Gathered {
  add(client: number, edit: Edit): void;
  /** the update, or null where nothing was added; empties the gatherer */
  take(): Uint8Array | null;
  readonly isEmpty: boolean;
}

interface Run {
  readonly struct: Struct;
  /** further structs that go on where this one ends */
  readonly more: Struct[];
  length: number;
}

export const createGathered = (): Gathered => {
  let runsByClient = new Map<number, Run[]>();
  let deletesByClient = new Map<number, Range[]>();
  const add = (client: number, edit: Edit): void => {
    if (edit.structs.length > 0) {
      let runs = runsByClient.get(client);
      if (!runs) runsByClient.set(client, (runs = []));
      for (const struct of edit.structs) {
        const last = runs.at(-1);
        if (last && continues(last.more.at(-1) ?? last.struct, struct, client)) {
          last.more.push(struct);
          last.length += struct.length;
        } else runs.push({ struct, more: [], length: struct.length });
      }
    }
    for (const range of edit.deletes) {
      const ranges = deletesByClient.get(range.client);
      if (ranges) ranges.push(range);
      else deletesByClient.set(range.client, [range]);
    }
  };
  const take = (): Uint8Array | null => {
    if (runsByClient.size === 0 && deletesByClient.size === 0) return null;
    const to = encoding.createEncoder();
    encoding.writeVarUint(to, runsByClient.size);
    for (const [client, runs] of runsByClient) {
      encoding.writeVarUint(to, runs.length);
      encoding.writeVarUint(to, client);
      encoding.writeVarUint(to, (runs[0] as Run).struct.clock);
      for (const run of runs) writeRun(to, run);
    }
    encoding.writeVarUint(to, deletesByClient.size);
    for (const [client, ranges] of deletesByClient) {
      encoding.writeVarUint(to, client);
      encoding.writeVarUint(to, ranges.length);
      for (const range of ranges) {
        encoding.writeVarUint(to, range.clock);
        encoding.writeVarUint(to, range.length);
      }
    }
    runsByClient = new Map();
    deletesByClient = new Map();
    return encoding.toUint8Array(to);
  };
  return {
    add,
    take,
    get isEmpty() {
      return runsByClient.size === 0 && deletesByClient.size === 0;
    },
  };
};

const writeRun = (to: encoding.Encoder, run: Run): void => {
  const { struct } = run;
  if (struct.kind === KIND.gc) {
    encoding.writeUint8(to, 0);
    encoding.writeVarUint(to, struct.length);
    return;
  }
  const { origin, right, parent, sub } = struct;
  encoding.writeUint8(to, struct.kind | (origin ? 0x80 : 0) | (right ? 0x40 : 0) | (sub !== null ? 0x20 : 0));
  if (origin) {
    encoding.writeVarUint(to, origin.client);
    encoding.writeVarUint(to, origin.clock);
  }
  if (right) {
    encoding.writeVarUint(to, right.client);
    encoding.writeVarUint(to, right.clock);
  }
  if (parent !== null) {
    if (parent.type === 'root') {
      encoding.writeVarUint(to, 1);
      encoding.writeVarString(to, parent.name);
    } else {
      encoding.writeVarUint(to, 0);
      encoding.writeVarUint(to, parent.id.client);
      encoding.writeVarUint(to, parent.id.clock);
    }
    if (sub !== null) encoding.writeVarString(to, sub);
  }
  writeContent(to, run);
};

const writeContent = (to: encoding.Encoder, run: Run): void => {
  const { struct } = run;
  const { kind, content } = struct;
  if (kind === KIND.string) {
    let size = content.length;
    for (const next of run.more) size += next.content.length;
    encoding.writeVarUint(to, size);
    encoding.writeUint8Array(to, content);
    for (const next of run.more) encoding.writeUint8Array(to, next.content);
    return;
  }
  const from = new Reader(content);
  if (kind === KIND.deleted) encoding.writeVarUint(to, struct.length);
  else if (kind === KIND.any) {
    encoding.writeVarUint(to, struct.length);
    for (let i = 0; i < struct.length; i++) encoding.writeAny(to, readValue(from) as encoding.AnyEncodable);
  } else if (kind === KIND.embed) encoding.writeVarString(to, toJson(readValue(from)));
  else if (kind === KIND.format) {
    encoding.writeVarString(to, from.text(LIMIT.name));
    encoding.writeVarString(to, toJson(readValue(from)));
  } else if (kind === KIND.binary) encoding.writeVarUint8Array(to, from.block(LIMIT.entry));
  else if (kind === KIND.type) {
    encoding.writeVarUint(to, struct.typeRef);
    if (struct.typeRef === TYPE.xmlElement) encoding.writeVarString(to, struct.typeName);
  }
};

/** JSON.stringify, where bytes (which JSON has not) become hex text instead of an object of numbers. */
const toJson = (value: unknown): string =>
  JSON.stringify(value === undefined ? null : value, (_, inner: unknown) => (inner instanceof Uint8Array ? toHex(inner) : inner));
