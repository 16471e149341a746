/** Where others' carets are, as their words come in: late, in a heap, twice, or from a liar. */
import { expect, it } from 'vitest';
import { createCursors } from '../../../../src/app/live/cursors.ts';
import { carry, found, join, paletteOf, type Person } from '../../../world.ts';

const world = async () => {
  const alice = await found();
  const document = await paletteOf(alice);
  const bob = await join(alice, 2, 'Bob', 'Port');
  await carry(alice, bob);
  const said: Uint8Array[] = [];
  const listen = (person: Person, say: (bytes: Uint8Array) => void) =>
    createCursors(person.replica, person.environment, () => true, say);
  const aliceSays = listen(alice, (bytes) => said.push(bytes));
  const bobHears = listen(bob, () => undefined);
  /** Alice's words at these places, a quarter of a second apart, none heard yet */
  const words = async (...places: readonly number[]): Promise<readonly Uint8Array[]> => {
    const from = said.length;
    for (const [index, place] of places.entries()) {
      const at = Uint8Array.of(place);
      aliceSays.set({ document, text: 'message', anchor: at, head: at });
      alice.environment.pass(250);
      await expect.poll(() => said.length).toBe(from + index + 1);
    }
    return said.slice(from);
  };
  const heard = (): readonly (readonly number[])[] => bobHears.others(document).map(({ head }) => [...head]);
  return { document: document, bob, bobHears, aliceSays, words, heard };
};

it('of words that come all at once the last one counts', async () => {
  const { bob, bobHears, words, heard } = await world();
  const [first, ...heap] = await words(1, 2, 3, 4);
  expect(await bobHears.take(first as Uint8Array)).toBe(true);
  const taken = Promise.all(heap.map((word) => bobHears.take(word)));
  expect(heard()).toEqual([[1]]);
  bob.environment.pass(125);
  expect(await taken).toEqual([false, false, true]);
  expect(heard()).toEqual([[4]]);
});

it('a word that was overtaken on its way changes nothing', async () => {
  const { bob, bobHears, words, heard } = await world();
  const [first, second, third] = await words(1, 2, 3);
  await bobHears.take(first as Uint8Array);
  const taken = Promise.all([bobHears.take(third as Uint8Array), bobHears.take(second as Uint8Array)]);
  bob.environment.pass(125);
  expect(await taken).toEqual([true, false]);
  expect(heard()).toEqual([[3]]);
  bob.environment.pass(1000);
  expect(await bobHears.take(second as Uint8Array)).toBe(false);
  expect(await bobHears.take(third as Uint8Array)).toBe(false);
});

it('a word that waits when the space closes is dropped', async () => {
  const { bob, bobHears, words, heard } = await world();
  const [first, second] = await words(1, 2);
  await bobHears.take(first as Uint8Array);
  const taken = bobHears.take(second as Uint8Array);
  bobHears.stop();
  bob.environment.pass(125);
  expect(await taken).toBe(false);
  expect(heard()).toEqual([[1]]);
});
