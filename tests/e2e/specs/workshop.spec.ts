/** A laptop in the room serves phones over plain http: no service worker, no camera, no fast cryptography. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { Exchange } from '../pages/exchange.ts';
import { Nearby } from '../pages/nearby.ts';
import {
  beginPoint,
  expectEven,
  expectLetters,
  expectNoForeignHost,
  found,
  joinByLink,
  joinByPicture,
  openPoint,
  useNoHub,
} from '../room.ts';
import { savedBy } from '../saved-file.ts';
import { expect, test } from '../world.ts';

/** What a browser gives a page, and what it keeps from one over plain http. */
const given = (page: Page) =>
  page.evaluate(() => ({
    isSecureContext,
    subtle: typeof (crypto as { readonly subtle?: SubtleCrypto }).subtle,
    workers: 'serviceWorker' in navigator,
    camera: 'mediaDevices' in navigator,
    locks: 'locks' in navigator,
  }));

/** Where one takes the whole app along as one file. */
const askForWeft = async (page: Page): Promise<void> => {
  await page.goto('#/settings');
  await page.getByRole('button', { name: 'Save Weft as a file' }).click();
};
const takeWeft = async (page: Page): Promise<string> => {
  const { name, path } = await savedBy(page, () => askForWeft(page));
  expect(name).toBe('weft.html');
  return readFileSync(path, 'utf8');
};

test('phones on plain http, a prepared one that knows no hub and the laptop write together; each is told by which path, and it is carried away', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world, { kept: true });
  await beginPoint(alice);
  const onPlainHttp = { at: world.hub.urlElsewhere, direct: false };
  const bob = await joinByPicture(world, alice, 'Bob', 'Hill Farmers', onPlainHttp);
  const chen = await joinByLink(world, alice, 'Chen', 'Seafarers', onPlainHttp);
  for (const { page } of [bob, chen])
    expect(await given(page)).toEqual({
      isSecureContext: false,
      subtle: 'undefined',
      workers: false,
      camera: false,
      locks: false,
    });

  // the laptop's address means nothing to a Weft that came from elsewhere; two codes connect it
  const dalia = await joinByLink(world, alice, 'Dalia', 'Seafarers', { kept: true });
  await useNoHub(dalia);
  const [laptop, prepared] = [new Nearby(alice.page), new Nearby(dalia.page)];
  await laptop.open();
  await laptop.show();
  await prepared.open();
  await prepared.scan();
  await prepared.paste(await laptop.codeAsText());
  await laptop.paste(await prepared.codeAsText());
  await prepared.connectedWith('Alice');
  for (const dialog of [laptop, prepared]) await dialog.done();

  const everybody = [alice, bob, chen, dalia];
  const talks = await Promise.all(everybody.map(openPoint));
  const letters = ['%', '#', '=', '+'];
  await Promise.all(
    talks.map(async ({ message }, at) => {
      await message.press(at === 0 ? 'Control+Home' : 'Control+End');
      await message.pressSequentially((letters[at] ?? '').repeat(25), { delay: 40 });
    }),
  );
  expectLetters(await expectEven(talks, /Every crew comes home/), { '%': 25, '#': 25, '=': 25, '+': 25 });

  // any of them can take the app along; who has done so can give it away later, without the laptop
  const weft = readFileSync(resolve('dist-single/weft.html'), 'utf8');
  for (const { page } of [alice, bob]) expect((await takeWeft(page)) === weft).toBe(true);

  const [hers, his, theirs] = [new Exchange(alice.page), new Exchange(bob.page), new Exchange(dalia.page)];
  for (const exchange of [hers, his, theirs]) await exchange.open();
  for (const other of ['Alice', 'Chen']) await expect(his.here(other)).toContainText('through the laptop in the room');
  for (const other of ['Bob', 'Chen']) await expect(hers.here(other)).toContainText('through the laptop in the room');
  await expect(hers.here('Dalia')).toContainText('directly, within the same network');
  await expect(theirs.here('Alice')).toContainText('directly, within the same network');
  // all that she and the phones have of each other came through the laptop's own tab
  await expect(theirs.here('Bob')).toHaveCount(0);

  // only on the phones is it said that the copy goes with the page
  await expect(bob.page.getByText('This copy lives only in this page')).toBeVisible();
  await expect(bob.page.getByText(new URL(world.hub.urlElsewhere).host, { exact: false }).first()).toBeVisible();
  await expect(alice.page.getByText('This copy lives only in this page')).toHaveCount(0);

  // the laptop goes; what is written after that is carried by hand
  await world.hub.stop();
  await alice.cut();
  await expect(hers.here('Bob')).toHaveCount(0, { timeout: 30_000 });
  expect((await takeWeft(alice.page)) === weft).toBe(true);
  await hers.open();
  await askForWeft(chen.page);
  await expect(chen.page.getByText('The file cannot be fetched now.', { exact: false })).toBeVisible();
  const talk = await openPoint(bob);
  await talk.message.press('Control+End');
  await talk.message.pressSequentially(' &&&&');
  await expect(bob.page.getByText('Saved here').first()).toBeVisible();
  await his.open();
  const { path } = await savedBy(bob.page, () =>
    bob.page.getByRole('button', { name: 'Carry everything away in a file' }).click(),
  );
  await expect(bob.page.getByText('The file is saved', { exact: false })).toBeVisible();
  await hers.look(path);
  await hers.merge();
  await hers.close();
  expect(await (await openPoint(alice)).message.inputValue()).toMatch(/ &&&&$/);

  // what connects nearby and reads a picture is there without the laptop too
  const alone = new Nearby(bob.page);
  await alone.open();
  await expect(alone.dialog.getByText('This page may not look through a camera.', { exact: false })).toBeVisible();
  await alone.scan();
  await expect(alone.dialog.getByLabel('Take a picture of the code')).toBeAttached();
  await alone.dialog.getByRole('button', { name: 'Start over' }).click();
  await alone.dialog.getByRole('button', { name: 'Show my code' }).click();
  await expect(alone.dialog.getByText('The browser does not say how this device can be reached.')).toBeVisible();
  for (const { name, seen } of everybody) expect(seen.errors, name).toEqual([]);
  expectNoForeignHost(world, [alice, dalia]);
});
