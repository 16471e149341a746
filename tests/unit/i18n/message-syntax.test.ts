/** The app's small reader of messages says the same as formatjs's, which stays what svelte-i18n uses in Node. */
import { getMessageFormatter } from 'svelte-i18n';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../src/i18n/languages.ts';
import { parse } from '../../../src/i18n/message-syntax.ts';
import { pseudoMessage } from '../../../src/i18n/pseudo.ts';
import { flatMessages } from './catalogue.ts';

const asFormatjs = (message: string): unknown => getMessageFormatter(message, 'en').getAst();

describe('reads as formatjs does', () => {
  test.each(languages)('every message in $name', ({ tag }) => {
    for (const [key, message] of flatMessages(tag)) expect([key, parse(message)]).toEqual([key, asFormatjs(message)]);
  });

  test('every message of the pseudo-locale', () => {
    for (const message of flatMessages('en').values()) {
      const pseudo = pseudoMessage(message);
      expect(parse(pseudo)).toEqual(asFormatjs(pseudo));
    }
  });

  test.each([
    '# is text outside of a plural',
    '{count, plural, =0 {none} one {# of {total, number}} other {# of {name}}}.',
    '{place, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
    '{who, select, me {You} other {{name} has # {n, plural, one {#} other {##}}}}',
    '{ spaced , plural,  one{a}other {b} }',
    '',
  ])('%j', (message) => {
    expect(parse(message)).toEqual(asFormatjs(message));
  });
});

test('formatjs here is the whole of it, and not what the app puts in its place', () => {
  expect(asFormatjs('{at, date}')).toMatchObject([{ type: 3 }]);
});

test.each([
  '{',
  '}',
  'a {name',
  '{name} }',
  '{at, date}',
  '{n, number, percent}',
  '{n, plural, offset:1 one {#} other {#}}',
  '{n, plural, one {#}',
  "It’s in ‘quotes’, and this isn't",
])('refuses %j, which it cannot read', (message) => {
  expect(() => parse(message)).toThrow('cannot be read');
});
