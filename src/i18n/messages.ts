import type action from '../../locales/en/action.json';
import type agree from '../../locales/en/agree.json';
import type calendar from '../../locales/en/calendar.json';
import type common from '../../locales/en/common.json';
import type decide from '../../locales/en/decide.json';
import type exchange from '../../locales/en/exchange.json';
import type first from '../../locales/en/first.json';
import type proof from '../../locales/en/proof.json';
import type ics from '../../locales/en/ics.json';
import type margin from '../../locales/en/margin.json';
import type nearby from '../../locales/en/nearby.json';
import type people from '../../locales/en/people.json';
import type remind from '../../locales/en/remind.json';
import type review from '../../locales/en/review.json';
import type rhythm from '../../locales/en/rhythm.json';
import type talk from '../../locales/en/talk.json';
import type today from '../../locales/en/today.json';
import type timing from '../../locales/en/timing.json';
import type writing from '../../locales/en/writing.json';
import type { Messages } from './pseudo.ts';

/** English decides which messages exist. An area is a file of them, fetched with the screens that speak it. */
interface English {
  readonly action: typeof action;
  readonly agree: typeof agree;
  readonly calendar: typeof calendar;
  readonly common: typeof common;
  readonly decide: typeof decide;
  readonly exchange: typeof exchange;
  readonly first: typeof first;
  readonly ics: typeof ics;
  readonly margin: typeof margin;
  readonly nearby: typeof nearby;
  readonly people: typeof people;
  readonly proof: typeof proof;
  readonly remind: typeof remind;
  readonly review: typeof review;
  readonly rhythm: typeof rhythm;
  readonly talk: typeof talk;
  readonly today: typeof today;
  readonly timing: typeof timing;
  readonly writing: typeof writing;
}

export type Area = keyof English;

/** Every key that `t` takes, 'common.action.save': the area, then the path in its file. */
export type Key = Leaf<English>;

type Leaf<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaf<T[K]>}`;
}[keyof T & string];

export async function loadMessages(tag: string, areas: readonly Area[]): Promise<Messages> {
  const load = async (area: Area): Promise<[Area, Messages]> => {
    const loader = loaders[`../../locales/${tag}/${area}.json`];
    if (!loader) throw new Error(`no messages for ${area} in ${tag}`);
    return [area, await loader()];
  };
  return Object.fromEntries(await Promise.all(areas.map(load)));
}

const loaders = import.meta.glob<Messages>(['../../locales/*/*.json', '!../../locales/cli/*'], { import: 'default' });
