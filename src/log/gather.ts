/**
 * From what was captured to entries: the edits of several transactions as few entries' worth, each within its bounds.
 */
import { utf8 } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import { continues, type Edit, KIND, pieceOf, type Range, type Struct } from './struct.ts';

/** Structs of one entry, and ranges of another. */
const AT_ONCE = 1000;
/** Ranges that still fit beside structs. */
const BESIDE = 100;

/** Texts typed on are joined, ranges sorted and joined, and what is too long for one entry is cut. */
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
    const cost = struct.content.length + sizeOfNames(struct) + 32;
    if (part.length > 0 && (size + cost > LIMIT.entryContent || part.length >= AT_ONCE)) {
      parts.push({ structs: part, deletes: [] });
      part = [];
      size = 0;
    }
    part.push(struct);
    size += cost;
  }
  const ranges = joinRanges(edits.flatMap((edit) => edit.deletes));
  const beside = ranges.length <= BESIDE ? ranges.length : 0;
  parts.push({ structs: part, deletes: ranges.slice(0, beside) });
  for (let i = beside; i < ranges.length; i += AT_ONCE) {
    parts.push({ structs: [], deletes: ranges.slice(i, i + AT_ONCE) });
  }
  return parts.filter((edit) => edit.structs.length > 0 || edit.deletes.length > 0);
};

const join = (a: Struct, b: Struct): Struct => {
  const content = new Uint8Array(a.content.length + b.content.length);
  content.set(a.content);
  content.set(b.content, a.content.length);
  return { ...a, length: a.length + b.length, content };
};

const sizeOfNames = ({ parent, sub, typeName }: Struct): number =>
  3 * ((parent?.type === 'root' ? parent.name.length : 0) + (sub?.length ?? 0) + typeName.length);

/** Texts are cut between characters; what was deleted at once has a length and no content. Nothing else is too long. */
const cut = (struct: Struct, client: number): Struct[] => {
  if (struct.kind === KIND.string) return cutText(struct, client);
  const pieces: Struct[] = [];
  for (let at = 0; at < struct.length; at += LIMIT.entry) {
    pieces.push(pieceOf(struct, client, at, Math.min(LIMIT.entry, struct.length - at), struct.content));
  }
  return pieces;
};

const cutText = (struct: Struct, client: number): Struct[] => {
  if (struct.content.length <= LIMIT.entryContent) return [struct];
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(struct.content);
  const pieces: Struct[] = [];
  const step = Math.floor(LIMIT.entryContent / 4);
  for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + step);
    if (end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    pieces.push(pieceOf(struct, client, at, end - at, utf8(text.slice(at, end))));
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
