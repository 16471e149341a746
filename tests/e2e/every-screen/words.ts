/** The words of the screens, read from where they are kept: a walk through all screens goes in any language. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Key } from '../../../src/i18n/messages.ts';

export type Tongue = 'en' | 'ar';
export type Say = (key: Key, values?: Readonly<Record<string, string>>) => string;

export const wordsOf = (tongue: Tongue): Say => {
  const areas = new Map<string, unknown>();
  return (key, values = {}) => {
    const [area = '', ...path] = key.split('.');
    const file = join(import.meta.dirname, `../../../locales/${tongue}/${area}.json`);
    if (!areas.has(area)) areas.set(area, JSON.parse(readFileSync(file, 'utf8')));
    const found = path.reduce<unknown>(
      (level, step) =>
        typeof level === 'object' && level !== null
          ? Object.entries(level).find(([name]) => name === step)?.[1]
          : undefined,
      areas.get(area),
    );
    if (typeof found !== 'string') throw new Error(`no words for ${key}`);
    return found.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  };
};
