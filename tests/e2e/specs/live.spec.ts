/** People in one room: they join over the network, write together, lose each other and meet again. */
import { People } from '../pages/people.ts';
import {
  beginPoint,
  comeWith,
  expectEven,
  expectLetters,
  expectNoForeignHost,
  found,
  joinByCamera,
  joinByLink,
  openPoint,
} from '../room.ts';
import { expect, test } from '../world.ts';
import { goOffline } from '../offline.ts';

test('(a) two join an organizer, one by link and one by a scanned code; all three write in one point at once', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world);
  await beginPoint(alice);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers');
  const chen = await joinByCamera(world, alice, 'Chen', 'Seafarers');
  const everybody = [alice, bob, chen];
  const talks = await Promise.all(everybody.map(openPoint));

  const letters = ['%', '#', '='];
  await Promise.all(
    talks.map(async ({ message }, at) => {
      await message.press(at === 0 ? 'Control+Home' : 'Control+End');
      await message.pressSequentially((letters[at] ?? '').repeat(25), { delay: 40 });
    }),
  );
  const text = await expectEven(talks, /Every crew comes home/);
  expectLetters(text, { '%': 25, '#': 25, '=': 25 });

  for (const [at, { page }] of everybody.entries()) {
    for (const other of everybody.filter((_, each) => each !== at)) {
      await expect(page.locator('.caret b', { hasText: other.name })).toHaveCount(1);
      await expect(page.getByRole('status').filter({ hasText: other.name }).first()).toBeVisible();
    }
    await expect(page.getByText('2 with you').first()).toBeVisible();
  }
  expectNoForeignHost(world, everybody);
});

test('(b) one goes offline, writes, reloads, writes on and returns: nothing is lost, nothing doubled', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world);
  await beginPoint(alice);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers', { kept: true });
  const chen = await joinByLink(world, alice, 'Chen', 'Seafarers');
  const [hers, his, theirs] = [await openPoint(alice), await openPoint(bob), await openPoint(chen)];
  await expectEven([hers, his, theirs], /home/);
  await bob.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  await world.hub.stop();
  await goOffline(bob.context);
  await bob.cut();
  await his.message.press('Control+End');
  await his.message.pressSequentially(' ####');
  await hers.message.press('Control+Home');
  await hers.message.pressSequentially('%%%% ');
  await expect(bob.page.getByText('Saved here').first()).toBeVisible();
  await bob.page.reload();
  await expect(his.message).toHaveValue(/ ####$/);
  await his.message.press('Control+End');
  await his.message.pressSequentially('==');
  await expect(bob.page.getByText('Saved here').first()).toBeVisible();

  await world.restartHub();
  await bob.context.setOffline(false);
  const text = await expectEven([hers, his, theirs], /^%%%% Every crew comes home\. ####==$/);
  expectLetters(text, { '%': 4, '#': 4, '=': 2 });
  await expect(bob.page.getByText('2 with you').first()).toBeVisible({ timeout: 60_000 });
});

test('(f) a browser that is ended while somebody types loses nothing that the screen had called saved', async ({
  world,
}) => {
  const alice = await found(world, { own: true, kept: true });
  const talk = await beginPoint(alice);
  await talk.message.press('Control+End');
  let saved = '';
  const typing = talk.message
    .pressSequentially(' and every word of it too'.repeat(8), { delay: 25 })
    .catch(() => undefined);
  for (let looks = 0; saved.length < 90; looks++) {
    // one look at both: what is written and what is said of it
    const now = await alice.page.evaluate(() => ({
      isSaved: document.querySelector('.status .saved') !== null,
      text: document.querySelector('textarea')?.value ?? '',
    }));
    if (now.isSaved) saved = now.text;
    expect(looks).toBeLessThan(2000);
  }
  const again = await alice.kill();
  await typing;
  await again.page.goto(world.hub.url);
  const back = await openPoint(again);
  const text = await back.message.inputValue();
  expect(text.slice(0, saved.length)).toBe(saved);
});

test('(g) with the hub stopped and the network off, a reload finds everything', async ({ world }) => {
  const alice = await found(world, { kept: true });
  const talk = await beginPoint(alice);
  await expect(alice.page.getByText('Saved here').first()).toBeVisible();
  await alice.page.evaluate(() => navigator.serviceWorker.ready);
  await world.hub.stop();
  await goOffline(alice.context);
  await alice.page.reload();
  await expect(talk.message).toHaveValue(/Every crew/);
  // every chunk is there, not only those that were used
  for (const place of ['Today', 'Talking points', 'Exchange']) {
    await alice.page.getByRole('link', { name: place, exact: true }).first().click();
    await expect(alice.page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  await alice.page.goto('#/people');
  await expect(alice.page.getByText('Alice (you)')).toBeVisible();
  await alice.page.goto('#/settings');
  await expect(alice.page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('two tabs of one browser are in step, and a third person sees what both write', async ({ world }) => {
  test.setTimeout(180_000);
  const alice = await found(world);
  const here = await beginPoint(alice);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers');
  const other = await alice.context.newPage();
  await other.goto(world.hub.url);
  const there = await openPoint({ ...alice, page: other });
  const [mine, his] = [await openPoint(alice), await openPoint(bob)];
  await mine.message.press('Control+Home');
  await mine.message.pressSequentially('%%% ');
  await there.message.press('Control+End');
  await there.message.pressSequentially(' ###');
  await expectEven([mine, there, his], /^%%% Every crew comes home\. ###$/);
  await expect(here.message).toHaveValue(/###$/);
});

test('while the door is open, everybody with its code comes in without being asked for', async ({ world }) => {
  test.setTimeout(180_000);
  const alice = await found(world);
  const people = new People(alice.page);
  await people.open();
  const code = await people.openDoor();
  await expect(alice.page.getByText('Keep this tab open', { exact: false }).first()).toBeVisible();
  for (const [name, group] of [
    ['Bob', 'Hill Farmers'],
    ['Chen', 'Seafarers'],
  ] as const) {
    const newcomer = await comeWith(world, code, name, group);
    await expect(newcomer.page.getByText(`You are in. Welcome, ${name}.`)).toBeVisible({ timeout: 60_000 });
  }
  await expect(people.member('Chen')).toContainText('Seafarers');
});
