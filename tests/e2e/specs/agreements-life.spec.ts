/**
 * What becomes of an agreement: changed in words and in substance, objected to by one who was not connected; endorsed,
 * left, a red line lifted; reviewed, ended by its date, and another put in its place.
 */
import type { Page } from '@playwright/test';
import { Agreements } from '../pages/agreements.ts';
import { Deciding } from '../pages/deciding.ts';
import { Living } from '../pages/living.ts';
import { expectNoForeignHost, found, joinByLink } from '../room.ts';
import { expect, test } from '../world.ts';
import { goOffline } from '../offline.ts';

const CIRCLE = 'Dockers’ Circle';
const FARMERS = 'Hill Farmers';

const DAY = 86_400_000;
/** 'YYYY-MM-DD', so many days from now */
const dayIn = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const dayText = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day));

const REVIEW = dayIn(100);
const LEAVES = dayIn(150);
const EXPIRY = dayIn(200);

/** Its dates, and a red line that one group holds. */
const writeTerms = async (page: Page, agreement: string): Promise<void> => {
  await page.goto(`#/agreements/${agreement}/about`);
  await page.getByText('Dates', { exact: true }).click();
  await page.getByLabel('Looked at again on').fill(REVIEW);
  await page.getByLabel('Ends on').fill(EXPIRY);
  await page.getByText('Red lines', { exact: true }).click();
  await page.getByRole('button', { name: 'Add a red line' }).click();
  await page.getByLabel('What must not happen').fill('No names of members leave the room');
  await page.getByLabel('Who holds it').selectOption(FARMERS);
  await page.getByLabel('Who may lift it').selectOption('the group that holds it');
};

test('a ratified agreement is amended, endorsed, left, reviewed and replaced; the time line shows who did each', async ({
  world,
}) => {
  test.setTimeout(240_000);
  const alice = await found(world, { kept: true });
  const bruno = await joinByLink(world, alice, 'Bruno', FARMERS);
  const [hers, his] = [new Deciding(alice.page), new Deciding(bruno.page)];
  const [herText, hisText] = [new Agreements(alice.page), new Agreements(bruno.page)];
  const [herHistory, hisHistory] = [new Living(alice.page), new Living(bruno.page)];

  const agreement = await test.step('a first version, in force', async () => {
    await herText.open();
    await herText.begin('Blank page', 'Halts');
    await herText.typeAtEnd(1, 'Anyone may call a halt within two days.');
    const id = /agreements\/([0-9a-f]+)/.exec(alice.page.url())?.[1] ?? '';
    await writeTerms(alice.page, id);
    const first = await hers.propose(id);
    await expect(alice.page.getByText(`Reviewed on ${dayText(REVIEW)}`)).toBeVisible();
    await expect(alice.page.getByText(`Ends on ${dayText(EXPIRY)}`)).toBeVisible();
    await hers.answer({ says: 'We agree', how: 'Assembly' });
    await his.open(id, first);
    await his.answer({ says: 'We agree', how: 'Village meeting' });
    await expect(hers.group(FARMERS)).toContainText('Village meeting', { timeout: 60_000 });
    await hers.close();
    await hers.outcomeIs('adopted');
    return id;
  });

  await test.step('a minor change of words needs nobody’s consent', async () => {
    await alice.page.goto(`#/agreements/${agreement}`);
    await herText.typeAtEnd(1, ' No reason is asked.');
    const minor = await hers.propose(agreement, 'A minor change');
    await expect(hers.changes).toContainText('Compared with what is in force');
    await hers.close();
    await expect(hers.outcome).toHaveText('In force as a minor change: nobody objects.');
    await his.open(agreement, minor);
    await his.outcomeIs('adopted');
    await expect(his.changes.getByRole('insertion')).toHaveText(/^added: ?No reason is asked\.$/);
  });

  const major = await test.step('a major change by another group, beside what is in force', async () => {
    await bruno.page.goto(`#/agreements/${agreement}`);
    await expect(hisText.clause(1)).toContainText('No reason is asked.');
    await hisText.typeAtEnd(1, ' ');
    await bruno.page.keyboard.press('Control+b');
    await bruno.page.keyboard.type('Write it down.');
    await hisText.chooseWord(1, 'two');
    await bruno.page.keyboard.type('three');
    const id = await his.propose(agreement, 'A major change');
    await hers.open(agreement, id);
    for (const each of [his, hers]) {
      await expect(each.changes).toContainText('Compared with what is in force');
      await expect(each.changes.getByRole('deletion')).toHaveText(/^taken out: ?two$/);
      await expect(each.changes.getByRole('insertion').first()).toHaveText(/^added: ?three$/);
      await expect(each.changes.getByRole('insertion').getByRole('strong')).toHaveText('Write it down.');
      const [before, after] = [await each.side('Before'), await each.side('Proposed')];
      await expect(before).toHaveText(/within taken out: ?two days\. No reason is asked\.\s*$/);
      await expect(after).toHaveText(/within added: ?three days\. No reason is asked\.\s*added:\s*Write it down\.\s*$/);
      await expect(after.getByRole('strong')).toHaveText('Write it down.');
    }
    return id;
  });

  await test.step('who was not connected objects too late: the rule asks for a new round', async () => {
    // the app itself must have come whole
    await alice.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await goOffline(alice.context);
    await alice.cut();
    await hers.answer({ says: 'We object', how: 'Assembly', why: 'Three days are too long.' });
    await his.answer({ says: 'We agree', how: 'Village meeting' });
    await his.close();
    await his.outcomeIs('adopted');
    await expect(his.outcome).toHaveText(/^Adopted: 1 of 2 groups answered/);
    await alice.context.setOffline(false);
    for (const each of [his, hers]) {
      await expect(
        each.beside(/Circle.* would have stopped it, but came too late: the rule asks for a new round/),
      ).toBeVisible({ timeout: 60_000 });
      await expect(each.group(CIRCLE)).toContainText('Three days are too long.');
      await expect(each.group(CIRCLE)).toContainText('Came after the closing: shown, and not counted.');
      await expect(each.group(CIRCLE)).toContainText('It would have stopped the text: the rule asks for a new round.');
      await expect(each.outcome).toHaveText(/^Adopted: 1 of 2 groups answered/);
    }
  });

  await test.step('the new round takes up what was objected to', async () => {
    await bruno.page.goto(`#/agreements/${agreement}`);
    await hisText.chooseWord(1, 'three');
    await bruno.page.keyboard.type('two');
    await his.open(agreement, major);
    await bruno.page.getByRole('link', { name: 'Propose the next round' }).click();
    await expect(bruno.page.getByRole('heading', { name: 'Propose', level: 1 })).toBeVisible();
    const again = await his.propose(agreement, 'A major change');
    await his.answer({ says: 'We agree', how: 'Village meeting' });
    await hers.open(agreement, again);
    await hers.answer({ says: 'We agree', how: 'Assembly, again' });
    await expect(his.group(CIRCLE)).toContainText('Assembly, again', { timeout: 60_000 });
    await his.close();
    await expect(his.outcome).toHaveText(/^Adopted: 2 of 2 groups answered/);
    await hers.outcomeIs('adopted');
  });

  await test.step('endorsed by one, and a red line lifted by the group that holds it', async () => {
    await herHistory.open(agreement);
    await hisHistory.open(agreement);
    await expect(herHistory.part('Versions').getByText('in force', { exact: true })).toHaveCount(1);
    await expect(herHistory.part('Versions').getByText('earlier', { exact: true })).toHaveCount(3);
    await expect(herHistory.part('Red lines')).toContainText('No names of members leave the room');
    await expect(alice.page.getByRole('button', { name: 'Lift…' })).toHaveCount(0);
    await herHistory.endorse(`For ${CIRCLE}`, 'We ask every crew to keep it.');
    await hisHistory.lift('They are public by now.');
    for (const each of [herHistory, hisHistory]) {
      await expect(each.part('Endorsed by')).toContainText('We ask every crew to keep it.', { timeout: 60_000 });
      await expect(each.part('Red lines')).toContainText('lifted', { timeout: 60_000 });
    }
  });

  await test.step('left from a day on', async () => {
    await hisHistory.leave(FARMERS, LEAVES);
    for (const each of [herHistory, hisHistory])
      await expect(each.part('Who has signed what')).toContainText(`leaves on ${dayText(LEAVES)}`, { timeout: 60_000 });
  });

  await test.step('once its dates have come, it says so', async () => {
    for (const [days, word, farmers] of [
      [101, 'In force', `leaves on ${dayText(LEAVES)}`],
      [202, 'Expired', 'left'],
    ] as const) {
      // another tab of hers, whose clock is ahead
      const page = await alice.context.newPage();
      await page.addInitScript((ahead) => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + ahead;
      }, days * DAY);
      const later = new Living(page);
      await later.open(agreement);
      await expect(later.stage(word)).toBeVisible();
      await expect(page.getByText(`Its review date has come: ${dayText(REVIEW)}.`)).toBeVisible();
      await expect(later.part('Who has signed what').getByText(farmers, { exact: true })).toBeVisible();
      await page.close();
    }
    await expect(herHistory.stage('In force')).toBeVisible();
    await expect(alice.page.getByText('Its review date has come')).toHaveCount(0);
  });

  await test.step('another takes its place once every group has said so', async () => {
    await herText.open();
    await herText.begin('Blank page', 'Halts and rests');
    await herHistory.open(agreement);
    await herHistory.supersede(CIRCLE, 'Halts and rests', 'Rests belong to it.');
    const waits = /^To be replaced by “.*Halts and rests.*”: signed by .*Circle.*, and not by all parties yet\.$/;
    for (const { page } of [alice, bruno]) await expect(page.getByText(waits)).toBeVisible({ timeout: 60_000 });
    await expect(herHistory.stage('In force')).toBeVisible();
    await hisHistory.supersede(FARMERS, 'Halts and rests', 'So it is.');
    for (const each of [herHistory, hisHistory]) {
      await expect(each.page.getByText(/^“.*Halts and rests.*” has taken its place\.$/)).toBeVisible({
        timeout: 60_000,
      });
      await expect(each.stage('Superseded')).toBeVisible();
    }
  });

  await test.step('the time line says who did each, to both alike', async () => {
    const line = await herHistory.timeLine();
    await expect.poll(() => hisHistory.timeLine()).toEqual(line);
    const wanted: Readonly<Record<string, number>> = {
      'Alice proposed the text, round 1.': 1,
      'Alice proposed a minor change, round 1.': 1,
      'Bruno proposed a major change, round 1.': 2,
      [`${CIRCLE}: agrees. Signed by Alice.`]: 2,
      [`${CIRCLE}: objects. Signed by Alice.`]: 1,
      [`${FARMERS}: agrees. Signed by Bruno.`]: 3,
      'Alice closed the round.': 2,
      'Bruno closed the round.': 2,
      [`Alice endorsed it for ${CIRCLE}.`]: 1,
      [`${FARMERS} lifts a red line. Signed by Bruno.`]: 1,
      [`${FARMERS} leaves the agreement. Signed by Bruno.`]: 1,
      [`${CIRCLE} says that “Halts and rests” takes its place. Signed by Alice.`]: 1,
      [`${FARMERS} says that “Halts and rests” takes its place. Signed by Bruno.`]: 1,
    };
    const counted: Record<string, number> = {};
    for (const each of line) counted[each] = (counted[each] ?? 0) + 1;
    expect(counted).toEqual(wanted);
  });
  expectNoForeignHost(world, [alice, bruno]);
});
