/**
 * Three groups on three devices decide: one signs without a network and comes by bundle, once too late; one stands
 * aside; one blocks until the text is amended. What they agreed is proven to somebody who is in no space.
 */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { alterPosition, alterText } from '../altered-proofs.ts';
import { Agreements } from '../pages/agreements.ts';
import { Deciding } from '../pages/deciding.ts';
import { Exchange } from '../pages/exchange.ts';
import { FirstMinute } from '../pages/first.ts';
import { expectNoForeignHost, found, joinByLink } from '../room.ts';
import { savedBy } from '../saved-file.ts';
import { expect, test, type Person } from '../world.ts';
import { goOffline } from '../offline.ts';

/** A bundle of everything from one to the other; `brings`: a document that the receipt names. */
const carry = async (from: Person, to: Person, brings?: string): Promise<void> => {
  const out = new Exchange(from.page);
  await out.open();
  const path = await out.make({ everything: true });
  const into = new Exchange(to.page);
  await into.open();
  await into.look(path);
  await into.merge();
  if (brings !== undefined) await expect(into.dialog.getByRole('link', { name: brings })).toBeVisible();
  await into.close();
};

/** The built command line, as somebody runs it who has nothing but the file. */
const verify = (path: string): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [resolve('dist/cli/weft.js'), 'verify', path], (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });

test('three groups propose, block, decide again and ratify, one of them by bundle: all screens say the same', async ({
  world,
}) => {
  test.setTimeout(300_000);
  const alice = await found(world);
  const bruno = await joinByLink(world, alice, 'Bruno', 'Hill Farmers');
  const hiwot = await joinByLink(world, alice, 'Hiwot', 'Asmara', { kept: true });
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
    await goOffline(hiwot.context);
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

  const second = await test.step('the text is amended, and proposed in a second round', async () => {
    const writing = new Agreements(alice.page);
    await alice.page.goto(`#/agreements/${agreement}`);
    await writing.typeAtEnd(1, ' The farmers are asked first.');
    await hers.open(agreement, first);
    await alice.page.getByRole('link', { name: 'Propose the next round' }).click();
    await expect(alice.page.getByText('Round 2')).toBeVisible();
    return hers.propose(agreement);
  });

  await test.step('who blocked sees what was amended, and agrees', async () => {
    await his.open(agreement, second);
    await expect(his.changes).toContainText('Compared with the round before');
    await expect(his.changes.getByRole('insertion')).toHaveText(/^added: ?The farmers are asked first\.$/);
    await his.answer({ says: 'We agree', how: 'Village meeting, again' });
  });

  await test.step('the round is closed while one is not connected', async () => {
    await carry(alice, hiwot, 'Safety at joint actions');
    await theirs.open(agreement, second);
    await expect(theirs.changes.getByRole('insertion')).toContainText('The farmers are asked first.');
    await theirs.answer({ says: 'We stand aside', how: 'Circle of elders' });
    await hers.open(agreement, second);
    await hers.answer({ says: 'We agree', how: 'Assembly of all members' });
    await expect(hers.group('Hill Farmers')).toContainText('Village meeting, again', { timeout: 60_000 });
    await hers.close();
    await hers.outcomeIs('adopted');
    await expect(hers.outcome).toHaveText(/^Adopted: 2 of 3 groups answered/);
  });

  await test.step('what comes late is shown beside the result, and counted by who puts the closing right', async () => {
    await carry(hiwot, alice);
    await hers.open(agreement, second);
    for (const each of [hers, his]) {
      await expect(each.beside(/^Came after the closing, and is not counted: .*Asmara/)).toBeVisible({
        timeout: 60_000,
      });
      await expect(each.group('Asmara')).toContainText('Circle of elders');
      await expect(each.group('Asmara')).toContainText('Came after the closing: shown, and not counted.');
      await expect(each.group('Asmara')).not.toContainText('the rule asks for a new round');
      await expect(each.outcome).toHaveText(/^Adopted: 2 of 3 groups answered/);
    }
    const foretold = await hers.closeAgain();
    await expect(hers.outcome).toHaveText(foretold);
    await expect(hers.beside('is not counted')).toHaveCount(0);
    await expect(alice.page.getByText('put right by a later one')).toBeVisible();
  });
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
      // two proposals, six positions, three closings
      await expect(page.locator('ol li')).toHaveCount(11);
    }
  });

  const proof = await test.step('its proof is saved, and the command line proves it', async () => {
    await hers.open(agreement, second);
    const { name, path } = await savedBy(alice.page, () =>
      alice.page.getByRole('button', { name: 'Save the proof' }).click(),
    );
    expect(name).toBe('agreement-proof.json');
    await expect(alice.page.getByText('The proof is saved.')).toBeVisible();
    const { code, stdout } = await verify(path);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Proven: the space “Harbour to Hills” adopted “Safety at joint actions”/),
    ]);
    expect(stdout).toMatch(/Hill Farmers: agrees \(signed by Bruno\)/);
    expect(stdout).toMatch(/Asmara: stands aside \(signed by Hiwot\)/);
    return path;
  });
  const altered = {
    text: alterText(proof, 'farmers are asked first', 'farmers are asked fjrst'),
    position: alterPosition(proof, 'Village meeting, again', 'Village meeting, agaln'),
  };

  await test.step('and refuses it with one letter changed', async () => {
    for (const [path, type] of [
      [altered.text, 'AlteredText'],
      [altered.position, 'BadSignature'],
    ] as const) {
      const { code, stderr } = await verify(path);
      expect([code, stderr]).toEqual([3, expect.stringContaining(`[${type}]`)]);
    }
  });

  const carla = await world.person('Carla', { kept: true });
  await test.step('so does the app of somebody who is in no space, without a network', async () => {
    const { page } = carla;
    const open = new FirstMinute(page);
    await open.open(world.hub.url);
    await open.chooseLanguage();
    await page.getByRole('link', { name: 'Check a proof that somebody gave you' }).click();
    const pick = page.getByLabel('Choose the proof file');
    // everything that checking needs is fetched with the page’s first proof
    await pick.setInputFiles(altered.text);
    await expect(page.getByText('The text in this file is not the one that was signed.')).toBeVisible();
    await goOffline(carla.context);
    await pick.setInputFiles(altered.position);
    await expect(page.getByText('Something in this file was changed after it was signed')).toBeVisible();
    await expect(page.getByText('This proof holds')).toBeHidden();

    await pick.setInputFiles(proof);
    await expect(page.getByText('This proof holds')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Safety at joint actions' })).toBeVisible();
    await expect(page.getByText('The farmers are asked first.')).toBeVisible();
    for (const [group, said] of [
      ['Dockers’ Circle', 'agrees'],
      ['Hill Farmers', 'agrees'],
      ['Asmara', 'stands aside'],
    ] as const)
      await expect(page.getByRole('listitem').filter({ hasText: group })).toContainText(said);
  });
  expectNoForeignHost(world, [alice, bruno, hiwot, carla]);
});
