/** People whom only files reach: in by a request and an answer, and everything by bundles. */
import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { Exchange } from './pages/exchange.ts';
import { FirstMinute, type Person as Who } from './pages/first.ts';
import { People } from './pages/people.ts';
import { Today } from './pages/today.ts';
import { messageOf, startPalette, writeMessage } from './pages/writing.ts';
import { expectNoForeignHost } from './room.ts';
import type { PersonOptions, World } from './world.ts';
import { goOffline, watchSockets } from './offline.ts';
import { savesAsDownloads } from './saved-file.ts';

export interface Device {
  readonly page: Page;
  readonly context: BrowserContext;
}

export const ALICE: Who = { name: 'Alice', group: 'Dockers’ Circle' };
export const HIWOT: Who = { name: 'Hiwot', group: 'Asmara' };

/**
 * The whole way of somebody who never has a network, with an organizer who has none either: the hub's process has
 * ended, and both browsers are offline, from before the space begins to the end.
 */
export const goByStickAlone = async (world: World, hers: PersonOptions, theirs: PersonOptions): Promise<void> => {
  const alice = await world.person('Alice', { ...hers, kept: true });
  const hiwot = await world.person('Hiwot', { ...theirs, kept: true });
  for (const person of [alice, hiwot]) await arrive(person, world.hub.url);
  await world.hub.stop();
  await cutOff(alice, hiwot);
  await startSpace(alice);
  await startPalette(alice.page, 'Port strike', ['Every crew comes home.', 'Nobody works hungry.']);
  await joinByFiles(alice, hiwot);
  // what is on the device is all that is needed to begin again
  for (const { page } of [alice, hiwot]) {
    await page.reload();
    await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
  }
  await passBundles(alice, hiwot);
  expectNoForeignHost(world, [alice, hiwot]);
};

/** A profile of its own in the browser of all, with the app in it. `prepare`: before it opens a page. */
export const newDevice = async (
  browser: Browser,
  options: BrowserContextOptions = {},
  prepare: (context: BrowserContext) => Promise<unknown> = () => Promise.resolve(),
): Promise<Device> => {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  await savesAsDownloads(context);
  await watchSockets(context);
  await prepare(context);
  const device = { context, page: await context.newPage() };
  await arrive(device);
  return device;
};

/** The app comes onto the device, and its language is chosen: all that ever needs a network. */
export const arrive = async ({ page }: Device, address?: string): Promise<void> => {
  const first = new FirstMinute(page);
  await first.open(address);
  await first.chooseLanguage();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
};

export const cutOff = async (...devices: readonly Device[]): Promise<void> => {
  for (const { context, page } of devices) {
    await goOffline(context);
    expect(await page.evaluate(() => navigator.onLine)).toBe(false);
  }
};

export const startSpace = ({ page }: Device): Promise<void> =>
  new FirstMinute(page).startSpace('Harbour to Hills', ALICE);

/** A request out, an answer in. */
export const joinByFiles = async (
  organizer: Device,
  newcomer: Device,
  passphrase: string | null = null,
): Promise<void> => {
  const people = new People(organizer.page);
  await people.open();
  const invite = await people.invite();
  const first = new FirstMinute(newcomer.page);
  await first.ask(invite, HIWOT, passphrase);
  const answer = await people.admit(await first.saveRequest());
  await first.openAnswerFile(answer);
  await expect(newcomer.page.getByRole('navigation', { name: 'Places' })).toBeVisible();
};

/** A bundle in, edits, a bundle back, and the rest: what each is told on the way, and what both end with. */
const passBundles = async (alice: Device, hiwot: Device): Promise<void> => {
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
  await expect(fromAlice.unshared).toHaveText(
    /^Everything that you wrote is with somebody else too\. They have all of it: .?\u2068Hiwot\u2069\.$/,
  );
  await expect(fromAlice.group('Asmara')).toContainText('has everything that is here');
};

const today = (): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.now());
