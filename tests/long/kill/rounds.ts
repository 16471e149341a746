/** What is killed, when, and what must be there afterwards. Each round leaves its people as it found them: at the point. */
import { copyFileSync, existsSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, type Locator } from '@playwright/test';
import { FirstMinute } from '../../e2e/pages/first.ts';
import { choose } from '../../e2e/choose.ts';
import { Exchange } from '../../e2e/pages/exchange.ts';
import { POINTS_OF_VOLUME } from './archivist.ts';
import { createWho, type Who } from './browser.ts';
import { comeBack, expectEven, knock, messageIn, openPoint, pastOf, sayWord, type World } from './world.ts';

export interface Dice {
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
}

export interface Round {
  readonly number: number;
  readonly dice: Dice;
  readonly world: World;
  /** something worth counting over all rounds */
  note(what: string): void;
}

export const KINDS = ['typing', 'hub', 'import', 'export', 'catchUp', 'newcomer'] as const;
export type Kind = (typeof KINDS)[number];

export const play = (kind: Kind, round: Round): Promise<void> => {
  switch (kind) {
    case 'typing':
      return killTyping(round);
    case 'hub':
      return killHub(round);
    case 'import':
      return killImport(round);
    case 'export':
      return killExport(round);
    case 'catchUp':
      return killCatchUp(round);
    case 'newcomer':
      return killNewcomer(round);
  }
};

// Live sync --------------------------------------------------------------------------------------------------------

/** Both type in one point; one of them is killed, or both. */
const killTyping = async ({ number, dice, world, note }: Round): Promise<void> => {
  const { alice, bob } = world;
  const victims = dice.pick([[alice], [bob], [alice, bob]]);
  const typing = [alice, bob].map((who) => typeMuch(who, number));
  await pass(200 + dice.below(1500));
  if (dice.below(4) === 0) await hide(dice.pick(victims));
  await Promise.all(victims.map((who) => who.kill()));
  await Promise.all(typing);
  for (const who of victims) {
    note(who.screen.saved.includes(`${initialOf(who)}${number}.`) ? 'killed after some was saved' : 'killed before');
    const { saved } = who.screen;
    expectHolds(await comeBack(who, world), saved, `${who.name}: what was saved`);
  }
  await meetAgain(world, victims, number);
};

/** Both type; the hub is killed and comes back, and half of the time their direct connection breaks too. */
const killHub = async ({ number, dice, world, note }: Round): Promise<void> => {
  const { alice, bob, hub } = world;
  const typing = [alice, bob].map((who) => typeMuch(who, number));
  await pass(dice.below(900));
  await hub.kill();
  if (dice.below(2) === 0) {
    note('cut off too');
    await dice.pick([alice, bob]).cut();
  }
  await pass(dice.below(900));
  await hub.start();
  await Promise.all(typing);
  await sayWords(world, number);
  await expectEven(world, [...wordsOf(number), `A${number}.${WORDS - 1}`, `B${number}.${WORDS - 1}`]);
};

const WORDS = 30;

const initialOf = ({ name }: Who): string => name.slice(0, 1);

/** Until it is done or the browser is gone. */
const typeMuch = async (who: Who, number: number): Promise<void> => {
  const message = messageIn(who.page);
  const words = Array.from({ length: WORDS }, (_, at) => `${initialOf(who)}${number}.${at} `);
  try {
    await message.press(who.name === 'Alice' ? 'Control+Home' : 'Control+End');
    for (const word of words) await message.pressSequentially(word, { delay: 4 });
  } catch (error) {
    if (!(error instanceof Error) || !/closed|crashed|disconnected/i.test(error.message)) throw error;
  }
};

/** As a phone does when another app comes before it: what was typed is stored, and a snapshot begins. */
const hide = async ({ page }: Who): Promise<void> => {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    Reflect.deleteProperty(document, 'visibilityState');
  });
};

const wordsOf = (number: number): readonly string[] => ['Alice', 'Bob'].map((name) => ` ${name}/${number}.`);

const sayWords = async ({ alice, bob }: World, number: number): Promise<void> => {
  const [hers = '', his = ''] = wordsOf(number);
  await sayWord(alice, hers);
  await sayWord(bob, his);
};

/** Those who came back alone reach the others again: what they write arrives, both ways, and all is even. */
const meetAgain = async (world: World, victims: readonly Who[], number: number): Promise<void> => {
  await Promise.all(victims.map((who) => who.meetOthers()));
  await sayWords(world, number);
  await expectEven(world, wordsOf(number));
};

/** `part` can be read in `whole` from its start to its end, with others' words between: nobody deletes in these rounds. */
const expectHolds = (whole: string, part: string, what: string): void => {
  let at = 0;
  for (let letter = 0; letter < part.length; letter++) {
    at = whole.indexOf(part.charAt(letter), at) + 1;
    if (at > 0) continue;
    throw new Error(`${what} is lost from letter ${letter} of ${part.length}: …${part.slice(letter, letter + 60)}`);
  }
};

// Import -----------------------------------------------------------------------------------------------------------

/** How long an import takes here: kills fall on all of it, and a little beyond. */
let importTakes = 1500;

const killImport = async (round: Round): Promise<void> => {
  const { number, dice, world, note } = round;
  const who = dice.pick([world.alice, world.bob]);
  const { title, path, changes } = await newVolume(round);
  const exchange = new Exchange(who.page);
  await exchange.open();
  const before = await rowsOf(exchange, 'From Archive');
  await exchange.look(path);
  const merge = exchange.dialog.getByRole('button', { name: 'Merge it' });
  await merge.waitFor();
  const begun = Date.now();
  await merge.click();
  const waits = dice.below(importTakes * 1.3);
  const whole = expect(exchange.dialog)
    .toContainText('bundle brought you', { timeout: 30_000 })
    .then(() => (importTakes = 0.5 * importTakes + 0.5 * (Date.now() - begun)))
    .catch(() => undefined);
  await Promise.race([pass(waits), whole]);
  await who.kill();
  await whole;
  const { dialog, taken } = who.screen;
  const isDone = dialog.includes('brought you');

  await who.start(true);
  const again = new Exchange(who.page);
  await who.page.goto(`${world.hub.url}#/exchange`);
  await again.open();
  if (isDone) {
    note('import: killed after the receipt');
    await expect.poll(() => rowsOf(again, 'From Archive'), { message: 'the receipt in the history' }).toBe(before + 1);
  } else {
    note(taken > 0 ? 'import: killed in the middle' : 'import: killed at its start');
    const resumed = who.page.getByText(/^The bundle is merged/);
    const file = who.page.getByRole('button', { name: 'Open a bundle' });
    await file.waitFor();
    if (await isWaiting(who)) {
      note('import: went on by itself');
      await resumed.waitFor();
      await who.page.getByRole('button', { name: 'Show the receipt' }).click();
    } else {
      // it was not stored yet that it was begun: the person still has the file
      await again.look(path);
      const merge = again.dialog.getByRole('button', { name: 'Merge it' });
      const nothing = again.dialog.getByText('Nothing new');
      await merge.or(nothing).first().waitFor();
      const isWhole = await nothing.isVisible();
      note(isWhole ? 'import: all of it was here when it was picked again' : 'import: picked again');
      if (!isWhole) await again.merge();
    }
    const [, count = '0'] = /brought you ([\d,]+) changes?/.exec(await again.dialog.innerText()) ?? [];
    const rest = Number(count.replaceAll(',', ''));
    note(rest < changes ? 'import: went on where it was' : 'import: from its start');
    expect(rest, `of ${changes} changes ${taken} were said to be here`).toBeLessThanOrEqual(changes - taken);
    await again.close();
  }
  await expectVolume(who, world, title);
  world.volumes.push(title);
  await openPoint(who, world.hub.url, world.point);
  await meetAgain(world, [who], number);
};

const newVolume = async ({ number, world }: Round): Promise<{ title: string; path: string; changes: number }> => {
  const title = `Volume ${number}`;
  const path = world.file(`volume-${number}.bin`);
  return { title, path, changes: await world.archivist.writeVolume(title, path) };
};

const rowsOf = async (exchange: Exchange, title: string): Promise<number> => {
  const older = exchange.page.getByRole('button', { name: /^Show .* older$/ });
  if (await older.isVisible()) await older.click();
  return (await exchange.past.allInnerTexts()).filter((row) => row.includes(title)).length;
};

/** Is a file kept here that is half merged, or was it until just now? */
const isWaiting = async ({ page }: Who): Promise<boolean> => {
  const merged: Locator = page.getByText(/^(The bundle is merged|Merging)/);
  const kept = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    if (!names.includes('weft-waiting')) return false;
    return new Promise<boolean>((resolve) => {
      const opening = indexedDB.open('weft-waiting');
      opening.onsuccess = () => {
        const counting = opening.result.transaction('files').objectStore('files').count();
        counting.onsuccess = () => {
          opening.result.close();
          resolve(counting.result > 0);
        };
      };
    });
  });
  return kept || merged.first().isVisible();
};

const expectVolume = async ({ page }: Who, { hub }: World, title: string): Promise<void> => {
  await page.goto(`${hub.url}#/points`);
  await page.getByRole('link', { name: title, exact: true }).click({ timeout: 60_000 });
  await expect(page.locator('tbody th a')).toHaveCount(POINTS_OF_VOLUME, { timeout: 60_000 });
};

// Export -----------------------------------------------------------------------------------------------------------

let exportTakes = 1500;

const killExport = async ({ number, dice, world, note }: Round): Promise<void> => {
  const who = dice.pick([world.alice, world.bob]);
  const word = ` ${who.name}/${number}e.`;
  await sayWord(who, word);
  await expect(who.page.getByText('Saved here').first()).toBeVisible();
  const exchange = new Exchange(who.page);
  await exchange.open();
  const before = await rowsOf(exchange, 'For everyone');
  await askForEverything(exchange);
  const begun = Date.now();
  let saved: string | null = null;
  const making = (async () => {
    await exchange.dialog.getByRole('button', { name: 'Make it' }).click();
    const save = exchange.dialog.getByRole('button', { name: 'Save file' });
    await save.waitFor();
    const [download] = await Promise.all([who.page.waitForEvent('download'), save.click()]);
    const path = await download.path();
    if (existsSync(path)) copyFileSync(path, world.file(`saved-${number}.bin`));
    saved = world.file(`saved-${number}.bin`);
    exportTakes = 0.5 * exportTakes + 0.5 * (Date.now() - begun);
  })().catch(() => undefined);
  await pass(dice.below(exportTakes * 1.3));
  await who.kill();
  await making;
  expectHolds(await comeBack(who, world), word, `${who.name}: what was saved`);
  note(saved === null ? 'export: killed before the file was there' : 'export: killed after the file was there');
  if (saved !== null) {
    await world.archivist.takeIn(saved);
    expect((await world.archivist.texts()).join('\n')).toContain(word);
  }
  // the row of its history is a note beside, written a moment later: it may be missing, never be there twice
  const exchanged = (await pastOf(who, world.hub.url)).filter((row) => row.includes('For everyone')).length;
  note(exchanged > before ? 'export: the history tells of it' : 'export: the history does not tell of it');
  expect([before, before + 1]).toContain(exchanged);
  await openPoint(who, world.hub.url, world.point);
  await meetAgain(world, [who], number);
};

/** Opens the dialog; where nothing is known of somebody, it is for everything anyhow. */
export const askForEverything = async ({ page, dialog }: Exchange): Promise<void> => {
  await page.getByRole('button', { name: 'Make a bundle' }).click();
  await expect(dialog).toContainText(/It holds|nothing/);
  const everything = dialog.getByRole('radio', { name: 'Everything' });
  if (await everything.isVisible()) await choose(everything);
};

// Catching up ------------------------------------------------------------------------------------------------------

/** One was away while the other took in a volume, and is killed while it comes. */
const killCatchUp = async (round: Round): Promise<void> => {
  const { number, dice, world, note } = round;
  const { alice, bob, hub, point } = world;
  const [away, here] = dice.pick([
    [alice, bob],
    [bob, alice],
  ]);
  await away.kill();
  const { title, path } = await newVolume(round);
  const exchange = new Exchange(here.page);
  await exchange.open();
  await exchange.look(path);
  await exchange.merge();
  await exchange.close();
  await openPoint(here, hub.url, point);
  const saved = await comeBack(away, world);
  await away.meetOthers();
  await pass(dice.below(3000));
  await away.kill();
  expectHolds(await comeBack(away, world), saved, `${away.name}: what was there`);
  await away.page.goto(`${hub.url}#/points`);
  await away.page.getByRole('link', { name: 'Port strike' }).waitFor();
  const isThere = await away.page.getByRole('link', { name: title, exact: true }).isVisible();
  note(isThere ? 'catching up: some was there' : 'catching up: nothing was there');
  await away.meetOthers();
  await expectVolume(away, world, title);
  world.volumes.push(title);
  await openPoint(away, hub.url, point);
  await meetAgain(world, [], number);
};

/** Somebody new comes through the open door, and is killed on the way in. */
const killNewcomer = async ({ number, dice, world, note }: Round): Promise<void> => {
  const { hub, door, volumes } = world;
  const chen = await createWho(`Chen ${number}`, 'Seafarers', hub.url);
  try {
    await knock(chen, hub.url, door);
    await pass(dice.below(3500));
    await chen.kill();
    const wasIn = chen.screen.isIn;
    await chen.start();
    await chen.page.goto(hub.url);
    const places = chen.page.getByRole('navigation', { name: 'Places' });
    const waiting = chen.page.getByRole('heading', { name: 'Waiting to be let in' });
    const doors = chen.page.getByRole('link', { name: 'Join with an invite' });
    const language = chen.page.getByRole('radio', { name: 'English' });
    await places.or(waiting).or(doors).or(language).first().waitFor();
    // Chromium writes such choices some seconds later; nobody called it saved
    if (await language.isVisible()) await new FirstMinute(chen.page).chooseLanguage();
    await places.or(waiting).or(doors).first().waitFor();
    if (await doors.isVisible()) {
      expect(wasIn, 'the screen had said that Chen is in').toBe(false);
      note('newcomer: killed before the request was stored');
      return;
    }
    note((await places.isVisible()) ? 'newcomer: was in' : 'newcomer: still waited');
    await places.waitFor({ timeout: 60_000 });
    await openPoint(chen, hub.url, world.point);
    const all = await messageIn(world.alice.page).inputValue();
    await expect(messageIn(chen.page)).toHaveValue(all, { timeout: 60_000 });
    for (const title of volumes.slice(-2)) await expectVolume(chen, world, title);
    expect(chen.errors).toEqual([]);
  } finally {
    await chen.end();
  }
};
