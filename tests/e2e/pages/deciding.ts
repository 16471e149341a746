/** One round of an agreement, and the way to it: proposing, answering, closing, and what is said of the outcome. */
import { expect, type Locator, type Page } from '@playwright/test';
import { choose } from '../choose.ts';

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
    await choose(dialog.getByRole('radio', { name: 'Disagreement protocol' }));
    await dialog.getByLabel('Title').fill(title);
    await dialog.getByRole('button', { name: 'Begin the agreement' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(dialog).toBeHidden();
    return /agreements\/([0-9a-f]+)/.exec(this.page.url())?.[1] ?? '';
  }

  /** All that would be frozen now, as it is read before one proposes: every text, red line, party and date. */
  async letters(agreement: string): Promise<string> {
    await this.page.goto(`#/agreements/${agreement}/propose`);
    const preview = this.page.locator('section', {
      has: this.page.getByRole('heading', { name: 'What others will see' }),
    });
    await expect(preview.getByRole('heading', { level: 3 })).toBeVisible();
    for (const whole of await preview.getByRole('button', { name: /^Read the whole text/ }).all()) await whole.click();
    await expect(preview).toContainText('Parties');
    return preview.innerText();
  }

  /** Freezes the text and signs; gives the proposal's id. */
  async propose(agreement: string, change?: 'A minor change' | 'A major change'): Promise<string> {
    await this.page.goto(`#/agreements/${agreement}/propose`);
    if (change !== undefined) await this.#radio(change).check({ force: true });
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
  close(): Promise<string> {
    return this.#close('Close the round…', 'Close the round');
  }

  /** Puts the closing right: it counts what came late, too. */
  closeAgain(): Promise<string> {
    return this.#close('Count these too…', 'Close it again, with these');
  }

  /** What is said of the round, first sentence first. */
  get outcome(): Locator {
    return this.page.locator('[data-outcome] p').first();
  }

  /** Sentences that stand beside the outcome. */
  beside(words: string | RegExp): Locator {
    return this.page.locator('[data-outcome] p').filter({ hasText: words });
  }

  /** What the text that is proposed changes. */
  get changes(): Locator {
    return this.page.locator('section', { has: this.page.getByRole('heading', { name: 'What changes' }) });
  }

  /** One of the two columns of what changes, where both are shown. */
  async side(of: 'Before' | 'Proposed'): Promise<Locator> {
    await this.#radio('Side by side').check({ force: true });
    const label = this.page.getByText(of, { exact: true });
    return this.changes.locator('section > div', { has: label });
  }

  outcomeIs(type: 'open' | 'incomplete' | 'adopted' | 'not-adopted'): Promise<void> {
    return expect(this.page.locator(`[data-outcome=${type}]`)).toBeVisible({ timeout: 60_000 });
  }

  /** A group's line among the answers. */
  group(name: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.locator('strong', { hasText: name }) });
  }

  async #close(begin: string, sign: string): Promise<string> {
    await this.page.getByRole('button', { name: begin }).click();
    const dialog = this.page.getByRole('dialog');
    const foretold = await dialog.locator('.notice p').first().innerText();
    await dialog.getByRole('button', { name: sign, exact: true }).click();
    await expect(dialog).toBeHidden();
    return foretold;
  }

  #radio(says: string): Locator {
    return this.page.locator('label', { has: this.page.getByText(says, { exact: true }) }).getByRole('radio');
  }
}
