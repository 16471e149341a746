/** Bundles that know whom they are for: in several files, shared to the app, interrupted, and what is said before. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Browser, Page, TestInfo } from '@playwright/test';
import { makeBundle } from '../../../src/sync/bundles.ts';
import { LOCAL } from '../../../src/sync/replica-types.ts';
import { bundleOf, collect, EVERYTHING } from '../../unit/sync/bundle-file.ts';
import { createDice, restart, value } from '../../world.ts';
import { Exchange } from '../pages/exchange.ts';
import { FirstMinute } from '../pages/first.ts';
import { savedBy } from '../saved-file.ts';
import { type Organizer, startOrganizer } from '../spoilt-bundles.ts';
import { cutOff, type Device, HIWOT, newDevice } from '../stick.ts';
import { expect, test } from '../world.ts';
import { goOffline } from '../offline.ts';

test('(4) a bundle in three files: one alone says what is missing and waits, the others complete it, in any order', async ({
  browser,
}, info) => {
  const { organizer, hiwot } = await startBoth(browser, info);
  await writeMuch(organizer, 3);
  const { person } = organizer;
  const made = value(await makeBundle(person.replica, { ...EVERYTHING, most: 2 ** 18 }, person.environment));
  const paths: string[] = [];
  for await (const file of made.files()) paths.push(await asFile(info, await collect(file)));
  expect(paths.length).toBe(3);
  const [first = '', second = '', third = ''] = paths;

  const exchange = new Exchange(hiwot.page);
  await exchange.open();
  await exchange.look(third);
  await expect(exchange.dialog).toContainText('Files 1 and 2 of 3 are missing.');
  await expect(exchange.dialog.getByRole('button', { name: 'Merge it' })).toBeVisible();
  await exchange.merge();
  await expect(exchange.dialog).toContainText('Files 1 and 2 of 3 are still missing.');
  await exchange.close();

  // the page goes away and comes back: the third file waits, and need not be picked again
  await hiwot.page.reload();
  await exchange.open();
  await exchange.look([second, first]);
  await expect(exchange.dialog).toContainText('3 files, read together');
  await exchange.merge();
  await expect(exchange.dialog).not.toContainText('missing');
  await exchange.close();
  await expect.poll(() => waitingCount(hiwot.page)).toBe(0);
  await expect(exchange.group('Dockers')).not.toContainText('never heard of yet');
  await hiwot.context.close();
});

test('(4) a file that is shared to Weft is stored first and opened after, also when no page was open', async ({
  browser,
}, info) => {
  const { organizer, hiwot } = await startBoth(browser, info);
  const bytes = [...(await bundleOf(organizer.person))];
  // what the system sends when a file is shared to the installed app; the service worker takes it without a network
  const status = await hiwot.page.evaluate(async (all) => {
    const data = new FormData();
    data.append('bundle', new File([new Uint8Array(all)], 'walnut.txt', { type: 'text/plain' }));
    const answer = await fetch('./share', { method: 'POST', body: data, redirect: 'manual' });
    return answer.type;
  }, bytes);
  expect(status).toBe('opaqueredirect');
  await hiwot.page.close();
  const page = await hiwot.context.newPage();
  const exchange = new Exchange(page);
  await page.goto('./#/exchange');
  await expect(page.getByText('A file was handed to Weft and waits to be opened.')).toBeVisible();
  await page.getByRole('button', { name: 'Look into it' }).click();
  await exchange.merge();
  await expect(exchange.dialog).toContainText('Alice’s bundle brought you');
  await exchange.close();
  await page.reload();
  await expect(exchange.past.first()).toContainText('From Alice');
  expect(await waitingCount(page)).toBe(0);
  await hiwot.context.close();
});

test('(4) a tab that is killed in the middle of merging: the next one goes on by itself', async ({ browser }, info) => {
  const { organizer, hiwot } = await startBoth(browser, info);
  await writeMuch(organizer, 12);
  const path = await asFile(info, await bundleOf(organizer.person));
  const exchange = new Exchange(hiwot.page);
  await exchange.open();
  await exchange.look(path);
  await exchange.dialog.getByRole('button', { name: 'Merge it' }).click();
  await expect(exchange.dialog.getByRole('progressbar')).toBeVisible();
  await expect.poll(() => waitingCount(hiwot.page)).toBe(1);
  await hiwot.page.close();

  const page = await hiwot.context.newPage();
  const again = new Exchange(page);
  await page.goto('./#/exchange');
  await expect(again.past.first()).toContainText('From Alice', { timeout: 30_000 });
  await expect(page.getByText('The bundle is merged')).toBeVisible();
  await page.getByRole('button', { name: 'Show the receipt' }).click();
  await expect(again.brought('By person').first()).toContainText('Alice');
  await again.close();
  expect(await waitingCount(page)).toBe(0);
  await hiwot.context.close();
});

test('(4) what a bundle would be is said before: for whoever is behind, its size, in files of a chosen size, and a passphrase to say', async ({
  browser,
}, info) => {
  const { organizer, hiwot } = await startBoth(browser, info);
  const exchange = new Exchange(hiwot.page);
  await exchange.open();
  await exchange.look(await asFile(info, await bundleOf(organizer.person)));
  await exchange.merge();
  await exchange.close();
  await hiwot.page.getByRole('button', { name: 'Make a bundle' }).click();
  const { dialog } = exchange;
  await dialog.getByRole('radio', { name: 'Whoever is behind' }).check({ force: true });
  await expect(dialog).toContainText('Counted for those who lack something: Alice.');
  await expect(dialog).toContainText(/It holds \d+ changes? by 1 person/);
  await expect(dialog.locator('.about')).toHaveText(/^since .+ · [\d.]+ kB$/i);
  await dialog.getByText('An extra passphrase').click();
  await dialog.getByRole('button', { name: 'Make one up that can be said' }).click();
  const digits = (await dialog.locator('.digits').innerText()).trim();
  expect(digits).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);

  // the app goes along as one file: not while nobody can give it, then from the hub, and once it was here without one
  const beside = dialog.getByRole('checkbox', { name: 'Weft itself beside it' });
  await beside.check();
  await expect(dialog).toContainText('Weft’s file is not on this device');
  await beside.uncheck();
  await hiwot.context.setOffline(false);
  await beside.check();
  await expect(dialog).toContainText('Whoever finds the stick sees that Weft is on it');
  await beside.uncheck();
  await goOffline(hiwot.context);
  await beside.check();
  await expect(dialog).toContainText(/It adds 1\.\d+ MB/);

  await dialog.getByRole('button', { name: 'Make it' }).click();
  await expect(dialog).toContainText('It opens with the passphrase only.');
  const given = async (name: string): Promise<string> => {
    const saved = await savedBy(hiwot.page, () => dialog.getByRole('button', { name }).click());
    expect(saved.name).toBe(name);
    return readFile(saved.path, 'utf8');
  };
  expect(await given('weft.html')).toBe(await readFile('dist-single/weft.html', 'utf8'));
  const note = await given('read-me.txt');
  expect(note).toMatch(/open \S*weft\.html\S* by a double click/i);
  expect(note).toMatch(/“Open a bundle”, and then the file \S*[a-z2-9]{8}\.bin/);
  for (const name of ['Hiwot', 'Alice', 'Harbour', 'Asmara', 'Dockers']) expect(note).not.toContain(name);
  // what lies beside a bundle is none: nothing is passed on yet
  await expect(exchange.past.filter({ hasText: 'For whoever was behind' })).toHaveCount(0);

  // a dialog that is left is found again
  await hiwot.page.keyboard.press('Escape');
  await hiwot.page.getByRole('button', { name: 'Save or share it' }).click();

  // the browser refuses what it does not know, and takes the same bytes as text
  await dialog.getByRole('button', { name: 'Share' }).click();
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeVisible();
  const shared = await hiwot.page.evaluate(() => Reflect.get(globalThis, 'shared') as unknown);
  expect(shared).toEqual([
    { name: expect.stringMatching(/^[a-z2-9]{8}\.bin$/) as unknown, taken: false },
    { name: expect.stringMatching(/^[a-z2-9]{8}\.txt$/) as unknown, taken: true },
  ]);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(exchange.past.first()).toContainText('For whoever was behind');
  await hiwot.context.close();
});

test('(4) a file that the system opens Weft with waits to be looked at, and is merged', async ({ browser }, info) => {
  const { organizer, hiwot } = await startBoth(browser, info, launchedByHand);
  const { page } = hiwot;
  const bytes = [...(await bundleOf(organizer.person))];
  await page.evaluate(async (all) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('walnut.bin', { create: true });
    const stream = await handle.createWritable();
    await stream.write(new Uint8Array(all));
    await stream.close();
    dispatchEvent(new CustomEvent('weft-test-launch', { detail: [handle] }));
  }, bytes);
  const exchange = new Exchange(page);
  await exchange.merge();
  await expect(exchange.dialog).toContainText('Alice’s bundle brought you');
  await exchange.close();
  await expect(exchange.past.first()).toContainText('From Alice');
  await hiwot.context.close();
});

test('(4) where the share sheet takes no file of any kind, the bundle is saved', async ({ browser }, info) => {
  const { hiwot } = await startBoth(browser, info, sharesNothing);
  const exchange = new Exchange(hiwot.page);
  await exchange.open();
  await hiwot.page.getByRole('button', { name: 'Make a bundle' }).click();
  await exchange.dialog.getByRole('button', { name: 'Make it' }).click();
  const share = exchange.dialog.getByRole('button', { name: 'Share' });
  const saved = await savedBy(hiwot.page, () => share.click());
  expect(saved.name).toMatch(/^[a-z2-9]{8}\.bin$/);
  expect((await readFile(saved.path)).length).toBeGreaterThan(500);
  await expect(hiwot.page.getByText(`Passed on as ${saved.name}`)).toBeVisible();
  await exchange.dialog.getByRole('button', { name: 'Done' }).click();
  await expect(exchange.past.first()).toContainText('For everyone');
  await hiwot.context.close();
});

// What these stories begin with ------------------------------------------------------------------------------------

/** Alice without a browser, and Hiwot with one and no network, let in by files. */
const startBoth = async (
  browser: Browser,
  info: TestInfo,
  prepare = sharesTextOnly,
): Promise<{ organizer: Organizer; hiwot: Device }> => {
  const organizer = await startOrganizer(1, 'Harbour to Hills');
  const hiwot = await newDevice(browser, {}, prepare);
  await cutOff(hiwot);
  const first = new FirstMinute(hiwot.page);
  await first.ask(organizer.invite, HIWOT);
  const request = await readFile(await first.saveRequest(), 'utf8');
  await first.openAnswerFile(await asFile(info, new TextEncoder().encode(await organizer.admit(request))));
  await expect(hiwot.page.getByRole('navigation', { name: 'Places' })).toBeVisible();
  return { organizer, hiwot };
};

/** A share sheet as phones have it: it says that it takes files, and refuses those of a kind that it does not know. */
const sharesTextOnly = async (context: Device['context']): Promise<void> => {
  await context.addInitScript(() => {
    const shared: { name: string; taken: boolean }[] = [];
    Reflect.set(globalThis, 'shared', shared);
    const share = ({ files = [] }: ShareData): Promise<void> => {
      const [file] = files;
      const taken = file?.type === 'text/plain';
      shared.push({ name: file?.name ?? '', taken });
      return taken
        ? Promise.resolve()
        : Promise.reject(new DOMException('not a kind that is shared', 'NotAllowedError'));
    };
    Object.assign(navigator, { share, canShare: () => true });
  });
};

/** One that says that it takes files, and then takes none. */
const sharesNothing = async (context: Device['context']): Promise<void> => {
  await context.addInitScript(() => {
    const share = (): Promise<void> => Promise.reject(new DOMException('none of these', 'NotAllowedError'));
    Object.assign(navigator, { share, canShare: () => true });
  });
};

/** As the system hands files to an installed app; nothing can be installed here, so an event takes its place. */
const launchedByHand = async (context: Device['context']): Promise<void> => {
  await context.addInitScript(() => {
    const setConsumer = (consume: (launched: { readonly files: readonly FileSystemFileHandle[] }) => void): void =>
      addEventListener('weft-test-launch', (event) => {
        consume({ files: (event as CustomEvent<readonly FileSystemFileHandle[]>).detail });
      });
    Object.defineProperty(globalThis, 'launchQueue', { configurable: true, value: { setConsumer } });
  });
};

/** Sittings of words that do not deflate, each large enough for a file of its own. */
const writeMuch = async (organizer: Organizer, sittings: number): Promise<void> => {
  let { person } = organizer;
  const [palette] = person.replica.membership().documents.keys();
  if (palette === undefined) throw new Error('no palette');
  for (let sitting = 0; sitting < sittings; sitting++) {
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

const waitingCount = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('weft-waiting', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('files', { autoIncrement: true });
        opening.onsuccess = () => {
          const counting = opening.result.transaction('files').objectStore('files').count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );

const asFile = async (info: TestInfo, bytes: Uint8Array): Promise<string> => {
  const path = info.outputPath(`${++files}.bin`);
  await writeFile(path, bytes);
  return path;
};
let files = 0;
