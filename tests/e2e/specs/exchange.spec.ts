/** Somebody never has a network: in by files, and everything by stick. Then every file that is no good bundle. */
import { readFile, writeFile } from 'node:fs/promises';
import type { TestInfo } from '@playwright/test';
import { Exchange } from '../pages/exchange.ts';
import { FirstMinute } from '../pages/first.ts';
import { People } from '../pages/people.ts';
import { startPalette } from '../pages/writing.ts';
import { bundlesOf, MESSAGE, startOrganizer } from '../spoilt-bundles.ts';
import { cutOff, goByStickAlone, HIWOT, joinByFiles, newDevice, startSpace } from '../stick.ts';
import { expect, test } from '../world.ts';

test('(c) somebody who never has a network gets everything by stick, writes, and sends it back; the hub is gone', async ({
  world,
}) => {
  await goByStickAlone(world, {}, {});
});

test('a bundle with a passphrase of its own asks for it, and a wrong one changes nothing', async ({ browser }) => {
  const alice = await newDevice(browser);
  const hiwot = await newDevice(browser);
  await cutOff(alice, hiwot);
  await startSpace(alice);
  await startPalette(alice.page, 'Port strike', ['Every crew comes home.']);
  await joinByFiles(alice, hiwot);
  const exchange = new Exchange(alice.page);
  await exchange.open();
  const path = await exchange.make({ passphrase: 'tin moon harbour' });

  const hers = new Exchange(hiwot.page);
  await hers.open();
  await hers.look(path);
  const passphrase = hers.dialog.getByLabel('Passphrase of this file');
  await passphrase.fill('tin moon');
  await hers.dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(hers.dialog).toContainText('That is not the passphrase of this bundle.');
  await passphrase.fill('tin moon harbour');
  await hers.dialog.getByRole('button', { name: 'Continue' }).click();
  await hers.merge();
  await expect(hers.dialog).toContainText('Alice’s bundle brought you');
  await alice.context.close();
  await hiwot.context.close();
});

test('every file that is no good bundle has a sentence of its own, and nothing is lost', async ({ browser }, info) => {
  const organizer = await startOrganizer(1, 'Harbour to Hills');
  const hiwot = await newDevice(browser);
  await cutOff(hiwot);
  const first = new FirstMinute(hiwot.page);
  await first.ask(organizer.invite, HIWOT);
  const request = await readFile(await first.saveRequest(), 'utf8');
  await first.openAnswerFile(await asFile(info, new TextEncoder().encode(await organizer.admit(request))));
  const bundles = await bundlesOf(organizer);

  const exchange = new Exchange(hiwot.page);
  await exchange.open();
  const looksAt = async (bytes: Uint8Array, sentence: string): Promise<void> => {
    const path = await asFile(info, bytes);
    await exchange.look(path);
    await expect(exchange.dialog).toContainText(sentence);
    await exchange.close();
    expect(Buffer.from(await readFile(path)).equals(Buffer.from(bytes)), 'the file is kept as it was').toBe(true);
  };
  await looksAt(new Uint8Array(0), 'This file is empty.');
  await looksAt(JPEG, 'This is a picture, not a bundle.');
  await looksAt(new TextEncoder().encode('%PDF-1.7'), 'This is a PDF document, not a bundle.');
  await looksAt(bundles.foreign, 'This file cannot be opened with the keys of this space.');
  await looksAt(bundles.newer, 'A newer Weft made this bundle.');
  await looksAt(bundles.forged, 'Whoever this bundle names as its maker did not sign it.');
  await looksAt(bundles.cutAtStart, 'This bundle ends before anything in it is whole.');
  await looksAt(bundles.flippedAtStart, 'This bundle is damaged from its start');
  await looksAt(bundles.reordered, 'This bundle is damaged from its start');
  await looksAt(bundles.cutLater, 'The file ends too early: part of it was not copied.');
  await looksAt(bundles.flippedLater, 'From some place on, the file is not as it was written.');
  await expect(exchange.past).toHaveCount(0);
  await expect(exchange.group('Dockers')).toContainText('never heard of yet');

  // what is whole in a file that was cut can be taken, and is said to be incomplete
  await exchange.look(await asFile(info, bundles.cutLater));
  await exchange.merge();
  await expect(exchange.dialog).toContainText('What came whole is here; the rest is still missing.');
  await expect(exchange.brought('By document')).toHaveText([/^Port strike/]);
  await exchange.close();
  await expect(exchange.past.first()).toContainText('incomplete');

  // the good one brings the rest, and nothing when it comes again
  const good = await asFile(info, bundles.good);
  await exchange.look(good);
  await exchange.merge();
  await expect(exchange.dialog).toContainText('Alice’s bundle brought you 5 changes');
  await exchange.close();
  await exchange.look(good);
  await expect(exchange.dialog).toContainText('Everything in this bundle is here already.');
  await exchange.close();
  await hiwot.page.goto('#/points');
  await hiwot.page.getByRole('link', { name: 'Port strike' }).click();
  await expect(hiwot.page.getByRole('link', { name: MESSAGE })).toBeVisible();
  await hiwot.context.close();
});

test('a request to join that is dropped here says where it belongs', async ({ browser }) => {
  const alice = await newDevice(browser);
  await startSpace(alice);
  const people = new People(alice.page);
  await people.open();
  const invite = await people.invite();
  const hiwot = await newDevice(browser);
  const first = new FirstMinute(hiwot.page);
  await first.ask(invite, HIWOT);
  const request = await first.saveRequest();
  const exchange = new Exchange(alice.page);
  await exchange.open();
  await exchange.look(request);
  await expect(exchange.dialog).toContainText('This is somebody’s request to join.');
  await exchange.dialog.getByRole('link', { name: 'People' }).click();
  await expect(alice.page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
  await alice.context.close();
  await hiwot.context.close();
});

// Devices of these stories -----------------------------------------------------------------------------------------

const asFile = async (info: TestInfo, bytes: Uint8Array): Promise<string> => {
  const path = info.outputPath(`${++files}.bin`);
  await writeFile(path, bytes);
  return path;
};
let files = 0;

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0);
