/** One action from a plan to its lesson: its status, who does what, what it rests on, and what came of it. */
import { Calendar } from '../pages/calendar.ts';
import { TalkingPoints } from '../pages/talking-points.ts';
import { found, joinByLink } from '../room.ts';
import { expect, test } from '../world.ts';

test('an action is confirmed and done; roles are taken, links lead on, a debrief is written, and another group reads it all', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers');
  const { page } = alice;
  const points = new TalkingPoints(page);
  await points.open();
  await points.beginPalette('Harbour', 'English');
  const [hers, his] = [new Calendar(page), new Calendar(bob.page)];
  await hers.begin();
  await hers.plan('Vigil for the detained', '2027-03-08');
  const fold = (of: Calendar, name: string) =>
    of.page.locator('details', { has: of.page.locator('summary', { hasText: name }) });
  const unfold = async (of: Calendar, name: string) => {
    if (!(await fold(of, name).evaluate((each: HTMLDetailsElement) => each.open)))
      await fold(of, name).locator('summary').click();
    return fold(of, name);
  };

  const roles = await unfold(hers, 'Roles');
  await roles.getByLabel('Add a role').selectOption('Medic');
  await expect(roles.getByText('0 of 1')).toBeVisible();
  await roles.getByRole('button', { name: 'I take it' }).click();
  await expect(roles.getByText('1 of 1')).toBeVisible();

  const links = await unfold(hers, 'Agreements and talking points');
  await links.getByRole('button', { name: 'Add a link' }).click();
  await hers.dialog.getByRole('button', { name: /^Add.*Harbour/ }).click();
  await expect(links.getByRole('link', { name: 'Harbour' })).toBeVisible();

  const standing = page.getByLabel('Where it stands');
  await standing.selectOption('Confirmed');
  await standing.selectOption('Done');
  const history = await unfold(hers, 'How it came to stand here');
  await expect(history.getByRole('listitem')).toHaveText([/Done.*you/s, /Confirmed.*you/s]);

  const after = await unfold(hers, 'Afterwards');
  await after.getByLabel('How many came').fill('240');
  await after.getByLabel('How many came').blur();
  await after.getByLabel('Money raised').fill('900');
  await after.getByLabel('Currency').fill('EUR');
  await after.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(after.getByText('€900 raised')).toBeVisible();
  await after.getByRole('button', { name: /What we learn from it/ }).click();
  await page.keyboard.type('Begin an hour earlier.');

  await his.open();
  await his.openAction(hers.address);
  await expect(bob.page.getByLabel('Where it stands')).toHaveValue('done', { timeout: 60_000 });
  await expect((await unfold(his, 'Afterwards')).getByLabel('How many came')).toHaveValue('240');
  await expect((await unfold(his, 'Afterwards')).getByLabel('What we learn from it')).toHaveValue(
    'Begin an hour earlier.',
    { timeout: 60_000 },
  );
  await expect((await unfold(his, 'Roles')).getByRole('listitem')).toContainText('Alice');
  await expect((await unfold(his, 'How it came to stand here')).getByRole('listitem').first()).toContainText('Alice');
  // one more is needed, and he is it: both see it
  await (await unfold(his, 'Roles')).getByRole('button', { name: 'One more' }).click();
  await (await unfold(his, 'Roles')).getByRole('button', { name: 'I take it' }).click();
  await expect(roles.getByText('2 of 2')).toBeVisible({ timeout: 60_000 });
  await (await unfold(his, 'Agreements and talking points')).getByRole('link', { name: 'Harbour' }).click();
  await expect(bob.page.getByRole('heading', { level: 1, name: 'Harbour' })).toBeVisible();
  expect([...alice.seen.errors, ...bob.seen.errors]).toEqual([]);
});
