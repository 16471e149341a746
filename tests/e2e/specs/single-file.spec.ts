/** The app as one file on a stick: opened by a double click, with no server at all. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Exchange } from '../pages/exchange.ts';
import { FirstMinute } from '../pages/first.ts';
import { Lock } from '../pages/lock.ts';
import { TalkingPoints } from '../pages/talking-points.ts';
import { savedBy } from '../saved-file.ts';
import { expect, test } from '../world.ts';

const BUILT = resolve('dist-single/weft.html');
const PASSPHRASE = 'four quiet words here';
const MESSAGE = 'The harbour is for everybody.';

for (const browser of ['chromium', 'firefox'] as const) {
  test(`one starts a space, writes, closes and comes back, and makes a bundle, from a file in ${browser}`, async ({
    world,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'weft-file-'));
    const file = join(folder, 'weft.html');
    copyFileSync(BUILT, file);
    const app = pathToFileURL(file).href;
    const alice = await world.person('alice', { browser, at: app });
    const { page } = alice;
    const first = new FirstMinute(page);
    await first.open(app);
    await first.chooseLanguage();
    await first.door('Start a space').click();
    await page.goBack();
    await first.startSpace('Harbour to Hills', { name: 'Alice', group: 'Dockers’ Circle' }, PASSPHRASE);
    await expect(page.getByText('This Weft is a file')).toBeVisible();

    const { path } = await savedBy(page, () => page.getByRole('button', { name: 'Save this file' }).click());
    // whoever is given it has the same app, and nothing of the space
    const given = readFileSync(path, 'utf8');
    const packed = (html: string): string | undefined => /id="packed">([^<]*)</.exec(html)?.[1];
    expect(packed(given)).toBe(packed(readFileSync(BUILT, 'utf8')));
    expect(given).not.toContain('Harbour');

    const points = new TalkingPoints(page);
    await points.open();
    await points.beginPalette('Harbour', 'English');
    await points.addPoint('Solidarity', MESSAGE);
    await expect(page.getByText('Saved here').first()).toBeVisible();
    await page.reload();
    await new Lock(page).tryPassphrase(PASSPHRASE);
    await expect(points.message).toHaveValue(MESSAGE);

    const exchange = new Exchange(page);
    await exchange.open();
    await exchange.make();
    expect([...alice.seen.hosts, ...alice.seen.sockets]).toEqual([]);
    expect(alice.seen.errors).toEqual([]);
    rmSync(folder, { recursive: true });
  });
}
