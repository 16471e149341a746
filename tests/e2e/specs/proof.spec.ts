/** Somebody who is in no space checks a proof of an agreement, with the network off. */
import { expect, test } from '@playwright/test';
import { FirstMinute } from '../pages/first.ts';

const VECTORS = 'tests/vectors/proofs';

test('a fresh profile that knows no space checks a proof without any network', async ({ page, context }) => {
  const first = new FirstMinute(page);
  await first.open();
  await first.chooseLanguage();
  await page.getByRole('link', { name: 'Check a proof that somebody gave you' }).click();
  const pick = page.locator('input[type=file]');
  // everything that checking needs is fetched with the page’s first proof; from then on the network may be gone
  await pick.setInputFiles(`${VECTORS}/refuse-newer-version.json`);
  await expect(page.getByText('This proof was made with a newer Weft.')).toBeVisible();
  await context.setOffline(true);

  await pick.setInputFiles(`${VECTORS}/accept-consent.json`);
  await expect(page.getByText('This proof holds')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Charter' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Hill Farmers' })).toContainText('stands aside');
  await expect(page.getByText('That nobody signed under pressure.')).toBeVisible();

  await pick.setInputFiles(`${VECTORS}/refuse-no-position.json`);
  await expect(page.getByText('A signature that was counted is missing from this file.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Charter' })).toBeHidden();
  await pick.setInputFiles('package.json');
  await expect(page.getByText('This file is not a proof of an agreement.')).toBeVisible();
});
