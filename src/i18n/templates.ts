import { PSEUDO } from './languages.ts';

/** The words of agreements' templates, each fetched when it is chosen. What is in a file is for its reader to check. */
const loaders = import.meta.glob<unknown>('../../locales/*/templates/*.json', { import: 'default' });

/** null: there is none of that name in that language. They become people's own text, so the pseudo-locale has English. */
export async function loadTemplate(tag: string, name: string): Promise<unknown> {
  const load = loaders[`../../locales/${tag === PSEUDO ? 'en' : tag}/templates/${name}.json`];
  return load ? load() : null;
}
