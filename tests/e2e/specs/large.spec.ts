/** A space of 20 MB reaches a newcomer over WebRTC. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createArchive } from '../archive.ts';
import { Exchange } from '../pages/exchange.ts';
import { People } from '../pages/people.ts';
import { found, joinByLink } from '../room.ts';
import { expect, test } from '../world.ts';

const VOLUMES = 20;
const POINTS = 20;
const LENGTH = 52_500;

test('a newcomer gets a space of 20 MB over WebRTC, and it is all there', async ({ world }) => {
  test.setTimeout(400_000);
  const folder = mkdtempSync(join(tmpdir(), 'weft-archive-'));
  const [request, bundle] = [join(folder, 'request.txt'), join(folder, 'bundle')];
  const alice = await found(world);
  const people = new People(alice.page);
  await people.open();
  const archive = await createArchive(await people.invite());
  await archive.writeRequest(request);
  await archive.writeBundle(await people.admit(request), bundle, VOLUMES, POINTS, LENGTH);
  const exchange = new Exchange(alice.page);
  await exchange.open();
  await exchange.look(bundle);
  await exchange.merge();
  await exchange.close();

  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers');
  await bob.page.goto('#/points');
  await expect(bob.page.getByRole('link', { name: /^Volume / })).toHaveCount(VOLUMES, { timeout: 200_000 });
  await bob.page.getByRole('link', { name: 'Volume 20', exact: true }).click();
  await bob.page.locator('tbody th a').last().click();
  const message = bob.page.getByRole('textbox', { name: 'What we say' });
  await expect(message).toHaveValue(/^Point 20 /);
  expect((await message.inputValue()).length).toBe('Point 20 '.length + LENGTH);
  const his = new Exchange(bob.page);
  await his.open();
  await expect(bob.page.locator('.row', { hasText: 'Alice' }).first()).toContainText(/even|everything/i);
});
