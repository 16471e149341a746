/** The people of some rounds: two who write in one point, an archivist without a browser, a hub, and an open door. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Exchange } from '../../e2e/pages/exchange.ts';
import { FirstMinute } from '../../e2e/pages/first.ts';
import { People } from '../../e2e/pages/people.ts';
import { TalkingPoints } from '../../e2e/pages/talking-points.ts';
import { type Archivist, createArchivist } from './archivist.ts';
import { createWho, type Who } from './browser.ts';
import { createHubProcess, type HubProcess } from './hub.ts';

export interface World {
  readonly hub: HubProcess;
  readonly alice: Who;
  readonly bob: Who;
  readonly archivist: Archivist;
  /** where the point is that both have open: the part of the address after the hub's */
  readonly point: string;
  /** the code of the open door */
  readonly door: string;
  /** the volumes that were imported by now */
  readonly volumes: string[];
  /** a path for a file */
  file(name: string): string;
  end(): Promise<void>;
}

export const createWorld = async (seed: number): Promise<World> => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-kills-'));
  const hub = await createHubProcess();
  const everybody: Who[] = [];
  const end = async (): Promise<void> => {
    for (const who of everybody) await who.end();
    await hub.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await hub.start();
    const alice = await createWho('Alice', 'Dockers’ Circle', hub.url);
    everybody.push(alice);
    await arrive(alice, hub.url);
    await new FirstMinute(alice.page).startSpace('Harbour to Hills', alice);
    const talk = new TalkingPoints(alice.page);
    await talk.open();
    await talk.beginPalette('Port strike', 'English');
    await talk.addPoint('Safety', BEGINNING);
    const point = new URL(alice.page.url()).hash;

    const people = new People(alice.page);
    await people.open();
    const archivist = await createArchivist(seed, await people.invite());
    await archivist.writeRequest(join(folder, 'request'));
    await archivist.openAnswer(await people.admit(join(folder, 'request')));
    const door = await people.openDoor();

    const bob = await createWho('Bob', 'Hill Farmers', hub.url);
    everybody.push(bob);
    await comeIn(bob, hub.url, door);
    await openPoint(bob, hub.url, point);
    await openPoint(alice, hub.url, point);
    return { hub, alice, bob, archivist, point, door, volumes: [], file: (name) => join(folder, name), end };
  } catch (error) {
    await end();
    throw error;
  }
};

export const BEGINNING = 'Every crew comes home.';

const arrive = async ({ page }: Who, url: string): Promise<void> => {
  const first = new FirstMinute(page);
  await first.open(url);
  await first.chooseLanguage();
};

/** Up to where they ask to be let in. */
export const knock = async (who: Who, url: string, door: string): Promise<void> => {
  await arrive(who, url);
  await who.page.goto(`${url}#/join/${door}`);
  const first = new FirstMinute(who.page);
  await who.page.getByLabel('Your name here').fill(who.name);
  await who.page.getByLabel('Your group').fill(who.group);
  await who.page.getByRole('button', { name: 'Continue' }).click();
  await first.answerPassphraseOffer(null);
};

export const comeIn = async (who: Who, url: string, door: string): Promise<void> => {
  await knock(who, url, door);
  await expect(who.page.getByText(`You are in. Welcome, ${who.name}.`)).toBeVisible({ timeout: 60_000 });
};

export const openPoint = async ({ page }: Who, url: string, point: string): Promise<void> => {
  await page.goto(`${url}${point}`);
  // Chromium writes down such a choice some seconds later, and nobody called it saved
  const language = page.getByRole('radio', { name: 'English' });
  await messageIn(page).or(language).first().waitFor({ timeout: 60_000 });
  if (await language.isVisible()) await new FirstMinute(page).chooseLanguage();
  await expect(messageIn(page)).toHaveValue(/^/, { timeout: 60_000 });
};

export const messageIn = (page: Who['page']) => page.getByRole('textbox', { name: 'What we say' });

/** Another start after a kill, on the point that both write in; nobody else can be reached yet. */
export const comeBack = async (who: Who, { hub, point }: World): Promise<string> => {
  await who.start(true);
  await openPoint(who, hub.url, point);
  await expect(messageIn(who.page)).toHaveValue(/home/);
  return messageIn(who.page).inputValue();
};

/** What both show is equal and holds all that is wanted, once they have reached each other. */
export const expectEven = async ({ alice, bob }: World, wanted: readonly string[]): Promise<void> => {
  const look = async (): Promise<string> => {
    const [hers, his] = await Promise.all([alice, bob].map(({ page }) => messageIn(page).inputValue()));
    const lacking = wanted.filter((part) => hers?.includes(part) !== true || his?.includes(part) !== true);
    return hers === his && lacking.length === 0
      ? 'even'
      : `lacking ${lacking.join()}; Alice ${hers?.length ?? 0}, Bob ${his?.length ?? 0} letters`;
  };
  await expect.poll(look, { timeout: 60_000, intervals: [50, 100, 200] }).toBe('even');
};

/** Each at their own end, where no half of the other's word can come between. */
export const sayWord = async ({ page, name }: Who, word: string): Promise<void> => {
  const message = messageIn(page);
  await message.press(name === 'Alice' ? 'Control+Home' : 'Control+End');
  await message.pressSequentially(word);
};

export const pastOf = async (who: Who, url: string): Promise<readonly string[]> => {
  const exchange = new Exchange(who.page);
  await who.page.goto(`${url}#/exchange`);
  await exchange.open();
  const older = who.page.getByRole('button', { name: /^Show .* older$/ });
  if (await older.isVisible()) await older.click();
  return exchange.past.allInnerTexts();
};

/** What the screens show, for whoever looks for a fault. */
export const describeScreens = async ({ alice, bob }: World): Promise<string> => {
  const describe = async ({ name, page }: Who): Promise<string> => {
    const text = await page.evaluate(() => document.body.innerText).catch(() => 'no page');
    const message = await messageIn(page)
      .inputValue({ timeout: 500 })
      .catch(() => 'no point');
    return `${name} at ${page.url()}\n${text.slice(0, 1500)}\n[${message}]`;
  };
  return (await Promise.all([alice, bob].map(describe))).join('\n');
};
