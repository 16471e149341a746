/**
 * WEFT_COUNT kills of browsers and of the hub, at moments of import, export and live sync that WEFT_SEED picks: nothing
 * is lost that a screen had called saved. Again: `npm run test:long -- --count 1 --seed S --only KIND --round K kill`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect as see } from '@playwright/test';
import { expect, test } from 'vitest';
import { Exchange } from '../e2e/pages/exchange.ts';
import { savedBy } from '../e2e/saved-file.ts';
import { createDice } from '../world.ts';
import { askForEverything, type Kind, KINDS, play } from './kill/rounds.ts';
import { createWorld, describeScreens, type World } from './kill/world.ts';

const count = Number(process.env['WEFT_COUNT']);
const seed = Number(process.env['WEFT_SEED'] ?? 1);
const only = process.env['WEFT_ONLY'];
const first = Number(process.env['WEFT_ROUND'] ?? 1);
/** A new space now and then: what must be caught up with grows in each. */
const ROUNDS_OF_WORLD = 30;

/** Whom a round kills, and when, hangs on the seed and its number alone. */
const diceOf = (round: number) => createDice(seed * 100_003 + round);
const kindOf = (round: number): Kind =>
  KINDS.find((kind) => kind === only) ?? (KINDS[(round - 1) % KINDS.length] as Kind);

test('nothing that was called saved is lost, however often browsers and the hub are killed', async () => {
  expect(existsSync(join(import.meta.dirname, '../../dist/hub/main.js')), 'built: npm run build').toBe(true);
  expect(count).toBeGreaterThan(0);
  const notes = new Map<string, number>();
  const failures: string[] = [];
  let world: World | null = null;
  const begun = Date.now();
  try {
    for (let round = first; round < first + count; round++) {
      const kind = kindOf(round);
      const here: World = (world ??= await createWorld(seed + round));
      const since = Date.now();
      try {
        const note = (what: string): unknown => notes.set(what, (notes.get(what) ?? 0) + 1);
        await play(kind, { number: round, dice: diceOf(round), world: here, note });
        for (const { name, errors } of [here.alice, here.bob])
          expect(errors, `${name}: errors of the page`).toEqual([]);
        console.log(`round ${round} ${kind}: ${Date.now() - since} ms`);
        if ((round - first + 1) % ROUNDS_OF_WORLD === 0) {
          await lookAtAll(here);
          await here.end();
          world = null;
        }
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        failures.push(`seed ${seed}, round ${round}, ${kind} (--seed ${seed} --only ${kind} --round ${round}): ${why}`);
        console.log(`FAILED ${failures.at(-1) ?? ''}\n${await describeScreens(here)}`);
        // whatever this world is now, the next round shall not suffer for it
        await here.end();
        world = null;
      }
    }
    if (world) await lookAtAll(world);
  } catch (error) {
    failures.push(`seed ${seed}, a last look at all: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await world?.end();
  }
  console.log(`${count} rounds in ${Math.round((Date.now() - begun) / 1000)} s`);
  for (const [what, times] of [...notes].sort()) console.log(`  ${times} × ${what}`);
  expect(failures).toEqual([]);
});

/** Both have all and the same, as somebody finds who checks every entry: no gap, no fork, nothing refused. */
const lookAtAll = async ({ alice, bob, archivist }: World): Promise<void> => {
  const [hers, his] = [await bundleOf(alice.page), await bundleOf(bob.page)];
  await archivist.takeIn(hers);
  await see.poll(() => archivist.lacks(his)).toBe(0);
};

const bundleOf = async (page: World['alice']['page']): Promise<string> => {
  const exchange = new Exchange(page);
  await exchange.open();
  await askForEverything(exchange);
  await exchange.dialog.getByRole('button', { name: 'Make it' }).click();
  const { path } = await savedBy(page, () => exchange.dialog.getByRole('button', { name: 'Save file' }).click());
  return path;
};
