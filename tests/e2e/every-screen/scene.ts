/** The people, devices and files that all screens need between them, and the acts that bring a space so far. */
import { writeFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { buildWeft, type Weft } from '../../unit/cli/weft.ts';
import { choose } from '../choose.ts';
import { FirstMinute } from '../pages/first.ts';
import type { Person, World } from '../world.ts';
import { writeParts } from './parts.ts';
import { wordsOf, type Say, type Tongue } from './words.ts';

export const PASSPHRASE = 'lantern gravel seven oars';

/** A short session of typing, as `weft replay` takes it. */
const TRACE = { startContent: '', endContent: 'We stand', txns: [{ patches: [[0, 0, 'We stand']] }] };

export class Scene {
  /** the language that points are said in besides the first */
  readonly other: Tongue;
  readonly #says: Say;
  readonly #saysOther: Say;
  invite = '';
  /** a page that more than one state is about */
  kept: Page | null = null;
  /** its answer to a code */
  answer = '';
  palette = '';
  agreement = '';
  calendar = '';
  action = '';
  rhythm = '';
  proposal = '';
  points: readonly string[] = [];
  /** files of one bundle */
  parts: readonly string[] = [];
  /** by how they stand */
  readonly variants = { approved: '', stale: '', draft: '' };

  private constructor(
    readonly tongue: Tongue,
    readonly organizer: Person,
    readonly newcomer: Person,
    /** Hiwot's device: a folder, and never on any network */
    readonly stick: Weft,
    readonly address: string,
    readonly addressElsewhere: string,
  ) {
    this.other = tongue === 'en' ? 'ar' : 'en';
    this.#says = wordsOf(tongue);
    this.#saysOther = wordsOf(this.other);
  }

  static async begin(world: World, tongue: Tongue): Promise<Scene> {
    const [organizer, newcomer, stick] = await Promise.all([
      world.person('Amina', { reducedMotion: 'reduce', kept: true }),
      world.person('Bruno', { reducedMotion: 'reduce', locale: tongue === 'ar' ? 'ar' : 'en-GB' }),
      buildWeft(),
    ]);
    return new Scene(tongue, organizer, newcomer, stick, world.hub.url, world.hub.urlElsewhere);
  }

  say: Say = (key, values) => this.#says(key, values);

  /** Founds the space in English, and changes the language by the setting. */
  async found(): Promise<void> {
    await this.#foundAt(this.organizer.page, this.address);
  }

  /** Another space, on a page as from another machine over plain http. */
  async borrow(): Promise<Page> {
    const page = await this.organizer.context.newPage();
    await this.#foundAt(page, this.addressElsewhere);
    await page.goto(`${this.addressElsewhere}#/`);
    return page;
  }

  /** That space again, in a browser that is as the script makes it. */
  async borrowed(at: string, script?: () => void): Promise<Page> {
    const page = await this.organizer.context.newPage();
    if (script !== undefined) await page.addInitScript(script);
    await page.goto(this.addressElsewhere + at);
    return page;
  }

  async #foundAt(page: Page, address: string): Promise<void> {
    const first = new FirstMinute(page);
    await first.open(address);
    await first.chooseLanguage();
    await first.startSpace('Harbour to Hills', { name: 'Amina', group: 'Dockers’ Circle' });
    await page.goto(`${address}#/settings`);
    await choose(page.getByRole('radio', { name: this.tongue === 'ar' ? 'العربية' : 'English' }));
    await expect(page.getByRole('heading', { level: 1, name: this.say('common.place.settings') })).toBeVisible();
  }

  /** An invite, left on the screen. */
  async makeInvite(page: Page): Promise<void> {
    await this.press(page, 'people.invite.make');
    this.invite = await page.getByLabel(this.say('people.invite.text')).inputValue();
  }

  /** Hiwot asks from her folder; her request is what the dialog asks about. */
  async bringRequest(page: Page): Promise<void> {
    const request = await this.stick.text(
      '--vault',
      'hiwot',
      'join',
      this.invite,
      '--name',
      'Hiwot',
      '--group',
      'Asmara',
    );
    await page.getByLabel(this.say('people.request.paste')).fill(request);
    await this.press(page, 'common.action.continue');
  }

  async admitHiwot(page: Page): Promise<void> {
    await this.press(page, 'people.request.admit');
    const answer = await page.getByLabel(this.say('people.request.answer')).inputValue();
    writeFileSync(this.stick.path('answer.txt'), answer);
    await this.stick.text('--vault', 'hiwot', 'join', '--answer', 'answer.txt');
  }

  /** What Hiwot has written, as a file. */
  async bundleOfHiwot(): Promise<string> {
    const document = await this.stick.text('--vault', 'hiwot', 'new', 'talking-points', '--title', 'Vigil');
    writeFileSync(this.stick.path('trace.json'), JSON.stringify(TRACE));
    await this.stick.text('--vault', 'hiwot', 'replay', 'trace.json', '--document', document);
    await this.stick.text('--vault', 'hiwot', 'export', 'hiwot.bin');
    return this.stick.path('hiwot.bin');
  }

  /** Much that Hiwot has written, as a bundle in several files. */
  partsOfHiwot(): Promise<readonly string[]> {
    return writeParts(this.stick.path('hiwot'), (number) => this.stick.path(`hiwot-${number}.bin`));
  }

  /** The example, said in the other language: one text approved, one stale, one unfinished. */
  async weave(page: Page): Promise<void> {
    await page.goto('#/points');
    await this.press(page, 'talk.empty.example');
    const rows = page.locator('tbody th a');
    await expect(rows).toHaveCount(3);
    this.palette = this.#last(page.url());
    this.points = await rows.evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')?.split('/').pop() ?? ''),
    );
    const [first = '', second = '', third = ''] = this.points;

    this.variants.approved = await this.#sayAgain(page, first, this.#saysOther('talk.example.hungry.message'));
    await this.press(page, 'talk.variant.done');
    await this.press(page, /^/, page.locator('main .button.outline'));
    await page.getByRole('dialog').locator('.button.go').click();
    await expect(page.locator('header .tag')).toHaveText(this.say('talk.state.approved'));

    this.variants.stale = await this.#sayAgain(page, second, this.#saysOther('talk.example.return.message'));
    await this.press(page, 'talk.variant.done');
    await page.goto(`#/points/${this.palette}/${second}`);
    const message = page.getByRole('textbox', { name: this.say('talk.point.message') });
    await message.fill(
      (await message.inputValue()).replace(/[.]$/, this.tongue === 'ar' ? '، كل سفينة.' : ', every ship.'),
    );

    this.variants.draft = await this.#sayAgain(page, third, this.#saysOther('talk.example.court.message'));
    await page.goto(`#/points/${this.palette}`);
    await expect(rows).toHaveCount(3);
  }

  /** An agreement from a template. */
  async draft(page: Page): Promise<void> {
    await page.goto('#/agreements?dialog=newAgreement');
    await this.press(page, 'agree.new.create');
    await expect(page.locator('article')).toBeVisible();
    this.agreement = this.#last(page.url());
  }

  async plan(page: Page): Promise<void> {
    await page.goto('#/calendar?dialog=newCalendar');
    await this.press(page, 'calendar.new.create');
    await expect(page.getByRole('button', { name: this.say('calendar.menu') })).toBeVisible();
    this.calendar = this.#last(page.url());
    await this.press(page, 'action.new.title');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(this.say('action.text.title')).fill('Vigil');
    await dialog.getByLabel(this.say('action.repeat.label')).selectOption('week');
    await this.press(page, 'action.new.create');
    await expect(page.getByLabel(this.say('action.field.status'))).toBeVisible();
    this.action = this.#last(page.url());
  }

  async propose(page: Page): Promise<void> {
    await page.goto(`#/agreements/${this.agreement}/propose`);
    await this.press(page, 'decide.propose.sign');
    await expect(page.locator('main form')).toBeVisible();
    this.proposal = this.#last(page.url());
  }

  async press(page: Page, name: Parameters<Say>[0] | RegExp, among?: Locator): Promise<void> {
    const buttons =
      among ?? page.getByRole('button', { name: typeof name === 'string' ? this.say(name) : name, exact: true });
    await buttons.filter({ visible: true }).last().click();
  }

  async #sayAgain(page: Page, point: string, text: string): Promise<string> {
    await page.goto(`#/points/${this.palette}/${point}?dialog=newVariant&of=${point}:${this.other}`);
    await page.getByRole('dialog').locator('.button.go').click();
    const field = page.locator(`textarea[lang=${this.other}]`);
    await field.fill(text);
    return this.#last(page.url());
  }

  #last(url: string): string {
    return new URL(url).hash.split('?')[0]?.split('/').pop() ?? '';
  }
}
