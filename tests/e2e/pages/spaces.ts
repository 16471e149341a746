/** The spaces on one device. */
import { expect, type Locator, type Page } from '@playwright/test';

export class Spaces {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('#/spaces');
    await this.page.getByRole('heading', { name: 'Your spaces', level: 1 }).waitFor();
  }

  get names(): Locator {
    return this.page
      .locator('.card', { has: this.page.getByRole('heading', { name: 'Already on this device' }) })
      .locator('.row');
  }

  /** To another space, from wherever one is. */
  async enter(name: string): Promise<void> {
    await this.open();
    await this.page.getByRole('button', { name: `Open ${name}` }).click();
    await this.expectOpen(name);
  }

  /** This is the space that is open here. */
  async expectOpen(name: string): Promise<void> {
    await expect(this.page.getByRole('navigation', { name: 'Places' })).toContainText(name);
  }
}
