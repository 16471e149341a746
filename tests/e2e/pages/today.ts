/** Today: what waits for a person, and what changed since they last looked. */
import type { Locator, Page } from '@playwright/test';

export class Today {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('#/');
    await this.page
      .getByRole('link', { name: 'Today', exact: true })
      .and(this.page.locator('[aria-current="page"]'))
      .first()
      .waitFor();
  }

  /** The line of a document in "Changed since you last looked". */
  changed(title: string): Locator {
    return this.#card('Changed since you last looked').getByRole('link', { name: title });
  }

  waiting(point: string): Locator {
    return this.#card('Waiting for you').locator('.row', { hasText: point });
  }

  #card(heading: string): Locator {
    return this.page.locator('.card', { has: this.page.getByRole('heading', { name: heading }) });
  }
}
