/** Two people change one text apart, a bundle brings it together, and a person decides; who changed what is in the log. */
import type { Browser, Locator, Page } from '@playwright/test';
import { choose } from '../choose.ts';
import { lookAt } from '../every-screen/look-at.ts';
import { Agreements } from '../pages/agreements.ts';
import { Calendar } from '../pages/calendar.ts';
import { Exchange } from '../pages/exchange.ts';
import { messageOf, startPalette, writeMessage } from '../pages/writing.ts';
import { cutOff, type Device, joinByFiles, newDevice, startSpace } from '../stick.ts';
import { expect, test } from '../world.ts';

test('a point and a clause that two people changed apart are shown with both sides, decided, and seen as decided', async ({
  browser,
}) => {
  const wrong: string[] = [];
  const [alice, hiwot] = await twoWithOneSpace(browser);
  await writeMessage(alice.page, 'Every crew', { atStart: 'Together: ' });
  await writeMessage(hiwot.page, 'Every crew', { atEnd: ' Always.' });
  await writeClause(alice.page, ' No names are written down.');
  await writeClause(hiwot.page, ' Nobody is left behind.');
  await move(alice.page, '16:00');
  await move(hiwot.page, '19:30');
  await setStatus(alice.page, 'In review');
  await setStatus(hiwot.page, 'Approved');
  await passOn(hiwot, alice);
  await expect(new Exchange(alice.page).dialog).toContainText('4 places were changed apart by two people');
  await new Exchange(alice.page).dialog.getByRole('link', { name: 'Look at them' }).click();

  const point = card(alice.page, 'What we say');
  await expect(point.getByText(/Alice.? · /)).toBeVisible();
  await expect(point.getByText(/Hiwot.? · /)).toBeVisible();
  await expect(side(point, 'Alice').locator('ins')).toContainText('Together:');
  await expect(side(point, 'Hiwot').locator('ins')).toContainText('Always.');
  await expect(side(point, 'As it stands now')).toContainText('Together: Every crew comes home. Always.');
  await point.getByRole('button', { name: /^Take .*Hiwot/ }).click();
  await expect(point).toContainText(/Hiwot.*’s was taken by .*Alice/);

  // it may be taken back at once, and decided anew
  await alice.page.getByRole('button', { name: 'Undo' }).click();
  await expect(point.getByRole('button', { name: 'Keep it merged' })).toBeVisible();
  await expect(side(point, 'As it stands now')).toContainText('Together: Every crew comes home. Always.');
  await point.getByRole('button', { name: /^Take .*Hiwot/ }).click();
  await expect(point).toContainText(/Hiwot.*’s was taken by .*Alice/);
  const clause = card(alice.page, 'A clause');
  await expect(side(clause, 'Alice').locator('ins')).toContainText('No names are written down.');
  await clause.getByRole('button', { name: 'Keep it merged' }).click();
  await expect(clause).toContainText(/Kept as merged by .*Alice/);
  expect(await messageOf(alice.page, 'Every crew')).toBe('Every crew comes home. Always.');

  await alice.page.goto('#/apart');
  const status = card(alice.page, 'How far it is');
  await expect(side(status, 'Alice')).toContainText('In review');
  await expect(side(status, 'Hiwot')).toContainText('Approved');
  wrong.push(...(await lookAt(alice.page, 'apart', 'en', 0)));
  await status.getByRole('button', { name: /^Take .*Alice/ }).click();
  await expect(status).toContainText(/Alice.*’s choice was taken by .*Alice/);
  // the calendar shows both, and is settled with it
  const when = card(alice.page, 'When');
  await expect(side(when, 'Hiwot')).toContainText('19:30');
  await when.getByRole('button', { name: /^Take .*Hiwot/ }).click();
  await expect(when).toContainText(/Hiwot.*’s choice was taken by .*Alice/);
  wrong.push(...(await lookAt(alice.page, 'apart (decided)', 'en', 1)));

  await passOn(alice, hiwot);
  await expect(new Exchange(hiwot.page).dialog).not.toContainText('changed apart');
  await new Exchange(hiwot.page).close();
  expect(await messageOf(hiwot.page, 'Every crew')).toBe('Every crew comes home. Always.');
  await hiwot.page.goto('#/agreements');
  await hiwot.page.getByRole('link', { name: 'Safety at actions' }).click();
  await hiwot.page.getByRole('link', { name: 'Changed apart' }).click();
  await expect(card(hiwot.page, 'A clause')).toContainText(/Kept as merged by .*Alice/);
  await expect(hiwot.page.getByRole('heading', { name: 'To be decided' })).toHaveCount(0);
  const calendar = new Calendar(hiwot.page);
  await calendar.open();
  await hiwot.page.getByRole('link', { name: /March/ }).first().click();
  await expect(calendar.fact('When')).toContainText('19:30');
  await expect(calendar.conflict).toHaveCount(0);

  await hiwot.page.goto('#/settings');
  await choose(hiwot.page.getByRole('radio', { name: 'العربية' }));
  await hiwot.page.goto('#/apart');
  await expect(hiwot.page.locator('main h2')).toHaveCount(5);
  wrong.push(...(await lookAt(hiwot.page, 'apart (decided)', 'ar', 2)));
  expect(wrong).toEqual([]);
});

test('who changed what in a palette is a time line with names and what went and came', async ({ browser }) => {
  const [alice, hiwot] = await twoWithOneSpace(browser);
  await writeMessage(hiwot.page, 'Every crew', { atEnd: ' Always.' });
  await move(hiwot.page, '19:30');
  await passOn(hiwot, alice);
  await new Exchange(alice.page).close();
  await alice.page.goto('#/points');
  await alice.page.getByRole('link', { name: 'Port strike' }).click();
  await alice.page.getByText('About this palette').click();
  await alice.page.getByRole('link', { name: 'Who changed what' }).click();
  const lines = alice.page.locator('ol > li');
  await expect(lines).toHaveCount(2);
  const hers = lines.filter({ hasText: 'Hiwot' });
  await expect(hers).toContainText('What we say');
  await hers.getByText('What changed').click();
  await expect(hers.locator('ins')).toContainText('Always.');
  await expect(hers.locator('del')).toHaveCount(0);

  // of an action: what was set is told in words
  await alice.page.goto('#/calendar');
  await alice.page.getByRole('button', { name: 'More about this calendar' }).click();
  await alice.page.getByRole('link', { name: 'Who changed what' }).click();
  const moved = alice.page.locator('ol > li', { hasText: 'Hiwot' });
  await expect(moved).toContainText(/When · .*March to the port/);
  for (const fold of await alice.page.locator('ol summary').all()) await fold.click();
  await expect(moved.locator('ins')).toContainText('19:30');
  await expect(moved.locator('del')).toContainText('18:00');
  expect(await lookAt(alice.page, 'past of a calendar', 'en', 3)).toEqual([]);
});

// Devices of these stories -----------------------------------------------------------------------------------------

/** Both have a palette and an agreement, and no network. */
const twoWithOneSpace = async (browser: Browser): Promise<readonly [Device, Device]> => {
  const alice = await newDevice(browser, { locale: 'en-GB' });
  const hiwot = await newDevice(browser, { locale: 'en-GB' });
  await cutOff(alice, hiwot);
  await startSpace(alice);
  await startPalette(alice.page, 'Port strike', ['Every crew comes home.']);
  const agreements = new Agreements(alice.page);
  await agreements.open();
  await agreements.begin('Safety and escalation', 'Safety at actions');
  const calendar = new Calendar(alice.page);
  await calendar.begin();
  await calendar.plan('March to the port', '2027-03-08');
  await expect(alice.page.getByText('Saved here')).toBeVisible();
  await joinByFiles(alice, hiwot);
  await passOn(alice, hiwot);
  await new Exchange(hiwot.page).close();
  return [alice, hiwot];
};

/** A bundle from one to the other; the receipt stays open. */
const passOn = async (from: Device, to: Device): Promise<void> => {
  const sender = new Exchange(from.page);
  await sender.open();
  const path = await sender.make();
  const receiver = new Exchange(to.page);
  await receiver.open();
  await receiver.look(path);
  await receiver.merge();
};

const writeClause = async (page: Page, words: string): Promise<void> => {
  const agreements = new Agreements(page);
  await agreements.openByTitle('Safety at actions');
  await agreements.typeAtEnd(1, words);
  await expect(page.getByText('Saved here')).toBeVisible();
};

const move = async (page: Page, time: string): Promise<void> => {
  const calendar = new Calendar(page);
  await calendar.open();
  await page.getByRole('link', { name: /March/ }).first().click();
  await calendar.move({ time });
  await expect(page.getByText('Saved here')).toBeVisible();
};

const setStatus = async (page: Page, status: string): Promise<void> => {
  await messageOf(page, 'Every crew');
  await page.getByLabel('How far it is').selectOption(status);
  await expect(page.getByText('Saved here')).toBeVisible();
};

const card = (page: Page, heading: string): Locator =>
  page
    .locator('.card, section')
    .filter({ has: page.getByRole('heading', { level: 2, name: new RegExp(`^${heading}`) }) })
    .last();
const side = (card: Locator, name: string): Locator =>
  card.getByRole('group').filter({ has: card.page().getByRole('heading', { level: 3, name: new RegExp(name) }) });
