/** An agreement's history, and what groups sign there about one that is in force. */
import { expect, type Locator, type Page } from '@playwright/test';
import { choose } from '../choose.ts';

export class Living {
  constructor(readonly page: Page) {}

  async open(agreement: string): Promise<void> {
    await this.page.goto(`#/agreements/${agreement}/history`);
    await expect(this.page.getByRole('heading', { name: 'Time line' })).toBeVisible();
  }

  /** The word for where it is in its life, above what is said of it. */
  stage(word: 'In force' | 'Expired' | 'Superseded'): Locator {
    return this.page.getByRole('main').getByText(word, { exact: true }).first();
  }

  /** A part of the page by its heading. */
  part(heading: 'Versions' | 'Who has signed what' | 'Red lines' | 'Endorsed by'): Locator {
    return this.page.locator('section', { has: this.page.getByRole('heading', { name: heading, level: 2 }) });
  }

  async endorse(as: string, words: string): Promise<void> {
    const dialog = await this.#begin('Endorse…');
    await choose(dialog.getByRole('radio', { name: as }));
    await dialog.getByLabel('A few words').fill(words);
    await this.#sign(dialog, 'Sign the endorsement');
  }

  async lift(why: string): Promise<void> {
    const dialog = await this.#begin('Lift…');
    await dialog.getByLabel('Why').fill(why);
    await this.#sign(dialog, 'Sign that it is lifted');
  }

  async leave(group: string, day: string): Promise<void> {
    const dialog = await this.#begin('Leave the agreement…');
    await dialog.getByLabel('From which day?').fill(day);
    await this.#sign(dialog, `Sign that ${group} leaves`);
  }

  async supersede(group: string, by: string, why: string): Promise<void> {
    const dialog = await this.#begin('Another takes its place…');
    await dialog.getByLabel('Agreement', { exact: true }).selectOption(by);
    await dialog.getByLabel('Why').fill(why);
    await this.#sign(dialog, `Sign for ${group}`);
  }

  /** What was signed, the newest first, and who did; without the marks around names. */
  async timeLine(): Promise<readonly string[]> {
    const lines = await this.page.getByRole('main').locator('ol').getByRole('link').allInnerTexts();
    return lines.map((line) => line.replace(/[\u200e\u2068\u2069]/g, ''));
  }

  async #begin(button: string): Promise<Locator> {
    await this.page.getByRole('button', { name: button }).click();
    return this.page.getByRole('dialog');
  }

  async #sign(dialog: Locator, button: string): Promise<void> {
    await dialog.getByRole('button', { name: button }).click();
    await expect(dialog).toBeHidden();
  }
}
