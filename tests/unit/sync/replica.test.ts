import { describe, expect, it } from 'vitest';
import { LOCAL } from '../../../src/log/capture.ts';
import { carry, found, join, paletteOf, type Person, restart, value } from '../../world.ts';

const textOf = async (person: Person, id: Awaited<ReturnType<typeof paletteOf>>) =>
  value(await person.replica.openDocument(id)).getText('text');

describe('a replica', () => {
  it('keeps what was typed across a restart, from the log alone', async () => {
    const alice = await found();
    const id = await paletteOf(alice);
    const text = await textOf(alice, id);
    text.doc?.transact(() => text.insert(0, 'Every crew comes home 🌊'), LOCAL);
    text.doc?.transact(() => text.delete(0, 1), LOCAL);
    value(await alice.replica.flush());
    const again = await restart(alice);
    expect((await textOf(again, id)).toJSON()).toBe('very crew comes home 🌊');
  });

  it('keeps once what is written while a change is being told of, by the person or from others', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const id = await paletteOf(alice);
    await carry(alice, bob);
    const [hers, his] = [await textOf(alice, id), await textOf(bob, id)];
    const answer = (): void => {
      const text = his.toJSON();
      if (text.endsWith('?')) his.insert(text.length, ' Yes!');
      if (text.endsWith('Yes!')) his.delete(text.length - 1, 1);
    };
    his.observe(answer);
    hers.doc?.transact(() => hers.insert(0, 'Bread?'), LOCAL);
    value(await alice.replica.flush());
    await carry(alice, bob);
    his.doc?.transact(() => his.insert(his.length, ' And roses?'), LOCAL);
    his.doc?.transact(() => his.insert(his.length, '.'), LOCAL);
    value(await bob.replica.flush());
    await carry(bob, alice);
    for (const person of [alice, bob, await restart(bob)]) {
      expect((await textOf(person, id)).toJSON()).toBe('Bread? Yes And roses? Yes.');
    }
  });

  it('keeps what was typed across a restart, from snapshots and what came after', async () => {
    const alice = await found();
    const id = await paletteOf(alice);
    const text = await textOf(alice, id);
    text.doc?.transact(() => text.insert(0, 'Every crew'), LOCAL);
    value(await alice.replica.snapshot());
    text.doc?.transact(() => text.insert(10, ' comes home'), LOCAL);
    value(await alice.replica.flush());
    const again = await restart(alice);
    expect((await textOf(again, id)).toJSON()).toBe('Every crew comes home');
  });

  it('keeps what was typed where WebCrypto is missing at one start and there at the next', async () => {
    const alice = await found();
    const id = await paletteOf(alice);
    let person: Person = alice;
    let whole = '';
    for (const [word, subtle] of [
      ['Every', null],
      [' crew', crypto.subtle],
      [' comes', null],
      [' home', crypto.subtle],
    ] as const) {
      const text = await textOf(person, id);
      expect(text.toJSON()).toBe(whole);
      text.doc?.transact(() => text.insert(text.length, word), LOCAL);
      whole += word;
      value(await person.replica.snapshot());
      person = await restart({ ...person, environment: { ...person.environment, subtle } });
    }
    expect((await textOf(person, id)).toJSON()).toBe(whole);
  });

  it('brings two people’s edits together, and nothing twice', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    expect(bob.replica.me()?.role).toBe('member');
    const id = await paletteOf(alice);
    const hers = await textOf(alice, id);
    hers.doc?.transact(() => hers.insert(0, 'one'), LOCAL);
    value(await alice.replica.flush());
    const receipt = await carry(alice, bob);
    expect(receipt.changes).toBeGreaterThan(0);
    const his = await textOf(bob, id);
    expect(his.toJSON()).toBe('one');
    his.doc?.transact(() => his.insert(3, ' two'), LOCAL);
    hers.doc?.transact(() => hers.insert(0, 'zero '), LOCAL);
    value(await bob.replica.flush());
    value(await alice.replica.flush());
    await carry(bob, alice);
    await carry(alice, bob);
    expect(hers.toJSON()).toBe('zero one two');
    expect(his.toJSON()).toBe('zero one two');
    const again = await carry(bob, alice);
    expect(again).toMatchObject({ changes: 0, verified: 0 });
    expect(again.refused.size).toBe(0);
  });

  it('refuses an observer’s edits', async () => {
    const alice = await found();
    const olga = await join(alice, 3, 'Olga', 'Legal clinic', 'observer');
    const id = await paletteOf(alice);
    await carry(alice, olga);
    expect(olga.replica.mayWrite(id)).toBe(false);
    const hers = await textOf(olga, id);
    hers.doc?.transact(() => hers.insert(0, 'mine now'), LOCAL);
    value(await olga.replica.flush());
    const receipt = await carry(olga, alice);
    expect([...receipt.refused]).toEqual([['NotAllowed', 1]]);
    expect((await textOf(alice, id)).toJSON()).toBe('');
  });

  it('keeps and carries a paste far larger than a segment', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const id = await paletteOf(alice);
    const text = await textOf(alice, id);
    const paste = 'Every crew comes home 🌊 '.repeat(60_000);
    text.doc?.transact(() => text.insert(0, paste), LOCAL);
    value(await alice.replica.flush());
    await carry(alice, bob);
    expect((await textOf(bob, id)).toJSON()).toBe(paste);
    expect((await textOf(await restart(alice), id)).toJSON()).toBe(paste);
  });
});

describe('a document that two write', () => {
  it('takes what is typed where it was meant, right after somebody else’s words came', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Farmers');
    const id = await paletteOf(alice);
    const hers = await textOf(alice, id);
    for (const word of ['one ', 'two ', 'three ', 'four ']) {
      hers.doc?.transact(() => hers.insert(hers.length, word), LOCAL);
      hers.doc?.transact(() => hers.insert(0, `${word}`), LOCAL);
    }
    await carry(alice, bob);
    value(await alice.replica.flush());
    await carry(alice, bob);
    const his = await textOf(bob, id);
    his.doc?.transact(() => his.delete(0, 19), LOCAL);
    value(await bob.replica.flush());
    // her text remembers where it looked last; what he deleted moves everything
    hers.doc?.transact(() => hers.insert(hers.length - 5, '!'), LOCAL);
    value(await alice.replica.flush());
    await carry(bob, alice);
    const before = hers.toJSON();
    hers.doc?.transact(() => hers.insert(hers.length - 5, '?'), LOCAL);
    expect(hers.toJSON()).toBe(`${before.slice(0, -5)}?${before.slice(-5)}`);
  });
});

describe('a log whose small rows were joined', () => {
  it('gives the same without its snapshots, in whatever order its rows now stand', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Farmers');
    const id = await paletteOf(alice);
    await carry(alice, bob);
    const his = await textOf(bob, id);
    const type = async (word: string): Promise<void> => {
      his.doc?.transact(() => his.insert(0, word), LOCAL);
      value(await bob.replica.flush());
    };
    for (let i = 0; i < 10; i++) {
      await type('a');
      await carry(bob, alice);
    }
    // many rows with many entries each, which are not joined and so come first afterwards
    for (let lot = 0; lot < 66; lot++) {
      for (let i = 0; i < 32; i++) await type('b');
      await carry(bob, alice);
    }
    for (let i = 0; i < 260; i++) {
      await type('c');
      await carry(bob, alice);
    }
    const rowsBefore = alice.storage.disk.entries().filter((entry) => entry.type === 'row').length;
    value(await alice.replica.snapshot());
    expect(alice.storage.disk.entries().filter((entry) => entry.type === 'row').length).toBeLessThan(rowsBefore - 200);
    for (const entry of alice.storage.disk.entries()) if (entry.type === 'pair') alice.storage.disk.delete(entry.key);
    const again = await restart(alice);
    expect((await textOf(again, id)).toJSON()).toBe('c'.repeat(260) + 'b'.repeat(66 * 32) + 'a'.repeat(10));
    expect(again.replica.membership().members.size).toBe(2);
  });
});
