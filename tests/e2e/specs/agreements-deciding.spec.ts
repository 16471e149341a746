/** Three groups on three devices decide: one signs without a network and comes by bundle, one stands aside, one blocks first. */
import { Deciding } from '../pages/deciding.ts';
import { Exchange } from '../pages/exchange.ts';
import { expectNoForeignHost, found, joinByLink } from '../room.ts';
import { expect, test, type Person } from '../world.ts';

/** A bundle of everything from one to the other. */
const carry = async (from: Person, to: Person): Promise<void> => {
  const out = new Exchange(from.page);
  await out.open();
  const path = await out.make({ everything: true });
  const into = new Exchange(to.page);
  await into.open();
  await into.look(path);
  await into.merge();
  await into.close();
};

test('three groups propose, block, decide again and ratify, one of them by bundle: all screens say the same', async ({
  world,
}) => {
  test.setTimeout(300_000);
  const alice = await found(world);
  const bruno = await joinByLink(world, alice, 'Bruno', 'Hill Farmers');
  const hiwot = await joinByLink(world, alice, 'Hiwot', 'Asmara');
  const [hers, his, theirs] = [alice, bruno, hiwot].map(({ page }) => new Deciding(page)) as [
    Deciding,
    Deciding,
    Deciding,
  ];

  const agreement = await hers.beginAgreement('Safety at joint actions');
  const first = await hers.propose(agreement);
  await his.open(agreement, first);
  await theirs.open(agreement, first);

  await test.step('one device is alone from now on, and its group stands aside', async () => {
    // the app itself must have come whole
    await hiwot.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await hiwot.context.setOffline(true);
    await hiwot.cut();
    await theirs.answer({ says: 'We stand aside', how: 'Circle of elders', why: 'We are far away.' });
  });

  await test.step('one agrees, one blocks', async () => {
    await hers.answer({ says: 'We agree', how: 'Assembly of all members' });
    await his.answer({ says: 'We block', how: 'Village meeting', why: 'Nobody asked the farmers.' });
    await expect(hers.group('Hill Farmers')).toContainText('Nobody asked the farmers.', { timeout: 60_000 });
    await expect(hers.group('Asmara')).toContainText('Has not answered', { ignoreCase: true });
  });

  await test.step('the answer of the third comes by bundle, and the round is closed', async () => {
    await carry(hiwot, alice);
    await hers.open(agreement, first);
    await expect(hers.group('Asmara')).toContainText('We are far away.');
    const foretold = await hers.close();
    await hers.outcomeIs('not-adopted');
    await expect(hers.outcome).toHaveText(foretold);
    await expect(hers.outcome).toContainText(/Not adopted: .*Hill Farmers.* said no/);
  });

  const second = await test.step('a second round', async () => {
    await hers.page.getByRole('link', { name: 'Propose the next round' }).click();
    await expect(hers.page.getByText('Round 2')).toBeVisible();
    return hers.propose(agreement);
  });
  await carry(alice, hiwot);
  await theirs.open(agreement, second);
  await theirs.answer({ says: 'We stand aside', how: 'Circle of elders' });
  await hers.open(agreement, second);
  await hers.answer({ says: 'We agree', how: 'Assembly of all members' });
  await his.open(agreement, second);
  await his.answer({ says: 'We agree', how: 'Village meeting, again' });
  await expect(hers.group('Hill Farmers')).toContainText('Village meeting, again', { timeout: 60_000 });
  await carry(hiwot, alice);
  await hers.open(agreement, second);
  await hers.close();
  await hers.outcomeIs('adopted');
  await carry(alice, hiwot);
  await theirs.open(agreement, second);

  await test.step('ratified everywhere alike', async () => {
    await hers.open(agreement, second);
    await hers.outcomeIs('adopted');
    const sentence = await hers.outcome.innerText();
    expect(sentence).toMatch(/^Adopted: 3 of 3 groups answered/);
    for (const each of [his, theirs]) {
      await each.outcomeIs('adopted');
      await expect(each.outcome).toHaveText(sentence);
    }
    for (const { page } of [alice, bruno, hiwot]) {
      await page.goto(`#/agreements/${agreement}/history`);
      await expect(page.getByText('In force', { exact: true }).first()).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Time line' })).toBeVisible();
      // two proposals, six positions, two closings
      await expect(page.locator('ol li')).toHaveCount(10);
    }
  });
  expectNoForeignHost(world, [alice, bruno, hiwot]);
});
