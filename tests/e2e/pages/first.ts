/** The first minute, as a person goes through it: language, three doors, who one is, a passphrase or none. */
import { expect, type Locator, type Page } from '@playwright/test';
import { savedBy } from '../saved-file.ts';

export interface Person {
  readonly name: string;
  readonly group: string;
}

export class FirstMinute {
  constructor(readonly page: Page) {}

  async open(address = './'): Promise<void> {
    await this.page.goto(address);
  }

  /** The first screen of all, on a device that has none yet. */
  async chooseLanguage(name = 'English'): Promise<void> {
    await this.page.getByRole('radio', { name }).check();
    await this.page.getByRole('button', { name: /^(Continue|Continuer|Continuar|متابعة)$/ }).click();
  }

  door(name: 'Start a space' | 'Join with an invite' | 'Open a bundle file'): Locator {
    return this.page.getByRole('link', { name });
  }

  async startSpace(space: string, person: Person, passphrase: string | null = null): Promise<void> {
    await this.#describeSpace(space, person);
    await this.page.getByRole('button', { name: 'Continue' }).click();
    await this.answerPassphraseOffer(passphrase);
    await expect(this.page.getByRole('navigation', { name: 'Places' })).toBeVisible();
  }

  /** Where there is a space already, a passphrase has been offered before. */
  async startAnotherSpace(space: string, person: Person): Promise<void> {
    await this.#describeSpace(space, person);
    await this.page.getByRole('button', { name: 'Start the space' }).click();
    await expect(this.page.getByRole('navigation', { name: 'Places' })).toContainText(space);
  }

  async answerPassphraseOffer(passphrase: string | null): Promise<void> {
    if (passphrase === null) {
      await this.page.getByRole('button', { name: 'My phone’s own lock is enough' }).click();
      return;
    }
    await this.page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await this.page.getByLabel('The same once more').fill(passphrase);
    await this.page.getByRole('button', { name: 'Set a passphrase' }).click();
  }

  /** From the invite's text to the screen that waits for the answer. */
  async ask(invite: string, { name, group }: Person, passphrase: string | null = null): Promise<void> {
    await this.door('Join with an invite').click();
    await this.page.getByLabel('Paste the invite').fill(invite);
    await this.page.getByRole('button', { name: 'Continue' }).click();
    await this.introduce({ name, group }, passphrase);
  }

  async introduce({ name, group }: Person, passphrase: string | null = null): Promise<void> {
    await this.page.getByLabel('Your name here').fill(name);
    await this.page.getByLabel('Your group').fill(group);
    await this.page.getByRole('button', { name: 'Continue' }).click();
    await this.answerPassphraseOffer(passphrase);
    // where a door is open, one is in before one has looked
    await expect(this.waitingHeading.or(this.page.getByText(/^You are in/)).first()).toBeVisible();
  }

  get waitingHeading(): Locator {
    return this.page.getByRole('heading', { name: 'Waiting to be let in' });
  }

  /** The request as the file that is saved on the stick. */
  async saveRequest(): Promise<string> {
    const { path } = await savedBy(this.page, () => this.page.getByRole('button', { name: 'Save file' }).click());
    return path;
  }

  async openAnswerFile(path: string): Promise<void> {
    await this.page.getByLabel('Open the answer file').setInputFiles(path);
  }

  async #describeSpace(space: string, { name, group }: Person): Promise<void> {
    await this.door('Start a space').click();
    await this.page.getByLabel('Name of the space').fill(space);
    await this.page.getByLabel('Your name here').fill(name);
    await this.page.getByLabel('Your group').fill(group);
  }
}
