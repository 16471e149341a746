/** The page of groups and members, and an organizer's ways of letting people in. */
import type { Locator, Page } from '@playwright/test';
import { savedBy } from '../saved-file.ts';

export class People {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('#/people');
    await this.page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
  }

  member(name: string): Locator {
    return this.page.locator('.row', { has: this.page.getByText(name, { exact: true }) });
  }

  /** An invite for one person, as text. */
  async invite(role?: 'Member' | 'Observer' | 'Organizer'): Promise<string> {
    await this.page.getByRole('button', { name: 'Invite somebody' }).click();
    if (role !== undefined) await this.page.getByRole('radio', { name: role }).check();
    await this.page.getByRole('button', { name: 'Make the invite' }).click();
    const text = await this.page.getByLabel('The invite as text').inputValue();
    await this.page.getByRole('button', { name: 'Done' }).click();
    return text;
  }

  /** An invite for one person, as what a camera sees of its code. */
  async pictureOfInvite(): Promise<Buffer> {
    await this.page.getByRole('button', { name: 'Invite somebody' }).click();
    await this.page.getByRole('button', { name: 'Make the invite' }).click();
    const picture = await this.page.getByRole('img', { name: 'The invite as a code to scan' }).screenshot();
    await this.page.getByRole('button', { name: 'Done' }).click();
    return picture;
  }

  /** Opens the door for a while; gives its code as text. */
  async openDoor(): Promise<string> {
    await this.page.getByRole('button', { name: 'Open the door…' }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Open the door' }).click();
    const text = await this.page.getByLabel('The invite as text').inputValue();
    await this.page.getByRole('button', { name: 'Done' }).click();
    return text;
  }

  /** Opens a request's file, admits whoever asks, and saves the answer as a file. */
  async admit(requestFile: string): Promise<string> {
    await this.openRequest(requestFile);
    await this.page.getByRole('button', { name: 'Admit' }).click();
    const { path } = await savedBy(this.page, () => this.page.getByRole('button', { name: 'Save file' }).click());
    await this.page.getByRole('button', { name: 'Done' }).click();
    return path;
  }

  async openRequest(requestFile: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Open a request' }).click();
    await this.page.getByLabel('Open the request file').setInputFiles(requestFile);
  }
}
