import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../locales');

export const areas = (tag: string): string[] =>
  readdirSync(join(folder, tag))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();

/** All messages of a language by their whole key. */
export function flatMessages(tag: string): ReadonlyMap<string, string> {
  const messages = new Map<string, string>();
  for (const area of areas(tag)) {
    const content: unknown = JSON.parse(readFileSync(join(folder, tag, `${area}.json`), 'utf8'));
    flatten(area, content, messages);
  }
  return messages;
}

function flatten(key: string, value: unknown, into: Map<string, string>): void {
  if (typeof value === 'string') into.set(key, value);
  else if (typeof value === 'object' && value !== null)
    for (const [name, child] of Object.entries(value)) flatten(`${key}.${name}`, child, into);
  else throw new Error(`${key} is no message`);
}
