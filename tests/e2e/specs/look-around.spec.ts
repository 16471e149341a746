/** Looking around: a filled example that is only in one tab, says so on every screen, and is thrown away at a tap. */
import type { Page } from '@playwright/test';
import { FirstMinute } from '../pages/first.ts';
import { TalkingPoints } from '../pages/talking-points.ts';
import { expect, test } from '../world.ts';

/** All that this browser keeps for the app, as text. */
const keptIn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const settle = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('cannot be read'));
      });
    const asText = (value: unknown): string =>
      JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? [...part] : part));
    const found: string[] = [asText({ ...localStorage }), asText({ ...sessionStorage })];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settle(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store);
        found.push(`${name} ${store}: ${asText([await settle(rows.getAllKeys()), await settle(rows.getAll())])}`);
      }
      database.close();
    }
    return found.sort().join('\n');
  });

const NOTE = 'This is an example. Nothing of it leaves this tab.';

test('one looks around in a filled example, which sends nothing and leaves nothing when it is thrown away', async ({
  world,
}) => {
  const { page, seen } = await world.person('Amina', { viewport: { width: 360, height: 740 } });
  const first = new FirstMinute(page);
  await first.open(world.hub.url);
  await first.chooseLanguage();
  await expect(first.door('Start a space')).toBeVisible();
  const before = await keptIn(page);

  await page.getByRole('button', { name: 'Look around first' }).click();
  await expect(page.getByRole('heading', { name: 'Harbour to Hills', level: 1 })).toBeVisible();
  await expect(page.getByText('Arabic: the source (English) has changed')).toBeVisible();

  await test.step('it is woven as any palette is, and can be written in', async () => {
    const talk = new TalkingPoints(page);
    await talk.open();
    await page.getByRole('link', { name: /^Port strike/ }).click();
    await expect(talk.points).toHaveCount(3);
    for (const state of ['holds', 'stale', 'missing']) {
      await expect(page.locator('tbody').getByText(state, { exact: true }).first()).toBeAttached();
    }
    await talk.points.first().click();
    await talk.message.press('Control+End');
    await talk.message.pressSequentially(' Not one.');
    await expect(talk.message).toHaveValue(/ Not one\.$/);
  });

  await test.step('every screen says what it is, and none passes anything on', async () => {
    const palette = new URL(page.url()).hash.split('/')[2] ?? '';
    const addresses = ['#/', '#/points', `#/points/${palette}`, `#/cards/${palette}/en`, `#/leaflet/${palette}/en,ar`];
    const waysOut = ['exchange?dialog=makeBundle', 'exchange?dialog=openBundle', 'people?dialog=invite'];
    for (const address of [...addresses, ...waysOut.map((way) => `#/${way}`), '#/people?dialog=door', '#/settings']) {
      await page.goto(world.hub.url + address);
      await expect(page.getByText(NOTE), address).toBeVisible();
      await expect(page.getByRole('dialog'), address).toHaveCount(0);
    }
    await page.goto(`${world.hub.url}#/exchange`);
    await expect(page.getByText('An example is not passed on.')).toBeVisible();
    await expect(page.getByRole('button', { name: /bundle/ })).toHaveCount(0);
    expect([...seen.sockets]).toEqual([]);
    expect([...seen.iceServers]).toEqual([]);
    expect([...seen.hosts]).toEqual([new URL(world.hub.url).host]);
    expect(await keptIn(page)).toBe(before);
  });

  await page.getByRole('button', { name: 'Throw it away' }).click();
  await expect(first.door('Start a space')).toBeVisible();
  await expect(page.getByText('The example is gone. Nothing of it was kept.')).toBeVisible();
  expect(await keptIn(page)).toBe(before);
  await page.reload();
  await expect(first.door('Start a space')).toBeVisible();
  await expect(page.getByText(NOTE)).toHaveCount(0);
  expect(seen.errors).toEqual([]);
});

test('the example is in the reader’s own language, and a space of one’s own takes its place', async ({ world }) => {
  const { page, seen } = await world.person('Amina', { locale: 'ar' });
  const first = new FirstMinute(page);
  await first.open(world.hub.url);
  await first.chooseLanguage('العربية');
  await page.getByRole('button', { name: 'جولة أولًا' }).click();
  await expect(page.getByRole('heading', { name: 'من الميناء إلى التلال', level: 1 })).toBeVisible();
  await page.goto(`${world.hub.url}#/start`);
  await page.getByLabel('اسم المساحة').fill('Vigil');
  await page.getByLabel('اسمك هنا').fill('Amina');
  await page.getByLabel('مجموعتك').fill('Seafarers');
  await page.getByRole('button', { name: 'متابعة' }).click();
  await page.locator('form .button').last().click();
  await expect(page.getByRole('heading', { name: 'Vigil', level: 1 })).toBeVisible();
  await expect(page.getByText('هذا مثال.')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Vigil', level: 1 })).toBeVisible();
  expect(seen.errors).toEqual([]);
});
