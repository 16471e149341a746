/** One round of an agreement, and the way to it: proposing, answering, closing, and what is said of the outcome. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Answer {
  readonly says: 'We agree' | 'We agree, with reservations' | 'We stand aside' | 'We block' | 'We object';
  readonly how: string;
  readonly why?: string;
}

export class Deciding {
  constructor(readonly page: Page) {}

  /** An agreement by consensus, from its template, with every group that is here; gives its id. */
  async beginAgreement(title: string): Promise<string> {
    await this.page.goto('#/agreements?dialog=newAgreement');
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Disagreement protocol' }).check({ force: true });
    await dialog.getByLabel('Title').fill(title);
    await dialog.getByRole('button', { name: 'Begin the agreement' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(dialog).toBeHidden();
    return /agreements\/([0-9a-f]+)/.exec(this.page.url())?.[1] ?? '';
  }

  /** Freezes the text and signs; gives the proposal's id. */
  async propose(agreement: string): Promise<string> {
    await this.page.goto(`#/agreements/${agreement}/propose`);
    await this.page.getByRole('button', { name: 'Sign and propose' }).click();
    await expect(this.outcome).toBeVisible();
    return /proposals\/([0-9a-f]+)/.exec(this.page.url())?.[1] ?? '';
  }

  /** Once it is here. */
  async open(agreement: string, proposal: string): Promise<void> {
    await this.page.goto(`#/agreements/${agreement}/proposals/${proposal}`);
    await expect(this.outcome).toBeVisible({ timeout: 60_000 });
  }

  async answer({ says, how, why }: Answer): Promise<void> {
    await this.#radio(says).check({ force: true });
    if (why !== undefined) await this.page.getByLabel(/^(Why|Our reservations)/).fill(why);
    await this.page.getByLabel('How did your group decide this?').fill(how);
    await expect(this.page.getByText(/It cannot be taken out, only changed until the round closes/)).toBeVisible();
    await this.page.getByRole('button', { name: /^Sign for / }).click();
    await expect(this.page.getByText(/has said: /)).toBeVisible();
  }

  /** Closes the round; gives what the dialog foretold. */
  async close(): Promise<string> {
    await this.page.getByRole('button', { name: 'Close the round…' }).click();
    const dialog = this.page.getByRole('dialog');
    const foretold = await dialog.locator('.notice p').first().innerText();
    await dialog.getByRole('button', { name: 'Close the round', exact: true }).click();
    await expect(dialog).toBeHidden();
    return foretold;
  }

  /** What is said of the round, first sentence first. */
  get outcome(): Locator {
    return this.page.locator('[data-outcome] p').first();
  }

  outcomeIs(type: 'open' | 'incomplete' | 'adopted' | 'not-adopted'): Promise<void> {
    return expect(this.page.locator(`[data-outcome=${type}]`)).toBeVisible({ timeout: 60_000 });
  }

  /** A group's line among the answers. */
  group(name: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.locator('strong', { hasText: name }) });
  }

  #radio(says: string): Locator {
    return this.page.locator('label', { has: this.page.getByText(says, { exact: true }) }).getByRole('radio');
  }
}
