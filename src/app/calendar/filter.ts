/** Which actions of a calendar somebody wants to see. */
import type { ActionView, ApproachId, CalendarView, Risk, Status } from '../../documents/calendar/index.ts';
import type { GroupId } from '../../log/types.ts';
import type { Calendar } from './calendar.svelte.ts';
import { takesPart, takingOf } from './taking.ts';

/** null: all of them */
export interface Filter {
  readonly group: GroupId | null;
  readonly approach: ApproachId | null;
  /** BCP 47; another region's form of it counts */
  readonly language: string | null;
  readonly risk: Risk | null;
  readonly status: Status | null;
}

export const NO_FILTER: Filter = { group: null, approach: null, language: null, risk: null, status: null };

/** Those that are wanted, each as the group that is looked for takes part in it. `words`: as somebody typed them. */
export const filterActions = (
  calendar: Calendar,
  view: CalendarView,
  filter: Filter,
  words: string,
): readonly ActionView[] => {
  const { group } = filter;
  const wanted = folded(words)
    .split(/\s+/)
    .filter((word) => word !== '');
  const variations = group === null ? null : calendar.variationsOf(group);
  const found: ActionView[] = [];
  for (const frame of view.actions.values()) {
    const how = group === null || variations === null ? null : takingOf(variations, frame, group);
    if (how !== null && !takesPart(how)) continue;
    const action = how === 'adapting' ? calendar.as(group, frame) : frame;
    if (isWanted(action, filter) && wanted.every((word) => wordsOf(action).includes(word))) found.push(action);
  }
  return found;
};

const isWanted = (action: ActionView, { approach, language, risk, status }: Filter): boolean =>
  (approach === null || action.approach === approach) &&
  (risk === null || action.risk === risk) &&
  (status === null || action.status === status) &&
  (language === null || action.languages.some((each) => each === language || each.startsWith(`${language}-`)));

/** What is looked through, folded once an action. */
const wordsOf = (action: ActionView): string => {
  const known = wordsByAction.get(action);
  if (known !== undefined) return known;
  const { texts, title, form, campaign, place, resources } = action;
  const words = folded([title, form, campaign, place?.text ?? '', ...resources, ...Object.values(texts)].join('\n'));
  wordsByAction.set(action, words);
  return words;
};

const wordsByAction = new WeakMap<ActionView, string>();

/** Without marks and case: "café" is found by "CAFE", "مُظاهرة" by "مظاهرة". */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
