/** Reminders: asked for, shown by the device without any server, silent about what they are, and gone with the lock. */
import type { Page } from '@playwright/test';
import { choose } from '../choose.ts';
import { Calendar } from '../pages/calendar.ts';
import { found } from '../room.ts';
import { expect, test } from '../world.ts';

interface Note {
  readonly title: string;
  readonly body: string;
}

/** What stands on the device's screen, by its own account. */
const notesOn = (page: Page): Promise<readonly Note[]> =>
  page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready;
    return (await worker.getNotifications()).map(({ title, body }) => ({ title, body }));
  });

/** Has this browser a tab that looks after reminders? */
const looksAfter = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name }) => name?.startsWith('weft-remind-'));
  });

/** A day and an hour on which nothing that begins then has begun: half an hour from now, as the page has it. */
const soon = (page: Page): Promise<{ readonly day: string; readonly time: string }> =>
  page.evaluate(() => {
    const at = new Date(Date.now() + 30 * 60_000);
    const two = (number: number): string => String(number).padStart(2, '0');
    return {
      day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
      time: `${two(at.getHours())}:${two(at.getMinutes())}`,
    };
  });

test('a reminder comes once, from this device alone, and says what it is about only where that is wanted', async ({
  world,
}) => {
  const alice = await found(world, { kept: true });
  const { page, context } = alice;
  await context.grantPermissions(['notifications']);
  const calendar = new Calendar(page);
  await calendar.begin();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.getByRole('button', { name: 'More about this calendar' }).click();
  await page.getByRole('button', { name: 'Reminders' }).click();
  await choose(calendar.dialog.getByRole('radio', { name: '1 hour before' }));
  await expect(calendar.dialog.getByText('No server wakes this device.')).toBeVisible();
  await calendar.dialog.getByRole('button', { name: 'Done' }).click();
  expect(await notesOn(page)).toEqual([]);

  const { day, time } = await soon(page);
  await calendar.plan('Vigil for the detained', day);
  await calendar.move({ time });
  await expect.poll(() => notesOn(page)).toHaveLength(1);
  const [first] = await notesOn(page);
  expect(first?.title).toBe('Weft');
  expect(first?.body).toContain('Something in Weft is coming up');
  expect(JSON.stringify(first)).not.toContain('Vigil');

  // the page loaded again: it was told
  await page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready;
    for (const note of await worker.getNotifications()) note.close();
  });
  await expect(page.getByText('Saved here')).toBeVisible();
  await page.reload();
  await page.goto('#/settings?dialog=reminders');
  await calendar.dialog.getByLabel('Say what it is about').check();
  await calendar.dialog.getByRole('button', { name: 'Done' }).click();
  await calendar.open();
  // what is planned before the page has looked once counts as missed, and Today tells it
  await expect.poll(() => looksAfter(page)).toBe(true);
  await calendar.plan('Silent hour', day);
  await calendar.move({ time });
  await expect.poll(() => notesOn(page)).toHaveLength(1);
  expect((await notesOn(page))[0]?.title).toBe('Silent hour');

  // what was announced is moved away: what was said of it goes
  await calendar.move({ day: `${Number(day.slice(0, 4)) + 1}${day.slice(4, 8)}01` });
  await expect.poll(() => notesOn(page)).toEqual([]);
  expect(alice.seen.errors).toEqual([]);
});

test('where notifications are not allowed the screen says so, and reminders stay off', async ({ world }) => {
  const alice = await found(world);
  const { page } = alice;
  const calendar = new Calendar(page);
  await calendar.begin();
  await page.getByRole('button', { name: 'More about this calendar' }).click();
  await page.getByRole('button', { name: 'Reminders' }).click();
  await calendar.dialog.getByRole('radio', { name: '1 hour before' }).click({ force: true });
  await expect(calendar.dialog.getByText('Notifications are not allowed')).toBeVisible();
  await expect(calendar.dialog.getByRole('radio', { name: 'Not at all' })).toBeChecked();
  await calendar.dialog.getByRole('button', { name: 'Save as a calendar file' }).click();
  await expect(calendar.dialog.getByText('For whose eyes?')).toBeVisible();
  await page.goto('#/settings');
  await expect(page.locator('.card', { hasText: 'Reminders' })).toContainText('Not at all');
});
