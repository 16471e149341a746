/** People in a room with no internet, no hub and no server: they connect by codes, and the rest follows by itself. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFirefox } from '../../browser.ts';
import { filmQr } from '../camera.ts';
import { Nearby } from '../pages/nearby.ts';
import { beginPoint, expectEven, expectNoForeignHost, found, joinByLink, openPoint, useNoHub } from '../room.ts';
import { expect, type Person, test, type World } from '../world.ts';

/** A camera that sees nothing yet. */
const createCamera = (): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'weft-camera-')), 'seen.y4m');
  lookAway(path);
  return path;
};
const lookAway = (camera: string): void => filmQr(camera, 'a poster on the wall');

/**
 * Nothing can be asked any more, and whoever was connected is so no longer. (Chromium's own "offline" would also drop
 * what goes from device to device.)
 */
const loseTheNetwork = async (world: World, people: readonly Person[]): Promise<void> => {
  for (const { page } of people) await page.evaluate(() => navigator.serviceWorker.ready);
  await world.hub.stop();
  for (const person of people) {
    await person.cut();
    await person.page.getByRole('link', { name: 'Exchange', exact: true }).first().click();
    await expect(person.page.getByText('Nobody is connected to you at this moment.', { exact: false })).toBeVisible();
  }
};

/** What somebody's browser asks of any host from now on, and what it was not answered from what the app has kept. */
const startWatching = (people: readonly Person[]): string[] => {
  const asked: string[] = [];
  for (const { context, page } of people) {
    context.on('requestfailed', (request) => asked.push(request.url()));
    context.on('request', (request) => {
      if (request.serviceWorker() !== null) asked.push(request.url());
    });
    page.on('websocket', (socket) => asked.push(socket.url()));
  }
  return asked;
};

test('two connect by codes before their cameras, a third by text, and all meet; they stay when one leaves', async ({
  world,
}) => {
  test.setTimeout(300_000);
  const cameras = [createCamera(), createCamera()] as const;
  const alice = await found(world, { camera: cameras[0], kept: true });
  await beginPoint(alice);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers', { camera: cameras[1], kept: true });
  const chen = await joinByLink(world, alice, 'Chen', 'Seafarers', { kept: true });
  const everybody = [alice, bob, chen];
  await expectEven(await Promise.all(everybody.map(openPoint)), /home/);
  await loseTheNetwork(world, everybody);
  for (const person of everybody) await useNoHub(person);
  const asked = startWatching(everybody);

  const [hers, his, theirs] = [new Nearby(alice.page), new Nearby(bob.page), new Nearby(chen.page)];
  await hers.open();
  await hers.show();
  await hers.holdBefore(cameras[1]);
  await his.open();
  await his.scan();
  await his.holdBefore(cameras[0]);
  await hers.scan();
  await hers.connectedWith('Bob');
  await his.connectedWith('Alice');
  await his.othersHere(1);

  lookAway(cameras[1]);
  await theirs.open();
  await theirs.show();
  await his.dialog.getByRole('button', { name: 'Connect one more' }).click();
  await his.scan();
  await his.paste(`Here is it:\n${await theirs.codeAsText()}`);
  await theirs.paste(await his.codeAsText());
  await theirs.connectedWith('Bob');
  // Alice, whom nobody scanned
  await theirs.othersHere(2);
  for (const dialog of [hers, his, theirs]) await dialog.done();

  const talks = await Promise.all(everybody.map(openPoint));
  const [first, , third] = talks;
  await first?.message.press('Control+Home');
  await first?.message.pressSequentially('%%% ');
  await expectEven(talks, /^%%% Every crew/);
  await bob.close();
  await third?.message.press('Control+End');
  await third?.message.pressSequentially(' ###');
  await first?.message.press('Control+Home');
  await first?.message.pressSequentially('== ');
  await expectEven(
    [talks[0], talks[2]].filter((talk) => talk !== undefined),
    /^== %%% Every crew.* ###$/,
  );
  expect(asked).toEqual([]);
  expectNoForeignHost(world, everybody);
});

test('a code of another space, an old one and no code at all are each told in a sentence, and nothing else happens', async ({
  world,
}) => {
  const alice = await found(world);
  const stranger = await found(world);
  const [hers, other] = [new Nearby(alice.page), new Nearby(stranger.page)];
  await other.open();
  await other.show();
  const foreign = await other.codeAsText();
  await hers.open();
  await hers.show();
  const own = await hers.codeAsText();
  for (const [text, sentence] of [
    [foreign, 'This code is of another space, or part of it is missing.'],
    [own, 'This is the code of this very device.'],
    ['https://example.org', 'That is no code for connecting nearby.'],
    [own.replace('WEFT1N', 'WEFT7N'), 'A newer Weft made this code.'],
  ] as const) {
    await hers.paste(text);
    await expect(hers.dialog.getByText(sentence, { exact: false })).toBeVisible();
    await expect(hers.code).toBeVisible();
  }
  await hers.dialog.getByRole('button', { name: 'Start over' }).click();
  await expect(hers.dialog.getByRole('button', { name: 'Show my code' })).toBeVisible();
  // it can be left, and is found again
  await hers.show();
  await hers.dialog.getByRole('button', { name: 'Close' }).last().click();
  await hers.open();
  await expect(hers.code).toBeVisible();
  expectNoForeignHost(world, [alice, stranger]);
});

test('Firefox and Chromium connect by text', async ({ world }) => {
  test.skip(findFirefox() === undefined, 'left out: no Firefox here');
  test.setTimeout(240_000);
  const alice = await found(world, { kept: true });
  await beginPoint(alice);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers', { browser: 'firefox', kept: true });
  const talks = await Promise.all([alice, bob].map(openPoint));
  await expectEven(talks, /home/);
  for (const person of [alice, bob]) await useNoHub(person);
  const [hers, his] = [new Nearby(alice.page), new Nearby(bob.page)];
  for (const [shows, reads] of [
    [hers, his],
    [his, hers],
  ] as const) {
    await shows.open();
    await shows.show();
    await reads.open();
    await reads.scan();
    await reads.paste(await shows.codeAsText());
    await shows.paste(await reads.codeAsText());
    await shows.othersHere(1);
    await reads.othersHere(1);
    for (const dialog of [shows, reads]) await dialog.done();
    for (const person of [alice, bob]) await person.cut();
  }
  expectNoForeignHost(world, [alice, bob]);
});
