/** What nobody else has yet, and since when: true after a killed process too. */
import { describe, expect, it } from 'vitest';
import { LOCAL } from '../../../src/log/capture.ts';
import { emptyVector } from '../../../src/log/vector.ts';
import { carry, found, join, paletteOf, type Person, restart, value } from '../../world.ts';

const world = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Farmers');
  const id = await paletteOf(alice);
  const doc = value(await alice.replica.openDocument(id));
  const type = async (text: string): Promise<void> => {
    doc.transact(() => doc.getText('text').insert(0, text), LOCAL);
    value(await alice.replica.flush());
  };
  const share = async (): Promise<void> => {
    await carry(alice, bob);
    hear(alice, bob);
    await alice.replica.flush();
  };
  return { alice, bob, type, share };
};
const hear = (person: Person, other: Person): void =>
  person.replica.heard(other.replica.device, other.replica.vector(), true);
const minuteOf = (person: Person): number => Math.floor(person.environment.now() / 60_000);

describe('what nobody else has', () => {
  it('is nothing after all was shared and the process killed', async () => {
    const { alice, share, type } = await world();
    await type('Hello');
    await share();
    const again = await restart(alice);
    expect(again.replica.unshared()).toEqual({ changes: 0, since: 0 });
    expect(again.replica.progress().map((each) => each.heard)).toEqual([minuteOf(alice)]);
  });

  it('is so since the first of it, whenever the process was killed', async () => {
    const { alice, share, type } = await world();
    await type('Hello');
    await share();
    alice.environment.minutes(10);
    const first = minuteOf(alice);
    await type('A ');
    alice.environment.minutes(10);
    await type('B ');
    const again = await restart(alice);
    expect(again.replica.unshared()).toEqual({ changes: 2, since: first });
    alice.environment.minutes(10);
    expect((await restart(again)).replica.unshared()).toEqual({ changes: 2, since: first });
  });

  it('counts from anew once all was shared, records and statements too', async () => {
    const { alice, share, type } = await world();
    await type('Hello');
    alice.environment.minutes(5);
    await share();
    alice.environment.minutes(5);
    value(await alice.replica.changeProfile({ name: 'Alicia', languages: [] }));
    expect((await restart(alice)).replica.unshared()).toEqual({ changes: 1, since: minuteOf(alice) });
  });

  it('is more again where the other came back with an old disk', async () => {
    const { alice, bob, share, type } = await world();
    await type('Hello');
    await share();
    alice.replica.heard(bob.replica.device, emptyVector(), true);
    alice.environment.pass(5000);
    await alice.replica.flush();
    const { changes, since } = (await restart(alice)).replica.unshared();
    expect(changes).toBe(alice.replica.unshared().changes);
    expect(changes).toBeGreaterThan(0);
    expect(since).toBe(minuteOf(alice));
  });

  it('is noted in few steps, however often others say what they have', async () => {
    const { alice, bob, share, type } = await world();
    await type('Hello');
    await share();
    await alice.replica.flush();
    let steps = 0;
    const commit = alice.storage.commit.bind(alice.storage);
    alice.storage.commit = (step) => {
      steps += 1;
      return commit(step);
    };
    for (let second = 0; second < 60; second++) {
      alice.environment.pass(1000);
      alice.replica.heard(bob.replica.device, second % 2 ? emptyVector() : bob.replica.vector(), true);
      await alice.replica.flush();
    }
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThanOrEqual(13);
    // and nothing at all where they say nothing new
    alice.environment.pass(10_000);
    await alice.replica.flush();
    steps = 0;
    for (let second = 0; second < 60; second++) {
      hear(alice, bob);
      alice.environment.pass(1000);
      await alice.replica.flush();
    }
    expect(steps).toBeLessThanOrEqual(1);
  });
});
