/** By Tab alone through the screens with most on them: everything is reached, in reading order, and shows the focus. */
import type { Page } from '@playwright/test';
import { Scene } from '../every-screen/scene.ts';
import { Calendar } from '../pages/calendar.ts';
import { found } from '../room.ts';
import { expect, test } from '../world.ts';

/** What Tab stops at, from the top of the page until it leaves it; what is wrong on the way is told in words. */
const walk = async (page: Page): Promise<readonly string[]> => {
  await page.locator('h1').focus();
  await page.evaluate(() => {
    const wanted = ['a[href]', 'button', 'input', 'select', 'textarea', 'summary', '[tabindex="0"]'].join();
    for (const each of document.querySelectorAll<HTMLElement>(`:is(header .end, main, footer) :is(${wanted})`)) {
      const isThere = each.checkVisibility() && !each.matches(':disabled') && each.tabIndex >= 0;
      if (isThere) each.dataset['wanted'] = '';
    }
  });
  const wrong: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement) || at.closest('header, main, footer') === null) return { type: 'out' as const };
      delete at.dataset['wanted'];
      // a label or a box round it may show the focus in its place
      const isOutlined = (each: Element | null, part?: string) =>
        each !== null && getComputedStyle(each, part).outlineStyle !== 'none';
      const shows =
        isOutlined(at, '::after') ||
        [at, at.parentElement, at.closest('label'), at.nextElementSibling].some((each) => isOutlined(each));
      const { top, bottom } = at.getBoundingClientRect();
      return { type: 'in' as const, name: at.outerHTML.slice(0, 120), shows, isSeen: bottom > 0 && top < innerHeight };
    });
    if (found.type === 'out') break;
    if (!found.shows) wrong.push(`no focus is seen: ${found.name}`);
    if (!found.isSeen) wrong.push(`out of sight: ${found.name}`);
  }
  const missed = await page
    .locator('[data-wanted]')
    .evaluateAll((all) =>
      all
        .filter((each) => !(each instanceof HTMLInputElement && each.type === 'radio' && !each.checked))
        .map((each) => `never reached: ${each.outerHTML.slice(0, 120)}`),
    );
  return [...wrong, ...missed];
};

test('Tab reaches everything on Palette, Point, Variant, Exchange and People, and Esc closes what opened', async ({
  world,
}) => {
  const scene = await Scene.begin(world, 'en');
  await scene.found();
  const { page } = scene.organizer;
  await page.setViewportSize({ width: 360, height: 740 });
  await scene.weave(page);
  const [, second = ''] = scene.points;
  const palette = `#/points/${scene.palette}`;
  for (const address of [
    palette,
    `${palette}/${second}`,
    `${palette}/${second}/${scene.variants.stale}`,
    '#/exchange',
    '#/people',
  ]) {
    await page.goto(scene.address + address);
    await expect(page.locator('main .button, main a').first()).toBeVisible();
    expect(await walk(page), address).toEqual([]);
  }

  for (const [address, opener] of [
    [palette, 'New point'],
    ['#/exchange', 'Make a bundle'],
    ['#/people', 'Invite somebody'],
  ] as const) {
    await page.goto(scene.address + address);
    const button = page.getByRole('button', { name: opener });
    await button.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(button).toBeFocused();
  }
  scene.stick.close();
  expect(scene.organizer.seen.errors).toEqual([]);
});

test('Tab reaches everything on a calendar, an action and a group’s own form, and an action is planned by keys alone', async ({
  world,
}) => {
  const { page, seen } = await found(world, { viewport: { width: 360, height: 740 } });
  const calendar = new Calendar(page);
  await calendar.begin();

  const opener = page.getByRole('button', { name: 'New action' });
  await opener.press('Enter');
  const title = calendar.dialog.getByLabel('What is it called?');
  await expect(title).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  await title.press('V');
  await page.keyboard.type('igil');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Vigil' })).toBeVisible();

  const action = page.url();
  expect(await walk(page), 'action').toEqual([]);
  await page.goto(`${new URL(action).hash}/variation`);
  await expect(page.getByText('How do we take part?')).toBeVisible();
  expect(await walk(page), 'variation').toEqual([]);
  await page.goto('#/calendar');
  for (const view of ['Agenda', 'Month', 'Groups']) {
    const radio = page.getByRole('radio', { name: view });
    await expect(page.getByRole('radio', { checked: true })).toBeVisible();
    await page.getByRole('radio', { checked: true }).focus();
    while (!(await radio.isChecked())) await page.keyboard.press('ArrowRight');
    await expect(page.getByText('Vigil').filter({ visible: true }).first()).toBeVisible();
    expect(await walk(page), view).toEqual([]);
  }
  expect(seen.errors).toEqual([]);
});
