/** An observer with a client of their own making writes what only members may. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startHub } from '../../../src/hub/server.ts';
import { Agreements } from '../pages/agreements.ts';
import { People } from '../pages/people.ts';
import { beginPoint, expectEven, found, joinByLink, MESSAGE, openPoint } from '../room.ts';
import { expect, test } from '../world.ts';

interface Modified {
  join(invite: string, name: string, group: string): Promise<string>;
  write(words: string): Promise<string>;
  writeAgreement(words: string): Promise<string>;
  state(): { own: number; peers: number; incoming: number };
}
declare const modified: Modified;

test('(e) a modified client with a valid observer’s key writes on a live connection, and the others refuse it', async ({
  world,
}) => {
  test.setTimeout(150_000);
  const root = mkdtempSync(join(tmpdir(), 'weft-modified-'));
  await build({
    entryPoints: [join(import.meta.dirname, '../modified/client.ts')],
    outfile: join(root, 'client.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  writeFileSync(join(root, 'index.html'), '<!doctype html><script type="module" src="client.js"></script>');
  const elsewhere = await startHub({ root, host: '127.0.0.1', port: 0 });
  const alice = await found(world);
  const agreed = new Agreements(alice.page);
  await agreed.open();
  await agreed.begin('Media and spokespeople', 'Who speaks');
  const wordsBefore = await agreed.words();
  await beginPoint(alice);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers');
  const people = new People(alice.page);
  await people.open();
  const invite = await people.invite('Observer');

  const mallory = await world.person('Mallory');
  await mallory.page.goto(elsewhere.url);
  await mallory.page.waitForFunction(() => 'modified' in globalThis);
  const joined = mallory.page.evaluate((text) => modified.join(text, 'Mallory', 'Auditors'), invite);
  await alice.page.getByRole('button', { name: 'Let in Mallory' }).click();
  expect(await joined).toBe('observer');
  await expect
    .poll(() => mallory.page.evaluate(() => modified.state()), { timeout: 60_000 })
    .toMatchObject({ peers: 2, incoming: 0 });

  // in the modified client itself everything is overwritten, signed and sent
  const [hers, his] = [await openPoint(alice), await openPoint(bob)];
  const seen = await mallory.page.evaluate(() => modified.write('bought and sold'));
  expect(seen).toContain('bought and sold');
  expect(seen).not.toContain('Every crew');
  expect(await mallory.page.evaluate(() => modified.state())).toMatchObject({ own: 1 });
  // and an agreement, of which nobody else’s copy changes a letter
  expect(await mallory.page.evaluate(() => modified.writeAgreement('Nobody speaks. '))).toContain('Nobody');

  // honest words go on flowing over the same connections, and nothing of the other
  await his.message.press('Control+End');
  await his.message.pressSequentially(' Always.');
  const text = await expectEven([hers, his], /Always\.$/);
  expect(text).toBe(`${MESSAGE} Always.`);
  await expect
    .poll(() => mallory.page.evaluate(() => modified.state()), { timeout: 60_000 })
    .toMatchObject({ incoming: 0 });
  for (const { page } of [alice, bob]) {
    const read = new Agreements(page);
    await read.openByTitle('Who speaks');
    expect(await read.words()).toBe(wordsBefore);
  }
  for (const { page } of [alice, bob]) await expect(page.getByText('bought and sold')).toHaveCount(0);
  await mallory.close();
  await elsewhere.close();
});
