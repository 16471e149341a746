/** What a calendar's screens, its paper and Today call the same thing is written once. */
import { expect, test } from 'vitest';
import { RHYTHM_KINDS, RISKS, STANDINGS, STATUSES } from '../../../src/app/calendar/choices.ts';
import { APPROACHES } from '../../../src/documents/calendar/index.ts';
import { languages } from '../../../src/i18n/languages.ts';
import { flatMessages } from './catalogue.ts';

const LISTS = {
  approach: APPROACHES,
  kind: RHYTHM_KINDS,
  risk: ['none', ...RISKS],
  status: STATUSES,
  taking: ['hosts', 'open', ...STANDINGS],
} as const;
const AREAS = ['action', 'calendar', 'ics', 'rhythm', 'timing', 'today'];

test.each(Object.entries(LISTS))('the list of each %s is whole, and says nothing more', (list, names) => {
  const known = [...flatMessages('en').keys()].filter((key) => key.startsWith(`calendar.${list}.`));
  expect(known.sort()).toEqual(names.map((name) => `calendar.${list}.${name}`).sort());
});

test.each(languages.map(({ tag }) => tag))(
  'no area has names of its own for types, statuses and the like: %s',
  (tag) => {
    const messages = flatMessages(tag);
    const lists = Object.entries(LISTS).flatMap(([list, names]) => names.map((name) => `calendar.${list}.${name}`));
    const twice = lists.flatMap((key) =>
      [...messages]
        .filter(
          ([other, words]) => other !== key && AREAS.includes(other.split('.')[0] ?? '') && words === messages.get(key),
        )
        .map(([other]) => `${key} = ${other}`),
    );
    expect(twice.filter((pair) => !RIGHTLY.has(pair))).toEqual([]);
  },
);

/** Words that are alike and mean another thing there. */
const RIGHTLY: ReadonlySet<string> = new Set([
  'calendar.kind.own = rhythm.question.notes',
  'calendar.status.done = today.steps.done',
]);

test('Arabic has one word for an action', () => {
  expect([...flatMessages('ar')].filter(([, words]) => /نشاط|أنشط/.test(words))).toEqual([]);
});
