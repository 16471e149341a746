import type common from '../../locales/en/common.json';
import type exchange from '../../locales/en/exchange.json';
import type first from '../../locales/en/first.json';
import type people from '../../locales/en/people.json';
import type talk from '../../locales/en/talk.json';
import type today from '../../locales/en/today.json';
import type { Messages } from './pseudo.ts';

/** One file an area and language: `locales/<language>/<area>.json`. English decides which keys there are. */
interface English {
  readonly common: typeof common;
  readonly first: typeof first;
  readonly talk: typeof talk;
  readonly today: typeof today;
  readonly people: typeof people;
  readonly exchange: typeof exchange;
}

/** Every key that `t` takes: 'common.action.save'. */
export type Key = Leaf<English>;

type Leaf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaf<T[K]>}`;
}[keyof T & string];

/** All areas of a language, one under its name. */
export async function loadMessages(tag: string): Promise<Messages> {
  const folder = `../../locales/${tag}/`;
  const files = Object.entries(loaders).filter(([path]) => path.startsWith(folder));
  const areas = await Promise.all(
    files.map(async ([path, load]) => [path.slice(folder.length, -'.json'.length), await load()] as const),
  );
  return Object.fromEntries(areas);
}

const loaders = import.meta.glob<Messages>('../../locales/*/*.json', { import: 'default' });
