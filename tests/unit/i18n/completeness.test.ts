/** Every language says everything that English says, with the same arguments and in all its plural forms. */
import { getMessageFormatter } from 'svelte-i18n';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../src/i18n/languages.ts';
import { areas, flatMessages } from './catalogue.ts';
import { sameAsEnglish } from './same-as-english.ts';

const english = flatMessages('en');
const others = languages.map(({ tag }) => tag).filter((tag) => tag !== 'en');

test('there is something to compare', () => {
  expect(english.size).toBeGreaterThan(100);
});

describe.each(languages.map(({ tag }) => tag))('%s', (tag) => {
  const messages = flatMessages(tag);

  test('has the areas of English', () => {
    expect(areas(tag)).toEqual(areas('en'));
  });

  test('has the same keys as English', () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('has no empty message and no space at an end', () => {
    expect([...messages].filter(([, message]) => message.trim() !== message || message === '')).toEqual([]);
  });

  test('parses as ICU, with the same arguments as English', () => {
    for (const [key, message] of messages) {
      const mine = argumentsOf(message, tag);
      expect([key, mine]).toEqual([key, argumentsOf(english.get(key) ?? '', 'en')]);
    }
  });

  test('has every plural form of the language', () => {
    const needed = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const [key, message] of messages)
      for (const forms of pluralsOf(astOf(message, tag)))
        expect([key, needed.filter((category) => !forms.includes(category))]).toEqual([key, []]);
  });

  test('uses the typographic apostrophe, since a straight one quotes in ICU', () => {
    expect([...messages].filter(([, message]) => message.includes("'"))).toEqual([]);
  });
});

describe.each(others)('%s', (tag) => {
  const messages = flatMessages(tag);

  test('differs from English unless the list says why not', () => {
    const same = [...messages].filter(([key, message]) => message === english.get(key)).map(([key]) => key);
    expect(same.filter((key) => !sameAsEnglish[key]?.includes(tag))).toEqual([]);
  });

  test('is on that list only where it is still the same', () => {
    const listed = Object.entries(sameAsEnglish).filter(([, tags]) => tags.includes(tag));
    expect(listed.filter(([key]) => messages.get(key) !== english.get(key))).toEqual([]);
  });

  // svelte-i18n keeps one formatter for a text whatever the language: numbers in it would follow the first one shown
  test('shares no message with numbers or plurals with another language', () => {
    const formatted = (text: string): boolean => /\{\w+, *(?:plural|number|selectordinal)/.test(text);
    for (const other of languages.filter((language) => language.tag !== tag))
      for (const [key, message] of flatMessages(other.tag))
        if (formatted(message)) expect([key, message]).not.toEqual([key, messages.get(key)]);
  });
});

type Ast = ReturnType<ReturnType<typeof getMessageFormatter>['getAst']>;

const astOf = (message: string, tag: string): Ast => getMessageFormatter(message, tag).getAst();

function argumentsOf(message: string, tag: string): string[] {
  const names = new Set<string>();
  visit(astOf(message, tag), (element) => {
    // 0 is text and 7 the '#' of a plural
    if (![0, 7].includes(Number(element.type)) && 'value' in element) names.add(String(element.value));
  });
  return [...names].sort();
}

function pluralsOf(ast: Ast): string[][] {
  const found: string[][] = [];
  visit(ast, (element) => {
    if ('options' in element && 'offset' in element) found.push(Object.keys(element.options));
  });
  return found;
}

function visit(ast: Ast, see: (element: Ast[number]) => void): void {
  for (const element of ast) {
    see(element);
    if ('options' in element && element.options)
      for (const option of Object.values(element.options)) if ('value' in option) visit(option.value, see);
  }
}
