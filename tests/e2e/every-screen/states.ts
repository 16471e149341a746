/**
 * For each screen and each dialog of the registry, the states in which people meet it. They are shown in the order of
 * the stages, and within a stage in the order of this table.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import type { DialogName, RouteName } from '../../../src/ui/routes.ts';
import { PASSPHRASE, type Scene } from './scene.ts';
import { choose } from '../choose.ts';

export type Stage = 'fresh' | 'begun' | 'woven' | 'asking' | 'joined' | 'locked';

export interface State {
  readonly when: Stage;
  /** what tells it from other states of the same screen */
  readonly as?: string;
  /** whose device; the organizer's unless said */
  readonly newcomer?: true;
  /** where it is; none goes on from the state before */
  readonly at?: (scene: Scene) => string;
  /** another page where it needs one of its own */
  readonly prepare?: (page: Page, scene: Scene) => Promise<void | Page>;
  /** what is seen there, and in no other state */
  readonly shows: (page: Page, scene: Scene) => Locator;
}

type Words = Parameters<Scene['say']>[0];

const heading =
  (key: Words, level = 1) =>
  (page: Page, { say }: Scene): Locator =>
    page.getByRole('heading', { name: say(key), level });
const dialog =
  (key: Words) =>
  (page: Page, { say }: Scene): Locator =>
    page.getByRole('dialog', { name: say(key) });
const text =
  (key: Words) =>
  (page: Page, { say }: Scene): Locator =>
    page.getByText(say(key)).filter({ visible: true }).first();
const label =
  (key: Words) =>
  (page: Page, { say }: Scene): Locator =>
    page.getByLabel(say(key), { exact: true });
const button =
  (key: Words) =>
  (page: Page, { say }: Scene): Locator =>
    page.getByRole('button', { name: say(key), exact: true }).filter({ visible: true });

const CONNECT = '#/exchange?dialog=connectNearby';

const codeOf = async (page: Page, { say }: Scene): Promise<string> => {
  await page.getByText(say('nearby.code.asText')).click();
  return page.getByLabel(say('nearby.code.text'), { exact: true }).inputValue();
};
const pasteCode = async (page: Page, scene: Scene, code: string): Promise<void> => {
  await page.getByText(scene.say('nearby.paste.open')).click();
  await page.getByLabel(scene.say('nearby.paste.label')).fill(code);
  await scene.press(page, 'common.action.continue');
};
const keptBy = ({ kept }: Scene): Page => {
  if (kept === null) throw new Error('no page was kept');
  return kept;
};
/** As in a browser that gives no address of its device. */
const hideAddresses = (): void => {
  const Original = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
    }
  };
};

const ICS = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:teach-in@example.org',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=Europe/Rome:20261201T180000',
  'SUMMARY:Teach-in',
  'END:VEVENT',
  'BEGIN:VTODO',
  'UID:task@example.org',
  'END:VTODO',
  'END:VCALENDAR',
  '',
].join('\r\n');

const actionAt = ({ calendar, action }: Scene): string => `#/calendar/${calendar}/actions/${action}`;
const people = (query: string) => () => `#/people?dialog=${query}`;
const point = ({ palette, points }: Scene, at = 0): string => `#/points/${palette}/${points[at] ?? ''}`;
/** The id that a row's button puts into the address. */
const openRow =
  (key: Words, name: string) =>
  async (page: Page, { say }: Scene): Promise<void> => {
    await page.getByRole('button', { name: `${say(key)} ${name}` }).click();
  };

const introduce = async (page: Page, { say }: Scene, space?: string): Promise<void> => {
  if (space !== undefined) await page.getByLabel(say('first.start.name')).fill(space);
  await page.getByLabel(say('first.you.name')).fill('Bruno');
  await page.getByLabel(say('first.you.group')).fill('Hill Farmers');
};

export const routeStates: Readonly<Record<RouteName, readonly State[]>> = {
  first: [
    { when: 'fresh', newcomer: true, at: () => '#/first', shows: heading('first.doors.title') },
    { when: 'joined', as: 'with spaces', at: () => '#/first', shows: text('first.spaces.current') },
  ],
  start: [
    { when: 'fresh', newcomer: true, at: () => '#/start', shows: heading('first.start.title') },
    {
      when: 'fresh',
      as: 'not filled in',
      newcomer: true,
      prepare: async (page, scene) => {
        await page.getByText(scene.say('first.you.more')).click();
        await scene.press(page, 'common.action.continue');
      },
      shows: text('common.field.required'),
    },
    {
      when: 'fresh',
      as: 'passphrase',
      newcomer: true,
      prepare: async (page, scene) => {
        await introduce(page, scene, 'Harbour to Hills');
        await scene.press(page, 'common.action.continue');
      },
      shows: heading('first.passphrase.title'),
    },
  ],
  bundle: [{ when: 'fresh', newcomer: true, at: () => '#/bundle', shows: heading('first.bundle.title') }],
  join: [
    { when: 'fresh', newcomer: true, at: () => '#/join', shows: heading('first.join.title') },
    {
      when: 'fresh',
      as: 'camera',
      newcomer: true,
      prepare: (page, scene) => scene.press(page, 'first.join.scan'),
      shows: text('first.join.cameraLooking'),
    },
    {
      when: 'fresh',
      as: 'no invite',
      newcomer: true,
      prepare: async (page, scene) => {
        await scene.press(page, 'common.action.close');
        await page.getByLabel(scene.say('first.join.paste')).fill('hello');
        await scene.press(page, 'common.action.continue');
      },
      shows: text('first.join.no.invite'),
    },
    {
      when: 'asking',
      as: 'who',
      newcomer: true,
      at: ({ invite }) => `#/join/${invite}`,
      shows: heading('first.you.title'),
    },
  ],
  waiting: [
    {
      when: 'asking',
      newcomer: true,
      prepare: async (page, scene) => {
        await introduce(page, scene);
        await scene.press(page, 'common.action.continue');
        await scene.press(page, 'first.passphrase.skip');
      },
      shows: label('first.wait.request'),
    },
  ],
  verify: [
    { when: 'fresh', newcomer: true, at: () => '#/verify', shows: heading('proof.check.title') },
    {
      when: 'fresh',
      as: 'refused',
      newcomer: true,
      prepare: (page) =>
        page.locator('input[type=file]').setInputFiles('tests/vectors/proofs/refuse-text-altered.json'),
      shows: text('proof.refused.title'),
    },
    {
      when: 'fresh',
      as: 'proven',
      newcomer: true,
      prepare: (page) => page.locator('input[type=file]').setInputFiles('tests/vectors/proofs/accept-consent.json'),
      shows: text('proof.proven.title'),
    },
  ],
  today: [
    { when: 'begun', as: 'begun', at: () => '#/', shows: heading('today.steps.title', 2) },
    {
      when: 'begun',
      as: 'on plain http',
      prepare: (_, scene) => scene.borrow(),
      shows: text('exchange.borrowed.title'),
    },
    { when: 'joined', at: () => '#/', shows: heading('today.waiting.title', 2) },
  ],
  agreements: [
    { when: 'begun', as: 'empty', at: () => '#/agreements', shows: text('agree.empty.title') },
    { when: 'joined', at: () => '#/agreements', shows: button('agree.list.new') },
  ],
  agreement: [
    { when: 'joined', at: ({ agreement }) => `#/agreements/${agreement}`, shows: (page) => page.locator('article') },
  ],
  agreementAbout: [
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}/about`,
      shows: label('agree.text.purpose'),
    },
    {
      when: 'joined',
      as: 'open',
      prepare: async (page) => {
        for (const fold of await page.locator('main summary').all()) await fold.click();
      },
      shows: label('agree.rule.standing'),
    },
  ],
  agreementLanguage: [
    {
      when: 'joined',
      as: 'begun',
      at: ({ agreement }) => `#/agreements/${agreement}?dialog=newTranslation`,
      prepare: async (page) => {
        const dialog = page.getByRole('dialog');
        await dialog.locator('select').first().selectOption('fr');
        await dialog.locator('.button.go').click();
      },
      shows: label('margin.language.binds'),
    },
    {
      when: 'joined',
      as: 'being written',
      prepare: async (page, { say }) => {
        await page
          .getByRole('button', { name: say('margin.language.begin') })
          .nth(2)
          .click();
        await page.keyboard.insertText('مرحبا hello');
      },
      shows: button('margin.language.done'),
    },
  ],
  propose: [
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}/propose`,
      shows: button('decide.propose.sign'),
    },
  ],
  proposal: [
    {
      when: 'joined',
      as: 'not here',
      at: ({ agreement }) => `#/agreements/${agreement}/proposals/00`,
      shows: text('decide.notHere.title'),
    },
    {
      when: 'joined',
      as: 'open',
      prepare: (page, scene) => scene.propose(page),
      shows: heading('decide.table.title', 2),
    },
    {
      when: 'joined',
      as: 'not filled in',
      prepare: async (page) => {
        await page.locator('main form').getByRole('radio').first().check({ force: true });
        await page.locator('main form .button.go').click();
      },
      shows: text('decide.answer.mandateNeeded'),
    },
    {
      when: 'joined',
      as: 'answered',
      prepare: async (page, scene) => {
        await page.getByLabel(scene.say('decide.answer.mandate')).fill('Assembly');
        await page.locator('main form .button.go').click();
      },
      shows: button('decide.answer.begin'),
    },
    {
      when: 'joined',
      as: 'for another group',
      prepare: async (page, scene) => {
        await scene.press(page, 'decide.answer.begin');
        await scene.press(page, 'decide.answer.other');
      },
      shows: label('decide.answer.name'),
    },
    {
      when: 'joined',
      as: 'written down',
      prepare: async (page, scene) => {
        await page.locator('main form .cards').getByRole('radio').first().check({ force: true });
        await page.getByLabel(scene.say('decide.answer.name')).fill('Bruno');
        await page.getByLabel(scene.say('decide.answer.mandate')).fill('Assembly');
        await page.locator('main form .button.go').click();
      },
      shows: text('decide.table.recordedWord'),
    },
  ],
  agreementPrint: [
    {
      when: 'joined',
      at: ({ agreement, proposal }) => `#/agreements/${agreement}/print/${proposal}/und`,
      shows: (page) => page.locator('article.sheet table'),
    },
  ],
  agreementHistory: [
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}/history`,
      shows: heading('decide.history.line', 2),
    },
  ],
  calendar: [{ when: 'begun', as: 'empty', at: () => '#/calendar', shows: text('calendar.empty.title') }],
  calendarView: [
    {
      when: 'joined',
      as: 'agenda',
      at: ({ calendar }) => `#/calendar/${calendar}`,
      shows: (page) => page.locator('section.month li').first(),
    },
    {
      when: 'joined',
      as: 'nothing found',
      prepare: (page) => page.getByRole('searchbox').fill('no such words'),
      shows: text('calendar.filter.none.title'),
    },
    {
      when: 'joined',
      as: 'month',
      prepare: async (page, { say }) => {
        await page.getByRole('searchbox').fill('');
        await choose(page.getByRole('radio', { name: say('calendar.views.month') }));
      },
      shows: (page) => page.getByRole('gridcell', { selected: true }),
    },
    {
      when: 'joined',
      as: 'lanes',
      prepare: (page, { say }) => choose(page.getByRole('radio', { name: say('calendar.views.lanes') })),
      shows: (page) => page.locator('table .thread').first(),
    },
  ],
  calendarPrint: [
    {
      when: 'joined',
      at: ({ calendar, tongue }) => `#/calendar/${calendar}/print/${tongue}`,
      shows: heading('calendar.print.open'),
    },
  ],
  action: [
    {
      when: 'joined',
      as: 'not here',
      at: ({ calendar }) => `#/calendar/${calendar}/actions/00`,
      shows: text('timing.notHere.action.title'),
    },
    { when: 'joined', at: actionAt, shows: label('action.field.status') },
    {
      when: 'joined',
      as: 'open',
      prepare: async (page, { say }) => {
        for (const fold of await page.locator('main summary').all()) await fold.click();
        await page.getByLabel(say('action.role.add')).selectOption('medic');
        await page.getByRole('button', { name: say('action.text.goal') }).click();
        await page.keyboard.insertText('One hour of quiet');
      },
      shows: button('action.link.add'),
    },
  ],
  variation: [
    { when: 'joined', at: (scene) => `${actionAt(scene)}/variation`, shows: text('action.variation.how') },
    {
      when: 'joined',
      as: 'adapting',
      prepare: (page, { say }) => choose(page.getByRole('radio', { name: say('calendar.taking.adapting') })),
      shows: label('action.variation.name'),
    },
    {
      when: 'joined',
      as: 'asked',
      prepare: async (page, scene) => {
        await page.goto(`${actionAt(scene)}?dialog=place`);
        await page
          .getByRole('dialog')
          .getByLabel(scene.say('action.place.where'), { exact: true })
          .fill('Harbour gate');
        await scene.press(page, 'common.action.save');
        await page.getByRole('link', { name: scene.say('action.taking.answer') }).click();
      },
      shows: button('action.variation.holds'),
    },
  ],
  icsImport: [
    {
      when: 'joined',
      at: ({ calendar }) => `#/calendar/${calendar}/import`,
      shows: heading('ics.import.title'),
    },
    {
      when: 'joined',
      as: 'refused',
      prepare: (page) => page.locator('input[type=file]').setInputFiles('package.json'),
      shows: text('ics.import.refused'),
    },
    {
      when: 'joined',
      as: 'preview',
      prepare: (page) =>
        page.locator('input[type=file]').setInputFiles({
          name: 'a.ics',
          mimeType: 'text/calendar',
          buffer: Buffer.from(ICS),
        }),
      shows: button('ics.import.take'),
    },
    {
      when: 'joined',
      as: 'done',
      prepare: (page, scene) => scene.press(page, 'ics.import.take'),
      shows: text('ics.import.done'),
    },
  ],
  approaches: [
    {
      when: 'joined',
      at: ({ calendar }) => `#/calendar/${calendar}/approaches`,
      prepare: async (page, scene) => {
        const rename = new RegExp(`^${scene.say('action.approach.rename')}`);
        await page.getByRole('button', { name: rename }).first().click();
        await page
          .getByRole('button', { name: new RegExp(`^${scene.say('action.approach.hide')}`) })
          .last()
          .click();
      },
      shows: label('action.approach.ownName'),
    },
  ],
  rhythms: [
    {
      when: 'joined',
      at: ({ calendar }) => `#/calendar/${calendar}/rhythms`,
      shows: text('rhythm.empty.title'),
    },
  ],
  rhythm: [
    {
      when: 'joined',
      at: ({ calendar }) => `#/calendar/${calendar}/rhythms?dialog=newRhythm`,
      prepare: async (page, scene) => {
        await scene.press(page, 'rhythm.new.create');
        await expect(page.getByRole('dialog')).toBeHidden();
        scene.rhythm = page.url().split('/').pop() ?? '';
      },
      shows: heading('rhythm.next', 2),
    },
    {
      when: 'joined',
      as: 'open',
      prepare: async (page) => {
        for (const fold of await page.locator('main summary').all()) await fold.click();
      },
      shows: label('rhythm.new.about'),
    },
  ],
  points: [
    { when: 'begun', as: 'empty', at: () => '#/points', shows: text('talk.empty.title') },
    { when: 'joined', at: () => '#/points', shows: button('talk.palettes.new') },
  ],
  palette: [
    { when: 'joined', at: ({ palette }) => `#/points/${palette}`, shows: (page) => page.locator('tbody') },
    {
      when: 'joined',
      as: 'open',
      prepare: async (page, scene) => {
        await scene.press(page, 'talk.cloth.order');
        for (const fold of await page.locator('main summary').all()) await fold.click();
      },
      shows: button('talk.cloth.orderDone'),
    },
  ],
  point: [
    { when: 'joined', at: (scene) => point(scene), shows: label('talk.point.message') },
    {
      when: 'joined',
      as: 'open',
      prepare: async (page) => {
        for (const fold of await page.locator('main summary').all()) await fold.click();
      },
      shows: label('talk.point.question'),
    },
  ],
  variant: [
    {
      when: 'joined',
      as: 'approved',
      at: (scene) => `${point(scene)}/${scene.variants.approved}`,
      shows: (page, { say }) => page.locator('header .tag', { hasText: say('talk.state.approved') }),
    },
    {
      when: 'joined',
      as: 'stale',
      at: (scene) => `${point(scene, 1)}/${scene.variants.stale}`,
      shows: button('talk.variant.holds'),
    },
    {
      when: 'joined',
      as: 'draft',
      at: (scene) => `${point(scene, 2)}/${scene.variants.draft}`,
      prepare: async (page, scene) => {
        await expect(button('talk.variant.done')(page, scene)).toBeVisible();
        for (const fold of await page.locator('main summary').all()) await fold.click();
      },
      shows: button('talk.variant.done'),
    },
  ],
  cards: [
    {
      when: 'joined',
      at: ({ palette, tongue }) => `#/cards/${palette}/${tongue}`,
      shows: label('talk.cards.language'),
    },
  ],
  leaflet: [
    {
      when: 'joined',
      at: ({ palette, tongue, other }) => `#/leaflet/${palette}/${tongue},${other}`,
      shows: heading('talk.leaflet.title'),
    },
  ],
  exchange: [
    { when: 'begun', as: 'alone', at: () => '#/exchange', shows: text('exchange.who.alone') },
    {
      when: 'begun',
      as: 'on plain http',
      prepare: async (_, scene) => {
        const page = await scene.borrowed('#/exchange');
        await scene.press(page, 'exchange.borrowed.carry');
        return page;
      },
      shows: text('exchange.borrowed.then'),
    },
    { when: 'joined', at: () => '#/exchange', shows: text('exchange.past.forBehind') },
  ],
  apart: [{ when: 'woven', at: () => '#/apart', shows: text('review.apart.none.text') }],
  apartIn: [{ when: 'woven', at: ({ palette }) => `#/apart/${palette}`, shows: text('review.apart.none.text') }],
  past: [
    { when: 'woven', at: ({ palette }) => `#/past/${palette}`, shows: text('review.past.show') },
    {
      when: 'woven',
      as: 'a change',
      prepare: (page, { say }) => page.getByText(say('review.past.show')).last().click(),
      shows: (page) => page.locator('details[open] h3').first(),
    },
  ],
  people: [
    { when: 'asking', as: 'knock', at: () => '#/people', shows: heading('people.knocks.title', 2) },
    { when: 'joined', at: () => '#/people', shows: heading('people.invites.title', 2) },
  ],
  settings: [
    { when: 'joined', at: () => '#/settings', shows: text('first.passphrase.isNotSet') },
    { when: 'locked', as: 'passphrase', at: () => '#/settings', shows: label('first.lock.lockAfter') },
  ],
  spaces: [{ when: 'joined', at: () => '#/spaces', shows: heading('first.spaces.title') }],
};

/** By its menu, as somebody does who selects nothing. */
const speakOfClause = (key: Words) => async (page: Page, scene: Scene) => {
  const clause = page.locator('section[id^="clause-"]').first();
  await clause.locator('.tools > button').click();
  await clause.getByRole('button', { name: scene.say(key), exact: true }).click();
  await expect(page.getByRole('dialog').locator('textarea[aria-readonly]')).toBeVisible();
};
const pickWords = (page: Page) =>
  page
    .getByRole('dialog')
    .locator('textarea[aria-readonly]')
    .evaluate((field) => {
      if (field instanceof HTMLTextAreaElement) field.setSelectionRange(0, field.value.indexOf(' '));
    });

const pickFiles = (page: Page, paths: readonly string[]): Promise<void> =>
  page.getByRole('dialog').locator('input[type=file]').setInputFiles(paths);

/** After some reading, the stick gives nothing more until an event comes. */
const slowStick = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const released = new Promise<void>((resolve) => globalThis.addEventListener('stick', () => resolve()));
    const read = Object.getOwnPropertyDescriptor(Blob.prototype, 'arrayBuffer')?.value as Blob['arrayBuffer'];
    let reads = 0;
    Blob.prototype.arrayBuffer = async function (this: Blob) {
      if (++reads > 12) await released;
      return read.call(this);
    };
  });

export const dialogStates: Readonly<Record<DialogName, readonly State[]>> = {
  newTranslation: [
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}?dialog=newTranslation`,
      shows: dialog('margin.language.newTitle'),
    },
  ],
  newComment: [
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}`,
      prepare: speakOfClause('margin.comment'),
      shows: dialog('margin.compose.comment'),
    },
    {
      when: 'joined',
      as: 'empty',
      prepare: (page, scene) => scene.press(page, 'margin.compose.send.comment'),
      shows: text('common.field.required'),
    },
  ],
  newSuggestion: [
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}`,
      prepare: async (page, scene) => {
        await speakOfClause('margin.suggest')(page, scene);
        await pickWords(page);
      },
      shows: text('margin.compose.about'),
    },
  ],
  comments: [
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}`,
      prepare: async (page, scene) => {
        await speakOfClause('margin.suggest')(page, scene);
        await pickWords(page);
        await page.getByLabel(scene.say('margin.compose.instead')).fill('Together');
        await scene.press(page, 'margin.compose.send.suggestion');
        await speakOfClause('margin.comment')(page, scene);
        await pickWords(page);
        await page.getByLabel(scene.say('margin.compose.say')).fill('How is it called if the radio is jammed?');
        await scene.press(page, 'margin.compose.send.comment');
        // a dialog that closes goes back by itself
        await expect(page.getByRole('dialog')).toHaveCount(0);
        await page.goto(`#/agreements/${scene.agreement}?dialog=comments`);
      },
      shows: dialog('margin.title'),
    },
  ],
  invite: [
    { when: 'begun', at: people('invite'), shows: dialog('people.invite.title') },
    {
      when: 'begun',
      as: 'made',
      prepare: (page, scene) => scene.makeInvite(page),
      shows: label('people.invite.text'),
    },
  ],
  request: [
    { when: 'begun', at: people('request'), shows: dialog('people.request.title') },
    {
      when: 'begun',
      as: 'who',
      prepare: (page, scene) => scene.bringRequest(page),
      shows: button('people.request.admit'),
    },
    {
      when: 'begun',
      as: 'answer',
      prepare: (page, scene) => scene.admitHiwot(page),
      shows: label('people.request.answer'),
    },
  ],
  newAgreement: [{ when: 'joined', at: () => '#/agreements?dialog=newAgreement', shows: dialog('agree.new.title') }],
  closeRound: [
    {
      when: 'joined',
      at: ({ agreement, proposal }) => `#/agreements/${agreement}/proposals/${proposal}?dialog=closeRound`,
      shows: button('decide.close.sign'),
    },
    {
      when: 'joined',
      as: 'closed',
      prepare: (page, scene) => scene.press(page, 'decide.close.sign'),
      shows: text('decide.close.status.stands'),
    },
  ],
  endorse: [
    {
      when: 'joined',
      as: 'in force',
      at: ({ agreement }) => `#/agreements/${agreement}/history`,
      shows: button('decide.history.endorse.begin'),
    },
    {
      when: 'joined',
      prepare: (page, scene) => scene.press(page, 'decide.history.endorse.begin'),
      shows: dialog('decide.history.endorse.title'),
    },
  ],
  supersede: [
    {
      when: 'joined',
      as: 'by none',
      at: ({ agreement }) => `#/agreements/${agreement}/history?dialog=supersede`,
      shows: text('decide.history.supersede.none'),
    },
    {
      when: 'joined',
      prepare: async (page, scene) => {
        await page.goto('#/agreements?dialog=newAgreement');
        await scene.press(page, 'agree.new.create');
        await expect(page.locator('article')).toBeVisible();
        await page.goto(`#/agreements/${scene.agreement}/history?dialog=supersede`);
      },
      shows: label('decide.history.supersede.which'),
    },
  ],
  leaveAgreement: [
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}/history?dialog=leaveAgreement`,
      shows: text('decide.history.leave.whenHint'),
    },
  ],
  liftRedLine: [
    {
      when: 'joined',
      as: 'none',
      at: ({ agreement }) => `#/agreements/${agreement}/history?dialog=liftRedLine`,
      shows: text('decide.history.lift.none'),
    },
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}/history`,
      prepare: (page, { say }) =>
        page
          .getByRole('button', { name: say('decide.history.lift.begin') })
          .first()
          .click(),
      shows: button('decide.history.lift.sign'),
    },
  ],
  link: [
    {
      when: 'joined',
      at: ({ agreement }) => `#/agreements/${agreement}`,
      prepare: async (page, { say }) => {
        await page.locator('article [role=textbox]').first().click();
        await page.getByRole('button', { name: say('agree.tools.link') }).click();
      },
      shows: dialog('agree.link.title'),
    },
  ],
  exportIcs: [
    {
      when: 'joined',
      at: ({ calendar }) => `#/calendar/${calendar}?dialog=exportIcs`,
      shows: dialog('ics.export.title'),
    },
    {
      when: 'joined',
      as: 'one',
      at: (scene) => `${actionAt(scene)}?dialog=exportIcs`,
      shows: dialog('ics.export.title'),
    },
  ],
  reminders: [
    {
      when: 'joined',
      as: 'in the calendar',
      at: ({ calendar }) => `#/calendar/${calendar}?dialog=reminders`,
      shows: dialog('remind.title'),
    },
    { when: 'joined', as: 'in the settings', at: () => '#/settings?dialog=reminders', shows: dialog('remind.title') },
  ],
  newRhythm: [
    {
      when: 'joined',
      at: ({ calendar }) => `#/calendar/${calendar}/rhythms?dialog=newRhythm`,
      shows: dialog('rhythm.new.title'),
    },
  ],
  rhythmWhen: [
    {
      when: 'joined',
      at: ({ calendar, rhythm }) => `#/calendar/${calendar}/rhythms/${rhythm}?dialog=rhythmWhen`,
      shows: dialog('rhythm.when'),
    },
  ],
  checkIn: [
    {
      when: 'joined',
      at: ({ calendar, rhythm }) => `#/calendar/${calendar}/rhythms/${rhythm}`,
      prepare: async (page, { say }) => {
        await page
          .getByRole('button', { name: new RegExp(`^${say('rhythm.fillIn')}`) })
          .first()
          .click();
      },
      shows: label('rhythm.tookPlace'),
    },
  ],
  newAction: [
    {
      when: 'joined',
      at: ({ calendar }) => `#/calendar/${calendar}?dialog=newAction`,
      shows: dialog('action.new.title'),
    },
    {
      when: 'joined',
      as: 'not filled in',
      prepare: (page, scene) => scene.press(page, 'action.new.create'),
      shows: text('common.field.required'),
    },
  ],
  when: [
    { when: 'joined', at: (scene) => `${actionAt(scene)}?dialog=when`, shows: dialog('action.when.title') },
    {
      when: 'joined',
      as: 'by rule',
      prepare: async (page, { say }) => {
        await page.getByLabel(say('action.repeat.label')).selectOption('own');
        await page.getByLabel(say('action.repeat.ends')).selectOption('date');
      },
      shows: label('action.repeat.until'),
    },
    {
      when: 'joined',
      as: 'one date',
      at: actionAt,
      prepare: async (page, { say }) => {
        await page.locator('main summary', { hasText: say('action.part.dates') }).click();
        await page
          .locator('main details')
          .getByRole('button', { name: new RegExp(`^${say('common.action.change')}`) })
          .first()
          .click();
      },
      shows: dialog('action.date.title'),
    },
  ],
  place: [{ when: 'joined', at: (scene) => `${actionAt(scene)}?dialog=place`, shows: dialog('action.place.title') }],
  hosts: [{ when: 'joined', at: (scene) => `${actionAt(scene)}?dialog=hosts`, shows: dialog('action.hosts.title') }],
  actionLink: [
    { when: 'joined', at: (scene) => `${actionAt(scene)}?dialog=actionLink`, shows: dialog('action.link.title') },
  ],
  ownWhen: [
    {
      when: 'joined',
      at: (scene) => `${actionAt(scene)}/variation?dialog=ownWhen`,
      shows: dialog('action.variation.whenTitle'),
    },
  ],
  ownPlace: [
    {
      when: 'joined',
      at: (scene) => `${actionAt(scene)}/variation?dialog=ownPlace`,
      shows: dialog('action.place.title'),
    },
  ],
  newCalendar: [{ when: 'begun', at: () => '#/calendar?dialog=newCalendar', shows: dialog('calendar.new.title') }],
  calendarFilter: [
    {
      when: 'joined',
      at: ({ calendar }) => `#/calendar/${calendar}?dialog=calendarFilter`,
      shows: dialog('calendar.filter.title'),
    },
  ],
  calendarDates: [
    {
      when: 'joined',
      at: ({ calendar }) => `#/calendar/${calendar}?dialog=calendarDates`,
      shows: dialog('calendar.dates.title'),
    },
  ],
  newPalette: [{ when: 'joined', at: () => '#/points?dialog=newPalette', shows: dialog('talk.newPalette.title') }],
  newPoint: [
    {
      when: 'joined',
      at: ({ palette }) => `#/points/${palette}?dialog=newPoint`,
      shows: dialog('talk.newPoint.title'),
    },
  ],
  newVariant: [
    {
      when: 'joined',
      as: 'palette',
      at: ({ palette, points: [first = ''] }) => `#/points/${palette}?dialog=newVariant&of=${first}:fr`,
      shows: dialog('talk.newVariant.title'),
    },
    {
      when: 'joined',
      as: 'point',
      at: (scene) => `${point(scene)}?dialog=newVariant&of=${scene.points[0] ?? ''}`,
      shows: dialog('talk.newVariant.title'),
    },
  ],
  approve: [
    {
      when: 'joined',
      at: (scene) => `${point(scene)}/${scene.variants.approved}?dialog=approve`,
      shows: dialog('talk.approval.takeBackTitle'),
    },
  ],
  door: [
    { when: 'joined', at: people('door'), shows: button('people.door.open') },
    {
      when: 'joined',
      as: 'open',
      prepare: (page, scene) => scene.press(page, 'people.door.open'),
      shows: label('people.invite.text'),
    },
  ],
  openInvite: [
    {
      when: 'joined',
      at: () => '#/people',
      prepare: (page, { say }) =>
        page
          .getByRole('button', { name: new RegExp(`^${say('people.invites.show')} `) })
          .first()
          .click(),
      shows: label('people.invite.text'),
    },
  ],
  profile: [{ when: 'joined', at: people('profile'), shows: dialog('people.profile.title') }],
  newGroup: [{ when: 'joined', at: people('newGroup'), shows: dialog('people.groups.add') }],
  group: [
    {
      when: 'joined',
      at: () => '#/people',
      prepare: openRow('common.action.edit', 'Asmara'),
      shows: dialog('people.groups.edit'),
    },
  ],
  member: [
    {
      when: 'joined',
      at: () => '#/people',
      prepare: openRow('common.action.change', 'Hiwot'),
      shows: (page) => page.getByRole('dialog', { name: 'Hiwot' }),
    },
  ],
  makeBundle: [
    { when: 'woven', at: () => '#/exchange?dialog=makeBundle', shows: button('exchange.make.make') },
    {
      when: 'woven',
      as: 'for a group',
      prepare: (page, { say }) => choose(page.getByRole('radio', { name: say('exchange.make.group') })),
      shows: label('exchange.make.whichGroup'),
    },
    {
      when: 'woven',
      as: 'for a person',
      prepare: (page, { say }) => choose(page.getByRole('radio', { name: say('exchange.make.member') })),
      shows: label('exchange.make.whichMember'),
    },
    {
      when: 'woven',
      as: 'for whoever is behind, with Weft itself',
      prepare: async (page, { say }) => {
        await choose(page.getByRole('radio', { name: say('exchange.make.behind') }));
        await page.getByRole('checkbox', { name: say('exchange.make.beside.check') }).check();
        // what it adds is known once it is here
        await expect(page.getByText(say('exchange.make.beside.looking'))).toHaveCount(0);
      },
      shows: (page) => page.getByRole('dialog').locator('.about', { hasText: /\d|[٠-٩]/ }),
    },
    {
      when: 'woven',
      as: 'spoken, in small files',
      prepare: async (page, scene) => {
        await page.getByRole('dialog').locator('summary').first().click();
        await scene.press(page, 'exchange.make.spoken');
        await page.getByRole('dialog').locator('summary').last().click();
      },
      shows: text('exchange.make.spokenHint'),
    },
    {
      when: 'woven',
      as: 'ready',
      prepare: (page, scene) => scene.press(page, 'exchange.make.make'),
      shows: button('exchange.make.saveAll'),
    },
  ],
  openBundle: [
    {
      when: 'woven',
      prepare: async (page, scene) => {
        // the one that was made is passed on, and stands in what was exchanged
        const saved = page.waitForEvent('download');
        await scene.press(page, 'exchange.make.saveAll');
        await saved;
        await scene.press(page, 'common.action.done');
        await scene.press(page, 'exchange.open.open');
      },
      shows: text('exchange.open.text'),
    },
    {
      when: 'woven',
      as: 'refused',
      prepare: async (page) => {
        await page
          .getByRole('dialog')
          .locator('input[type=file]')
          .setInputFiles({
            name: 'leaflet.pdf',
            mimeType: 'application/pdf',
            buffer: Buffer.from('%PDF-1.7\n'),
          });
      },
      shows: text('exchange.open.kept'),
    },
    {
      when: 'woven',
      as: 'preview',
      prepare: async (page, scene) => {
        await page
          .getByRole('dialog')
          .locator('input[type=file]')
          .setInputFiles(await scene.bundleOfHiwot());
      },
      shows: button('exchange.open.merge'),
    },
    {
      when: 'woven',
      as: 'receipt',
      prepare: (page, scene) => scene.press(page, 'exchange.open.merge'),
      shows: text('exchange.receipt.byPerson'),
    },
    {
      when: 'woven',
      as: 'one file of three',
      prepare: async (page, scene) => {
        scene.parts = await scene.partsOfHiwot();
        await scene.press(page, 'common.action.done');
        await scene.press(page, 'exchange.open.open');
        await pickFiles(page, scene.parts.slice(2));
      },
      shows: button('exchange.open.merge'),
    },
    {
      when: 'woven',
      as: 'one file of three merged',
      prepare: (page, scene) => scene.press(page, 'exchange.open.merge'),
      shows: text('exchange.receipt.byPerson'),
    },
    {
      when: 'woven',
      as: 'what is missing from whom',
      prepare: (page, scene) => scene.press(page, 'common.action.done'),
      shows: text('exchange.missing.word'),
    },
    {
      when: 'woven',
      as: 'handed over by the system',
      prepare: async (page, scene) => {
        await page.evaluate(async () => {
          const data = new FormData();
          data.append('bundle', new File(['%PDF-1.7'], 'walnut.txt', { type: 'text/plain' }));
          await fetch('./share', { method: 'POST', body: data, redirect: 'manual' });
        });
        await page.goto(scene.address);
        await page.goto(`${scene.address}#/exchange`);
      },
      shows: button('exchange.open.lookInto'),
    },
    {
      when: 'woven',
      as: 'several files at once',
      prepare: async (page, scene) => {
        await scene.press(page, 'exchange.open.lookInto');
        await scene.press(page, 'common.action.close');
        await scene.press(page, 'exchange.open.open');
        await pickFiles(page, scene.parts.slice(0, 2).reverse());
      },
      shows: button('exchange.open.merge'),
    },
    {
      when: 'woven',
      as: 'merging',
      prepare: async (page, scene) => {
        await slowStick(page);
        await scene.press(page, 'exchange.open.merge');
      },
      shows: text('exchange.mayLeave'),
    },
    {
      when: 'woven',
      as: 'merging goes on',
      prepare: (page, scene) => scene.press(page, 'common.action.close'),
      shows: (page) => page.locator('main').getByRole('progressbar'),
    },
    {
      when: 'woven',
      as: 'merged meanwhile',
      prepare: async (page) => {
        await page.evaluate(() => globalThis.dispatchEvent(new Event('stick')));
      },
      shows: button('exchange.open.receipt'),
    },
  ],
  connectNearby: [
    {
      when: 'begun',
      as: 'on plain http',
      prepare: (_, scene) => scene.borrowed(CONNECT),
      shows: text('nearby.borrowed'),
    },
    {
      when: 'begun',
      as: 'a picture without a code',
      prepare: async (_, scene) => {
        const page = await scene.borrowed(CONNECT);
        await scene.press(page, 'nearby.scan.button');
        const buffer = await page.screenshot();
        await page
          .getByLabel(scene.say('first.join.picture'))
          .setInputFiles({ name: 'wall.png', mimeType: 'image/png', buffer });
        return page;
      },
      shows: text('first.join.pictureEmpty'),
    },
    {
      when: 'begun',
      as: 'not fetched',
      prepare: async (_, scene) => {
        const page = await scene.organizer.context.newPage();
        // what connects, but not the words of it, which its screen fetches
        await page.route(/\/nearby-/, async (route) => {
          // only the browser knows that name
          const { pathname } = new URL(route.request().url());
          const answer = await route.fetch({ url: new URL(pathname, scene.address).href });
          return (await answer.text()).includes('iceGatheringState')
            ? route.abort()
            : route.fulfill({ response: answer });
        });
        await page.goto(scene.addressElsewhere + CONNECT);
        await scene.press(page, 'nearby.show.button');
        return page;
      },
      shows: text('nearby.failed.NotFetched'),
    },
    {
      when: 'begun',
      as: 'no address',
      prepare: async (_, scene) => {
        const page = await scene.borrowed(CONNECT, hideAddresses);
        await scene.press(page, 'nearby.show.button');
        return page;
      },
      shows: text('nearby.failed.NoAddress'),
    },
    {
      when: 'begun',
      as: 'not by this browser',
      prepare: async (_, scene) => {
        const page = await scene.borrowed(CONNECT, () => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'));
        await scene.press(page, 'nearby.show.button');
        return page;
      },
      shows: text('nearby.failed.Unavailable'),
    },
    {
      when: 'begun',
      as: 'answers',
      prepare: async (_, scene) => {
        const settings = await scene.borrowed('#/settings');
        await settings.getByRole('checkbox', { name: scene.say('first.hub.page') }).uncheck();
        await settings.close();
        scene.kept = await scene.organizer.context.newPage();
        await scene.kept.clock.install();
        await scene.kept.goto(scene.addressElsewhere + CONNECT);
        await scene.press(scene.kept, 'nearby.show.button');
        const page = await scene.borrowed(CONNECT);
        await scene.press(page, 'nearby.scan.button');
        await pasteCode(page, scene, await codeOf(scene.kept, scene));
        scene.answer = await codeOf(page, scene);
        return page;
      },
      shows: text('nearby.answer.waiting'),
    },
    {
      when: 'begun',
      as: 'connecting',
      prepare: async (_, scene) => {
        const page = keptBy(scene);
        await pasteCode(page, scene, scene.answer);
        return page;
      },
      shows: text('nearby.connecting'),
    },
    {
      when: 'begun',
      as: 'no way',
      prepare: async (_, scene) => {
        const page = keptBy(scene);
        await page.clock.fastForward(25_000);
        return page;
      },
      shows: text('nearby.failed.noWay'),
    },
    {
      when: 'begun',
      as: 'unread',
      prepare: async (_, scene) => {
        const page = keptBy(scene);
        await scene.press(page, 'nearby.again');
        await scene.press(page, 'nearby.show.button');
        await expect(page.getByRole('img', { name: scene.say('nearby.code.label') })).toBeVisible();
        await page.clock.fastForward(301_000);
        // the last of it
        scene.kept = null;
        return page;
      },
      shows: text('nearby.failed.unread'),
    },
    { when: 'woven', at: () => CONNECT, shows: button('nearby.show.button') },
    {
      when: 'woven',
      as: 'shows',
      prepare: (page, scene) => scene.press(page, 'nearby.show.button'),
      shows: (page, { say }) => page.getByRole('img', { name: say('nearby.code.label') }),
    },
    {
      when: 'woven',
      as: 'as text',
      prepare: async (page, { say }) => {
        for (const name of ['nearby.code.asText', 'nearby.paste.open'] as const)
          await page.getByText(say(name)).click();
      },
      shows: label('nearby.code.text'),
    },
    {
      when: 'woven',
      as: 'refused',
      prepare: async (page, scene) => {
        await page.getByLabel(scene.say('nearby.paste.label')).fill('WEFT1N.AAAA');
        await scene.press(page, 'common.action.continue');
      },
      shows: text('nearby.refused.Foreign'),
    },
    {
      when: 'woven',
      as: 'scans',
      prepare: async (page, scene) => {
        await scene.press(page, 'nearby.startOver');
        await scene.press(page, 'nearby.scan.button');
      },
      shows: text('first.join.cameraLooking'),
    },
    {
      when: 'woven',
      as: 'other tab',
      prepare: async (page, scene) => {
        const other = await page.context().newPage();
        await other.goto(`${scene.address}${CONNECT}`);
        await scene.press(other, 'nearby.show.button');
        return other;
      },
      shows: text('nearby.failed.otherTab'),
    },
    {
      when: 'joined',
      as: 'connected',
      at: () => CONNECT,
      prepare: async (page, scene) => {
        // Bruno, who is here by the hub already
        const { page: his } = scene.newcomer;
        await his.goto(`${scene.address}${CONNECT}`);
        await scene.press(his, 'nearby.show.button');
        const code = await codeOf(his, scene);
        await scene.press(his, 'nearby.startOver');
        await scene.press(page, 'nearby.scan.button');
        await pasteCode(page, scene, code);
      },
      shows: button('nearby.another'),
    },
  ],
  passphrase: [
    { when: 'joined', at: () => '#/settings?dialog=passphrase', shows: dialog('first.passphrase.set') },
    {
      when: 'locked',
      as: 'change',
      at: () => '#/settings?dialog=passphrase',
      shows: dialog('first.passphrase.change'),
    },
  ],
  erase: [{ when: 'joined', at: () => '#/settings?dialog=erase', shows: dialog('first.erase.titleAll') }],
};

/** What stands before the first address. */
export const earlyStates: Readonly<Record<string, readonly State[]>> = {
  language: [
    {
      when: 'fresh',
      newcomer: true,
      at: () => '',
      shows: (page) => page.getByRole('radiogroup').or(page.getByRole('group')),
    },
  ],
  'on an iPhone': [
    {
      when: 'fresh',
      newcomer: true,
      prepare: async (page, scene) => {
        await scene.press(page, 'common.action.continue');
        return openWith(page, () => {
          Object.defineProperty(navigator, 'userAgent', {
            value: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)',
          });
        });
      },
      shows: heading('first.installFirst.title'),
    },
  ],
  'no storage': [
    {
      when: 'fresh',
      newcomer: true,
      prepare: (page) =>
        openWith(page, () => {
          IDBFactory.prototype.open = () => {
            throw new DOMException('not here', 'InvalidStateError');
          };
        }),
      shows: heading('common.trouble.title'),
    },
  ],
};

/** Another tab, in a browser that is not as it should be. */
const openWith = async (page: Page, change: () => void): Promise<Page> => {
  const other = await page.context().newPage();
  await other.addInitScript(change);
  await other.goto('./');
  return other;
};

/** What stands instead of every address, or at one that leads nowhere. */
export const otherStates: Readonly<Record<string, readonly State[]>> = {
  example: [
    {
      when: 'fresh',
      newcomer: true,
      at: () => '#/first',
      prepare: (page, scene) => scene.press(page, 'first.doors.look'),
      shows: text('today.waiting.title'),
    },
    {
      when: 'fresh',
      as: 'cloth',
      newcomer: true,
      at: () => '#/points',
      prepare: (page, { say }) => page.getByRole('link', { name: say('talk.example.title') }).click(),
      shows: (page) => page.locator('tbody'),
    },
    { when: 'fresh', as: 'exchange', newcomer: true, at: () => '#/exchange', shows: text('exchange.example.title') },
    { when: 'fresh', as: 'people', newcomer: true, at: () => '#/people', shows: text('talk.example.otherGroup') },
    {
      when: 'fresh',
      as: 'gone',
      newcomer: true,
      prepare: (page, scene) => scene.press(page, 'common.example.throwAway'),
      shows: text('common.example.gone'),
    },
  ],
  lost: [{ when: 'joined', at: () => '#/no/such/place/anywhere', shows: text('common.lost.title') }],
  lock: [
    {
      when: 'locked',
      prepare: async (page, scene) => {
        await scene.press(page, 'common.action.close');
        await scene.press(page, 'common.action.lock');
      },
      shows: heading('first.lock.title'),
    },
    {
      when: 'locked',
      as: 'wait',
      prepare: async (page, scene) => {
        for (let tries = 0; tries < 3; tries++) {
          await page.getByLabel(scene.say('first.passphrase.new'), { exact: true }).fill(`${PASSPHRASE} not`);
          await scene.press(page, 'first.lock.open');
          await expect(page.getByText(scene.say('first.lock.wrong'))).toBeVisible();
        }
      },
      shows: (page) => page.locator('.foot span.quiet:not(:empty)'),
    },
    {
      when: 'locked',
      as: 'erase',
      prepare: (page, scene) => scene.press(page, 'first.lock.erase'),
      shows: dialog('first.erase.titleAll'),
    },
  ],
};
