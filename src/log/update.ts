/**
 * From checked edits to one Yjs update (V1), built by us byte by byte. No foreign bytes reach a Yjs decoder:
 * every number here was read and bounded by entry.ts and met its needs.
 * The edits of one client must be added in order of their clocks; clients may come in any order,
 * since Yjs itself integrates the structs of one update along their dependencies.
 */
import * as encoding from 'lib0/encoding';
import { Reader, toHex, Writer } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import { type Edit, type Id, KIND, type Range, sameId, type Struct, TYPE } from './struct.ts';
import { readValue } from './value.ts';

export interface Gathered {
  add(client: number, edit: Edit): void;
  /** the update, or null where nothing was added; empties the gatherer */
  take(): Uint8Array | null;
  readonly isEmpty: boolean;
}

/** One client's part, as bytes from the start: a newcomer takes 100,000 structs and keeps none of them. */
interface Part {
  readonly to: Writer;
  readonly first: number;
  count: number;
  /** the text that the next struct may go on with; its length is not known yet, so it stands apart */
  readonly text: Writer;
  /** the clock after that text; −1: there is none */
  end: number;
  right: Id | null;
}

interface Deleted {
  readonly to: Writer;
  count: number;
  /** the last range, not written yet: deleting backwards makes it longer, a step at a time */
  clock: number;
  end: number;
}

export const createGathered = (): Gathered => {
  let partByClient = new Map<number, Part>();
  let deletedByClient = new Map<number, Deleted>();
  const addStruct = (client: number, struct: Struct): void => {
    let part = partByClient.get(client);
    if (!part) {
      part = { to: new Writer(64), first: struct.clock, count: 0, text: new Writer(32), end: -1, right: null };
      partByClient.set(client, part);
    }
    if (part.end >= 0) {
      // to Yjs both are one struct (continues() in struct.ts)
      const { origin } = struct;
      if (
        struct.kind === KIND.string &&
        struct.clock === part.end &&
        origin !== null &&
        origin.client === client &&
        origin.clock === part.end - 1 &&
        sameId(part.right, struct.right)
      ) {
        part.text.bytes(struct.content);
        part.end += struct.length;
        return;
      }
      endText(part);
    }
    part.count += 1;
    writeStart(part.to, struct);
    if (struct.kind === KIND.string) {
      part.text.bytes(struct.content);
      part.end = struct.clock + struct.length;
      part.right = struct.right;
    } else writeContent(part.to, struct);
  };
  const addRange = ({ client, clock, length }: Range): void => {
    const deleted = deletedByClient.get(client);
    if (!deleted) {
      deletedByClient.set(client, { to: new Writer(16), count: 0, clock, end: clock + length });
      return;
    }
    if (clock <= deleted.end && clock + length >= deleted.clock) {
      deleted.clock = Math.min(deleted.clock, clock);
      deleted.end = Math.max(deleted.end, clock + length);
      return;
    }
    endRange(deleted);
    deleted.clock = clock;
    deleted.end = clock + length;
  };
  const take = (): Uint8Array | null => {
    if (partByClient.size === 0 && deletedByClient.size === 0) return null;
    const to = new Writer(1024).varuint(partByClient.size);
    for (const [client, part] of partByClient) {
      endText(part);
      to.varuint(part.count).varuint(client).varuint(part.first).bytes(part.to.written());
    }
    to.varuint(deletedByClient.size);
    for (const [client, deleted] of deletedByClient) {
      endRange(deleted);
      to.varuint(client).varuint(deleted.count).bytes(deleted.to.written());
    }
    partByClient = new Map();
    deletedByClient = new Map();
    return to.finish();
  };
  return {
    add: (client, edit) => {
      for (const struct of edit.structs) addStruct(client, struct);
      for (const range of edit.deletes) addRange(range);
    },
    take,
    get isEmpty() {
      return partByClient.size === 0 && deletedByClient.size === 0;
    },
  };
};

const endText = (part: Part): void => {
  if (part.end < 0) return;
  part.to.block(part.text.written());
  part.text.clear();
  part.end = -1;
};

const endRange = (deleted: Deleted): void => {
  deleted.to.varuint(deleted.clock).varuint(deleted.end - deleted.clock);
  deleted.count += 1;
};

/** A struct up to its content. */
const writeStart = (to: Writer, struct: Struct): void => {
  if (struct.kind === KIND.gc) {
    to.u8(0);
    return;
  }
  const { origin, right, parent, sub } = struct;
  to.u8(struct.kind | (origin ? 0x80 : 0) | (right ? 0x40 : 0) | (sub !== null ? 0x20 : 0));
  if (origin) to.varuint(origin.client).varuint(origin.clock);
  if (right) to.varuint(right.client).varuint(right.clock);
  if (parent === null) return;
  if (parent.type === 'root') to.varuint(1).text(parent.name);
  else to.varuint(0).varuint(parent.id.client).varuint(parent.id.clock);
  if (sub !== null) to.text(sub);
};

/** Of all kinds but text, which may go on and is written when it ends. */
const writeContent = (to: Writer, struct: Struct): void => {
  const { kind } = struct;
  const from = new Reader(struct.content);
  if (kind === KIND.gc || kind === KIND.deleted) to.varuint(struct.length);
  else if (kind === KIND.any) {
    const values = encoding.createEncoder();
    for (let i = 0; i < struct.length; i++) encoding.writeAny(values, readValue(from) as encoding.AnyEncodable);
    to.varuint(struct.length).bytes(encoding.toUint8Array(values));
  } else if (kind === KIND.embed) to.text(toJson(readValue(from)));
  else if (kind === KIND.format) to.text(from.text(LIMIT.name)).text(toJson(readValue(from)));
  else if (kind === KIND.binary) to.block(from.block(LIMIT.entry));
  else if (kind === KIND.type) {
    to.varuint(struct.typeRef);
    if (struct.typeRef === TYPE.xmlElement) to.text(struct.typeName);
  }
};

/** JSON.stringify, where bytes (which JSON has not) become hex text instead of an object of numbers. */
const toJson = (value: unknown): string =>
  JSON.stringify(value === undefined ? null : value, (_, inner: unknown) =>
    inner instanceof Uint8Array ? toHex(inner) : inner,
  );
