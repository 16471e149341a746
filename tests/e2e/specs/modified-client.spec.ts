/**
 * Clients that are not this one: an observer with a client of their own making writes and signs what only members may,
 * and a member writes with a Weft of later days.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startHub } from '../../../src/hub/server.ts';
import { Agreements } from '../pages/agreements.ts';
import { Deciding } from '../pages/deciding.ts';
import { People } from '../pages/people.ts';
import { beginPoint, expectEven, found, joinByLink, MESSAGE, openPoint } from '../room.ts';
import { expect, type Person, test } from '../world.ts';

interface Modified {
  join(invite: string, name: string, group: string): Promise<string>;
  write(words: string): Promise<string>;
  writeAgreement(words: string): Promise<string>;
  decide(reason: string): Promise<void>;
  comment(text: string): Promise<void>;
  writeNewer(words: string): Promise<string>;
  agreement(): Promise<string>;
  state(): { own: number; peers: number; incoming: number };
}
declare const modified: Modified;

/** A page without Weft, for clients without screens. */
const serveClients = async (): Promise<{ readonly url: string; close(): Promise<void> }> => {
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
  return startHub({ root, host: '127.0.0.1', port: 0 });
};

/** Somebody with such a client, let in by the organizer and even with as many peers; gives their role. */
const comeModified = async (
  { page }: Person,
  address: string,
  alice: Person,
  { name, role, peers }: { readonly name: string; readonly role: 'Observer' | 'Member'; readonly peers: number },
): Promise<string> => {
  const people = new People(alice.page);
  await people.open();
  const invite = await people.invite(role);
  await page.goto(address);
  await page.waitForFunction(() => 'modified' in globalThis);
  const joined = page.evaluate(([text, who]) => modified.join(text, who, 'Auditors'), [invite, name] as const);
  await alice.page.getByRole('button', { name: `Let in ${name}` }).click();
  const got = await joined;
  await expect
    .poll(() => page.evaluate(() => modified.state()), { timeout: 60_000 })
    .toMatchObject({ peers, incoming: 0 });
  return got;
};

test('(e) a modified client with a valid observer’s key writes on a live connection, and the others refuse it', async ({
  world,
}) => {
  test.setTimeout(150_000);
  const elsewhere = await serveClients();
  const alice = await found(world);
  const agreed = new Agreements(alice.page);
  await agreed.open();
  await agreed.begin('Media and spokespeople', 'Who speaks');
  const agreement = /agreements\/([0-9a-f]+)/.exec(alice.page.url())?.[1] ?? '';
  const deciding = new Deciding(alice.page);
  const lettersBefore = await deciding.letters(agreement);
  expect(lettersBefore.length).toBeGreaterThan(1000);
  const proposal = await deciding.propose(agreement);
  await beginPoint(alice);
  const bob = await joinByLink(world, alice, 'Bob', 'Hill Farmers');
  const mallory = await world.person('Mallory');
  const role = await comeModified(mallory, elsewhere.url, alice, { name: 'Mallory', role: 'Observer', peers: 2 });
  expect(role).toBe('observer');

  // in the modified client itself everything is overwritten, signed and sent
  const [hers, his] = [await openPoint(alice), await openPoint(bob)];
  const seen = await mallory.page.evaluate(() => modified.write('bought and sold'));
  expect(seen).toContain('bought and sold');
  expect(seen).not.toContain('Every crew');
  expect(await mallory.page.evaluate(() => modified.state())).toMatchObject({ own: 1 });
  const seenToo = await mallory.page.evaluate(() => modified.writeAgreement('Nobody speaks.'));
  expect(seenToo).toMatch(/^\["Nobody speaks\."/);
  expect(seenToo).not.toContain('spokes');
  await mallory.page.evaluate(() => modified.decide('bought and sold'));
  await mallory.page.evaluate(() => modified.comment('Observers may say this.'));

  // honest words go on flowing over the same connections, and nothing of the other
  await his.message.press('Control+End');
  await his.message.pressSequentially(' Always.');
  const text = await expectEven([hers, his], /Always\.$/);
  expect(text).toBe(`${MESSAGE} Always.`);
  await expect
    .poll(() => mallory.page.evaluate(() => modified.state()), { timeout: 60_000 })
    .toMatchObject({ incoming: 0 });
  // nobody else’s copy of the agreement changes a letter; what was sent after, and may be said, is there
  for (const { page } of [alice, bob]) {
    await page.goto(`#/agreements/${agreement}?dialog=comments`);
    await expect(page.getByRole('dialog').getByText('Observers may say this.')).toBeVisible({ timeout: 60_000 });
    const read = new Deciding(page);
    expect(await read.letters(agreement)).toBe(lettersBefore);
    await read.open(agreement, proposal);
    await read.outcomeIs('open');
    await expect(read.group('Dockers’ Circle')).toContainText('Has not answered', { ignoreCase: true });
  }
  for (const { page } of [alice, bob]) await expect(page.getByText('bought and sold')).toHaveCount(0);
  await mallory.close();
  await elsewhere.close();
});

test('an agreement that a newer Weft has written in opens read-only, and nothing of it is lost', async ({ world }) => {
  test.setTimeout(120_000);
  const elsewhere = await serveClients();
  const alice = await found(world);
  const read = new Agreements(alice.page);
  await read.open();
  await read.begin('Media and spokespeople', 'Who speaks');
  await expect(read.text(1)).toHaveAttribute('contenteditable', 'true');
  const nadia = await world.person('Nadia');
  const role = await comeModified(nadia, elsewhere.url, alice, { name: 'Nadia', role: 'Member', peers: 1 });
  expect(role).toBe('member');
  await read.openByTitle('Who speaks');
  const written = await nadia.page.evaluate(() => modified.writeNewer('Name and number'));
  expect(written).toContain('<table>Name and number</table>');

  const isReadOnly = async (): Promise<void> => {
    await expect(alice.page.getByText('This agreement was written with a newer Weft.')).toBeVisible({
      timeout: 60_000,
    });
    await expect(read.clause(1)).toContainText('Name and number');
    await expect(alice.page.getByRole('toolbar')).toHaveCount(0);
    await expect(alice.page.getByRole('button', { name: 'Add a clause' })).toHaveCount(0);
    await read.clause(1).getByText('Name and number').click();
    await alice.page.keyboard.type('Mine.');
    await expect(alice.page.getByText('Mine.')).toHaveCount(0);
  };
  await isReadOnly();
  await alice.page.reload();
  await isReadOnly();
  await alice.page.goto(`${alice.page.url()}/propose`);
  await expect(alice.page.getByRole('button', { name: 'Sign and propose' })).toHaveCount(0);
  // she is still connected, and has sent nothing that changes it
  expect(await nadia.page.evaluate(() => modified.agreement())).toBe(written);
  await nadia.close();
  await elsewhere.close();
});
