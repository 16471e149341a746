import { describe, expect, it } from 'vitest';
import { fileSize, padme, roomIn } from '../../../src/log/bundle-size.ts';
import { createSpoken, spoken } from '../../../src/log/spoken.ts';
import { makeBundle, mergeBundles, readBundles } from '../../../src/sync/bundles.ts';
import { createDice, found, join, paletteOf, type Person, restart, value } from '../../world.ts';
import { bundleOf, collect, EVERYTHING, sourceOf, textOf, type } from './bundle-file.ts';

const noise = (seed: number, length: number): string =>
  [...createDice(seed).random(length)].map((byte) => String.fromCharCode(0x4e00 + byte * 16)).join('');

const MOST = 2 ** 18;

/** Alice's space in several files, of three sessions of hers. */
const inParts = async () => {
  let alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  const id = await paletteOf(alice);
  for (let sitting = 0; sitting < 3; sitting++) {
    for (let i = 0; i < 7; i++) await type(alice, id, noise(sitting * 100 + i, 20_000));
    alice = await restart(alice);
  }
  const made = value(await makeBundle(alice.replica, { ...EVERYTHING, most: MOST }, alice.environment));
  const measure = await made.measure();
  const files: Uint8Array[] = [];
  for await (const file of made.files()) files.push(await collect(file));
  return { alice, bob, id, measure, files, changes: made.estimate.changes };
};

const look = async (person: Person, files: readonly Uint8Array[]) =>
  value(await readBundles(person.replica, files.map(sourceOf), person.environment));
const merge = async (person: Person, files: readonly Uint8Array[]) =>
  value(await mergeBundles(person.replica, files.map(sourceOf), person.environment));

describe('a bundle in several files', () => {
  it('has files of at most the size asked for, as they were measured before', async () => {
    const { files, measure, alice } = await inParts();
    expect(files.length).toBeGreaterThan(2);
    expect(files.map(({ length }) => length)).toEqual(measure?.sizes);
    for (const { length } of files) expect(length).toBeLessThanOrEqual(MOST);
    for (const { length } of files) expect(padme(length)).toBe(length);
    expect(measure?.since).toBe(Math.floor(Date.UTC(2026, 10, 23, 9) / 60_000));
    const one = value(await makeBundle(alice.replica, EVERYTHING, alice.environment));
    expect((await one.measure())?.sizes).toEqual([(await collect(one.bytes())).length]);
  });

  it('is opened in any order, one of them twice, and brings what one file would', async () => {
    const { alice, bob, id, files, changes } = await inParts();
    const mixed = [...files].reverse().concat(files.slice(0, 1));
    const preview = await look(bob, mixed);
    expect(preview).toMatchObject({ missing: [], failed: [], incomplete: null });
    expect(preview.makers.map(({ part }) => part?.number)).toEqual(files.map((_, at) => at + 1));
    const seen: number[] = [];
    const sources = mixed.map(sourceOf);
    const onprogress = (done: number, of: number): void => {
      expect(of).toBe(changes);
      seen.push(done);
    };
    const merged = value(await mergeBundles(bob.replica, sources, bob.environment, { onprogress }));
    expect(merged.receipt.changes).toBe(preview.would.changes);
    expect(seen.at(-1)).toBe(changes);
    expect(await textOf(bob, id)).toBe(await textOf(alice, id));
  });

  it('says which files are missing, takes what is there, and the rest when it comes with the others', async () => {
    const { alice, bob, id, files } = await inParts();
    const last = files.slice(-1);
    const preview = await look(bob, last);
    expect(preview.missing).toEqual([
      { set: preview.maker.part?.set, numbers: files.slice(1).map((_, at) => at + 1), of: files.length },
    ]);
    await merge(bob, last);
    await merge(bob, files);
    expect(await textOf(bob, id)).toBe(await textOf(alice, id));
  });

  it('goes together with another bundle, and with a file that is none', async () => {
    const { alice, bob, id, files } = await inParts();
    const charlie = await join(alice, 3, 'Charlie', 'Legal clinic');
    await merge(charlie, files);
    await type(charlie, id, 'and Charlie');
    const whole = await bundleOf(charlie);
    const preview = await look(bob, [whole, new Uint8Array(5000), ...files]);
    expect(preview.failed).toEqual([{ file: 1, error: { type: 'NotForThisSpace' } }]);
    await merge(bob, [whole, new Uint8Array(5000), ...files]);
    expect((await textOf(bob, id)).endsWith('and Charlie')).toBe(true);
  });

  it('that one file alone cannot spoil: a damaged one stops itself, and the others count', async () => {
    const { bob, files } = await inParts();
    const [first, ...others] = files;
    if (!first) throw new Error('no file');
    const cut = first.slice(0, first.length - 70_000);
    const preview = await look(bob, [cut, ...others]);
    expect(preview.incomplete?.type).toBe('Truncated');
    const merged = await merge(bob, [cut, ...others]);
    expect(merged.incomplete?.type).toBe('Truncated');
    expect((await merge(bob, files)).incomplete).toBeNull();
  });
});

describe('the size of a file', () => {
  it('of what there is room for is at most the size asked for, and not much less', () => {
    for (const most of [50_000, 66_000, 2 ** 20, 1_000_000, 5 * 2 ** 20, 20_000_000]) {
      const size = fileSize(672, roomIn(672, most));
      expect(size).toBeLessThanOrEqual(most);
      expect(size).toBeGreaterThan(most * 0.93);
    }
  });
});

describe('a passphrase of digits', () => {
  it('is the same however it is grouped, and in every script', () => {
    for (const same of ['48210937', '4821 0937', ' 48-21-09-37 ', '٤٨٢١ ٠٩٣٧', '४८२१ ०९३७', '４８２１０９３７']) {
      expect(spoken(same)).toBe('48210937');
    }
    for (const other of ['six words of the harbour song', '4821x', ' - ', '']) expect(spoken(other)).toBe(other);
  });

  it('is made of sixteen, in groups of four', () => {
    const made = createSpoken(createDice(1).random);
    expect(made).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);
    expect(createSpoken(createDice(2).random)).not.toBe(made);
  });
});
