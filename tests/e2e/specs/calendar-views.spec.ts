/** A calendar as people in two zones see it: each by their own clock and the place's, as a list, a month and lanes. */
import { writeFileSync } from 'node:fs';
import { addDays, dateOfWall, instantsOf, parseWallTime, parseZoneId, zoneOf } from '../../../src/times/index.ts';
import type { Timed, WallDate, ZoneId } from '../../../src/times/index.ts';
import { buildWeft, type Weft } from '../../unit/cli/weft.ts';
import { choose } from '../choose.ts';
import { Exchange } from '../pages/exchange.ts';
import { People } from '../pages/people.ts';
import { planIn, type Planned } from '../planned.ts';
import { found, joinByLink } from '../room.ts';
import { expect, test, type Person } from '../world.ts';

const known = <T>(value: T | null): T => {
  if (value === null) throw new Error('no such time or zone');
  return value;
};
const ROME = known(parseZoneId('Europe/Rome'));
const ASMARA = known(parseZoneId('Africa/Asmara'));
const TEHRAN = known(parseZoneId('Asia/Tehran'));

const at = (day: WallDate, time: string, zone: ZoneId, minutes = 120): Timed => ({
  ...{ type: 'timed', start: known(parseWallTime(`${day}T${time}`)), minutes, zone },
});
/** As the device of somebody there writes it. */
const hours = (when: Timed, zone: ZoneId, locale: string) => {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: zone });
  const { start, end } = instantsOf(when);
  return { start: format.format(start), end: format.format(end) };
};

/** Hiwot's folder: she is let in by files. */
const letInByFile = async (alice: Person, stick: Weft): Promise<void> => {
  const people = new People(alice.page);
  await people.open();
  const invite = await people.invite();
  const request = await stick.text('--vault', 'hiwot', 'join', invite, '--name', 'Hiwot', '--group', 'Asmara');
  writeFileSync(stick.path('request.txt'), request);
  await people.openRequest(stick.path('request.txt'));
  await alice.page.getByRole('button', { name: 'Admit' }).click();
  writeFileSync(stick.path('answer.txt'), await alice.page.getByLabel('The answer').inputValue());
  await alice.page.getByRole('button', { name: 'Done' }).click();
  await stick.text('--vault', 'hiwot', 'join', '--answer', 'answer.txt');
};

test('two zones, filters, a month by keyboard, lanes and paper', async ({ world }) => {
  test.setTimeout(240_000);
  const alice = await found(world, { timezoneId: ROME });
  const { page } = alice;
  const stick = await buildWeft();
  await letInByFile(alice, stick);

  const today = dateOfWall(zoneOf(ROME).wallAt(Date.now()));
  const day = addDays(today, 3);
  const vigil = at(day, '20:00', ASMARA);
  const march = at(day, hours(vigil, ROME, 'en-GB').start, ROME, 60);
  const place = (text: string) => ({ field: 'place', value: { text, precision: 'exact', isPublic: true } }) as const;
  const plan: readonly Planned[] = [
    {
      texts: { title: 'Vigil for the detained' },
      fields: [{ field: 'when', value: vigil }, { field: 'status', value: 'confirmed' }, place('Harnet Avenue')],
      own: [{ field: 'standing', value: 'joining' }],
    },
    {
      texts: { title: 'Port march' },
      fields: [
        { field: 'when', value: march },
        { field: 'status', value: 'proposed' },
        { field: 'risk', value: 'high' },
        place('Old harbour'),
      ],
      own: [{ field: 'standing', value: 'joining' }],
    },
    {
      texts: { title: 'Pétition' },
      fields: [
        { field: 'when', value: { type: 'window', start: addDays(today, 5), days: 7 } },
        { field: 'status', value: 'confirmed' },
        { field: 'risk', value: 'low' },
      ],
      items: [{ item: 'language', value: 'fr' }],
      own: [{ field: 'standing', value: 'not-joining' }],
    },
    { texts: { title: 'A song for all ports' } },
  ];
  await planIn(stick.path('hiwot'), 'Spring', () => plan);
  await stick.text('--vault', 'hiwot', 'export', 'hiwot.bin');
  const exchange = new Exchange(page);
  await exchange.open();
  await exchange.look(stick.path('hiwot.bin'));
  await exchange.merge();
  await exchange.close();
  stick.close();

  const row = (title: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name: title }) });
  const shown = (title: string) => expect(row(title)).toBeVisible();
  const hidden = (title: string) => expect(row(title)).toHaveCount(0);

  await test.step('today tells of the coming two weeks', async () => {
    await page.goto('#/');
    await expect(page.getByRole('heading', { name: 'Next two weeks' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Vigil for the detained' })).toBeVisible();
  });

  await test.step('the only calendar opens at once; hours are one’s own, and the place’s beside', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Calendar' }).click();
    await expect(page.getByRole('heading', { name: 'Spring', level: 1 })).toBeVisible();
    const here = hours(vigil, ROME, 'en-GB');
    await expect(row('Vigil for the detained').getByText(here.start, { exact: true })).toBeVisible();
    await expect(row('Vigil for the detained')).toContainText('20:00–22:00, Eritrea Time');
    await expect(row('Port march')).not.toContainText('Time');
    await expect(row('Port march')).toContainText(/Asmara.*is also at/);
    await expect(page.getByText('1 without a date yet')).toBeVisible();
  });

  await test.step('search and filters', async () => {
    // what is looked for is also found once one has been elsewhere
    await page.getByRole('navigation').getByRole('link', { name: 'Today' }).click();
    await page.getByRole('heading', { name: 'Next two weeks' }).waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Calendar' }).click();
    await page.getByRole('searchbox').fill('petition');
    await shown('Pétition');
    await hidden('Port march');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Group', { exact: true }).selectOption('Asmara');
    await page.getByLabel('Risk').selectOption('High risk');
    await expect(page.getByRole('dialog').getByText('1 action found')).toBeVisible();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await shown('Port march');
    await hidden('Pétition');
    await page.getByRole('button', { name: 'High risk take away' }).click();
    await shown('Vigil for the detained');
    await hidden('Pétition');
    await page.getByRole('button', { name: 'Asmara take away' }).click();
    await shown('Pétition');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Language').selectOption('French');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await hidden('Port march');
    await page.getByRole('button', { name: 'French take away' }).click();
  });

  await test.step('a month by its keys', async () => {
    await choose(page.getByRole('radio', { name: 'Month' }));
    const cell = page.locator('td[tabindex="0"]');
    await expect(cell).toHaveAttribute('aria-current', 'date');
    await cell.focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
    await expect(cell).toBeFocused();
    await expect(cell).toHaveAttribute('aria-label', /2 actions: Vigil for the detained and Port march$/);
    await shown('Port march');
    await page.keyboard.press('PageDown');
    const after = await cell.getAttribute('aria-label');
    await page.keyboard.press('PageUp');
    await expect(cell).not.toHaveAttribute('aria-label', after ?? '');
    await page.keyboard.press('Home');
    await expect(cell).toHaveAttribute('aria-label', /^Monday/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await expect(cell).toHaveAttribute('aria-label', /^Sunday/);
    await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(1);
  });

  await test.step('who takes part, in words and not by colour alone', async () => {
    await page.getByRole('button', { name: 'Today' }).click();
    await choose(page.getByRole('radio', { name: 'Groups' }));
    const lane = page.getByRole('row', { name: /^Asmara/ });
    await expect(lane.getByRole('cell')).toHaveText([/Joining/, /Joining/, /Not joining/]);
    await expect(
      page
        .getByRole('row', { name: /^Dockers/ })
        .getByRole('cell')
        .first(),
    ).toContainText('Has not said');
  });

  await test.step('on paper in two languages, without what is not for all', async () => {
    await page.getByRole('button', { name: 'More about this calendar' }).click();
    await page.getByRole('link', { name: 'Agenda leaflet' }).click();
    await page.getByLabel('And beside it').selectOption('Arabic');
    const sheet = page.locator('article.sheet');
    await expect(sheet).toContainText('Vigil for the detained');
    await expect(sheet.locator('[lang=ar][dir=rtl]').first()).toBeVisible();
    await expect(sheet).toContainText('مقترحة');
    await expect(sheet).not.toContainText('A song');
  });

  await test.step('somebody elsewhere sees their own clock, and their own calendar beside', async () => {
    const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers', { timezoneId: TEHRAN, locale: 'fa-IR' });
    await bob.page.goto('#/calendar');
    const his = bob.page
      .getByRole('listitem')
      .filter({ has: bob.page.getByRole('link', { name: 'Vigil for the detained' }) });
    await expect(his.getByText(hours(vigil, TEHRAN, 'en-GB').start, { exact: true })).toBeVisible({ timeout: 40_000 });
    const persian = new Intl.DateTimeFormat('en', {
      ...{ calendar: 'persian', day: 'numeric', month: 'long', timeZone: TEHRAN },
    }).format(instantsOf(vigil).start);
    await expect(bob.page.getByText(persian).first()).toBeVisible();
    await choose(bob.page.getByRole('radio', { name: 'Month' }));
    // the week of Iran begins on Saturday
    await expect(bob.page.getByRole('columnheader').first()).toContainText('Saturday');
    expect(bob.seen.errors).toEqual([]);
  });
  expect(alice.seen.errors).toEqual([]);
});
