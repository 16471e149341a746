/**
 * A frozen text lies in the log as words of kind 'text': its canonical bytes, deflated, cut in pieces. Nothing can take
 * a word away, so what was proposed and signed can always be read again. Hashing is an argument.
 */
import { BytesError, concat, toHex } from '../../lib/bytes.ts';
import { deflate, inflate } from '../../lib/deflate.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { MOST_FROZEN, MOST_PIECE, MOST_PIECES } from './words.ts';
import type { DeviceId, Said, TextPiece } from './words.ts';

export type Hash = (bytes: Uint8Array) => Uint8Array;

export type SplitError = { readonly type: 'TooLong'; /** bytes */ readonly over: number };

/** The words to sign for a text. */
export const splitText = (text: Uint8Array, hash: Hash): Result<readonly TextPiece[], SplitError> => {
  const over = text.length - MOST_FROZEN;
  if (over > 0) return err({ type: 'TooLong', over });
  const packed = deflate(text, 9);
  const parts = Math.ceil(packed.length / MOST_PIECE);
  // what does not shrink fits all the same: 2 MB are 148 pieces
  const name = toHex(hash(text));
  return ok(
    Array.from({ length: parts }, (_, part) => ({
      kind: 'text',
      hash: name,
      part,
      parts,
      size: text.length,
      bytes: packed.slice(part * MOST_PIECE, (part + 1) * MOST_PIECE),
    })),
  );
};

export type JoinError =
  /** `have` of `parts` pieces are here; `parts` is 0 while there is none */
  | { readonly type: 'Incomplete'; readonly have: number; readonly parts: number }
  /** the pieces that are here make no such text */
  | { readonly type: 'NotThatText' };

/**
 * The text with this hash, from whatever words there are, in any order. Each device's pieces are put together by
 * themselves, so that pieces which a stranger made up under the same hash spoil nobody else's.
 */
export const joinText = (name: string, words: Iterable<Said<TextPiece>>, hash: Hash): Result<Uint8Array, JoinError> => {
  const copies = copiesOf(name, words);
  for (const copy of copies) {
    const text = openCopy(copy);
    if (text !== null && toHex(hash(text)) === name) return ok(text);
  }
  const best = copies.find((copy) => copy.bytesByPart.size < copy.parts);
  if (best !== undefined) return err({ type: 'Incomplete', have: best.bytesByPart.size, parts: best.parts });
  return err(copies.length > 0 ? { type: 'NotThatText' } : { type: 'Incomplete', have: 0, parts: 0 });
};

/** One device's pieces of one text. */
interface Copy {
  readonly device: DeviceId;
  readonly parts: number;
  readonly size: number;
  readonly bytesByPart: Map<number, Uint8Array>;
}

/** So many devices' copies are tried at most. */
const MOST_COPIES = 100;

/** The fullest first; a device's first piece says how its copy is cut, and what does not fit that is left out. */
const copiesOf = (name: string, words: Iterable<Said<TextPiece>>): readonly Copy[] => {
  const copies = new Map<DeviceId, Copy>();
  const inOrder = [...words].filter(({ word }) => word.hash === name).sort((a, b) => a.number - b.number);
  for (const { device, word } of inOrder) {
    if (word.parts > MOST_PIECES || word.size > MOST_FROZEN || word.part >= word.parts) continue;
    const copy = copies.get(device) ?? { device, parts: word.parts, size: word.size, bytesByPart: new Map() };
    copies.set(device, copy);
    if (copy.parts === word.parts && copy.size === word.size && !copy.bytesByPart.has(word.part))
      copy.bytesByPart.set(word.part, word.bytes);
  }
  return [...copies.values()]
    .sort((a, b) => fullness(b) - fullness(a) || (a.device < b.device ? -1 : 1))
    .slice(0, MOST_COPIES);
};

const fullness = (copy: Copy): number => copy.bytesByPart.size / copy.parts;

const openCopy = ({ parts, size, bytesByPart }: Copy): Uint8Array | null => {
  if (bytesByPart.size < parts) return null;
  const packed = Array.from({ length: parts }, (_, part) => bytesByPart.get(part) ?? new Uint8Array(0));
  try {
    return inflate(concat(...packed), size);
  } catch (error) {
    // pieces of nothing that was ever deflated
    if (error instanceof BytesError) return null;
    throw error;
  }
};
