/** Two tabs of one browser: two replicas of one device over one disk, with one queue each and none between them. */
import { describe, expect, it } from 'vitest';
import { carry, found, join, paletteOf, restart, value } from '../../world.ts';

describe('two tabs of one device', () => {
  it('sign 200 records and statements at one moment into one chain each, and none is lost', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Farmers');
    const id = await paletteOf(alice);
    const tabs = [alice, await restart(alice)];
    const before = alice.replica.signed().records.length;
    const signing = Array.from({ length: 200 }, (_, at) => {
      const { replica } = tabs[at % 2] ?? alice;
      // records and statements in turn in both tabs
      return at % 4 < 2
        ? replica.changeProfile({ name: `Alice ${at}`, languages: [] })
        : replica.say(id, 'comment', `word ${at}`);
    });
    for (const signed of await Promise.all(signing)) expect(signed.ok).toBe(true);
    for (const tab of tabs) value(await tab.replica.catchUp());

    const again = await restart(alice);
    await carry(again, bob);
    for (const { replica } of [...tabs, again, bob]) {
      const mine = { records: replica.signed().records, statements: replica.signed().statements };
      expect(mine.records).toHaveLength(before + 100);
      expect(mine.statements).toHaveLength(100);
      for (const lane of [mine.records, mine.statements]) {
        const chain = lane.filter((each) => each.device === alice.replica.device).sort((a, b) => a.number - b.number);
        expect(chain.map((each) => each.number)).toEqual(chain.map((_, place) => place + 1));
        expect(chain.map((each) => each.previous)).toEqual([null, ...chain.slice(0, -1).map((each) => each.id)]);
      }
      const words = replica.statements(id).map((each) => each.type === 'word' && each.value);
      expect(new Set(words).size).toBe(100);
    }
  });

  it('go on from what the other stored while storage would not take what this one had heard', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Farmers');
    const id = await paletteOf(alice);
    await carry(alice, bob);
    value(await bob.replica.changeProfile({ name: 'Robert', languages: [] }));
    alice.storage.failNext({ type: 'QuotaFull' });
    const taken = await alice.replica.take(bob.replica.lacking(alice.replica.vector()).packs());
    expect(taken.ok).toBe(false);
    // she has heard of Robert, and what she signs names it
    value(await alice.replica.say(id, 'comment', 'Hello, Robert'));
    const again = await restart(alice);
    expect(again.replica.statements(id)).toHaveLength(1);
    value(await again.replica.say(id, 'comment', 'Hello again'));
    expect(again.replica.signed().statements.map((each) => each.number)).toEqual([1, 2]);
  });
});
