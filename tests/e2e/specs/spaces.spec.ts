/** Several spaces on one device, kept apart; and everything erased from it. */
import { expect, type Page, test } from '@playwright/test';
import { choose } from '../choose.ts';
import { keptHere } from '../kept-here.ts';
import { Exchange } from '../pages/exchange.ts';
import { FirstMinute } from '../pages/first.ts';
import { Lock } from '../pages/lock.ts';
import { Spaces } from '../pages/spaces.ts';
import { startPalette } from '../pages/writing.ts';
import { savesAsDownloads } from '../saved-file.ts';

const PASSPHRASE = 'lantern gravel seven oars';

/** Who somebody is in a space, and all that may be seen of it nowhere else. */
const HARBOUR = {
  space: 'Harbour to Hills',
  person: { name: 'Alice', group: 'Dockers’ Circle' },
  palette: 'Port strike',
  point: 'Every crew comes home.',
};
const RIVER = {
  space: 'River Delta',
  person: { name: 'Amal', group: 'Net Menders' },
  palette: 'Dam vigil',
  point: 'The water is everybody’s.',
};
type Part = typeof HARBOUR;

test('two spaces on one device are kept apart, over switching, reloading, locking and in two tabs', async ({
  page,
  context,
}) => {
  await savesAsDownloads(context);
  const first = new FirstMinute(page);
  await first.open();
  await first.chooseLanguage();
  await first.startSpace(HARBOUR.space, HARBOUR.person, PASSPHRASE);
  await startPalette(page, HARBOUR.palette, [HARBOUR.point]);
  const exchange = new Exchange(page);
  await exchange.open();
  const bundle = await exchange.make();

  const spaces = new Spaces(page);
  await spaces.open();
  await first.startAnotherSpace(RIVER.space, RIVER.person);
  await startPalette(page, RIVER.palette, [RIVER.point]);
  await expectOnly(page, RIVER, HARBOUR);
  // not even by hand does anything pass from one to the other
  await exchange.open();
  await exchange.look(bundle);
  await expect(exchange.dialog).toContainText('This file cannot be opened with the keys of this space.');
  await exchange.close();

  await spaces.enter(HARBOUR.space);
  await expectOnly(page, HARBOUR, RIVER);
  await page.reload();
  await new Lock(page).tryPassphrase(PASSPHRASE);
  await expectOnly(page, HARBOUR, RIVER);

  // another tab is in the other space, and each stays where it is
  const tab = await context.newPage();
  await tab.goto('./');
  await new Lock(tab).tryPassphrase(PASSPHRASE);
  await new Spaces(tab).expectOpen(HARBOUR.space);
  const others = new Spaces(tab);
  await others.enter(RIVER.space);
  for (const each of [page, tab]) await each.reload();
  await new Lock(page).tryPassphrase(PASSPHRASE);
  await new Lock(tab).tryPassphrase(PASSPHRASE);
  await expectOnly(tab, RIVER, HARBOUR);
  await expectOnly(page, HARBOUR, RIVER);
  await tab.close();

  await new Lock(page).lockNow();
  const lock = new Lock(page);
  await expect(lock.heading).toBeVisible();
  for (const part of [HARBOUR, RIVER]) await expectNothingOf(page, part);
  await lock.tryPassphrase(PASSPHRASE);
  await expectOnly(page, HARBOUR, RIVER);
  await spaces.open();
  await expect(spaces.names).toHaveText([/^Harbour to Hills.*Open now$/, /^River Delta/]);
  await spaces.enter(RIVER.space);
  await expectOnly(page, RIVER, HARBOUR);
});

test('what is erased from Settings, or by somebody who cannot unlock, leaves nothing here but the app', async ({
  page,
  context,
}) => {
  const first = new FirstMinute(page);
  await first.open();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const app = (await keptHere(page)).cached;
  expect(app).not.toEqual([]);
  await first.chooseLanguage();
  await first.startSpace(HARBOUR.space, HARBOUR.person);
  await startPalette(page, HARBOUR.palette, [HARBOUR.point]);
  await new Spaces(page).open();
  await first.startAnotherSpace(RIVER.space, RIVER.person);
  await startPalette(page, RIVER.palette, [RIVER.point]);
  const tab = await context.newPage();
  await tab.goto('./');
  await new Spaces(tab).expectOpen(RIVER.space);

  await page.goto('#/settings');
  await choose(page.getByRole('radio', { name: 'Dark' }));
  const before = await keptHere(page);
  expect(before.rows['weft/rows']).toBeGreaterThan(5);
  expect(before.rows['weft/shelf']).toBeGreaterThan(0);
  expect(before.local).toEqual(expect.arrayContaining(['weft.language', 'weft.theme']));
  await page.getByRole('button', { name: 'Erase everything from this device…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase everything from this device?' });
  await expect(dialog).toContainText('Other people’s devices keep their copies.');
  await expect(dialog).toContainText(/\d+ changes have not been shared with anybody. They will be lost./);
  await dialog.getByRole('button', { name: 'Erase' }).click();
  for (const each of [page, tab]) await expectErased(each, app);

  await first.chooseLanguage();
  await expect(page.getByRole('heading', { name: 'Already on this device' })).toHaveCount(0);
  await first.startSpace(HARBOUR.space, HARBOUR.person, PASSPHRASE);
  await startPalette(page, HARBOUR.palette, [HARBOUR.point]);
  await new Lock(page).lockNow();
  await page.getByRole('button', { name: 'Erase this device…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).click();
  await expectErased(page, app);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'English' })).toBeVisible();
  await expect(new Lock(page).heading).toHaveCount(0);
});

const expectNothingOf = async (page: Page, { space, person, palette, point }: Part): Promise<void> => {
  for (const words of [space, person.name, person.group, palette, point]) {
    await expect(page.locator('body')).not.toContainText(words);
  }
};

/** On every screen of the space that is open, its own things are seen, and nothing of the other. */
const expectOnly = async (page: Page, own: Part, other: Part): Promise<void> => {
  const { space, person, palette, point } = own;
  const main = page.getByRole('main');
  await new Spaces(page).expectOpen(space);
  await page.goto('#/points');
  await main.getByRole('link', { name: palette }).click();
  await expect(main.getByRole('link', { name: point })).toBeVisible();
  await expectNothingOf(page, other);
  for (const [address, words] of [
    ['#/points', palette],
    ['#/people', `${person.name} (you)`],
    ['#/exchange', 'Who has what'],
    ['#/', space],
  ] as const) {
    await page.goto(address);
    await expect(page.locator('body')).toContainText(words);
    await expectNothingOf(page, other);
  }
};

const expectErased = async (page: Page, app: readonly string[]): Promise<void> => {
  await expect(page.getByText('Everything is erased from this device.')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'English' })).toBeVisible();
  for (const part of [HARBOUR, RIVER]) await expectNothingOf(page, part);
  const { rows, bytes, ...rest } = await keptHere(page);
  expect(rest).toEqual({ local: [], session: [], cookies: '', cached: app });
  // the app has begun anew: an empty database, and a shelf with nothing on it
  expect(rows).toMatchObject({ 'weft/rows': 0, 'weft/shelf': 0, 'weft-shelf/custom': 0 });
  expect(bytes).toBeLessThan(10);
};
