/** Agreements that several write at once: from a template, in several languages, each group's own clauses beside them. */
import { Agreements } from '../pages/agreements.ts';
import { People } from '../pages/people.ts';
import { comeWith, expectNoForeignHost, found, joinByLink, letIn } from '../room.ts';
import { expect, test } from '../world.ts';

const TITLE = 'Safety at joint actions';
const ARABIC = 'لا أحد يبقى وحده.';

/** Everybody reads the same, and it holds what each has written. */
const expectEven = async (all: readonly Agreements[], holds: readonly string[]): Promise<string> => {
  const read = () => Promise.all(all.map((each) => each.words()));
  await expect
    .poll(
      async () => {
        const [first = '', ...others] = await read();
        const missing = holds.filter((words) => !first.includes(words));
        return others.every((other) => other === first) && missing.length === 0
          ? 'even'
          : [...missing, first, ...others];
      },
      { timeout: 60_000 },
    )
    .toBe('even');
  return (await read())[0] ?? '';
};

test('three groups draft an agreement live from a template, one of them in Arabic too; it is all there after a reload', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers');
  const chen = await joinByLink(world, alice, 'Chen', 'Seafarers');
  const everybody = [alice, bob, chen];
  const [hers, his, theirs] = [new Agreements(alice.page), new Agreements(bob.page), new Agreements(chen.page)];
  const all = [hers, his, theirs];

  await hers.open();
  await hers.begin('Safety and escalation', TITLE);
  await Promise.all([his.openByTitle(TITLE), theirs.openByTitle(TITLE)]);
  await Promise.all(all.map((each) => expect(each.text(1)).toHaveAttribute('contenteditable', 'true')));
  const template = await expectEven(all, []);
  expect(template.length).toBeGreaterThan(1000);

  await test.step('all three in one clause at once', async () => {
    await Promise.all(all.map((each, at) => each.typeAtEnd(1, ` ${'%#='[at] ?? ''}`.repeat(20))));
    const text = await expectEven(all, []);
    for (const sign of '%#=') expect([...text].filter((letter) => letter === sign).length, sign).toBe(20);
    for (const [at, { page }] of everybody.entries())
      for (const other of everybody.filter((_, each) => each !== at))
        await expect(page.locator('.rich-cursor-name', { hasText: other.name })).toHaveCount(1);
    await expect(alice.page.getByText(/Bob.* and .*Chen.* are in clause 1\./)).toBeVisible();
  });

  await test.step('a right-to-left paragraph beside left-to-right ones', async () => {
    await his.text(2).click();
    await his.text(2).press('Control+End');
    await bob.page.keyboard.press('Enter');
    await bob.page.keyboard.type(ARABIC);
    await expectEven(all, [ARABIC]);
    for (const each of all) await expect(each.text(2).locator('p', { hasText: ARABIC })).toHaveCSS('direction', 'rtl');
    await expect(theirs.text(2).locator('p, li').first()).toHaveCSS('direction', 'ltr');
  });

  await test.step('a clause of one group alone', async () => {
    await theirs.act(2, 'Add one only for Seafarers');
    await expect(theirs.heading('2.1')).toBeFocused();
    await chen.page.keyboard.type('At sea');
    await chen.page.keyboard.press('Enter');
    await chen.page.keyboard.type('The captain halts.');
    for (const each of all) await expect(each.clause('2.1')).toContainText(/Only for .*Seafarers/);
    await expectEven(all, ['At sea', 'The captain halts.']);
    await expect(theirs.text('2.1')).toHaveAttribute('contenteditable', 'true');
    await expect(hers.text('2.1')).toHaveAttribute('contenteditable', 'false');
    await expect(hers.heading('2.1')).toHaveCount(0);
  });

  await test.step('taken out, and back by Undo', async () => {
    const before = await hers.words();
    await hers.act(3, 'Take out');
    await expect.poll(() => his.words()).not.toBe(before);
    await alice.page.getByRole('button', { name: 'Undo' }).filter({ visible: true }).last().click();
    await expect.poll(() => his.words(), { timeout: 30_000 }).toBe(before);
  });

  const last = await expectEven(all, [ARABIC, 'The captain halts.']);
  await Promise.all(all.map((each) => each.isSaved()));
  await Promise.all(everybody.map(({ page }) => page.reload()));
  await Promise.all(all.map((each) => each.isOpen(TITLE)));
  expect(await expectEven(all, [])).toBe(last);
  expectNoForeignHost(world, everybody);
});

test('an observer reads an agreement as it is written, and can write nothing in it', async ({ world }) => {
  test.setTimeout(180_000);
  const alice = await found(world);
  const people = new People(alice.page);
  await people.open();
  const olga = await comeWith(world, await people.invite('Observer'), 'Olga', 'Legal Clinic');
  await letIn(alice, olga);

  const [hers, seen] = [new Agreements(alice.page), new Agreements(olga.page)];
  await hers.open();
  await hers.begin('Media and spokespeople', 'Who speaks');
  await seen.openByTitle('Who speaks');
  await expect(olga.page.getByText('You are here as an observer')).toBeVisible();
  await expect(seen.text(1)).toHaveAttribute('contenteditable', 'false');
  await expect(seen.heading(1)).toHaveCount(0);
  await expect(olga.page.getByRole('toolbar')).toHaveCount(0);
  await expect(olga.page.getByRole('button', { name: 'Add a clause' })).toHaveCount(0);

  const before = await seen.words();
  await seen.text(1).click();
  await olga.page.keyboard.type('Mine.');
  await hers.typeAtEnd(1, ' Together.');
  await expectEven([hers, seen], [' Together.']);
  expect(await seen.words()).toContain(before.slice(0, 40));
  expect(await seen.words()).not.toContain('Mine.');
});
