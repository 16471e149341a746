/** Talking points, as a person works on them: palettes, the cloth, points, variants, cards and the leaflet. */
import { expect, type Locator, type Page } from '@playwright/test';

export class TalkingPoints {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('#/points');
    await this.page.getByRole('heading', { name: 'Talking points', level: 1 }).waitFor();
  }

  async beginPalette(title: string, language: string): Promise<void> {
    await this.page.getByRole('button', { name: /^(Write the first point|New palette)$/ }).click();
    await this.page.getByLabel('What is it about?').fill(title);
    await this.page.getByLabel('Language it is written in first').selectOption({ label: language });
    await this.page.getByRole('button', { name: 'Begin the palette' }).click();
    await expect(this.page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  }

  async addPoint(value: string, message: string): Promise<void> {
    await this.page
      .getByRole('button', { name: /^(Write the first point|New point)$/ })
      .first()
      .click();
    await this.page.getByRole('radio', { name: value }).check();
    await this.page.getByLabel('What we say').fill(message);
    await this.page.getByRole('button', { name: 'Add the point' }).click();
    await expect(this.message).toHaveValue(message);
  }

  get message(): Locator {
    return this.page.getByRole('textbox', { name: 'What we say' });
  }

  /** Where a point reaches, on the point's own screen. */
  reach(language: string): Locator {
    return this.page.locator('li', { hasText: language });
  }

  async beginVariant(language: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Say it in another language' }).click();
    await this.page.getByRole('dialog').getByLabel('Language').selectOption({ label: language });
    await this.page.getByRole('button', { name: /^Begin in / }).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }

  text(language: string): Locator {
    return this.page.getByRole('textbox', { name: `Text in ${language}` });
  }

  /** The word that says how this variant stands. */
  get state(): Locator {
    return this.page.locator('header .tag');
  }

  async back(): Promise<void> {
    await this.page.getByRole('link', { name: 'Back' }).click();
  }

  /** The names of the points, in the order in which the cloth shows them. */
  get points(): Locator {
    return this.page.locator('tbody th a');
  }
}
