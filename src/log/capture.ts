/**
 * From a person's own Yjs transactions to structs of an entry.
 * Only transactions of this device's own origins are captured; everything that comes from others carries FOREIGN.
 */
import * as Y from 'yjs';
import { BytesError, utf8, Writer } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import { type Edit, type Id, KIND, type Kind, type Parent, pieceOf, type Range, type Struct, TYPE } from './struct.ts';
import { writeValue } from './value.ts';

/** Transactions of this origin are the person's own edits: `doc.transact(change, LOCAL)`. */
export const LOCAL = Symbol('local edit');
/** Transactions of this origin bring what came from the log. */
export const FOREIGN = Symbol('from the log');

const NOTHING = new Uint8Array(0);

/** What was done, as a log can carry it. */
export interface Captured extends Edit {
  /**
   * Values too large to be logged (or none that a log knows): they stand in `structs` as deleted, so that all that
   * comes after them can be logged, and are to be deleted where they were made too.
   */
  readonly refused: readonly Range[];
}

/**
 * Reads the updates made by one doc. What is written while observers of a change run, Yjs tells of twice: with that
 * change, and by itself (an editor joins two texts when undo has brought back the second one). It is captured once.
 */
export const createCapture = (): typeof captureUpdate => {
  let writer = 0;
  let end = 0;
  return (update, client) => {
    if (client !== writer) end = 0;
    writer = client;
    const captured = captureUpdate(update, client, end);
    const last = captured.structs.at(-1);
    if (last) end = last.clock + last.length;
    return captured;
  };
};

/**
 * Reads one update made by this very doc, from the clock `from` on. Throws BytesError where its very shape cannot be
 * logged: a subdocument, a skip, a name over its bound. That is a mistake of the program; what a person writes or
 * pastes is never lost so.
 */
export const captureUpdate = (update: Uint8Array, client: number, from = 0): Captured => {
  let decoded = Y.decodeUpdate(update);
  if (decoded.structs.some(({ id }) => id.client === client && id.clock < from)) {
    decoded = Y.decodeUpdate(Y.diffUpdate(update, Y.encodeStateVector(new Map([[client, from]]))));
  }
  const structs: Struct[] = [];
  const refused: Range[] = [];
  for (const struct of decoded.structs) {
    if (struct.id.client !== client) throw new Error('a local transaction wrote another client’s structs');
    if (struct instanceof Y.Item) structs.push(...fromItem(struct, refused));
    else structs.push(fromGc(struct));
  }
  structs.sort((a, b) => a.clock - b.clock);
  const deletes: Range[] = [];
  for (const [of, ranges] of decoded.ds.clients) {
    for (const range of ranges) deletes.push({ client: of, clock: range.clock, length: range.len });
  }
  return { structs, deletes, refused };
};

const bare = {
  origin: null,
  right: null,
  parent: null,
  sub: null,
  typeRef: 0,
  typeName: '',
  content: NOTHING,
} as const;

const fromGc = (struct: Y.AbstractStruct): Struct => {
  if (!(struct instanceof Y.GC)) throw new BytesError('a skip cannot be logged');
  return { ...bare, kind: KIND.gc, clock: struct.id.clock, length: struct.length };
};

const idOf = (id: Y.ID | null): Id | null => (id === null ? null : { client: id.client, clock: id.clock });

const parentOf = (parent: unknown): Parent => {
  if (typeof parent === 'string') return { type: 'root', name: parent };
  if (parent instanceof Y.ID) return { type: 'item', id: { client: parent.client, clock: parent.clock } };
  throw new Error('a decoded item without a parent');
};

const fromItem = (item: Y.Item, refused: Range[]): Struct[] => {
  const { client, clock } = item.id;
  const hasNeighbour = item.origin !== null || item.rightOrigin !== null;
  const parent = hasNeighbour ? null : parentOf(item.parent);
  const sub = hasNeighbour ? null : item.parentSub;
  if (parent?.type === 'root') checkName(parent.name);
  if (sub !== null) checkName(sub);
  const whole = {
    ...bare,
    kind: KIND.deleted,
    clock,
    length: item.length,
    origin: idOf(item.origin),
    right: idOf(item.rightOrigin),
    parent,
    sub,
  };
  if (item.content instanceof Y.ContentAny) return fromValues(item.content.arr, whole, client, refused);
  const content = fromContent(item.content);
  if (content === null) refused.push({ client, clock, length: item.length });
  return [{ ...whole, ...content }];
};

/** Values in a row are logged as many at a time as there is room for, each too large one apart, as deleted. */
const fromValues = (values: readonly unknown[], whole: Struct, client: number, refused: Range[]): Struct[] => {
  const structs: Struct[] = [];
  let start = 0;
  let content = new Writer();
  const push = (end: number): void => {
    if (end > start) structs.push({ ...pieceOf(whole, client, start, end - start, content.finish()), kind: KIND.any });
    content = new Writer();
    start = end;
  };
  values.forEach((value, at) => {
    const bytes = contentOf((to) => writeValue(to, value));
    if (bytes === null) {
      push(at);
      structs.push(pieceOf(whole, client, at, 1, NOTHING));
      refused.push({ client, clock: whole.clock + at, length: 1 });
      start = at + 1;
      return;
    }
    if (content.length + bytes.length > LIMIT.entryContent) push(at);
    content.bytes(bytes);
  });
  push(values.length);
  return structs;
};

/** null: too large, or nothing that can be written */
const contentOf = (write: (to: Writer) => void): Uint8Array | null => {
  const to = new Writer();
  try {
    write(to);
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
  return to.length > LIMIT.entryContent ? null : to.finish();
};

/** null: refused */
const fromContent = (content: Y.Item['content']): Pick<Struct, 'kind' | 'content' | 'typeRef' | 'typeName'> | null => {
  const none = { typeRef: 0, typeName: '' };
  const sized = (kind: Kind, write: (to: Writer) => void) => {
    const bytes = contentOf(write);
    return bytes && { kind, content: bytes, ...none };
  };
  if (content instanceof Y.ContentString) return { kind: KIND.string, content: utf8(content.str), ...none };
  if (content instanceof Y.ContentDeleted) return { kind: KIND.deleted, content: NOTHING, ...none };
  if (content instanceof Y.ContentType) return { kind: KIND.type, content: NOTHING, ...typeOf(content.type) };
  if (content instanceof Y.ContentEmbed) return sized(KIND.embed, (to) => writeValue(to, content.embed));
  if (content instanceof Y.ContentBinary) return sized(KIND.binary, (to) => to.block(content.content));
  if (content instanceof Y.ContentFormat) {
    return sized(KIND.format, (to) => {
      checkName(content.key);
      to.text(content.key);
      writeValue(to, content.value);
    });
  }
  throw new BytesError('a kind of content that cannot be logged');
};

/** A reader takes no longer one. */
const checkName = (name: string): void => {
  if (utf8(name).length > LIMIT.name) throw new BytesError('a name too long to log');
};

const typeOf = (type: Y.AbstractType<unknown>): Pick<Struct, 'typeRef' | 'typeName'> => {
  if (type instanceof Y.XmlElement) checkName(type.nodeName);
  if (type instanceof Y.XmlElement) return { typeRef: TYPE.xmlElement, typeName: type.nodeName };
  const typeRef =
    type instanceof Y.XmlText
      ? TYPE.xmlText
      : type instanceof Y.XmlFragment
        ? TYPE.xmlFragment
        : type instanceof Y.Text
          ? TYPE.text
          : type instanceof Y.Map
            ? TYPE.map
            : type instanceof Y.Array
              ? TYPE.array
              : -1;
  if (typeRef < 0) throw new BytesError('a shared type that cannot be logged');
  return { typeRef, typeName: '' };
};
