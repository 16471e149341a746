/** Talking points on one device: written, said in another language, gone stale, held, approved, printed. */
import { FirstMinute } from '../pages/first.ts';
import { TalkingPoints } from '../pages/talking-points.ts';
import { expect, test, type Person, type World } from '../world.ts';

const ENGLISH = 'Every crew comes home. We ask the company to publish the rescue plan.';
const ARABIC = 'كل طاقم يعود إلى بيته. نطالب الشركة بنشر خطة الإنقاذ.';

const begin = async (world: World): Promise<{ amina: Person; talk: TalkingPoints }> => {
  const amina = await world.person('Amina', { viewport: { width: 360, height: 740 } });
  const first = new FirstMinute(amina.page);
  await first.open(world.hub.url);
  await first.chooseLanguage();
  await first.startSpace('Harbour to Hills', { name: 'Amina', group: 'Dockers’ Circle' });
  const talk = new TalkingPoints(amina.page);
  await talk.open();
  return { amina, talk };
};

test('an Arabic variant turns stale when its English source changes, holds again, is approved and is printed', async ({
  world,
}) => {
  const { amina, talk } = await begin(world);
  const { page } = amina;
  await talk.beginPalette('Port strike', 'English');
  await talk.addPoint('Safety', ENGLISH);

  await talk.beginVariant('Arabic · العربية');
  await expect(talk.text('Arabic')).toHaveAttribute('lang', 'ar');
  await talk.text('Arabic').pressSequentially(ARABIC);
  await expect(talk.text('Arabic')).toHaveCSS('direction', 'rtl');
  await expect(page.getByText('10 words')).toBeVisible();
  await page.getByRole('button', { name: 'It is done' }).click();
  await expect(talk.state).toHaveText('holds');

  await talk.back();
  await expect(talk.reach('Arabic')).toContainText('holds');
  await talk.message.press('Control+End');
  await talk.message.pressSequentially(' Before any ship sails.');
  await expect(talk.reach('Arabic')).toContainText('stale');

  await talk.reach('Arabic').getByRole('link').click();
  await expect(talk.state).toHaveText('stale');
  await expect(page.locator('ins')).toContainText('Before any ship sails.');
  await expect(page.getByRole('button', { name: 'Approve for Dockers’ Circle…' })).toBeHidden();
  await page.getByRole('button', { name: 'Still holds' }).click();
  await expect(talk.state).toHaveText('holds');
  await expect(page.locator('ins')).toHaveCount(0);

  await page.getByRole('button', { name: 'Approve for Dockers’ Circle…' }).click();
  await expect(page.getByRole('dialog')).toContainText(ARABIC);
  await page.getByRole('button', { name: 'Sign for Dockers’ Circle' }).click();
  await expect(talk.state).toHaveText('approved');
  await expect(page.getByText('Approved by Amina for Dockers’ Circle')).toBeVisible();

  await test.step('a changed text is no longer the approved one', async () => {
    await talk.text('Arabic').press('Control+End');
    await talk.text('Arabic').pressSequentially('!');
    await expect(page.getByText('Amina approved an earlier text for Dockers’ Circle')).toBeVisible();
    await talk.text('Arabic').press('Control+z');
    await expect(talk.state).toHaveText('approved');
  });

  await test.step('it is all there after a reload', async () => {
    await expect(page.getByText('Saved here')).toBeVisible();
    await page.reload();
    await expect(talk.text('Arabic')).toHaveValue(ARABIC);
    await expect(talk.state).toHaveText('approved');
  });

  await talk.back();
  await talk.back();
  await page.getByRole('link', { name: 'Read aloud' }).click();
  await page.getByRole('link', { name: 'Print as a leaflet' }).click();
  await page.getByLabel('Language', { exact: true }).selectOption({ label: 'Arabic' });
  await page.getByLabel('Beside it').selectOption({ label: 'English' });
  await page.emulateMedia({ media: 'print' });
  const arabic = page.locator('.say[lang=ar]');
  await expect(arabic).toHaveText(ARABIC);
  await expect(arabic).toHaveCSS('direction', 'rtl');
  await expect(page.locator('.say[lang=en]')).toHaveText(`${ENGLISH} Before any ship sails.`);
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  expect(amina.seen.errors).toEqual([]);
});

test('points are begun and put in order by the keyboard alone', async ({ world }) => {
  const { amina, talk } = await begin(world);
  const { page } = amina;
  const { keyboard } = page;
  await page.getByRole('button', { name: 'Write the first point' }).focus();
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.getByLabel('What is it about?').focus();
  await keyboard.type('Port strike');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Port strike', level: 1 })).toBeFocused();

  for (const message of ['First things first.', 'Second to none.']) {
    await page
      .getByRole('button', { name: /^(Write the first point|New point)$/ })
      .first()
      .focus();
    await keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('What we say').focus();
    await keyboard.type(message);
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await expect(talk.message).toHaveValue(message);
    await page.getByRole('link', { name: 'Back' }).focus();
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Port strike', level: 1 })).toBeVisible();
  }
  await expect(talk.points).toHaveText(['First things first.', 'Second to none.']);
  await talk.points.last().focus();
  await keyboard.press('Alt+ArrowUp');
  await expect(talk.points).toHaveText(['Second to none.', 'First things first.']);
  await expect(talk.points.first()).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).focus();
  await keyboard.press('Enter');
  await expect(talk.points).toHaveText(['First things first.', 'Second to none.']);
});

test('an example is there at a tap, and a point taken out comes back', async ({ world }) => {
  const { talk } = await begin(world);
  const { page } = talk;
  await page.getByRole('button', { name: 'Start from an example' }).click();
  await expect(talk.points).toHaveCount(3);
  await talk.points.first().click();
  await page.getByRole('button', { name: 'Take this point out' }).click();
  await expect(talk.points).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(talk.points).toHaveCount(3);
});

test('proofs are put in order: the focus stays on the button, the new place is said, and it can be taken back', async ({
  world,
}) => {
  const { talk } = await begin(world);
  const { page } = talk;
  await page.getByRole('button', { name: 'Start from an example' }).click();
  await talk.points.first().click();
  await page.getByText('What proves it').click();
  await page.getByRole('button', { name: 'Add a proof' }).click();
  const claims = page.getByRole('textbox', { name: 'What is true' });
  await claims.last().fill('Bread costs twice as much.');
  const before = await claims.first().inputValue();

  const up = page.getByRole('button', { name: 'Move up: Bread costs twice as much.' });
  await up.press('Enter');
  await expect(claims.first()).toHaveValue('Bread costs twice as much.');
  await expect(up).toBeFocused();
  await expect(up).toHaveAttribute('aria-disabled', 'true');
  await expect(
    page.getByRole('status').filter({ hasText: '“Bread costs twice as much.” is now 1 of 2.' }),
  ).toBeAttached();

  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(claims.first()).toHaveValue(before);
});
