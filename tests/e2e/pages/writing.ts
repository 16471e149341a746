/** Writing talking points, as far as other stories need some. */
import { expect, type Locator, type Page } from '@playwright/test';

/** A new palette with these points. */
export const startPalette = async (page: Page, title: string, messages: readonly string[]): Promise<void> => {
  await page.goto('#/points');
  await page.getByRole('button', { name: /^(Write the first point|New palette)$/ }).click();
  await page.getByLabel('What is it about?').fill(title);
  await page.getByRole('button', { name: 'Begin the palette' }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  for (const message of messages) {
    await page
      .getByRole('button', { name: /^(Write the first point|New point)$/ })
      .first()
      .click();
    await page.getByRole('dialog').getByLabel('What we say').fill(message);
    await page.getByRole('button', { name: 'Add the point' }).click();
    // the new point is open; back to its palette
    await expect(page.getByRole('textbox', { name: 'What we say' })).toHaveValue(message);
    await page.getByRole('link', { name: 'Back' }).click();
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  }
  await expect(page.getByText('Saved here')).toBeVisible();
};

const openPoint = async (page: Page, says: string): Promise<Locator> => {
  await page.goto('#/points');
  // a screen before may name it too
  await expect(page.getByRole('link', { name: 'Port strike' })).toHaveCount(1);
  await page.getByRole('link', { name: 'Port strike' }).click();
  await page
    .getByRole('link', { name: new RegExp(says) })
    .first()
    .click();
  return page.getByRole('textbox', { name: 'What we say' });
};

/** Opens the point that says this, and types at one end of its message. */
export const writeMessage = async (
  page: Page,
  says: string,
  { atStart, atEnd }: { readonly atStart?: string; readonly atEnd?: string },
): Promise<void> => {
  const message = await openPoint(page, says);
  await message.click();
  if (atStart !== undefined) {
    await message.press('Control+Home');
    await message.pressSequentially(atStart);
  }
  if (atEnd !== undefined) {
    await message.press('Control+End');
    await message.pressSequentially(atEnd);
  }
  await expect(page.getByText('Saved here')).toBeVisible();
};

/** The whole message of the point that says this. */
export const messageOf = async (page: Page, says: string): Promise<string> =>
  (await openPoint(page, says)).inputValue();
