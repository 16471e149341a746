/**
 * A pack: records, statements and segments together, deflated. Every container (a stored row, a bundle's part,
 * a message to a peer) seals packs; packs themselves are not sealed.
 */
import { BytesError, Reader, Writer } from '../lib/bytes.ts';
import { deflate, inflate } from '../lib/deflate.ts';
import { LIMIT } from './limits.ts';

export const ITEM = { record: 1, statement: 2, segment: 3, vectors: 4 } as const;

export interface PackItem {
  /** an unknown type is kept and passed on, never applied */
  readonly type: number;
  readonly bytes: Uint8Array;
}

export const encodePack = (items: readonly PackItem[]): Uint8Array => {
  const body = new Writer(4096);
  for (const item of items) body.u8(item.type).block(item.bytes);
  const opened = body.finish();
  const small = deflate(opened);
  return new Writer(small.length + 8).u8(1).varuint(opened.length).bytes(small).finish();
};

/** Throws BytesError. Items are views into one opened buffer. */
export const decodePack = (bytes: Uint8Array): readonly PackItem[] => {
  const from = new Reader(bytes);
  if (from.u8() !== 1) throw new BytesError('unknown pack version');
  const length = from.varuint();
  if (length > LIMIT.pack) throw new BytesError('pack over its limit');
  const body = new Reader(inflate(from.bytes(from.left), length));
  const items: PackItem[] = [];
  while (body.left > 0) items.push({ type: body.u8(), bytes: body.block(LIMIT.segment) });
  return items;
};
