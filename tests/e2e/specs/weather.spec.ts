/** Bad weather: a device without room, clocks that are off by years, two people with one name. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Browser, Page, TestInfo } from '@playwright/test';
import { LOCAL } from '../../../src/sync/replica-types.ts';
import { bundleOf } from '../../unit/sync/bundle-file.ts';
import { createDice, restart, value } from '../../world.ts';
import { Exchange } from '../pages/exchange.ts';
import { FirstMinute } from '../pages/first.ts';
import { People } from '../pages/people.ts';
import { watchSockets } from '../offline.ts';
import { messageOf, startPalette, writeMessage } from '../pages/writing.ts';
import { savesAsDownloads } from '../saved-file.ts';
import { type Organizer, startOrganizer } from '../spoilt-bundles.ts';
import { ALICE, arrive, cutOff, type Device, startSpace } from '../stick.ts';
import { expect, test } from '../world.ts';

test('without room it says so, keeps what is typed and what is merged, and goes on by itself once there is room', async ({
  browser,
}, info) => {
  const organizer = await startOrganizer(1, 'Harbour to Hills');
  await writeMuch(organizer);
  const hiwot = await newDevice(browser, undefined, 24_000_000);
  const errors: string[] = [];
  hiwot.page.on('pageerror', ({ message }) => errors.push(message));
  await joinWith(hiwot, organizer, 'Hiwot', 'Asmara', info);
  await startPalette(hiwot.page, 'Harbour pay', ['Every crew comes home.']);
  const room = roomOf(hiwot.page);

  // typing
  const message = hiwot.page.getByRole('textbox', { name: 'What we say' });
  await hiwot.page.getByRole('link', { name: /Every crew/ }).click();
  await message.press('Control+End');
  await room.end();
  await message.pressSequentially(' Always.');
  const trouble = hiwot.page.getByText('This device has no room left.', { exact: false });
  await expect(trouble).toBeVisible();
  await expect(hiwot.page.getByText('Not saved', { exact: true })).toBeVisible();
  await message.pressSequentially(' All of them.');
  // as a phone does that shows another app: a snapshot is tried too
  await hide(hiwot.page);
  await room.return();
  await expect(hiwot.page.getByText('Saved here')).toBeVisible();
  await expect(trouble).toBeHidden();
  await hide(hiwot.page);
  await hiwot.page.reload();
  await expect(message).toHaveValue('Every crew comes home. Always. All of them.');

  // merging
  const exchange = new Exchange(hiwot.page);
  await exchange.open();
  const path = await asFile(info, await bundleOf(organizer.person));
  await exchange.look(path);
  await expect(exchange.dialog.getByRole('button', { name: 'Merge it' })).toBeVisible();
  await room.end(400_000);
  await exchange.dialog.getByRole('button', { name: 'Merge it' }).click();
  await expect(exchange.dialog).toContainText('This device could not store it. Free some room');
  await exchange.close();
  await room.return();
  await exchange.look(path);
  await exchange.merge();
  await expect(exchange.dialog).toContainText('Alice’s bundle brought you');
  await exchange.close();
  await exchange.look(path);
  await expect(exchange.dialog).toContainText('Everything in this bundle is here already.');
  await exchange.close();
  await hiwot.page.reload();
  await hiwot.page.goto('./#/points');
  await hiwot.page.getByRole('link', { name: 'Harbour pay' }).click();
  await hiwot.page.getByRole('link', { name: /Every crew/ }).click();
  await expect(message).toHaveValue('Every crew comes home. Always. All of them.');
  expect(errors).toEqual([]);
  await hiwot.context.close();
});

test('clocks that are off by years, and two people with one name: bundles merge both ways, dates do not lie, and screens tell the two apart', async ({
  browser,
}, info) => {
  const alice = await newDevice(browser, new Date('2001-03-04T10:00:00'));
  const other = await newDevice(browser, new Date('2061-05-06T10:00:00'));
  await startSpace(alice);
  await startPalette(alice.page, 'Port strike', ['Every crew comes home.']);
  const people = new People(alice.page);
  await people.open();
  const invite = await people.invite();
  const first = new FirstMinute(other.page);
  await first.ask(invite, { name: 'Alice', group: 'Asmara' });
  await first.openAnswerFile(await people.admit(await first.saveRequest()));
  await expect(other.page.getByRole('navigation', { name: 'Places' })).toBeVisible();

  const [hers, theirs] = [new Exchange(alice.page), new Exchange(other.page)];
  await hers.open();
  await expect(hers.group('Asmara')).toContainText('never heard of yet');
  const there = await hers.make();
  await theirs.open();
  await theirs.look(there);
  await expect(theirs.dialog).toContainText(/4 March 2001|March 4, 2001/);
  await theirs.merge();
  await theirs.close();
  await writeMessage(alice.page, 'Every crew', { atStart: 'Together: ' });
  await writeMessage(other.page, 'Every crew', { atEnd: ' Always.' });
  await theirs.open();
  const back = await theirs.make();
  await hers.open();
  await hers.look(back);
  await hers.merge();
  await expect(hers.brought('By person')).toHaveText([/^Alice \(Asmara\) ?\d+ changes?$/]);
  await hers.dialog.getByRole('link', { name: 'Look at them' }).click();
  for (const name of ['Alice (Asmara)', `Alice (${ALICE.group})`])
    await expect(alice.page.getByRole('main').getByText(name).first()).toBeVisible();

  // both ways, in the order of the log
  await hers.open();
  const again = await hers.make();
  await theirs.open();
  await theirs.look(again);
  await theirs.merge();
  await theirs.close();
  for (const { page } of [alice, other])
    expect(await messageOf(page, 'Every crew')).toBe('Together: Every crew comes home. Always.');

  // nothing is in the future, and nothing is older than it is here
  await hers.open();
  await expect(hers.group('Asmara')).toContainText(/heard of (just now|now|\d+ minutes? ago|this minute)/i);
  for (const { page } of [alice, other]) {
    await page.goto('./#/');
    await expect(page.getByRole('main')).not.toContainText(/\bin \d+ (years|months|weeks|days)/);
    await page.goto('./#/exchange');
    await expect(page.getByRole('main')).not.toContainText(/\bin \d+ (years|months|weeks|days)|1970/);
  }
  await people.open();
  for (const name of ['Alice (Asmara)', `Alice (${ALICE.group}) (you)`])
    await expect(alice.page.getByText(name, { exact: true }).first()).toBeVisible();
  expect(info.errors).toEqual([]);
  await alice.context.close();
  await other.context.close();
});

// Devices of these stories -----------------------------------------------------------------------------------------

/** No network; with its clock somewhere, and so many bytes of room. */
const newDevice = async (browser: Browser, clock?: Date, room?: number): Promise<Device> => {
  const context = await browser.newContext({ acceptDownloads: true });
  await savesAsDownloads(context);
  await watchSockets(context);
  if (clock) await context.clock.setSystemTime(clock);
  const device = { context, page: await context.newPage() };
  if (room !== undefined) await giveRoom(device, test.info().project.use.baseURL ?? '', room);
  await arrive(device);
  await cutOff(device);
  return device;
};

const joinWith = async (
  { page }: Device,
  organizer: Organizer,
  name: string,
  group: string,
  info: TestInfo,
): Promise<void> => {
  const first = new FirstMinute(page);
  await first.ask(organizer.invite, { name, group });
  const request = await readFile(await first.saveRequest(), 'utf8');
  await first.openAnswerFile(await asFile(info, new TextEncoder().encode(await organizer.admit(request))));
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
};

/** What the browser gives this origin, before anything is stored there: it looks again only when that is nearly used up. */
const giveRoom = async ({ page }: Device, baseURL: string, quotaSize: number): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL).origin, quotaSize });
};

/** Other data takes all of what is left but so many bytes, and goes away again. */
const roomOf = (page: Page) => ({
  end: (left = 0) =>
    page.evaluate(async (spare) => {
      const put = (name: string, size: number): Promise<boolean> =>
        new Promise((resolve) => {
          const opening = indexedDB.open(name, 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true });
          opening.onerror = () => resolve(false);
          opening.onsuccess = () => {
            const bytes = new Uint8Array(size);
            for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
            const transaction = opening.result.transaction('rows', 'readwrite', { durability: 'strict' });
            transaction.objectStore('rows').add(bytes);
            const end = (isStored: boolean) => (): void => {
              opening.result.close();
              resolve(isStored);
            };
            transaction.oncomplete = end(true);
            transaction.onabort = end(false);
          };
        });
      if (spare > 0) await put('spare', spare);
      for (let size = 2 ** 20; size >= 16;) if (!(await put('ballast', size))) size /= 2;
      indexedDB.deleteDatabase('spare');
    }, left),
  return: () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          indexedDB.deleteDatabase('ballast').onsuccess = () => resolve();
        }),
    ),
});

const hide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    Reflect.deleteProperty(document, 'visibilityState');
  });

/** Sittings of words that do not deflate, each large enough for a step of its own. */
const writeMuch = async (organizer: Organizer): Promise<void> => {
  let { person } = organizer;
  const [palette] = person.replica.membership().documents.keys();
  if (palette === undefined) throw new Error('no palette');
  for (let sitting = 0; sitting < 5; sitting++) {
    const doc = value(await person.replica.openDocument(palette));
    for (let at = 0; at < 7; at++) {
      const noise = [...createDice(sitting * 100 + at).random(20_000)];
      const words = noise.map((byte) => String.fromCharCode(0x4e00 + byte * 16)).join('');
      doc.transact(() => doc.getText('noise').insert(0, words), LOCAL);
      value(await person.replica.flush());
    }
    person = await restart(person);
  }
  Object.assign(organizer, { person });
};

const asFile = async (info: TestInfo, bytes: Uint8Array): Promise<string> => {
  const path = info.outputPath(`${++files}.bin`);
  await writeFile(path, bytes);
  return path;
};
let files = 0;
