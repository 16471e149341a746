/** A laptop in the room serves phones over plain http: no service worker, no camera, no fast cryptography. */
import type { Page } from '@playwright/test';
import { Exchange } from '../pages/exchange.ts';
import { People } from '../pages/people.ts';
import { beginPoint, comeWith, expectEven, expectLetters, found, letIn, openPoint } from '../room.ts';
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

test('two phones on plain http and a prepared one write together through the laptop, and carry it away', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world);
  await beginPoint(alice);
  const people = new People(alice.page);
  const phones = [];
  for (const [name, group] of [
    ['Bob', 'Hill Farmers'],
    ['Chen', 'Seafarers'],
  ] as const) {
    await people.open();
    const invite = await people.invite();
    const phone = await comeWith(world, invite, name, group, { at: world.hub.urlElsewhere, direct: false });
    expect(await given(phone.page)).toEqual({
      isSecureContext: false,
      subtle: 'undefined',
      workers: false,
      camera: false,
      locks: false,
    });
    await letIn(alice, phone);
    phones.push(phone);
  }
  const everybody = [alice, ...phones];
  const talks = await Promise.all(everybody.map(openPoint));

  const letters = ['%', '#', '='];
  await Promise.all(
    talks.map(async ({ message }, at) => {
      await message.press(at === 0 ? 'Control+Home' : 'Control+End');
      await message.pressSequentially((letters[at] ?? '').repeat(25), { delay: 40 });
    }),
  );
  expectLetters(await expectEven(talks, /Every crew comes home/), { '%': 25, '#': 25, '=': 25 });

  const [bob, chen] = phones;
  if (bob === undefined || chen === undefined) throw new Error('nobody came');
  const his = new Exchange(bob.page);
  await his.open();
  for (const other of ['Alice', 'Chen']) await expect(his.here(other)).toContainText('through the laptop in the room');
  const hers = new Exchange(alice.page);
  await hers.open();
  await expect(hers.here('Bob')).toContainText('through the laptop in the room');

  // only on the phones is it said that the copy goes with the page
  await expect(bob.page.getByText('This copy lives only in this page')).toBeVisible();
  await expect(bob.page.getByText(new URL(world.hub.urlElsewhere).host, { exact: false }).first()).toBeVisible();
  await expect(alice.page.getByText('This copy lives only in this page')).toHaveCount(0);

  // the laptop goes; what is written after that is carried by hand
  await world.hub.stop();
  await alice.cut();
  await expect(hers.here('Bob')).toHaveCount(0, { timeout: 30_000 });
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
  for (const { name, seen } of everybody) expect(seen.errors, name).toEqual([]);
});

test('two prepared ones in one network are told that they are connected directly', async ({ world }) => {
  test.setTimeout(240_000);
  const alice = await found(world);
  await beginPoint(alice);
  const people = new People(alice.page);
  await people.open();
  const bob = await comeWith(world, await people.invite(), 'Bob', 'Hill Farmers');
  await letIn(alice, bob);
  const his = new Exchange(bob.page);
  await his.open();
  await expect(his.here('Alice')).toContainText(/directly, within the same network|directly connected/);
});
