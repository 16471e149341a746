/** The words in locales/ and the words that the code asks for are the same words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { areas, flatMessages } from './catalogue.ts';

const messages = flatMessages('en');
const code = sourceFiles().map((path) => [path, readFileSync(path, 'utf8')] as const);

/** 'area.some.key' in quotes, and `area.some.${…}`, whose fixed part must lead to messages. */
const keyLike = new RegExp(`(['"\`])((?:${areaNames()})\\.[\\w.]+(?:\\.|\\b))(\\$\\{|\\1)`, 'g');

test('every key in the code has a message', () => {
  const missing = uses()
    .filter(({ key, open }) =>
      open ? ![...messages.keys()].some((known) => known.startsWith(key)) : !messages.has(key),
    )
    .map(({ key, path }) => `${key} in ${path}`);
  expect(missing).toEqual([]);
});

/** what the manifest says, through vite.config.ts */
const IN_THE_MANIFEST = 'common.app.tagline';

test('every message is used in the code', () => {
  const found = uses();
  const used = (key: string): boolean => found.some((use) => (use.open ? key.startsWith(use.key) : key === use.key));
  expect([...messages.keys()].filter((key) => key !== IN_THE_MANIFEST && !used(key))).toEqual([]);
});

function uses(): { key: string; open: boolean; path: string }[] {
  return code.flatMap(([path, text]) =>
    [...text.matchAll(keyLike)].map((match) => ({ key: match[2] ?? '', open: match[3] === '${', path })),
  );
}

function areaNames(): string {
  return areas('en').join('|');
}

function sourceFiles(): string[] {
  const root = join(import.meta.dirname, '../../..');
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => join(root, 'src', name))
    .concat(join(root, 'vite.config.ts'));
}
