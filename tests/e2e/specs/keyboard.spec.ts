/** The whole way by keyboard alone: no click, no tap, and nothing is filled in but by its keys. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filmQr } from '../camera.ts';
import { Keys } from '../keys.ts';
import { expect, test, type Person, type PersonOptions, type World } from '../world.ts';

const MESSAGE = 'Every crew comes home.';

test('(i) an organizer and two who join write in one point at once, by keyboard alone', async ({ world }) => {
  test.setTimeout(240_000);
  const alice = await arrive(world, 'Alice');
  const hers = new Keys(alice.page);
  await hers.press('link', /^Start a space/);
  await hers.write('Name of the space', 'Harbour to Hills');
  await introduce(hers, 'Alice', 'Dockers’ Circle');
  await expect(alice.page.getByRole('navigation', { name: 'Places' })).toBeVisible();
  await beginPoint(hers);

  const link = await invite(hers);
  const bob = await arrive(world, 'Bob', {}, `#/join/${link}`);
  await introduce(new Keys(bob.page), 'Bob', 'Hill Farmers');
  await letIn(hers, bob);

  const camera = join(mkdtempSync(join(tmpdir(), 'weft-camera-')), 'invite.y4m');
  filmQr(camera, await invite(hers));
  const chen = await arrive(world, 'Chen', { camera });
  const his = new Keys(chen.page);
  await his.press('link', /^Join with an invite/);
  await his.press('button', 'Scan a code');
  await introduce(his, 'Chen', 'Seafarers');
  await letIn(hers, chen);

  const everybody = [alice, bob, chen];
  for (const person of everybody) await openPoint(new Keys(person.page));
  const letters = ['%', '#', '='];
  await Promise.all(
    everybody.map(async ({ page }, at) => {
      await page.keyboard.press(at === 0 ? 'Control+Home' : 'Control+End');
      await page.keyboard.type((letters[at] ?? '').repeat(20), { delay: 40 });
    }),
  );

  const texts = () =>
    Promise.all(everybody.map(({ page }) => page.getByRole('textbox', { name: 'What we say' }).inputValue()));
  await expect
    .poll(async () => {
      const all = await texts();
      const isWhole = letters.every((letter) => all[0]?.split(letter).length === 21);
      return isWhole && new Set(all).size === 1 ? 'even' : all.join('\n');
    })
    .toBe('even');
  expect((await texts())[0]?.replaceAll(/[%#=]/g, '')).toBe(MESSAGE);
  for (const { name, page } of everybody) {
    for (const other of everybody.filter((each) => each.name !== name)) {
      await expect(page.locator('.caret b', { hasText: other.name })).toHaveCount(1);
    }
  }
  for (const { name, seen } of everybody) expect(seen.errors, name).toEqual([]);
});

/** At the first screen, or where a link led, once the language is chosen. */
const arrive = async (world: World, name: string, options: PersonOptions = {}, at = ''): Promise<Person> => {
  const person = await world.person(name, { ...options, reducedMotion: 'reduce' });
  await person.page.goto(world.hub.url + at);
  const keys = new Keys(person.page);
  await keys.choose('English');
  await keys.press('button', 'Continue');
  return person;
};

const introduce = async (keys: Keys, name: string, group: string): Promise<void> => {
  await keys.write('Your name here', name);
  await keys.write('Your group', group);
  await keys.press('button', 'Continue');
  await keys.press('button', 'My phone’s own lock is enough');
};

const beginPoint = async (keys: Keys): Promise<void> => {
  await keys.press('link', 'Talking points');
  await keys.press('button', 'Write the first point');
  await keys.write('What is it about?', 'Port strike');
  await keys.press('button', 'Begin the palette');
  await keys.press('button', 'Write the first point');
  await keys.choose('Safety');
  await keys.write('What we say', MESSAGE);
  await keys.press('button', 'Add the point');
  await expect(keys.page.getByRole('textbox', { name: 'What we say' })).toHaveValue(MESSAGE);
};

/** The invite's text, as it is after "Copy". */
const invite = async (keys: Keys): Promise<string> => {
  await keys.press('link', 'People');
  await keys.press('button', 'Invite somebody');
  await keys.choose('Member Reads and writes with everybody.');
  await keys.press('button', 'Make the invite');
  await keys.press('button', 'Copy');
  await expect(keys.page.getByText('Copied')).toBeVisible();
  const text = await keys.page.evaluate(() => navigator.clipboard.readText());
  await keys.press('button', 'Done');
  await expect(keys.page.getByRole('dialog')).toBeHidden();
  return text;
};

const letIn = async (keys: Keys, { name, page }: Person): Promise<void> => {
  await keys.press('button', `Let in ${name}`);
  await expect(page.getByText(`You are in. Welcome, ${name}.`)).toBeVisible({ timeout: 40_000 });
};

/** From wherever one is to the message of the point, with the caret in it. */
const openPoint = async (keys: Keys): Promise<void> => {
  await keys.press('link', 'Talking points');
  await keys.press('link', /^Port strike/);
  await keys.press('link', MESSAGE);
  await keys.reach('textbox', 'What we say');
};
