/**
 * The codec of entries. An entry is a skeleton (which document, which structs and deletes, what they hang on) and a
 * content (the words), apart, so that the words can be erased and the chain stays whole.
 * Entries lean on their session: documents and foreign clients are named in full once and by number afterwards,
 * clocks are contiguous and so not written. `Tables` is what that leaning needs; both sides keep the same.
 */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import { type Edit, type Id, KIND, type Kind, type Parent, type Range, sameId, type Struct, TYPE } from './struct.ts';
import { endOfUnits } from './text-units.ts';
import type { DocumentId } from './types.ts';
import { readValue } from './value.ts';

export interface Tables {
  /** this session's own clientID */
  readonly client: number;
  readonly documents: DocumentId[];
  /** per document: this session's next clock */
  readonly clocks: number[];
  /** per document: the right origin last written */
  readonly rights: (Id | null)[];
  readonly clients: number[];
  /** minutes since 1970 of the entry before */
  minute: number;
}

export const createTables = (client: number, minute: number): Tables => ({
  client,
  documents: [],
  clocks: [],
  rights: [],
  clients: [],
  minute,
});

export const copyTables = (tables: Tables): Tables => ({
  ...tables,
  documents: tables.documents.slice(),
  clocks: tables.clocks.slice(),
  rights: tables.rights.slice(),
  clients: tables.clients.slice(),
});

export interface EntryBytes {
  readonly skeleton: Uint8Array;
  readonly content: Uint8Array;
}

export interface DecodedEntry extends Edit {
  readonly document: DocumentId;
  readonly minute: number;
}

const HAS_LENGTH: ReadonlySet<number> = new Set([KIND.gc, KIND.deleted, KIND.string, KIND.any]);
const KINDS: ReadonlySet<number> = new Set(Object.values(KIND));
const TYPES: ReadonlySet<number> = new Set(Object.values(TYPE));

/** Encodes and moves the tables on. The structs' clocks must be this session's next ones; a caller's mistake throws. */
export const encodeEntry = (tables: Tables, document: DocumentId, minute: number, edit: Edit): EntryBytes => {
  let index = tables.documents.indexOf(document);
  const isNew = index < 0;
  if (isNew) {
    index = tables.documents.push(document) - 1;
    tables.clocks.push(0);
    tables.rights.push(null);
  }
  const skeleton = new Writer(64);
  const later = Math.max(0, minute - tables.minute);
  skeleton.varuint(index * 2 + (later > 0 ? 1 : 0));
  if (later > 0) skeleton.varuint(later);
  tables.minute += later;
  if (isNew) skeleton.bytes(fromHex(document));

  const named: number[] = [];
  const slotOf = (client: number): number => {
    if (client === tables.client) return 0;
    let slot = tables.clients.indexOf(client);
    if (slot < 0) {
      slot = tables.clients.push(client) - 1;
      named.push(client);
    }
    return slot + 1;
  };
  const body = new Writer(128);
  const contents = new Writer(128);
  body.varuint(edit.structs.length);
  for (const struct of edit.structs) {
    if (struct.clock !== tables.clocks[index]) throw new Error('clock is not the session’s next one');
    writeStruct(body, struct, tables, index, slotOf);
    contents.bytes(struct.content);
    tables.clocks[index] = struct.clock + struct.length;
  }
  body.varuint(edit.deletes.length);
  for (const range of edit.deletes) {
    const slot = slotOf(range.client);
    body.varuint(slot);
    body.varuint(slot === 0 ? (tables.clocks[index] as number) - range.clock : range.clock).varuint(range.length);
  }
  skeleton.varuint(named.length);
  for (const client of named) writeClient(skeleton, client);
  return { skeleton: skeleton.bytes(body.finish()).finish(), content: contents.finish() };
};

const writeClient = (to: Writer, client: number): void => {
  const high = Math.floor(client / 0x1_0000_0000);
  to.u8(high >>> 16)
    .u16(high & 0xffff)
    .u32(client >>> 0);
};

const readClient = (from: Reader): number => {
  const client = from.u8() * 0x1_0000_0000_0000 + from.u16() * 0x1_0000_0000 + from.u32();
  if (!Number.isSafeInteger(client) || client === 0) throw new BytesError('clientID out of range');
  return client;
};

// origin: 0 none, 1 the session's own clock before this one, 2 own, 3 foreign
// right: 0 none, 1 the one last written in this document, 2 own, 3 foreign
const writeStruct = (
  to: Writer,
  struct: Struct,
  tables: Tables,
  index: number,
  slotOf: (client: number) => number,
): void => {
  const own = tables.client;
  const { origin, right, clock } = struct;
  const originMode = origin === null ? 0 : origin.client !== own ? 3 : origin.clock === clock - 1 ? 1 : 2;
  const rightMode = right === null ? 0 : sameId(right, tables.rights[index] ?? null) ? 1 : right.client === own ? 2 : 3;
  to.u8(struct.kind | (originMode << 4) | (rightMode << 6));
  if (HAS_LENGTH.has(struct.kind)) to.varuint(struct.length);
  if (struct.kind === KIND.gc) return;
  if (originMode === 2) to.varuint(clock - (origin as Id).clock);
  if (originMode === 3) to.varuint(slotOf((origin as Id).client)).varuint((origin as Id).clock);
  if (rightMode === 2) to.varuint(clock - (right as Id).clock);
  if (rightMode === 3) to.varuint(slotOf((right as Id).client)).varuint((right as Id).clock);
  if (right !== null) tables.rights[index] = right;
  if (originMode === 0 && rightMode === 0) {
    const { parent, sub } = struct;
    if (parent === null) throw new Error('a struct with neither neighbours nor parent');
    const hasSub = sub === null ? 0 : 4;
    if (parent.type === 'root') to.u8(hasSub).text(parent.name);
    else if (parent.id.client === own) to.u8(1 | hasSub).varuint(clock - parent.id.clock);
    else
      to.u8(2 | hasSub)
        .varuint(slotOf(parent.id.client))
        .varuint(parent.id.clock);
    if (sub !== null) to.text(sub);
  }
  if (struct.kind === KIND.type) {
    to.u8(struct.typeRef);
    if (struct.typeRef === TYPE.xmlElement) to.text(struct.typeName);
  }
};

/**
 * Decodes and moves the tables on. Throws BytesError on anything that this encoder would not have written;
 * the tables are then spoilt, and so is the session from here on.
 */
export const decodeEntry = (tables: Tables, bytes: EntryBytes): DecodedEntry => {
  const from = new Reader(bytes.skeleton);
  const first = from.varuint();
  const index = Math.floor(first / 2);
  if (first % 2 === 1) {
    const later = from.varuint();
    if (later === 0) throw new BytesError('minute written twice');
    tables.minute += later;
    if (!Number.isSafeInteger(tables.minute)) throw new BytesError('minute out of range');
  }
  if (index > tables.documents.length) throw new BytesError('unknown document number');
  if (index === tables.documents.length) {
    const id = toHex(from.bytes(16)) as DocumentId;
    if (tables.documents.includes(id)) throw new BytesError('document named twice');
    tables.documents.push(id);
    tables.clocks.push(0);
    tables.rights.push(null);
  }
  const fresh = from.varuint();
  if (fresh > LIMIT.structs) throw new BytesError('too many clients');
  for (let i = 0; i < fresh; i++) {
    const client = readClient(from);
    if (client === tables.client || tables.clients.includes(client)) throw new BytesError('client named twice');
    tables.clients.push(client);
  }
  const content = new Reader(bytes.content);
  const count = from.varuint();
  // each takes a byte or more, so there is room for as many as there are said to be
  if (count > LIMIT.structs || count > from.left) throw new BytesError('too many structs');
  const structs = new Array<Struct>(count);
  for (let i = 0; i < count; i++) {
    const struct = readStruct(from, content, tables, index);
    structs[i] = struct;
    tables.clocks[index] = struct.clock + struct.length;
  }
  content.done();
  const deletes = readRanges(from, tables, tables.clocks[index] as number);
  from.done();
  if (structs.length === 0 && deletes.length === 0) throw new BytesError('an entry without an edit');
  return { document: tables.documents[index] as DocumentId, minute: tables.minute, structs, deletes };
};

const readSlot = (from: Reader, tables: Tables): number => {
  const slot = from.varuint();
  if (slot === 0) return tables.client;
  const client = tables.clients[slot - 1];
  if (client === undefined) throw new BytesError('unknown client number');
  return client;
};

const readBack = (from: Reader, clock: number, least: number): number => {
  const back = from.varuint();
  if (back < least || back > clock) throw new BytesError('own clock out of range');
  return clock - back;
};

const readForeign = (from: Reader, tables: Tables): Id => {
  const client = readSlot(from, tables);
  if (client === tables.client) throw new BytesError('own id written as foreign');
  return { client, clock: from.varuint() };
};

const readNeighbour = (
  from: Reader,
  mode: number,
  tables: Tables,
  clock: number,
  index: number,
  isRight: boolean,
): Id | null => {
  if (mode === 0) return null;
  if (mode === 2) return { client: tables.client, clock: readBack(from, clock, isRight ? 1 : 2) };
  if (mode === 3) return readForeign(from, tables);
  if (isRight) {
    const last = tables.rights[index];
    if (!last) throw new BytesError('no right origin to repeat');
    return last;
  }
  if (clock === 0) throw new BytesError('own clock out of range');
  return { client: tables.client, clock: clock - 1 };
};

const readParent = (from: Reader, code: number, tables: Tables, clock: number): Parent => {
  if (code === 0) return { type: 'root', name: from.text(LIMIT.name) };
  if (code === 1) return { type: 'item', id: { client: tables.client, clock: readBack(from, clock, 1) } };
  if (code === 2) return { type: 'item', id: readForeign(from, tables) };
  throw new BytesError('unknown parent');
};

const NONE = new Uint8Array(0);

const readStruct = (from: Reader, content: Reader, tables: Tables, index: number): Struct => {
  const flags = from.u8();
  const kind = flags & 0x0f;
  if (!KINDS.has(kind)) throw new BytesError('unknown struct');
  const clock = tables.clocks[index] as number;
  const length = HAS_LENGTH.has(kind) ? from.varuint() : 1;
  if (length === 0 || length > LIMIT.entry) throw new BytesError('struct length out of range');
  const originMode = (flags >> 4) & 3;
  const rightMode = flags >> 6;
  if (kind === KIND.gc) {
    if (flags !== KIND.gc) throw new BytesError('unknown struct');
    return {
      kind,
      clock,
      length,
      origin: null,
      right: null,
      parent: null,
      sub: null,
      typeRef: 0,
      typeName: '',
      content: NONE,
    };
  }
  const before = tables.rights[index] ?? null;
  const origin = readNeighbour(from, originMode, tables, clock, index, false);
  const right = readNeighbour(from, rightMode, tables, clock, index, true);
  if (right !== null) {
    if (rightMode !== 1 && sameId(right, before)) throw new BytesError('right origin written twice');
    tables.rights[index] = right;
  }
  let parent: Parent | null = null;
  let sub: string | null = null;
  if (origin === null && right === null) {
    const code = from.u8();
    parent = readParent(from, code & 3, tables, clock);
    if (code > 6) throw new BytesError('unknown parent');
    if (code & 4) sub = from.text(LIMIT.name);
  }
  let typeRef = 0;
  let typeName = '';
  if (kind === KIND.type) {
    typeRef = from.u8();
    if (!TYPES.has(typeRef)) throw new BytesError('unknown shared type');
    if (typeRef === TYPE.xmlElement) typeName = from.text(LIMIT.name);
  }
  return {
    kind: kind as Kind,
    clock,
    length,
    origin,
    right,
    parent,
    sub,
    typeRef,
    typeName,
    content: readContent(content, kind, length),
  };
};

const readContent = (from: Reader, kind: number, length: number): Uint8Array => {
  const start = from.at;
  if (kind === KIND.string) from.at = endOfUnits(from.buffer, start, from.end, length);
  else if (kind === KIND.any) for (let i = 0; i < length; i++) readValue(from);
  else if (kind === KIND.embed) readValue(from);
  else if (kind === KIND.format) {
    from.text(LIMIT.name);
    readValue(from);
  } else if (kind === KIND.binary) from.block(LIMIT.entry);
  else return NONE;
  return from.buffer.subarray(start, from.at);
};

const readRanges = (from: Reader, tables: Tables, end: number): Range[] => {
  const count = from.varuint();
  if (count > LIMIT.ranges) throw new BytesError('too many ranges');
  const ranges: Range[] = [];
  for (let i = 0; i < count; i++) {
    const client = readSlot(from, tables);
    const isOwn = client === tables.client;
    const clock = isOwn ? readBack(from, end, 1) : from.varuint();
    const length = from.varuint();
    if (length === 0 || !Number.isSafeInteger(clock + length)) throw new BytesError('range out of range');
    if (isOwn && clock + length > end) throw new BytesError('range out of range');
    const last = ranges[i - 1];
    if (last?.client === client && last.clock + last.length >= clock) throw new BytesError('ranges not in order');
    ranges.push({ client, clock, length });
  }
  return ranges;
};
