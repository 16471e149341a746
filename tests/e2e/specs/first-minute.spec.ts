/** Somebody opens Weft for the first time; a space is founded, locked, and joined without any network. */
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { FirstMinute } from '../pages/first.ts';
import { Lock } from '../pages/lock.ts';
import { People } from '../pages/people.ts';
import { goOffline, watchSockets } from '../offline.ts';

const ALICE = { name: 'Alice', group: 'Dockers’ Circle' };
const HIWOT = { name: 'Hiwot', group: 'Asmara' };
const BRUNO = { name: 'Bruno', group: 'Hill Farmers' };
const PASSPHRASE = 'lantern gravel seven oars';

test('a space that was founded is still there after a reload', async ({ page }) => {
  await begin(page, ALICE);
  const people = new People(page);
  await people.open();
  await expect(people.member('Alice (you)')).toContainText('Organizer');

  await page.reload();
  await expect(people.member('Alice (you)')).toContainText('Dockers’ Circle');
});

test('a lock in one tab locks the other, and only the passphrase opens it again', async ({ page, context }) => {
  await begin(page, ALICE, PASSPHRASE);
  await new People(page).open();
  const second = await context.newPage();
  await second.goto('./');
  await new Lock(second).tryPassphrase(PASSPHRASE);
  await new People(second).open();
  await expect(second.getByText('Alice (you)')).toBeVisible();

  await new Lock(page).lockNow();
  for (const tab of [page, second]) {
    await expect(new Lock(tab).heading).toBeVisible();
    await expect(tab.locator('body')).not.toContainText('Alice');
    await expect(tab.locator('body')).not.toContainText('Harbour to Hills');
  }

  const lock = new Lock(page);
  for (const wrong of ['not this one', 'nor this one', 'nor that one']) {
    await lock.tryPassphrase(wrong);
    await expect(page.getByText('That is not the passphrase.')).toBeVisible();
  }
  await expect(page.getByText(/Please wait \d+ seconds/)).toBeVisible();
  // the wait is kept: a reload does not shorten it
  await second.reload();
  await expect(second.getByText(/Please wait \d+ seconds/)).toBeVisible();
  // half a minute later, by the clock of the device
  await page.clock.setFixedTime(Date.now() + 30_000);
  await expect(page.getByText(/Please wait/)).toBeHidden();
  await lock.tryPassphrase(PASSPHRASE);
  await expect(page.getByText('Alice (you)')).toBeVisible();
});

test('somebody without any network joins by files, also over a reload', async ({ page, context, browser }) => {
  await watchSockets(context);
  await begin(page, ALICE);
  const people = new People(page);
  await people.open();
  const invite = await people.invite();

  const hers = await newDevice(browser);
  const hiwot = new FirstMinute(await hers.newPage());
  await hiwot.open();
  await hiwot.chooseLanguage();
  await offlineReady(hiwot.page);
  await Promise.all([goOffline(hers), goOffline(context)]);

  await hiwot.ask(invite, HIWOT);
  const request = await hiwot.saveRequest();
  const answer = await people.admit(request);
  await expect(people.member('Hiwot')).toContainText('Asmara');

  await hiwot.page.reload();
  await expect(hiwot.waitingHeading).toBeVisible();
  await hiwot.openAnswerFile(request);
  await expect(hiwot.page.getByText('This is a request to join.')).toBeVisible();
  await hiwot.openAnswerFile(answer);
  await expect(hiwot.page.getByText('You are in. Welcome, Hiwot.')).toBeVisible();
  const hersOfPeople = new People(hiwot.page);
  await hersOfPeople.open();
  await expect(hersOfPeople.member('Alice')).toContainText('Organizer');
  await expect(hersOfPeople.member('Hiwot (you)')).toContainText('Asmara');

  // one invite lets in one person
  const third = await newDevice(browser);
  const bruno = new FirstMinute(await third.newPage());
  await bruno.open();
  await bruno.chooseLanguage();
  await bruno.ask(invite, BRUNO);
  await people.openRequest(await bruno.saveRequest());
  await expect(page.getByText('The invite it uses is closed or has been used.')).toBeVisible();
  await Promise.all([hers.close(), third.close()]);
});

test('an invite leaves the address and the history at once', async ({ page, browser }) => {
  await begin(page, ALICE);
  const people = new People(page);
  await people.open();
  const invite = await people.invite();

  const theirs = await newDevice(browser);
  const newcomer = new FirstMinute(await theirs.newPage());
  await newcomer.open(`./#/join/${invite}`);
  await newcomer.chooseLanguage();
  await expect(newcomer.page.getByRole('heading', { name: 'Who you are here' })).toBeVisible();
  expect(newcomer.page.url()).not.toContain(invite);
  await newcomer.page.goBack({ waitUntil: 'commit' }).catch(() => null);
  expect(newcomer.page.url()).not.toContain(invite);
  await theirs.close();
});

test('what is no invite says so, and changes nothing', async ({ page }) => {
  const first = new FirstMinute(page);
  await first.open();
  await first.chooseLanguage();
  await first.door('Join with an invite').click();
  const box = page.getByLabel('Paste the invite');
  for (const [text, sentence] of [
    ['hello', 'This is not an invite.'],
    ['weft1r.AAAA', 'This is a request to join.'],
    ['weft1a.AAAA', 'This is an answer to a request.'],
    ['weft2i.AAAA', 'This was made by a newer version of Weft.'],
    ['weft1i.AgAA', 'This was made by a newer version of Weft.'],
    ['weft1i.AQAA', 'This is not an invite.'],
  ] as const) {
    await box.fill(text);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText(sentence)).toBeVisible();
  }
});

async function begin(page: Page, person: typeof ALICE, passphrase: string | null = null): Promise<void> {
  const first = new FirstMinute(page);
  await first.open();
  await first.chooseLanguage();
  await first.startSpace('Harbour to Hills', person, passphrase);
}

const newDevice = async (browser: Browser): Promise<BrowserContext> => {
  const context = await browser.newContext();
  await watchSockets(context);
  return context;
};

/** The app is on the device: the first visit has put all of it into the cache. */
const offlineReady = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
};
