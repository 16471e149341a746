/**
 * Writes a bundle, from its first byte to its last, with never more than a part and a chunk in memory.
 * FORMAT.md, "Bundle", says what the bytes are.
 */
import { CHUNK, createSealStream, type Random } from '../crypto/index.ts';
import { concat, Writer } from '../lib/bytes.ts';
import { BUNDLE_LIMIT } from './bundle-limits.ts';
import { createSecret, fileKeyOf, SALT_SIZE, sealSlots, type SlotReader } from './bundle-slots.ts';
import { zerosFor } from './bundle-size.ts';

export interface BundleWriting {
  /** 32 random bytes */
  readonly salt: Uint8Array;
  readonly readers: readonly SlotReader[];
  /** the passphrase, by crypto's `stretch` with `passphraseSalt(salt)`; null: none */
  readonly stretched: Uint8Array | null;
  /** header ‖ signature */
  readonly header: Uint8Array;
  /** packs */
  readonly parts: AsyncIterable<Uint8Array>;
  /** end ‖ signature, once so many parts are written */
  readonly end: (parts: number) => Promise<Uint8Array>;
  readonly random: Random;
}

export async function* writeBundle(writing: BundleWriting): AsyncGenerator<Uint8Array, void, undefined> {
  const { salt, readers, stretched, random } = writing;
  if (salt.length !== SALT_SIZE) throw new Error('a salt of another length');
  const secret = createSecret(salt, stretched, random);
  const slots = sealSlots(salt, readers, secret, random);
  yield salt;
  yield slots;
  const stream = createSealStream(fileKeyOf(salt, secret, stretched));
  const before = salt.length + slots.length;
  let waiting: Uint8Array = new Uint8Array(0);
  let written = 0;

  /** A full chunk is written once something follows it: the last chunk is another. */
  function* add(...plain: readonly Uint8Array[]): Generator<Uint8Array, void, undefined> {
    waiting = concat(waiting, ...plain);
    written += plain.reduce((sum, each) => sum + each.length, 0);
    let at = 0;
    for (; waiting.length - at > CHUNK; at += CHUNK) yield stream.chunk(waiting.subarray(at, at + CHUNK), false);
    waiting = waiting.slice(at);
  }

  yield* add(blockOf(writing.header));
  let count = 0;
  for await (const part of writing.parts) {
    if (part.length === 0 || part.length > BUNDLE_LIMIT.part) throw new Error('a part of the wrong length');
    count += 1;
    yield* add(new Writer(4).u32(part.length).finish(), part);
  }
  yield* add(new Uint8Array(4), blockOf(await writing.end(count)));
  for (let zeros = zerosFor(before, written); zeros > 0;) {
    const some = Math.min(zeros, CHUNK);
    yield* add(new Uint8Array(some));
    zeros -= some;
  }
  yield stream.chunk(waiting, true);
}

const blockOf = (bytes: Uint8Array): Uint8Array => new Writer(bytes.length + 8).block(bytes).finish();
