/** The exchange: who has what, bundles made and opened. */
import { expect, type Locator, type Page } from '@playwright/test';
import { choose } from '../choose.ts';
import { savedBy } from '../saved-file.ts';

export interface BundleWishes {
  /** the group or the person that it is for; everybody where neither is given */
  readonly group?: string;
  readonly member?: string;
  readonly everything?: boolean;
  readonly passphrase?: string;
}

export class Exchange {
  readonly dialog: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole('dialog');
  }

  async open(): Promise<void> {
    await this.page.goto('#/exchange');
    await this.page.getByRole('heading', { name: 'Exchange', level: 1 }).waitFor();
  }

  /** The row of a group in "Who has what". */
  group(name: string): Locator {
    return this.#card('Who has what').locator('.row', { has: this.page.getByText(name, { exact: true }) });
  }

  /** The row of somebody in "Here now". */
  here(name: string): Locator {
    return this.#card('Here now').locator('.row', { has: this.page.getByText(name, { exact: true }) });
  }

  get past(): Locator {
    return this.#card('Exchanged before').locator('.row');
  }

  get unshared(): Locator {
    return this.page.getByText(/^(Not yet shared|Everything that you wrote)/).first();
  }

  /** Makes a bundle and saves it as a file. */
  async make(wishes: BundleWishes = {}): Promise<string> {
    await this.page.getByRole('button', { name: 'Make a bundle' }).click();
    if (wishes.group !== undefined) {
      await this.#choose('One group');
      await this.dialog.getByLabel('Which group').selectOption(wishes.group);
    }
    if (wishes.member !== undefined) {
      await this.#choose('One person');
      await this.dialog.getByLabel('Which person').selectOption(wishes.member);
    }
    if (wishes.everything === true) await this.#choose('Everything');
    if (wishes.passphrase !== undefined) {
      await this.dialog.getByText('An extra passphrase').click();
      await this.dialog.getByLabel('Passphrase of this file').fill(wishes.passphrase);
    }
    await this.dialog.getByRole('button', { name: 'Make it' }).click();
    const { name, path } = await savedBy(this.page, () =>
      this.dialog.getByRole('button', { name: 'Save file' }).click(),
    );
    // a name that says nothing
    expect(name).toMatch(/^[a-z2-9]{8}\.bin$/);
    await this.dialog.getByRole('button', { name: 'Done' }).click();
    await expect(this.dialog).toBeHidden();
    return path;
  }

  /** Picks a file or several, up to what is said of them. */
  async look(path: string | readonly string[]): Promise<void> {
    await this.page.getByRole('button', { name: 'Open a bundle' }).click();
    await this.dialog.getByLabel('Choose files').setInputFiles(path);
  }

  async merge(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Merge it' }).click();
    await expect(this.dialog.getByRole('button', { name: 'Done' })).toBeVisible();
  }

  async close(): Promise<void> {
    await this.dialog
      .getByRole('button', { name: /^(Done|Close|Not now)$/ })
      .last()
      .click();
    await expect(this.dialog).toBeHidden();
  }

  /** The lines of a receipt or a preview, by their headings. */
  brought(by: 'By person' | 'By document'): Locator {
    return this.dialog.locator('section', { has: this.page.getByRole('heading', { name: by }) }).getByRole('listitem');
  }

  #card(heading: string): Locator {
    return this.page.locator('.card', { has: this.page.getByRole('heading', { name: heading }) });
  }

  async #choose(name: string): Promise<void> {
    await choose(this.dialog.getByRole('radio', { name }));
  }
}
