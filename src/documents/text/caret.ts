/**
 * A caret that stays with its words, as at most 18 bytes for presence: kind, then for a place before (or after) a
 * character its client (8 bytes) and clock (varuint). Which text it is in travels beside it. The bytes come from
 * strangers, so they are read here, by our own reader, and never by Yjs.
 */
import * as Y from 'yjs';
import { BytesError, Reader, Writer } from '../../lib/bytes.ts';
import { placeInText, placeInType } from './edit.ts';

/** Sticks to the character after it; at the very end, to the end. */
export const relativeCaret = (text: Y.Text, index: number): Uint8Array => {
  const place = Math.min(Math.max(0, Math.trunc(index) || 0), text.toJSON().length);
  const position = Y.createRelativePositionFromTypeIndex(text, placeInType(text, place));
  const writer = new Writer(18);
  if (position.item === null) return writer.u8(END).finish();
  return writer.u8(BEFORE).u64(position.item.client).varuint(position.item.clock).finish();
};

/** Where that is in the plain text now; null if the bytes are no caret, or not (yet) one of this text. */
export const absoluteCaret = (text: Y.Text, bytes: Uint8Array): number | null => {
  if (text.doc === null || bytes.length > 18) return null;
  const item = decode(bytes);
  if (item === null) return null;
  if (item === END) return text.toJSON().length;
  const position = Y.createAbsolutePositionFromRelativePosition(new Y.RelativePosition(null, null, item, 0), text.doc);
  return position === null || position.type !== text ? null : placeInText(text, position.index);
};

const END = 0;
const BEFORE = 1;

const decode = (bytes: Uint8Array): Y.ID | typeof END | null => {
  try {
    const reader = new Reader(bytes);
    const kind = reader.u8();
    const item = kind === BEFORE ? Y.createID(reader.u64(), reader.varuint()) : kind === END ? END : null;
    reader.done();
    return item;
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};
