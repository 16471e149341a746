/** Joint actions: one common frame, each group in its own way, check-ins in turn, and files from elsewhere. */
import { choose } from '../choose.ts';
import { Calendar } from '../pages/calendar.ts';
import { found, joinByLink } from '../room.ts';
import { expect, test } from '../world.ts';
import { goOffline } from '../offline.ts';

const TITLE = 'Vigil for the detained';

test('a group takes part in its own way, is asked when the common frame changes, and both stand until it answers', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers');
  const [hers, his] = [new Calendar(alice.page), new Calendar(bob.page)];
  await hers.begin();
  await hers.plan(TITLE, '2027-03-08');
  await his.open();
  await his.openAction(hers.address);

  await his.openVariation();
  await his.takePart('In its own way');
  const name = bob.page.getByLabel('Our own name');
  await name.fill('Silent hour in the hills');
  await name.blur();
  await expect(hers.part('Hill Farmers')).toContainText('In its own way', { timeout: 60_000 });
  await expect(hers.part('Hill Farmers')).toContainText('Silent hour in the hills');

  await hers.move({ time: '20:00' });
  const asked = bob.page.locator('.notice', { hasText: 'Does yours still hold?' });
  await expect(asked).toBeVisible({ timeout: 60_000 });
  await expect(asked.locator('del')).toContainText('18:00');
  await expect(asked.locator('ins')).toContainText('20:00');
  await expect(asked).toContainText('Silent hour in the hills');
  await expect(hers.part('Hill Farmers')).toContainText('Still to look');

  await asked.getByRole('button', { name: 'Yes, it still holds' }).click();
  await expect(asked).toBeHidden();
  await expect(hers.part('Hill Farmers')).not.toContainText('Still to look', { timeout: 60_000 });
  await expect(hers.part('Hill Farmers')).toContainText('Silent hour in the hills');
  expect([...alice.seen.errors, ...bob.seen.errors]).toEqual([]);
});

test('two people move one action apart: both dates are shown with names, until somebody settles it', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers', { kept: true });
  const [hers, his] = [new Calendar(alice.page), new Calendar(bob.page)];
  await hers.begin();
  await hers.plan(TITLE, '2027-03-08');
  await his.open();
  await his.openAction(hers.address);

  // the app itself must have come whole
  await bob.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await goOffline(bob.context);
  await bob.cut();
  await his.move({ day: '2027-03-09' });
  await hers.move({ time: '14:00' });
  await expect(his.fact('When')).toContainText('9 March');
  await expect(hers.fact('When')).toContainText('14:00');
  await bob.context.setOffline(false);

  for (const each of [hers, his]) {
    await expect(each.conflict).toContainText('8 March 2027, 14:00', { timeout: 60_000 });
    await expect(each.conflict).toContainText('9 March 2027, 18:00');
  }
  await expect(hers.conflict).toContainText('You moved it to');
  await expect(hers.conflict).toContainText(/Bob.* moved it to/);
  await expect(his.conflict).toContainText(/Alice.* moved it to/);

  await his.conflict.getByRole('button', { name: /9 March/ }).click();
  for (const each of [hers, his]) {
    await expect(each.conflict).toHaveCount(0, { timeout: 60_000 });
    await expect(each.fact('When')).toContainText('9 March 2027, 18:00');
  }
});

test('a check-in comes round: the group whose turn it is finds it on Today, fills in its form, and the next group is next', async ({
  world,
}) => {
  const alice = await found(world);
  const { page } = alice;
  const calendar = new Calendar(page);
  await calendar.begin();
  await page.getByRole('button', { name: 'More about this calendar' }).click();
  await page.getByRole('link', { name: 'Check-ins' }).click();
  await page.getByRole('button', { name: 'New check-in' }).click();
  await choose(calendar.dialog.getByRole('radio', { name: /^Safety/ }));
  await calendar.dialog.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Safety' })).toBeVisible();

  await page.goto('#/');
  const due = page.locator('.row', { hasText: 'Your group hosts' }).first();
  await expect(due).toContainText('Today');
  await due.getByRole('link', { name: 'Safety' }).click();
  await calendar.dialog.getByLabel('What happened?').fill('Nothing, and everybody came home.');
  await calendar.dialog.getByLabel('It took place').check();
  await calendar.dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.locator('.row', { hasText: 'Took place' })).toHaveCount(1);

  await page.reload();
  await page.getByRole('button', { name: /^Read/ }).click();
  await expect(calendar.dialog.getByLabel('What happened?')).toHaveValue('Nothing, and everybody came home.');
  await page.goto('#/');
  await expect(page.locator('.row', { hasText: 'Your group hosts' }).filter({ hasText: 'Today' })).toHaveCount(0);
});

const FILE = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:teach-in@example.org',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=Europe/Rome:20270301T180000',
  'DTEND;TZID=Europe/Rome:20270301T200000',
  'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4',
  'SUMMARY:Teach-in',
  'END:VEVENT',
  'BEGIN:VTODO',
  'UID:task@example.org',
  'DUE:20270302T120000Z',
  'END:VTODO',
  'END:VCALENDAR',
  '',
].join('\r\n');

test('a calendar file is imported after a look at what it brings; a second time it changes nothing', async ({
  world,
}) => {
  const alice = await found(world);
  const { page } = alice;
  const calendar = new Calendar(page);
  await calendar.begin();
  await calendar.importFile('elsewhere.ics', FILE);
  await expect(page.getByText('1 new and 1 left out')).toBeVisible();
  await expect(page.getByText(/^A task that is due some time/)).toBeVisible();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.locator('.notice', { hasText: 'Imported' })).toBeVisible();

  await calendar.importFile('elsewhere.ics', FILE);
  await expect(page.getByText('1 the same and 1 left out')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);

  await calendar.importFile('broken.ics', 'BEGIN:VCALENDAR\r\nnothing\r\n');
  await expect(page.getByText('This file cannot be read')).toBeVisible();
});
