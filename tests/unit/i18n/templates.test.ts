/** The words of templates: all of them in every language, of one structure, and each usable as it is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  applyTemplate,
  BLANK_TEMPLATE,
  createClauseId,
  createRedLineId,
  freeze,
  parseTemplateStrings,
  readAgreement,
  TEMPLATES,
} from '../../../src/documents/agreement/index.ts';
import type { TemplateStrings } from '../../../src/documents/agreement/index.ts';
import { wordsOf } from '../../../src/documents/rich-text/index.ts';
import { directionOf, languages } from '../../../src/i18n/languages.ts';
import { loadTemplate } from '../../../src/i18n/templates.ts';
import { canonicalText } from '../../../src/lib/canonical-text.ts';
import { createDoc } from '../documents/worlds.ts';

const folder = join(import.meta.dirname, '../../../locales');
const written = TEMPLATES.filter((name) => name !== 'blank');

const read = (tag: string, name: string): TemplateStrings => {
  const json: unknown = JSON.parse(readFileSync(join(folder, tag, 'templates', `${name}.json`), 'utf8'));
  const parsed = parseTemplateStrings(json);
  if (parsed === null) throw new Error(`${tag}/${name} is no template`);
  return parsed;
};

/** Every text by where it stands: 'clauses.2.body.0.steps.1'. */
const flat = (value: unknown, at = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[at, value]];
  if (typeof value !== 'object' || value === null) throw new Error(`${at} is no text`);
  return Object.entries(value).flatMap(([key, child]) => flat(child, `${at}.${key}`));
};

describe.each(languages.map(({ tag }) => tag))('the templates in %s', (tag) => {
  test('are those that there are, each of the same structure as in English', () => {
    expect(readdirSync(join(folder, tag, 'templates')).sort()).toEqual(written.map((name) => `${name}.json`).sort());
    for (const name of written) {
      const places = flat(read(tag, name)).map(([place]) => place);
      expect(places).toEqual(flat(read('en', name)).map(([place]) => place));
    }
  });

  test('have no empty text, nothing invisible, and no straight quotes', () => {
    for (const name of written)
      for (const [place, text] of flat(read(tag, name))) {
        expect([name, place, text]).toEqual([name, place, canonicalText(text).trim()]);
        expect([name, place, /["']|^$/.test(text)]).toEqual([name, place, false]);
      }
  });

  test('are written in the letters of the language throughout', () => {
    const foreign = directionOf(tag) === 'rtl' ? /[A-Za-z]/ : /[\u0600-\u06FF]/;
    const found = written.flatMap((name) => flat(read(tag, name)).filter(([, text]) => foreign.test(text)));
    expect(found).toEqual([]);
  });

  test('are said in their own words, not in English ones', () => {
    if (tag === 'en') return;
    for (const name of written) {
      const english = new Map(flat(read('en', name)));
      expect(flat(read(tag, name)).filter(([place, text]) => english.get(place) === text)).toEqual([]);
    }
  });

  test('bring a title, a purpose, and 5 to 10 clauses of a few sentences', () => {
    for (const name of written) {
      const { texts, clauses, redLines } = read(tag, name);
      expect(texts.title).toBeTruthy();
      expect(texts.purpose).toBeTruthy();
      expect(clauses.length).toBeGreaterThanOrEqual(5);
      expect(clauses.length).toBeLessThanOrEqual(10);
      expect(redLines.length).toBeGreaterThanOrEqual(1);
      for (const { heading, body } of clauses) {
        expect([name, heading, heading.length < 60]).toEqual([name, heading, true]);
        expect(body.length).toBeGreaterThanOrEqual(1);
      }
    }
  });

  test('make an agreement that can be proposed as it is, with every word in it', async () => {
    for (const name of written) {
      const strings = parseTemplateStrings(await loadTemplate(tag, name));
      if (strings === null) throw new Error(name);
      const doc = createDoc(1);
      let next = 0;
      const random = (): Uint8Array => new Uint8Array(16).fill(++next);
      const fresh = { clause: () => createClauseId(random()), redLine: () => createRedLineId(random()) };
      const parties = ['ab'.repeat(16)];
      expect(applyTemplate(doc, null, { template: name, sourceLanguage: tag, parties }, strings, fresh).ok).toBe(true);
      const state = readAgreement(doc);
      if (state.type !== 'ready') throw new Error(state.type);
      const made = freeze(state.agreement, []);
      if (!made.ok) throw new Error(made.error.type);
      const { title, fields, clauses, redLines, language, template } = made.value;
      expect([language, template]).toEqual([tag, name]);
      const words = [
        title,
        ...fields.map(({ text }) => text),
        ...redLines.flatMap(({ statement, trigger, consequence }) => [statement, trigger, consequence]),
      ]
        .concat(clauses.flatMap(({ heading, body }) => [heading, wordsOf(body)]))
        .join('\n');
      for (const [, text] of flat(strings)) expect(words).toContain(text);
    }
  });
});

test('a blank template brings one empty clause, and no words', async () => {
  expect(await loadTemplate('fr', 'blank')).toBeNull();
  const doc = createDoc(1);
  const fresh = {
    clause: () => createClauseId(new Uint8Array(16)),
    redLine: () => createRedLineId(new Uint8Array(16)),
  };
  applyTemplate(doc, null, { template: 'blank', sourceLanguage: 'fr', title: 'Accord' }, BLANK_TEMPLATE, fresh);
  const state = readAgreement(doc);
  if (state.type !== 'ready') throw new Error(state.type);
  expect(state.agreement.texts.title).toBe('Accord');
  expect(state.agreement.clauses).toMatchObject([{ heading: '', body: [], known: true }]);
});

test.each([
  ['nothing', null],
  ['no clauses', { texts: {}, redLines: [] }],
  ['a text that agreements do not have', { texts: { motto: 'x' }, clauses: [], redLines: [] }],
  ['a body that is none', { texts: {}, clauses: [{ heading: 'x', body: [7] }], redLines: [] }],
  ['half a red line', { texts: {}, clauses: [], redLines: [{ statement: 'x' }] }],
])('a file with %s is no template', (_, value) => {
  expect(parseTemplateStrings(value)).toBeNull();
});
