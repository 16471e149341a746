/** What only a browser can show of a calendar's address, of its lists, and of a series that goes on otherwise. */
import { choose } from '../choose.ts';
import { Calendar } from '../pages/calendar.ts';
import { found, joinByLink } from '../room.ts';
import { expect, test } from '../world.ts';

/** In so many days, as a date field takes it. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv');

test('view and date stay: over Back, over a reload, and over a look at an action', async ({ world }) => {
  const alice = await found(world);
  const { page } = alice;
  const calendar = new Calendar(page);
  const look = () => new URL(page.url()).hash.split('?')[1] ?? '';
  const heading = (day: Date) => new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(day);
  const now = new Date();
  const next = new Date(now.getFullYear(), now.getMonth() + 1, 1);

  await calendar.begin();
  await calendar.plan('Vigil', inDays(3));
  await page.goto('#/calendar');
  await expect.poll(look).toBe('view=agenda');

  await choose(page.getByRole('radio', { name: 'Month' }));
  await expect.poll(look).toBe('view=month');
  await page.getByRole('button', { name: 'Month after' }).click();
  await expect.poll(look).toMatch(/^view=month&from=\d{4}-\d\d$/);
  const month = look();
  await expect(page.getByRole('heading', { name: heading(next) })).toBeVisible();

  await test.step('a reload', async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: heading(next) })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Month' })).toBeChecked();
    expect(look()).toBe(month);
  });

  await test.step('a dialog over it, closed by Back', async () => {
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(look()).toBe(`${month}&dialog=calendarFilter`);
    await page.goBack();
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(look()).toBe(month);
  });

  await test.step('another view, and Back to this one', async () => {
    await choose(page.getByRole('radio', { name: 'Groups' }));
    await expect.poll(look).toMatch(/^view=lanes&from=\d{4}-\d\d-01$/);
    await page.goBack();
    await expect(page.getByRole('radio', { name: 'Month' })).toBeChecked();
    await expect(page.getByRole('heading', { name: heading(next) })).toBeVisible();
    expect(look()).toBe(month);
  });

  await test.step('an action, and Back', async () => {
    await page.getByRole('button', { name: 'Today' }).click();
    await expect.poll(look).toBe('view=month');
    await page.getByRole('button', { name: 'Month after' }).click();
    await expect.poll(look).toBe(month);
    await page.goto(new URL(calendar.address).hash);
    await expect(page.getByLabel('Where it stands')).toBeVisible();
    // the browser's, and then the screen's own
    await page.goBack();
    await expect(page.getByRole('heading', { name: heading(next) })).toBeVisible();
    await page.goto(new URL(calendar.address).hash);
    await page.getByRole('link', { name: 'Back' }).click();
    await expect(page.getByRole('heading', { name: heading(next) })).toBeVisible();
    await expect.poll(look).toBe(month);
  });

  await test.step('a key that is held down', async () => {
    await page.locator('td[tabindex="0"]').focus();
    for (let press = 0; press < 40; press++) await page.keyboard.press('ArrowRight');
    const day = new Date(next.getFullYear(), next.getMonth(), 41);
    const pad = (part: number): string => String(part).padStart(2, '0');
    await expect
      .poll(look)
      .toBe(`view=month&from=${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`);
  });

  await test.step('what is searched for is in no address', async () => {
    await page.getByRole('searchbox').fill('Vigil');
    await expect(page.getByText('1 action found')).toBeVisible();
    await choose(page.getByRole('radio', { name: 'Agenda' }));
    await expect.poll(look).toBe('view=agenda');
    expect(decodeURIComponent(page.url())).not.toContain('Vigil');
  });
  expect(alice.seen.errors).toEqual([]);
});

test('what has no date yet has a heading of its own; things needed are named once and offered again', async ({
  world,
}) => {
  const alice = await found(world);
  const { page } = alice;
  const calendar = new Calendar(page);
  await calendar.begin();
  for (const title of ['One', 'Two', 'Three', 'Four']) {
    await page.goto('#/calendar');
    await page.getByRole('button', { name: 'New action' }).click();
    await calendar.dialog.getByLabel('What is it called?').fill(title);
    await choose(calendar.dialog.getByRole('radio', { name: 'No date yet' }));
    await calendar.dialog.getByRole('button', { name: 'Add to the calendar' }).click();
    await expect(page.getByLabel('Where it stands')).toBeVisible();
  }
  await page.getByText('Things needed').click();
  await page.getByLabel('What is needed?').fill('  White   van ');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Remove White van' })).toBeVisible();

  await page.goto('#/calendar');
  const undated = page.getByRole('region', { name: '4 still without a date' });
  await expect(undated.getByRole('link')).toHaveCount(3);
  await undated.getByRole('button', { name: 'Show 1 more' }).click();
  await expect(undated.getByRole('link')).toHaveCount(4);
  await undated.getByRole('link', { name: 'One' }).click();

  await page.getByText('Things needed').click();
  await page.getByRole('group', { name: 'Named before:' }).getByRole('button', { name: 'White van' }).click();
  await expect(page.getByRole('button', { name: 'Remove White van' })).toBeVisible();
  expect(alice.seen.errors).toEqual([]);
});

test('a series that goes on otherwise says so first, and asks the groups anew', async ({ world }) => {
  test.setTimeout(180_000);
  const alice = await found(world);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers');
  const hers = new Calendar(alice.page);
  const his = new Calendar(bob.page);
  await hers.begin();
  await hers.plan('March', inDays(2));
  await alice.page.getByRole('button', { name: 'Change When' }).click();
  await hers.dialog.getByLabel('Does it repeat?').selectOption({ index: 2 });
  await hers.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(hers.dialog).toBeHidden();

  await his.openAction(hers.address);
  await his.openVariation();
  await his.takePart('Joining We');
  await expect(hers.part('Hill Farmers')).toContainText('Joining', { timeout: 60_000 });

  await alice.page.getByText('Its dates').click();
  await alice.page
    .getByRole('button', { name: /^Change .*\d{4}/ })
    .nth(1)
    .click();
  await expect(hers.dialog).not.toContainText('Hill Farmers');
  await choose(hers.dialog.getByRole('radio', { name: 'This and all later ones' }));
  await expect(hers.dialog).toContainText(/Hill Farmers.* has said how it takes part in this series/);
  await hers.dialog.getByLabel('Begins at').fill('20:00');
  await hers.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(hers.part('Hill Farmers')).toContainText('Still to look');
  await expect(hers.part('Hill Farmers')).toContainText('Joining');
  hers.address = alice.page.url();

  await his.openAction(hers.address);
  await bob.page.getByRole('link', { name: 'Does ours still hold?' }).click();
  await expect(bob.page.getByText(/This goes on from/)).toBeVisible();
  await bob.page.getByRole('button', { name: 'Yes, here too' }).click();
  await expect(bob.page.getByText(/This goes on from/)).toBeHidden();
  await expect(hers.part('Hill Farmers')).not.toContainText('Still to look', { timeout: 60_000 });
  await expect(hers.part('Hill Farmers')).toContainText('Joining');
  expect([...alice.seen.errors, ...bob.seen.errors]).toEqual([]);
});
