/** Somebody never has a network: in by files, and everything by stick. Then every file that is no good bundle. */
import { readFile, writeFile } from 'node:fs/promises';
import { type Browser, type BrowserContext, expect, type Page, test, type TestInfo } from '@playwright/test';
import { Exchange } from '../pages/exchange.ts';
import { FirstMinute } from '../pages/first.ts';
import { People } from '../pages/people.ts';
import { Today } from '../pages/today.ts';
import { messageOf, startPalette, writeMessage } from '../pages/writing.ts';
import { bundlesOf, MESSAGE, startOrganizer } from '../spoilt-bundles.ts';

const ALICE = { name: 'Alice', group: 'Dockers’ Circle' };
const HIWOT = { name: 'Hiwot', group: 'Asmara' };

test('somebody who never has a network gets everything by stick, writes, and sends it back', async ({ browser }) => {
  const alice = await arrive(browser);
  const hiwot = await arrive(browser);
  await cutOff(alice, hiwot);
  await found(alice, 'Harbour to Hills', ALICE);
  await startPalette(alice.page, 'Port strike', ['Every crew comes home.', 'Nobody works hungry.']);
  await joinByFiles(alice, hiwot);

  // she is told of as never heard of, and gets a bundle of everything
  const fromAlice = new Exchange(alice.page);
  await fromAlice.open();
  await expect(fromAlice.unshared).toHaveText(/^Not yet shared: \d+ changes/);
  await expect(fromAlice.group('Asmara')).toContainText('never heard of yet');
  const toHiwot = await fromAlice.make({ member: 'Hiwot' });
  await expect(fromAlice.past.first()).toContainText('For Hiwot');

  const forHiwot = new Exchange(hiwot.page);
  await forHiwot.open();
  await forHiwot.look(toHiwot);
  await expect(forHiwot.dialog).toContainText('Alice, Dockers’ Circle');
  await expect(forHiwot.dialog).toContainText(today());
  await expect(forHiwot.dialog).toContainText(/Merging it would bring you \d+ changes by 1 person in 1 document/);
  await expect(forHiwot.brought('By document')).toHaveText([/^A new palette ?\d+ changes$/]);
  await forHiwot.merge();
  await expect(forHiwot.dialog).toContainText(/Alice’s bundle brought you \d+ changes by 1 person in 1 document/);
  await expect(forHiwot.brought('By person')).toHaveText([/^Alice ?\d+ changes$/]);
  await expect(forHiwot.brought('By document')).toHaveText([/^Port strike ?\d+ changes$/]);
  await forHiwot.close();
  await expect(forHiwot.past.first()).toContainText('From Alice');
  await expect(forHiwot.group('Dockers’ Circle')).toContainText('lacks');

  // what is new is on Today, until she has looked at it
  const hers = new Today(hiwot.page);
  await hers.open();
  await hers.changed('Port strike').click();
  await expect(hiwot.page.getByText('Nobody works hungry.').first()).toBeVisible();
  await hers.open();
  await expect(hers.changed('Port strike')).toHaveCount(0);

  // both write in the same point apart; she sends hers back
  await writeMessage(alice.page, 'Every crew', { atStart: 'Together: ' });
  await writeMessage(hiwot.page, 'Every crew', { atEnd: ' Always.' });
  await forHiwot.open();
  const back = await forHiwot.make();
  await fromAlice.open();
  await fromAlice.look(back);
  await expect(fromAlice.brought('By person')).toHaveText([/^Hiwot ?\d+ changes?$/]);
  await fromAlice.merge();
  // her own record, and what she wrote
  await expect(fromAlice.brought('By document')).toHaveText([
    /^Port strike ?\d+ changes?$/,
    /^People, groups and approvals ?1 change$/,
  ]);
  await fromAlice.close();

  // now it is known that she has what Alice had: only the rest goes to her
  await expect(fromAlice.group('Asmara')).not.toContainText('never heard of yet');
  const rest = await fromAlice.make({ group: 'Asmara' });
  await forHiwot.open();
  await forHiwot.look(rest);
  await forHiwot.merge();
  await expect(forHiwot.brought('By person')).toHaveText([/^Alice ?\d+ changes?$/]);
  await forHiwot.close();
  const both = 'Together: Every crew comes home. Always.';
  for (const { page } of [alice, hiwot]) expect(await messageOf(page, 'Every crew')).toBe(both);

  // and when hers comes back, nothing is left to share
  await forHiwot.open();
  const last = await forHiwot.make();
  await fromAlice.open();
  await fromAlice.look(last);
  await expect(fromAlice.dialog).toContainText(
    'Everything in this bundle is here already. It is now known what Hiwot has.',
  );
  await fromAlice.close();
  await expect(fromAlice.unshared).toHaveText('Everything that you wrote is with somebody else too.');
  await expect(fromAlice.group('Asmara')).toContainText('has everything that is here');
  await alice.context.close();
  await hiwot.context.close();
});

test('a bundle with a passphrase of its own asks for it, and a wrong one changes nothing', async ({ browser }) => {
  const alice = await arrive(browser);
  const hiwot = await arrive(browser);
  await cutOff(alice, hiwot);
  await found(alice, 'Harbour to Hills', ALICE);
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
  const hiwot = await arrive(browser);
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
  const alice = await arrive(browser);
  await found(alice, 'Harbour to Hills', ALICE);
  const people = new People(alice.page);
  await people.open();
  const invite = await people.invite();
  const hiwot = await arrive(browser);
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

// People of these stories ------------------------------------------------------------------------------------------

interface Device {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** A device on which the app is, its language chosen, and nothing else. */
const arrive = async (browser: Browser): Promise<Device> => {
  const context = await browser.newContext({ acceptDownloads: true });
  // the test cannot answer the system's own dialog
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  const page = await context.newPage();
  const first = new FirstMinute(page);
  await first.open();
  await first.chooseLanguage();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return { page, context };
};

const cutOff = async (...devices: readonly Device[]): Promise<void> => {
  for (const { context } of devices) await context.setOffline(true);
};

const found = async ({ page }: Device, space: string, person: typeof ALICE): Promise<void> => {
  await new FirstMinute(page).startSpace(space, person);
};

/** A request out, an answer in. */
const joinByFiles = async (organizer: Device, newcomer: Device): Promise<void> => {
  const people = new People(organizer.page);
  await people.open();
  const invite = await people.invite();
  const first = new FirstMinute(newcomer.page);
  await first.ask(invite, HIWOT);
  const answer = await people.admit(await first.saveRequest());
  await first.openAnswerFile(answer);
  await expect(newcomer.page.getByRole('navigation', { name: 'Places' })).toBeVisible();
};

const today = (): string => new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.now());

const asFile = async (info: TestInfo, bytes: Uint8Array): Promise<string> => {
  const path = info.outputPath(`${++files}.bin`);
  await writeFile(path, bytes);
  return path;
};
let files = 0;

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0);
