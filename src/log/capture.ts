/**
 * From a person's own Yjs transactions to structs of an entry.
 * Only transactions of this device's own origins are captured; everything that comes from others carries FOREIGN.
 */
import * as Y from 'yjs';
import { BytesError, utf8, Writer } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import { continues, type Edit, type Id, KIND, type Parent, type Range, type Struct, TYPE } from './struct.ts';
import { writeValue } from './value.ts';

/** Transactions of this origin are the person's own edits: `doc.transact(change, LOCAL)`. */
export const LOCAL = Symbol('local edit');
/** Transactions of this origin bring what came from the log. */
export const FOREIGN = Symbol('from the log');

const NOTHING = new Uint8Array(0);

/** Reads one update made by this very doc. Throws where it holds what a log cannot carry (subdocuments, skips). */
export const captureUpdate = (update: Uint8Array, client: number): Edit => {
  const decoded = Y.decodeUpdate(update);
  const structs: Struct[] = [];
  for (const struct of decoded.structs) {
    if (struct.id.client !== client) throw new Error('a local transaction wrote another client’s structs');
    structs.push(struct instanceof Y.Item ? fromItem(struct) : fromGc(struct));
  }
  structs.sort((a, b) => a.clock - b.clock);
  const deletes: Range[] = [];
  for (const [of, ranges] of decoded.ds.clients) {
    for (const range of ranges) deletes.push({ client: of, clock: range.clock, length: range.len });
  }
  return { structs, deletes };
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

const fromItem = (item: Y.Item): Struct => {
  const { kind, content, typeRef, typeName } = fromContent(item.content);
  const hasNeighbour = item.origin !== null || item.rightOrigin !== null;
  return {
    kind,
    clock: item.id.clock,
    length: item.length,
    origin: idOf(item.origin),
    right: idOf(item.rightOrigin),
    parent: hasNeighbour ? null : parentOf(item.parent),
    sub: hasNeighbour ? null : item.parentSub,
    typeRef,
    typeName,
    content,
  };
};

const fromContent = (content: Y.Item['content']): Pick<Struct, 'kind' | 'content' | 'typeRef' | 'typeName'> => {
  const to = new Writer();
  const none = { typeRef: 0, typeName: '' };
  if (content instanceof Y.ContentString) return { kind: KIND.string, content: utf8(content.str), ...none };
  if (content instanceof Y.ContentDeleted) return { kind: KIND.deleted, content: NOTHING, ...none };
  if (content instanceof Y.ContentAny) {
    for (const value of content.arr) writeValue(to, value);
    return { kind: KIND.any, content: to.finish(), ...none };
  }
  if (content instanceof Y.ContentType) return { kind: KIND.type, content: NOTHING, ...typeOf(content.type) };
  if (content instanceof Y.ContentFormat) {
    to.text(content.key);
    writeValue(to, content.value);
    return { kind: KIND.format, content: to.finish(), ...none };
  }
  if (content instanceof Y.ContentEmbed) {
    writeValue(to, content.embed);
    return { kind: KIND.embed, content: to.finish(), ...none };
  }
  if (content instanceof Y.ContentBinary)
    return { kind: KIND.binary, content: to.block(content.content).finish(), ...none };
  throw new BytesError('a kind of content that cannot be logged');
};

const typeOf = (type: Y.AbstractType<unknown>): Pick<Struct, 'typeRef' | 'typeName'> => {
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

/**
 * The edits of several transactions as few entries' worth: texts typed on are joined, ranges sorted and joined,
 * and what is too long for one entry is cut between characters.
 */
export const gatherEdits = (edits: readonly Edit[], client: number): readonly Edit[] => {
  const structs: Struct[] = [];
  for (const struct of edits.flatMap((edit) => edit.structs)) {
    const last = structs.at(-1);
    if (last && continues(last, struct, client) && last.content.length + struct.content.length <= LIMIT.entryContent) {
      structs[structs.length - 1] = join(last, struct);
    } else structs.push(...cut(struct, client));
  }
  const parts: Edit[] = [];
  let part: Struct[] = [];
  let size = 0;
  for (const struct of structs) {
    const cost = struct.content.length + 32;
    if (part.length > 0 && (size + cost > LIMIT.entryContent || part.length >= 1000)) {
      parts.push({ structs: part, deletes: [] });
      part = [];
      size = 0;
    }
    part.push(struct);
    size += cost;
  }
  const ranges = joinRanges(edits.flatMap((edit) => edit.deletes));
  const first = ranges.slice(0, 1000);
  parts.push({ structs: part, deletes: first });
  for (let i = 1000; i < ranges.length; i += 1000) parts.push({ structs: [], deletes: ranges.slice(i, i + 1000) });
  return parts.filter((edit) => edit.structs.length > 0 || edit.deletes.length > 0);
};

const join = (a: Struct, b: Struct): Struct => {
  const content = new Uint8Array(a.content.length + b.content.length);
  content.set(a.content);
  content.set(b.content, a.content.length);
  return { ...a, length: a.length + b.length, content };
};

const cut = (struct: Struct, client: number): Struct[] => {
  if (struct.content.length <= LIMIT.entryContent) return [struct];
  if (struct.kind !== KIND.string) throw new BytesError('a value too large to log');
  const text = new TextDecoder().decode(struct.content);
  const pieces: Struct[] = [];
  const step = Math.floor(LIMIT.entryContent / 4);
  let at = 0;
  while (at < text.length) {
    let end = Math.min(text.length, at + step);
    if (end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    const clock = struct.clock + at;
    const isFirst = at === 0;
    pieces.push({
      ...struct,
      clock,
      length: end - at,
      origin: isFirst ? struct.origin : { client, clock: clock - 1 },
      parent: isFirst ? struct.parent : null,
      sub: isFirst ? struct.sub : null,
      content: utf8(text.slice(at, end)),
    });
    at = end;
  }
  return pieces;
};

const joinRanges = (ranges: readonly Range[]): Range[] => {
  const sorted = ranges.slice().sort((a, b) => a.client - b.client || a.clock - b.clock);
  const out: Range[] = [];
  for (const range of sorted) {
    const last = out.at(-1);
    if (last?.client === range.client && last.clock + last.length >= range.clock) {
      const end = Math.max(last.clock + last.length, range.clock + range.length);
      out[out.length - 1] = { ...last, length: end - last.clock };
    } else out.push(range);
  }
  return out;
};
