/** What is said beside an agreement, by those too who may not write in it; and the agreement in another language. */
import { Agreements } from '../pages/agreements.ts';
import { People } from '../pages/people.ts';
import { comeWith, expectNoForeignHost, found, letIn } from '../room.ts';
import { expect, test } from '../world.ts';

const TITLE = 'Halts';
const TEXT = 'Anyone may call a halt within two days.';

test('an observer comments by keyboard and suggests by mouse; a member answers and accepts; both read the same', async ({
  world,
}) => {
  test.setTimeout(150_000);
  const alice = await found(world);
  const people = new People(alice.page);
  await people.open();
  const olga = await comeWith(world, await people.invite('Observer'), 'Olga', 'Legal Clinic');
  await letIn(alice, olga);
  const [hers, seen] = [new Agreements(alice.page), new Agreements(olga.page)];
  await hers.open();
  await hers.begin('Blank page', TITLE);
  await hers.typeAtEnd(1, TEXT);
  await seen.openByTitle(TITLE);
  await expect(seen.clause(1)).toContainText(TEXT, { timeout: 60_000 });

  await test.step('the observer comments on a word, by keyboard alone', async () => {
    await seen.text(1).focus();
    await olga.page.keyboard.press('Control+Alt+M');
    await olga.page.getByLabel('Which words do you mean?').focus();
    await olga.page.keyboard.press('Control+Home');
    for (let letter = 0; letter < 'Anyone'.length; letter++) await olga.page.keyboard.press('Shift+ArrowRight');
    await olga.page.getByLabel('What do you want to say?').focus();
    await olga.page.keyboard.type('Observers too?');
    await olga.page.keyboard.press('Tab');
    await olga.page.keyboard.press('Enter');
    await expect(seen.clause(1).locator('blockquote')).toHaveText('Anyone');
    await expect(olga.page.locator('.rich-comment')).toHaveText('Anyone');
  });

  await test.step('and suggests another word, by mouse', async () => {
    await seen.chooseWord(1, 'days');
    await olga.page.getByRole('button', { name: 'Suggest a change' }).click();
    await olga.page.getByLabel('What should stand there instead?').fill('weeks');
    await olga.page.getByRole('button', { name: 'Sign and suggest' }).click();
    await expect(olga.page.locator('.rich del')).toHaveText('days');
    await expect(seen.clause(1).getByRole('button', { name: 'Take back' })).toBeVisible();
    for (const name of ['Accept', 'Do not take', 'Resolve'])
      await expect(olga.page.getByRole('button', { name, exact: true })).toHaveCount(0);
  });

  await test.step('a member answers, and accepts', async () => {
    await hers.clause(1).getByRole('button', { name: 'Observers too?' }).click({ timeout: 60_000 });
    await hers.clause(1).getByRole('button', { name: 'Answer', exact: true }).click();
    await alice.page.getByLabel('Your answer').fill('Observers too.');
    await alice.page.getByRole('button', { name: 'Send' }).click();
    await expect(hers.clause(1).getByText('Observers too.')).toBeVisible();
    await hers.clause(1).getByRole('button', { name: 'weeks' }).click();
    await hers.clause(1).getByRole('button', { name: 'Accept' }).click();
    for (const each of [hers, seen]) {
      await expect.poll(() => each.words(), { timeout: 60_000 }).toContain('within two weeks.');
      await expect(each.clause(1).locator('.rich del')).toHaveCount(0);
    }
    await expect(seen.clause(1)).toContainText('1 answer');
  });

  await test.step('what was quoted has changed: it is not taken, and the member is told', async () => {
    await seen.chooseWord(1, 'halt');
    await olga.page.getByRole('button', { name: 'Suggest a change' }).click();
    await olga.page.getByLabel('What should stand there instead?').fill('stop');
    await olga.page.getByRole('button', { name: 'Sign and suggest' }).click();
    await hers.clause(1).getByRole('button', { name: 'stop' }).click({ timeout: 60_000 });
    await hers.chooseWord(1, 'halt');
    await alice.page.keyboard.press('ArrowLeft');
    await alice.page.keyboard.press('ArrowRight');
    await alice.page.keyboard.insertText('x');
    await hers.clause(1).getByRole('button', { name: 'Accept' }).click();
    await expect(hers.clause(1).getByText('no longer what was quoted')).toBeVisible();
    expect(await hers.words()).toContain('call a hxalt');
  });
  expectNoForeignHost(world, [alice, olga]);
});

test('an Arabic text beside its English source turns stale when that changes, and still holds', async ({ world }) => {
  test.setTimeout(120_000);
  const alice = await found(world);
  const hers = new Agreements(alice.page);
  await hers.open();
  await hers.begin('Blank page', TITLE);
  await hers.typeAtEnd(1, TEXT);
  const { page } = alice;
  await page.getByRole('button', { name: 'Add a language' }).click();
  await page.getByRole('dialog').getByLabel('Language', { exact: true }).selectOption('ar');
  await page.getByRole('button', { name: 'Begin: Arabic' }).click();

  const pair = hers.clause(1);
  await expect(pair).toContainText('Missing');
  await pair.getByRole('button', { name: 'Write it' }).click();
  const arabic = pair.getByRole('textbox', { name: 'Text in Arabic' });
  await arabic.click();
  await page.keyboard.type('لكل واحد أن يوقف العمل خلال يومين.');
  await expect(arabic.locator('p')).toHaveCSS('direction', 'rtl');
  await expect(pair).toContainText('Draft');
  await pair.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(pair).toContainText('Holds');

  const address = page.url();
  await page.getByRole('link', { name: 'Back' }).click();
  await hers.typeAtEnd(1, ' At once.');
  await page.goto(address);
  await expect(pair).toContainText('Stale');
  await expect(pair.locator('ins')).toContainText('At once.');
  await pair.getByRole('button', { name: 'Still holds' }).click();
  await expect(pair).toContainText('Holds');
  await page.getByRole('checkbox', { name: 'Its text counts' }).check();
  await page.getByRole('link', { name: 'Back' }).click();
  await expect(page.getByText('1 of 2 hold · Its text counts')).toBeVisible();
});
