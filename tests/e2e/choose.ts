/** A choice among several, as a hand makes it: at its words, once they stand still. */
import { expect, type Locator } from '@playwright/test';

/** `radio` is one of the app's own, with its label round it. */
export const choose = async (radio: Locator): Promise<void> => {
  await radio.locator('xpath=ancestor::label').click();
  await expect(radio).toBeChecked();
};
