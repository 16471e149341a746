/**
 * Places that stay with their words, as at most 18 bytes each: kind, then client (8 bytes) and clock (varuint) of
 * what it holds on to. They come from strangers, so they are read here, and never by a decoder of Yjs.
 */
import * as Y from 'yjs';
import type { AnchorPoint, ItemId } from '../documents/agreement/words.ts';
import { BytesError, Reader, Writer } from '../lib/bytes.ts';
import { type Place, placeAt, positionOf } from './positions.ts';

/** A stretch of text. What is typed at either end of it is outside. */
export interface Anchor {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The side that a place holds on to. */
type Side = 'after' | 'before';

export const anchorOf = (fragment: Y.XmlFragment, { from, to }: Range): Anchor => ({
  from: stickyPlace(fragment, from, 'after'),
  to: stickyPlace(fragment, to, from === to ? 'after' : 'before'),
});

/** Null where the words are gone with their paragraph, have not arrived yet, or the bytes are no anchor. */
export const rangeOf = (fragment: Y.XmlFragment, anchor: Anchor): Range | null => {
  const from = positionOfSticky(fragment, anchor.from);
  const to = positionOfSticky(fragment, anchor.to);
  return from === null || to === null ? null : { from, to: Math.max(from, to) };
};

/** `after`: holds on to what follows; `before`: to what comes before. */
export const stickyPlace = (fragment: Y.XmlFragment, position: number, side: Side): Uint8Array => {
  const { type, index } = placeAt(fragment, position);
  const relative = Y.createRelativePositionFromTypeIndex(type, index, side === 'after' ? 0 : -1);
  const to = new Writer(18);
  if (relative.item !== null) return writeId(to.u8(side === 'after' ? BEFORE_ITEM : AFTER_ITEM), relative.item);
  if (type === fragment) return to.u8(side === 'after' ? END : START).finish();
  const item = type._item;
  if (item === null) throw new Error('a part of a text without a place in its document');
  return writeId(to.u8(side === 'after' ? END_OF : START_OF), item.id);
};

export const positionOfSticky = (fragment: Y.XmlFragment, bytes: Uint8Array): number | null => {
  const place = placeOf(fragment, bytes);
  return place === null ? null : positionOf(fragment, place);
};

const START = 0;
const END = 1;
const BEFORE_ITEM = 2;
const AFTER_ITEM = 3;
const START_OF = 4;
const END_OF = 5;

const writeId = (to: Writer, id: ItemId): Uint8Array => to.u64(id.client).varuint(id.clock).finish();

const placeOf = (fragment: Y.XmlFragment, bytes: Uint8Array): Place | null => {
  if (fragment.doc === null || bytes.length > 18) return null;
  const relative = decode(bytes);
  if (relative === null) return null;
  if (relative === START) return { type: fragment, index: 0 };
  if (relative === END) return { type: fragment, index: fragment.length };
  const found = Y.createAbsolutePositionFromRelativePosition(relative, fragment.doc);
  const type: unknown = found?.type;
  if (found === null || !(type instanceof Y.XmlFragment || type instanceof Y.XmlText)) return null;
  return { type, index: found.index };
};

/** A place as it stands in a signed word; null if the bytes are none. */
export const toPoint = (bytes: Uint8Array): AnchorPoint | null => {
  const relative = decode(bytes);
  if (relative === null) return null;
  if (relative === START || relative === END) return { item: null, type: null, assoc: relative === START ? -1 : 0 };
  const { item, type, assoc } = relative;
  return { item, type, assoc };
};

export const fromPoint = ({ item, type, assoc }: AnchorPoint): Uint8Array => {
  const to = new Writer(18);
  const isAfter = assoc < 0;
  if (item !== null) return writeId(to.u8(isAfter ? AFTER_ITEM : BEFORE_ITEM), item);
  if (type !== null) return writeId(to.u8(isAfter ? START_OF : END_OF), type);
  return to.u8(isAfter ? START : END).finish();
};

const decode = (bytes: Uint8Array): Y.RelativePosition | typeof START | typeof END | null => {
  try {
    const reader = new Reader(bytes);
    const kind = reader.u8();
    if (kind === START || kind === END) {
      reader.done();
      return kind;
    }
    const id = Y.createID(reader.u64(), reader.varuint());
    reader.done();
    if (kind === BEFORE_ITEM) return new Y.RelativePosition(null, null, id, 0);
    if (kind === AFTER_ITEM) return new Y.RelativePosition(null, null, id, -1);
    if (kind === START_OF) return new Y.RelativePosition(id, null, null, -1);
    return kind === END_OF ? new Y.RelativePosition(id, null, null, 0) : null;
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};
