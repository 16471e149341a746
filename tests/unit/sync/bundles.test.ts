import { beforeAll, describe, expect, it } from 'vitest';
import { CHUNK, SEALED_CHUNK, sha256 } from '../../../src/crypto/index.ts';
import { concat, utf8 } from '../../../src/lib/bytes.ts';
import { padme } from '../../../src/log/bundle-size.ts';
import { commonVector, makeBundle, mergeBundle, readBundle } from '../../../src/sync/bundles.ts';
import type { Environment } from '../../../src/sync/environment.ts';
import { createDice, found, join, paletteOf, type Person, restart, value } from '../../world.ts';
import { bundleOf, collect, EVERYTHING, flip, sourceOf, textOf, type } from './bundle-file.ts';

const merge = async (person: Person, bytes: Uint8Array, passphrase?: string) =>
  mergeBundle(person.replica, sourceOf(bytes), person.environment, passphrase === undefined ? {} : { passphrase });
const look = async (person: Person, bytes: Uint8Array, passphrase?: string) =>
  readBundle(person.replica, sourceOf(bytes), person.environment, passphrase);
const errorOf = (result: { ok: boolean; error?: { type: string } }) => (result.ok ? 'ok' : result.error?.type);
const everythingOf = (person: Person): string => JSON.stringify([...person.storage.disk.entries()].length);

/** words that do not deflate, so that few entries make many chunks */
const noise = (seed: number, length: number): string =>
  [...createDice(seed).random(length)].map((byte) => String.fromCharCode(0x4e00 + byte * 16)).join('');

const FIRST_CHUNK = 32 + 8 * 80;

describe('a bundle', () => {
  it('brings a newcomer everything, and tells before what it would bring', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const id = await paletteOf(alice);
    await type(alice, id, 'Every crew comes home');
    const made = value(await makeBundle(alice.replica, EVERYTHING, alice.environment));
    const bytes = await collect(made.bytes());
    expect(padme(bytes.length)).toBe(bytes.length);

    const before = everythingOf(bob);
    const preview = value(await look(bob, bytes));
    expect(preview.maker).toMatchObject({ device: alice.replica.device, isWhole: true, readers: [] });
    expect(preview.maker.day).toBe(Math.floor(Date.UTC(2026, 10, 23) / 86_400_000));
    expect(preview.member).toBe(alice.replica.me()?.member);
    expect(preview.incomplete).toBeNull();
    expect(everythingOf(bob)).toBe(before);
    expect(bob.replica.membership().documents.has(id)).toBe(false);

    const merged = value(await merge(bob, bytes));
    expect(merged.incomplete).toBeNull();
    expect(merged.receipt.changes).toBe(preview.would.changes);
    expect(merged.receipt.changesByMember).toEqual(preview.would.changesByMember);
    expect(merged.receipt.changesByDocument).toEqual(preview.would.changesByDocument);
    expect(merged.receipt.changesByDocument.get(id)).toBe(1);
    expect(merged.receipt.verified).toBe(preview.would.verified);
    expect(made.estimate).toMatchObject({ people: 1, documents: 1 });
    expect(await textOf(bob, id)).toBe('Every crew comes home');
  });

  it('brings nothing new the second time, verifies no entry and writes nothing', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    await type(alice, await paletteOf(alice), 'once');
    const bytes = await bundleOf(alice);
    value(await merge(bob, bytes));
    const before = everythingOf(bob);
    const again = value(await merge(bob, bytes));
    expect(again.receipt).toMatchObject({ changes: 0, verified: 0, waiting: 0 });
    expect(again.receipt.refused.size).toBe(0);
    expect(everythingOf(bob)).toBe(before);
    expect(value(await look(bob, bytes)).would).toMatchObject({ changes: 0, verified: 0 });
  });

  it('holds only what its reader lacks, and what comes back is a receipt for what went out', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const id = await paletteOf(alice);
    await type(alice, id, noise(1, 50_000));
    const members = [bob.replica.me()?.member ?? raise()];
    expect(commonVector(alice.replica, members)).toBeNull();
    value(await merge(bob, await bundleOf(alice, { recipients: { members }, base: null })));
    await type(bob, id, ' and back');

    const hers = [alice.replica.me()?.member ?? raise()];
    const wish = { recipients: { members: hers }, base: commonVector(bob.replica, hers) };
    const back = await bundleOf(bob, wish);
    expect(back.length).toBeLessThan(3000);
    const merged = value(await merge(alice, back));
    expect(merged.receipt.changes).toBe(1);
    expect(merged.maker.isWhole).toBe(false);
    expect((await textOf(alice, id)).endsWith(' and back')).toBe(true);
    expect(alice.replica.unshared().changes).toBe(0);
    expect(alice.replica.progress().map(({ lacks }) => lacks)).toEqual([0]);
    const next = value(
      await makeBundle(
        alice.replica,
        { recipients: { members }, base: commonVector(alice.replica, members) },
        alice.environment,
      ),
    );
    expect(next.estimate.changes).toBe(0);
  });

  it('is not believed to have arrived because it was made', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    await type(alice, await paletteOf(alice), 'gone with the courier');
    const before = alice.replica.unshared().changes;
    await bundleOf(alice);
    expect(alice.replica.unshared().changes).toBe(before);
    expect(commonVector(alice.replica, [bob.replica.me()?.member ?? raise()])).toBeNull();
  });

  it('for one member opens for that member and its maker, and for nobody else', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const charlie = await join(alice, 3, 'Charlie', 'Legal clinic');
    await type(alice, await paletteOf(alice), 'for Bob');
    const members = [bob.replica.me()?.member ?? raise()];
    const bytes = await bundleOf(alice, { recipients: { members }, base: null });
    expect(errorOf(await merge(charlie, bytes))).toBe('NotForThisSpace');
    expect(value(await look(alice, bytes)).maker.readers).toEqual(members);
    expect(value(await merge(bob, bytes)).receipt.changes).toBeGreaterThan(0);
  });

  it('survives a restart of its reader', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const id = await paletteOf(alice);
    await type(alice, id, 'kept');
    value(await merge(bob, await bundleOf(alice)));
    expect(await textOf(await restart(bob), id)).toBe('kept');
  });

  it('continues a session that its reader has the start of, in the preview too', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const id = await paletteOf(alice);
    await type(alice, id, 'one');
    value(await merge(bob, await bundleOf(alice)));
    await type(alice, id, ' two');
    const bytes = await bundleOf(alice);
    const preview = value(await look(bob, bytes));
    expect([...preview.would.changesByDocument]).toEqual([[id, 1]]);
    expect(preview.would.verified).toBe(1);
    expect(value(await merge(bob, bytes)).receipt.changes).toBe(1);
    expect(await textOf(bob, id)).toBe('one two');
  });

  it('leaves the work for its passphrase to who can do it beside the screen', async () => {
    const alice = await found();
    await type(alice, await paletteOf(alice), 'once');
    let asked = 0;
    const beside: Environment['stretch'] = async (passphrase, salt) => {
      asked += 1;
      return sha256(concat(utf8(passphrase), salt));
    };
    const environment = { ...alice.environment, stretch: beside };
    const person = { ...alice, environment };
    const bytes = await bundleOf(person, { ...EVERYTHING, passphrase: 'harbour' });
    expect(asked).toBe(1);
    value(await look(person, bytes, 'harbour'));
    value(await merge(person, bytes, 'harbour'));
    expect(asked).toBe(3);
    expect(await look(person, bytes, 'harbor')).toEqual({ ok: false, error: { type: 'WrongPassphrase' } });
  });

  it('asks for its passphrase, and opens with the right one only', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    await type(alice, await paletteOf(alice), 'locked');
    const bytes = await bundleOf(alice, { ...EVERYTHING, passphrase: 'six words of the harbour song' });
    expect(errorOf(await merge(bob, bytes))).toBe('PassphraseNeeded');
    expect(errorOf(await merge(bob, bytes, ''))).toBe('PassphraseNeeded');
    expect(errorOf(await merge(bob, bytes, 'seven words'))).toBe('WrongPassphrase');
    expect(value(await merge(bob, bytes, 'six words of the harbour song')).receipt.changes).toBeGreaterThan(0);
    // a passphrase is no way in for somebody of another space
    const stranger = await found(9, 'Elsewhere', 'Zoe');
    expect(errorOf(await merge(stranger, bytes, 'six words of the harbour song'))).toBe('NotForThisSpace');
  });

  it('of another space is refused, and so is what is no bundle', async () => {
    const alice = await found();
    const stranger = await found(9, 'Elsewhere', 'Zoe');
    const before = everythingOf(alice);
    expect(errorOf(await merge(alice, await bundleOf(stranger)))).toBe('NotForThisSpace');
    for (const length of [0, 1, 31, 32, 111, 672, 700, 5000, 300_000]) {
      expect(errorOf(await merge(alice, createDice(length).random(length)))).toBe('NotForThisSpace');
    }
    expect(everythingOf(alice)).toBe(before);
  });

  it('larger than a bundle may be is refused before it is read', async () => {
    const alice = await found();
    const source = { size: 2 ** 31 + 1, read: () => Promise.reject(new Error('read')) };
    expect(errorOf(await mergeBundle(alice.replica, source, alice.environment))).toBe('TooLarge');
  });
});

describe('a bundle of many chunks', () => {
  let alice: Person;
  let charlie: Person;
  let bytes: Uint8Array;
  let chunks: number;
  const newBob = (() => {
    let seed = 100;
    return (): Promise<Person> => join(alice, ++seed, `Bob ${seed}`, 'Hill Farmers');
  })();

  beforeAll(async () => {
    alice = await found();
    charlie = await join(alice, 3, 'Charlie', 'Legal clinic');
    const id = await paletteOf(alice);
    let person = alice;
    for (let i = 0; i < 12; i++) {
      await type(person, id, noise(i, 25_000));
      // a session each, as in life; a part holds whole sessions
      person = await restart(person);
    }
    alice = person;
    bytes = await bundleOf(alice);
    chunks = Math.ceil((bytes.length - FIRST_CHUNK) / SEALED_CHUNK);
    expect(chunks).toBeGreaterThan(5);
  });

  it('cut behind any chunk brings its whole parts, says that it is incomplete, and the rest comes later', async () => {
    let before = -1;
    for (let chunk = 0; chunk < chunks; chunk++) {
      const bob = await newBob();
      const cut = bytes.slice(0, FIRST_CHUNK + chunk * SEALED_CHUNK);
      const merged = await merge(bob, cut);
      const preview = await look(bob, cut);
      if (!merged.ok) {
        expect(merged.error).toEqual({ type: 'Truncated', atPart: 0 });
        expect(chunk).toBeLessThan(4);
        continue;
      }
      expect(merged.value.incomplete).toEqual({ type: 'Truncated', atPart: merged.value.parts });
      expect(value(preview).would.changes).toBe(0);
      expect(merged.value.receipt.changes).toBeGreaterThanOrEqual(before);
      before = merged.value.receipt.changes;
      if (chunk === chunks - 1) {
        expect(before).toBeGreaterThan(3);
        expect(value(await merge(bob, bytes)).incomplete).toBeNull();
        expect(bob.replica.vector().sessions).toEqual(alice.replica.vector().sessions);
      }
    }
  });

  it('cut anywhere else is incomplete or refused, and nothing of it is lost or wrong', async () => {
    const dice = createDice(5);
    const bob = await newBob();
    for (let i = 0; i < 60; i++) {
      const at = dice.below(bytes.length);
      const merged = await merge(bob, bytes.slice(0, at));
      if (merged.ok) expect(merged.value.incomplete?.type).toBe('Truncated');
      // what was cut to a size that a whole bundle may have cannot be told from a damaged one
      else expect(['Truncated', at < 112 ? 'NotForThisSpace' : 'Truncated']).toContain(merged.error.type);
    }
  });

  it('with a byte flipped stops there, and what came before stays', async () => {
    const dice = createDice(6);
    const regions = [0, 32, 60, FIRST_CHUNK, FIRST_CHUNK + 40, FIRST_CHUNK + SEALED_CHUNK - 1, bytes.length - 1];
    for (let chunk = 0; chunk < chunks; chunk++)
      regions.push(FIRST_CHUNK + chunk * SEALED_CHUNK + dice.below(CHUNK / 2));
    for (const at of regions.filter((each) => each < bytes.length)) {
      const bob = await newBob();
      const merged = await merge(bob, flip(bytes, at));
      if (!merged.ok) {
        expect([at, merged.error.type]).toEqual([at, at < 112 ? 'NotForThisSpace' : 'Damaged']);
        expect(bob.replica.vector().sessions.size).toBe(0);
      } else {
        expect(merged.value.incomplete).toEqual({ type: 'Damaged', atPart: merged.value.parts });
        expect(merged.value.receipt.changes).toBeGreaterThan(0);
        expect(merged.value.receipt.refused.size).toBe(0);
      }
    }
  });

  it('does not mind a byte flipped in a slot of somebody else', async () => {
    const bob = await newBob();
    expect(value(await merge(bob, flip(bytes, 32 + 80 + 50))).incomplete).toBeNull();
  });

  it('with two chunks exchanged, one doubled or one left out stops at the first wrong one', async () => {
    const chunk = (i: number): Uint8Array =>
      bytes.slice(FIRST_CHUNK + i * SEALED_CHUNK, FIRST_CHUNK + (i + 1) * SEALED_CHUNK);
    const of = (order: readonly number[]): Uint8Array => {
      const parts = [bytes.slice(0, FIRST_CHUNK), ...order.map(chunk)];
      return new Uint8Array(Buffer.concat(parts));
    };
    const all = Array.from({ length: chunks }, (_, i) => i);
    const exchanged = [...all.slice(0, -3), ...all.slice(-2, -1), ...all.slice(-3, -2), ...all.slice(-1)];
    const doubled = [...all.slice(0, 4), 3, ...all.slice(5)];
    const leftOut = [...all.slice(0, 4), ...all.slice(5)];
    for (const order of [exchanged, doubled, leftOut]) {
      const bob = await newBob();
      const merged = value(await merge(bob, of(order)));
      expect(merged.incomplete?.type).toBe('Damaged');
      expect(merged.parts).toBeGreaterThan(0);
    }
  });

  it('spliced from two bundles stops where the second begins', async () => {
    const other = await bundleOf(alice);
    expect(other.length).toBe(bytes.length);
    const bob = await newBob();
    const at = FIRST_CHUNK + 5 * SEALED_CHUNK;
    const spliced = new Uint8Array(Buffer.concat([bytes.slice(0, at), other.slice(at)]));
    const merged = value(await merge(bob, spliced));
    expect(merged.incomplete?.type).toBe('Damaged');
    const heads = new Uint8Array(Buffer.concat([bytes.slice(0, FIRST_CHUNK), other.slice(FIRST_CHUNK)]));
    expect(errorOf(await merge(bob, heads))).toBe('Damaged');
  });

  it('is read with no more in memory than a chunk and a part', async () => {
    const asked: number[] = [];
    const source = sourceOf(bytes);
    const counting = {
      size: source.size,
      read: (offset: number, length: number) => {
        asked.push(length);
        return source.read(offset, length);
      },
    };
    const bob = await newBob();
    value(await mergeBundle(bob.replica, counting, bob.environment));
    expect(Math.max(...asked)).toBeLessThanOrEqual(SEALED_CHUNK);
    expect(asked.length).toBe(chunks + 1);
  });

  it('is passed on by somebody who did not write any of it', async () => {
    value(await merge(charlie, bytes));
    const dora = await newBob();
    const merged = value(await merge(dora, await bundleOf(charlie)));
    expect(merged.maker.device).toBe(charlie.replica.device);
    expect(dora.replica.vector().sessions).toEqual(alice.replica.vector().sessions);
  });
});

const raise = (): never => {
  throw new Error('nobody yet');
};
