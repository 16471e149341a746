/** Proofs in which somebody has changed one letter, and has put right all that can be put right without a key. */
import { readFileSync, writeFileSync } from 'node:fs';
import { decodeSigned } from '../../src/log/signed.ts';
import type { SpaceId } from '../../src/log/types.ts';

/** One letter of the frozen text, by the words that it is to read as; gives the changed file's path. */
export const alterText = (path: string, words: string, other: string): string =>
  save(path, 'text', changed(readFileSync(path), words, other));

/** One letter of what a position says. The statements are in order again: by their ids, which follow from the bytes. */
export const alterPosition = (path: string, words: string, other: string): string => {
  const proof = JSON.parse(readFileSync(path, 'utf8')) as { readonly space: SpaceId; readonly statements: string[] };
  const statements = proof.statements.map((each) => Buffer.from(each, 'base64url'));
  const at = statements.findIndex((bytes) => bytes.includes(words));
  const idOf = (bytes: Uint8Array): string => decodeSigned(proof.space, 'statement', bytes).id;
  const sorted = statements
    .map((bytes, index) => (index === at ? changed(bytes, words, other) : bytes))
    .sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
    .map((bytes) => bytes.toString('base64url'));
  return save(path, 'position', `${JSON.stringify({ ...proof, statements: sorted }, null, 1)}\n`);
};

const changed = (bytes: Buffer, words: string, other: string): Buffer => {
  const at = bytes.indexOf(words);
  if (at === -1 || bytes.includes(words, at + 1) || Buffer.byteLength(words) !== Buffer.byteLength(other))
    throw new Error(`not one place that says “${words}”`);
  const altered = Buffer.from(bytes);
  altered.write(other, at);
  return altered;
};

const save = (path: string, name: string, bytes: Buffer | string): string => {
  const altered = `${path}.${name}.json`;
  writeFileSync(altered, bytes);
  return altered;
};
