/** The calendar, as a person works on its actions: what they plan, when, and how their group takes part. */
import { expect, type Locator, type Page } from '@playwright/test';
import { choose } from '../choose.ts';

export class Calendar {
  /** of the action that is open */
  address = '';

  constructor(readonly page: Page) {}

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  async begin(): Promise<void> {
    await this.page.goto('#/calendar?dialog=newCalendar');
    await this.page.getByRole('button', { name: 'Begin the calendar' }).click();
    await expect(this.page.getByRole('button', { name: 'New action' })).toBeVisible();
  }

  /** The only calendar of the space, once it is here. */
  async open(): Promise<void> {
    await this.page.goto('#/calendar');
    await expect(this.page.getByRole('button', { name: 'New action' })).toBeVisible({ timeout: 60_000 });
  }

  /** On a day, at 18:00, for two hours. */
  async plan(title: string, day: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New action' }).click();
    await this.dialog.getByLabel('What is it called?').fill(title);
    await this.dialog.getByLabel('Day', { exact: true }).fill(day);
    await this.dialog.getByRole('button', { name: 'Add to the calendar' }).click();
    await expect(this.page.getByLabel('Where it stands')).toBeVisible();
    this.address = this.page.url();
  }

  async openAction(address: string): Promise<void> {
    this.address = address;
    await this.page.goto(new URL(address).hash);
    await expect(this.page.getByRole('heading', { name: 'How the groups take part' })).toBeVisible({ timeout: 60_000 });
  }

  async move({ day, time }: { readonly day?: string; readonly time?: string }): Promise<void> {
    await this.page.getByRole('button', { name: 'Change When' }).click();
    if (day !== undefined) await this.dialog.getByLabel('Day', { exact: true }).fill(day);
    if (time !== undefined) await this.dialog.getByLabel('Begins at').fill(time);
    await this.dialog.getByRole('button', { name: 'Save' }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** What stands under a heading of the first card, such as 'When'. */
  fact(name: string): Locator {
    return this.page.locator('.fact', { has: this.page.getByRole('heading', { name, exact: true }) });
  }

  get conflict(): Locator {
    return this.page.locator('.notice', { hasText: 'was changed apart' });
  }

  /** How a group takes part, as the overview says it. */
  part(group: string): Locator {
    return this.page.locator('.row', { hasText: group });
  }

  async openVariation(): Promise<void> {
    await this.page.goto(`${new URL(this.address).hash}/variation`);
    await expect(this.page.getByText('How do we take part?')).toBeVisible();
  }

  async takePart(how: string): Promise<void> {
    await choose(this.page.getByRole('radio', { name: how }));
  }

  async importFile(name: string, text: string): Promise<void> {
    await this.page.goto('#/calendar');
    await this.page.getByRole('button', { name: 'More about this calendar' }).click();
    await this.page.getByRole('link', { name: 'Import a calendar file' }).click();
    await this.page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/calendar', buffer: Buffer.from(text) });
  }
}
