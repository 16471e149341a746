/** The lock: what stands before everything where a passphrase is set. */
import type { Locator, Page } from '@playwright/test';

export class Lock {
  constructor(readonly page: Page) {}

  get heading(): Locator {
    return this.page.getByRole('heading', { name: 'Locked' });
  }

  async lockNow(): Promise<void> {
    await this.page.getByRole('button', { name: 'Lock now' }).first().click();
  }

  async tryPassphrase(passphrase: string): Promise<void> {
    await this.page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await this.page.getByRole('button', { name: 'Open', exact: true }).click();
  }
}
