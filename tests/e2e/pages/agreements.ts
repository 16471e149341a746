/** Agreements, as a person works on them: the list, one agreement's clauses, and what it is about. */
import { expect, type Locator, type Page } from '@playwright/test';

export class Agreements {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('#/agreements');
    await this.page.getByRole('heading', { name: 'Agreements', level: 1 }).waitFor();
  }

  /** From a template by its name, for all groups of the space. */
  async begin(template: string, title: string): Promise<void> {
    await this.page.getByRole('button', { name: /^(Begin from a template|New agreement)$/ }).click();
    await this.page.getByRole('radio', { name: template }).check();
    await this.page.getByLabel('Title').fill(title);
    await this.page.getByRole('button', { name: 'Begin the agreement' }).click();
    await this.isOpen(title);
  }

  async openByTitle(title: string): Promise<void> {
    await this.open();
    await this.page.getByRole('link', { name: title }).click({ timeout: 60_000 });
    await this.isOpen(title);
  }

  async isOpen(title: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await expect(this.clause(1)).toBeVisible();
  }

  clause(number: number | string): Locator {
    return this.page.getByRole('region', { name: `Clause ${number}`, exact: true });
  }

  /** Its words, to be written where that is allowed. */
  text(number: number | string): Locator {
    return this.clause(number).getByRole('textbox', { name: 'Text of this clause' });
  }

  heading(number: number | string): Locator {
    return this.clause(number).getByRole('textbox', { name: `Heading of clause ${number}` });
  }

  /** One of what can be done with a clause. */
  async act(number: number | string, name: string): Promise<void> {
    await this.clause(number)
      .getByRole('button', { name: `What can be done with clause ${number}` })
      .click();
    await this.page.getByRole('button', { name, exact: true }).filter({ visible: true }).click();
  }

  /** A double click on a word of the clause, where it is seen for the first time. */
  async chooseWord(number: number | string, word: string): Promise<void> {
    const at = await this.clause(number)
      .locator('.rich')
      .evaluate((text, wanted) => {
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const index = node.nodeValue?.indexOf(wanted) ?? -1;
          if (index === -1) continue;
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + wanted.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }
        throw new Error(`no ${wanted}`);
      }, word);
    await this.page.mouse.dblclick(at.x, at.y);
  }

  async typeAtEnd(number: number | string, words: string): Promise<void> {
    const text = this.text(number);
    await text.click();
    await text.press('Control+End');
    await this.page.keyboard.type(words, { delay: 25 });
  }

  /** The whole text as it is read, without the names of those who are in it. */
  async words(): Promise<string> {
    const clauses = this.page.getByRole('region', { name: /^Clause / });
    return clauses.evaluateAll((sections) =>
      sections
        .map((section) => {
          const heading =
            section.querySelector('textarea')?.value ?? section.querySelector('h2')?.lastChild?.textContent;
          // a clause that has just come has its frame before its words
          const copy = section.querySelector('.rich')?.cloneNode(true) as HTMLElement | undefined;
          for (const name of copy?.querySelectorAll('.rich-cursor') ?? []) name.remove();
          // the editor keeps signs in the text that stand for nothing
          return `${heading ?? ''}\n${[...(copy?.children ?? [])].map((block) => block.textContent.replace(/[\u2060\ufeff]/g, '')).join('\n')}`;
        })
        .join('\n\n'),
    );
  }

  async isSaved(): Promise<void> {
    await expect(this.page.getByText('Saved here').first()).toBeVisible();
  }
}
