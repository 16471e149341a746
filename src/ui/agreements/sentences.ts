/** What is decided, and how, as sentences: the explanations of the decision in the person's own language. */
import type { Agreement } from '../../app/agreements/agreement.svelte.ts';
import { groupName, memberName } from '../../app/agreements/names.ts';
import type { Company } from '../../app/company/company.svelte.ts';
import type { Explanation, Sentence } from '../../documents/agreement/decision/index.ts';
import { formatDate, formatList, formatNumber } from '../../i18n/format.ts';
import type { Key } from '../../i18n/messages.ts';
import { t } from '../../i18n/t.ts';
import { isolated } from '../shared/isolated.ts';

/** A group's name, safe inside a sentence of either direction. */
export const groupIn = (company: Company, id: string): string =>
  isolated(groupName(company, id) || t('decide.someGroup'));

export const groupsIn = (company: Company, ids: readonly string[]): string =>
  ids.length === 0 ? t('decide.none') : formatList(ids.map((id) => groupIn(company, id)));

export const personIn = (company: Company, id: string): string =>
  isolated(memberName(company, id) || t('decide.somebody'));

/** 'YYYY-MM-DD' */
export const dayText = (day: string): string => formatDate(Date.parse(`${day}T00:00:00Z`), { ...DAY, timeZone: 'UTC' });
/** minutes since 1970 */
export const minuteText = (minute: number): string => formatDate(minute * 60_000, DAY);

const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** As `t` says it, or in another language. */
export type Say = (key: Extract<Key, `decide.${string}`>, values?: Readonly<Record<string, string | number>>) => string;

export const explained = (agreement: Agreement, explanation: Explanation, say: Say = t): readonly string[] =>
  explanation.map((sentence) => sentenceText(agreement.company, sentence, say));

/** Numbers are written as the language writes them, and with their noun where one is wanted. */
const sentenceText = (company: Company, { key, args }: Sentence, say: Say): string => {
  const values: Record<string, string> = {};
  for (const [name, arg] of Object.entries(args))
    values[name] = typeof arg === 'number' ? formatNumber(arg) : groupsIn(company, arg);
  const counted = (name: string, as: string, write: (count: number) => string): void => {
    const count = args[name];
    if (typeof count === 'number') values[as] = write(count);
  };
  counted('groups', 'allGroups', (count) => say('decide.groups', { count }));
  counted('needed', 'neededGroups', (count) => say('decide.groups', { count }));
  counted('words', 'wordsText', (count) => say('decide.words', { count }));
  counted('hours', 'hoursText', (count) => say('decide.hours', { count }));
  counted('reviewDays', 'reviewText', (count) => say('decide.days', { count }));
  const { parts, of } = args;
  if (typeof parts === 'number' && typeof of === 'number') values['share'] = shareText(parts, of, say);
  return say(`decide.sentence.${key}`, values);
};

const shareText = (parts: number, of: number, say: Say): string => {
  if (parts === of) return say('decide.share.all');
  if (parts * 2 === of) return say('decide.share.half');
  if (parts * 3 === of * 2) return say('decide.share.thirds');
  if (parts * 4 === of * 3) return say('decide.share.quarters');
  return say('decide.share.other', { parts: formatNumber(parts), of: formatNumber(of) });
};
