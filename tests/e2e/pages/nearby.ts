/** Connecting nearby: the dialog on Exchange, as the one who shows a code first or the one who scans it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { filmScreen } from '../camera.ts';

export class Nearby {
  readonly dialog: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Connect nearby' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'Exchange', exact: true }).first().click();
    await this.page.getByRole('button', { name: 'Connect nearby' }).click();
    await expect(this.dialog).toBeVisible();
  }

  get code(): Locator {
    return this.dialog.getByRole('img', { name: 'Your code for the other device to scan' });
  }

  async show(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Show my code' }).click();
    await expect(this.code).toBeVisible();
  }

  /** Holds the code on this screen in front of a camera. */
  async holdBefore(camera: string): Promise<void> {
    await expect(this.code).toBeVisible();
    await filmScreen(camera, this.code);
  }

  async scan(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Scan their code' }).click();
  }

  async codeAsText(): Promise<string> {
    await this.dialog.getByText('As text instead').click();
    return this.dialog.getByLabel('Your code as text').inputValue();
  }

  async paste(text: string): Promise<void> {
    const field = this.dialog.getByLabel('Paste their code');
    if (!(await field.isVisible())) await this.dialog.getByText('They sent their code as text').click();
    await field.fill(text);
    await this.dialog.getByRole('button', { name: 'Continue' }).click();
  }

  async connectedWith(name: string): Promise<void> {
    await expect(this.dialog.getByText(new RegExp(`You are connected with .*${name}`))).toBeVisible({
      timeout: 30_000,
    });
  }

  async othersHere(count: number): Promise<void> {
    const words = count === 1 ? '1 person is here' : `${count} people are here`;
    await expect(this.dialog.getByText(words)).toBeVisible({ timeout: 30_000 });
  }

  async done(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Done' }).click();
    await expect(this.dialog).toBeHidden();
  }
}
