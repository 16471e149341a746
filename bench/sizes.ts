/** What a visit costs on the wire, from what vite says that each step loads. Null where nothing was built yet. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Figure } from './measure.ts';

const APP = 'dist/app';

type Manifest = Readonly<
  Record<string, { readonly file: string; readonly imports?: readonly string[]; readonly css?: readonly string[] }>
>;

/** In the order in which a person meets them; each holds all before it. The same entries as `.ci/size-limit.config.mjs`. */
const STEPS = [
  { name: 'first paint', entries: /^(index\.html$|locales\/en\/(common|first)\.)/, target: 60 },
  { name: 'with the data core', entries: /^src\/app\/(?!online|talk|example|agreements)/, target: 130 },
  {
    name: 'with all of talking points',
    entries: /^(src\/(app\/talk|ui\/talking-points)|locales\/en\/talk\.)/,
    target: 180,
  },
  // nothing of a space can be read without it, but the design’s numbers are for the logic alone
  { name: 'with the storage', entries: /^src\/storage\/(?!memory)/, target: null },
] as const;

export const measureSizes = (): readonly Figure[] | null => {
  const path = join(APP, '.vite/manifest.json');
  if (!existsSync(path)) return null;
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const files = new Set(['index.html']);
  return STEPS.map(({ name, entries, target }) => {
    const keys = Object.keys(manifest).filter((key) => entries.test(key));
    if (keys.length === 0) throw new Error(`${name}: the build has no entry like ${entries}`);
    for (const key of closure(manifest, keys)) {
      const chunk = manifest[key];
      for (const file of [chunk?.file, ...(chunk?.css ?? [])]) if (file !== undefined) files.add(file);
    }
    let size = 0;
    for (const file of files) size += brotliCompressSync(readFileSync(join(APP, file))).length;
    return {
      name: `size: ${name}`,
      value: size / 1000,
      unit: 'KB, brotli',
      target,
      method: `${files.size} files of ${APP}, as vite’s manifest says that they are loaded`,
    };
  });
};

const closure = (manifest: Manifest, keys: readonly string[]): Set<string> => {
  const found = new Set<string>();
  const visit = (key: string): void => {
    if (found.has(key)) return;
    found.add(key);
    manifest[key]?.imports?.forEach(visit);
  };
  keys.forEach(visit);
  return found;
};
