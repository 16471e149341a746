/** Which paths are single fields: one value each, that people set and know by a name. Every screen that writes needs it. */
import type { FieldName } from '../calendar/values.ts';

export const isField = (place: string): boolean => {
  const at = factAt(place);
  if (at !== null) return isFact(at.fact);
  const names = place.split('>');
  const root = names[0]?.split('/')[0] ?? '';
  const wanted = Object.hasOwn(KEYS, root) ? KEYS[root] : undefined;
  const key = names.at(-1) ?? '';
  return wanted?.some(([depth, keys]) => names.length === depth && (keys === null || keys.includes(key))) ?? false;
};

/** Where a fact stands (../shape/facts.ts): the path of its list, and its name. null: it is no fact. */
export const factAt = (place: string): { readonly list: readonly string[]; readonly fact: string } | null => {
  const names = place.split('>');
  const at = names.findIndex((name, index) => name === 'facts' || (index === 0 && name.startsWith('facts/')));
  // a name of a fact may have the sign in it
  return at < 0 || at === names.length - 1
    ? null
    : { list: names.slice(0, at + 1), fact: names.slice(at + 1).join('>') };
};

const isFact = (name: string): boolean => {
  const field = name.startsWith('at/') ? name.slice(name.indexOf('/', 3) + 1) : name;
  return Object.hasOwn(FACTS, field.split('/')[0] ?? '');
};

/** All single ones but `held`: that two say the same check-in was held is nothing to decide. */
const FACTS: Readonly<Record<Exclude<FieldName, 'held'>, true>> = {
  ...{ when: true, rule: true, name: true, form: true, approach: true, campaign: true, follows: true, place: true },
  ...{ risk: true, contact: true, status: true, attendance: true, signatures: true, imported: true, need: true },
  ...{ funds: true, text: true, languages: true, rdates: true, exdates: true, standing: true, kind: true },
  ...{ since: true, turn: true, hostedBy: true, pass: true },
};

/** By root: how many names a path has, and which may be its last; null: any. */
const KEYS: Readonly<Record<string, readonly (readonly [number, readonly string[] | null])[]>> = {
  palette: [[2, ['sourceLanguage']]],
  points: [
    [3, ['value', 'status', 'expiry']],
    [5, ['date', 'permission']],
  ],
  glossary: [[3, ['rule']]],
  variant: [[2, ['format', 'status', 'language', 'region', 'translator', 'reviewer']]],
  agreement: [
    [2, ['effective', 'review', 'expiry', 'sourceLanguage', 'method', 'threshold', 'share', 'mostStandAsides']],
    [2, ['quorum', 'standing', 'emergencyAllowed', 'emergencyGroups', 'emergencyHours', 'emergencyReviewDays']],
  ],
  redLines: [[3, ['holder', 'lift']]],
  parties: [[2, null]],
  languages: [[2, null]],
  made: [[2, ['status']]],
};
