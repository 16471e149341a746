/** No screen shows before its words are there: each names the areas that it, or anything that it is made of, speaks. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { areas } from '../i18n/catalogue.ts';

const source = join(import.meta.dirname, '../../../src');
const SCREENS = join(source, 'ui/screens.ts');
/** parts of screens, which name their areas themselves */
const PARTS = join(source, 'ui/parts.ts');
/** those before a space: most speak what is always there, and are not named */
const FIRST_SCREENS = join(source, 'ui/views/first/screens.ts');
/** made only once it is wanted, and by whoever wants it: it fetches its words itself */
const EXAMPLE = join(source, 'app/example/build.ts');
/** what the first paint fetches */
const ALWAYS = ['common', 'first'];

const entry = /(\w+): withWords\(\s*\[([^\]]*)\],\s*\(\) =>\s*import\('([^']+)'\)/g;
const screensIn = (registry: string) =>
  [...readFileSync(registry, 'utf8').matchAll(entry)].map(([, name = '', named = '', path = '']) => ({
    name,
    named: [...named.matchAll(/'(\w+)'/g)].map(([, area]) => area),
    file: join(dirname(registry), path),
  }));
const screens = screensIn(SCREENS);
const firstScreens = screensIn(FIRST_SCREENS);
const parts = screensIn(PARTS);

test.each([
  [SCREENS, screens],
  [PARTS, parts],
])('everything that %s fetches names its areas', (registry, found) => {
  expect(found.length).toBe(readFileSync(registry, 'utf8').match(/import\('/g)?.length);
});

test('there are many screens', () => {
  expect(screens.length).toBeGreaterThan(5);
});

test.each([...screens, ...firstScreens, ...parts])('$name names just the areas that it speaks', ({ named, file }) => {
  const spoken = spokenFrom(file).filter((area) => !ALWAYS.includes(area));
  expect([...named].sort()).toEqual(spoken);
});

test('all else speaks what is there from the first paint on', () => {
  expect(spokenFrom(join(source, 'main.ts'))).toEqual(ALWAYS);
});

test('the example fetches the words that it speaks', () => {
  const [, fetched = ''] = /await fetchWords\(\[([^\]]*)\]\)/.exec(readFileSync(EXAMPLE, 'utf8')) ?? [];
  expect([...fetched.matchAll(/'(\w+)'/g)].map(([, area]) => area)).toEqual(
    spokenFrom(EXAMPLE).filter((area) => !ALWAYS.includes(area)),
  );
});

/** The areas of all keys in this file and in all that it imports, at once or later, but not in the space’s screens and their parts. */
function spokenFrom(file: string): string[] {
  const seen = new Set<string>();
  const spoken = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path) || path === SCREENS || path === PARTS || (path === EXAMPLE && path !== file)) return;
    if (path !== file && firstScreens.some((screen) => screen.file === path)) return;
    seen.add(path);
    const text = readFileSync(path, 'utf8').replace(typesOnly, '');
    for (const [, area = ''] of text.matchAll(key)) spoken.add(area);
    for (const [, target = ''] of text.matchAll(imported)) visit(join(dirname(path), target));
  };
  visit(file);
  return [...spoken].sort();
}

const key = new RegExp(`['"\`](${areas('en').join('|')})\\.\\w`, 'g');
const typesOnly = /^ *(?:import|export) type [^;]*;/gm;
const imported = /(?:from |import\()'(\.[^']+)'/g;
