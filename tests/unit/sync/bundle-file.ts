/** Bundles as bytes in memory, for tests. */
import type { ByteSource } from '../../../src/log/bundle-read.ts';
import { LOCAL } from '../../../src/log/capture.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { type BundleWish, makeBundle } from '../../../src/sync/bundles.ts';
import { type Person, value } from '../../world.ts';

export const collect = async (bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece.slice());
  return new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer());
};

export const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (offset, length) => bytes.slice(offset, offset + length),
});

export const EVERYTHING: BundleWish = { recipients: 'space', base: null };

export const bundleOf = async (person: Person, wish: BundleWish = EVERYTHING): Promise<Uint8Array> =>
  collect(value(await makeBundle(person.replica, wish, person.environment)).bytes());

export const type = async (person: Person, document: DocumentId, words: string): Promise<void> => {
  const doc = value(await person.replica.openDocument(document));
  const text = doc.getText('text');
  doc.transact(() => text.insert(text.length, words), LOCAL);
  value(await person.replica.flush());
};

export const textOf = async (person: Person, document: DocumentId): Promise<string> =>
  value(await person.replica.openDocument(document))
    .getText('text')
    .toJSON();

export const flip = (bytes: Uint8Array, at: number): Uint8Array => {
  const out = bytes.slice();
  out[at] = (out[at] as number) ^ 1;
  return out;
};
