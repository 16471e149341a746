import type english from '../../locales/en/index.ts';
import type { Messages } from './pseudo.ts';

/** Every key that `t` takes, 'common.action.save': the area's file, then the path in it. English decides which exist. */
export type Key = Leaf<typeof english>;

type Leaf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaf<T[K]>}`;
}[keyof T & string];

/** All areas of a language, in a chunk of its own. */
export async function loadMessages(tag: string): Promise<Messages> {
  const load = loaders[`../../locales/${tag}/index.ts`];
  if (!load) throw new Error(`no messages for ${tag}`);
  return load();
}

const loaders = import.meta.glob<Messages>('../../locales/*/index.ts', { import: 'default' });
