/**
 * What a variation was made against: the common frame's fields as they were, kept beside it, so that what changed since
 * can be told. Short ones are kept as they are, long ones as a hash, which tells only that they changed.
 */
import { canonicalText } from '../../lib/canonical-text.ts';
import type { ActionView } from '../calendar/read.ts';
import { FIELDS } from '../calendar/values.ts';
import type { FieldName } from '../calendar/values.ts';
import type { Plain } from '../shape/facts.ts';

/** Fields of the common frame that a group has to hear of when they change. */
export const FRAME = [
  'when',
  'rule',
  'rdates',
  'exdates',
  'changed',
  'title',
  'form',
  'approach',
  'place',
  'risk',
  'status',
  'demand',
  'stopConditions',
] as const;
export type FrameName = (typeof FRAME)[number];

export type Basis = Readonly<Partial<Record<FrameName, Plain>>>;

/** What the frame was, as far as it was kept. */
export type FrameBefore = Readonly<
  Partial<
    Pick<
      ActionView,
      'when' | 'rule' | 'rdates' | 'exdates' | 'title' | 'form' | 'approach' | 'place' | 'risk' | 'status'
    >
  >
>;

export const basisOf = (action: ActionView): Basis => {
  const { when, rule, rdates, exdates, title, form, approach, place, risk, status, changed, texts } = action;
  return {
    when: FIELDS.when.write(when),
    rule,
    rdates: short(rdates),
    exdates: short(exdates),
    changed: changed.size === 0 ? null : hash(JSON.stringify([...changed].sort(([a], [b]) => (a < b ? -1 : 1)))),
    title: short(words(title)),
    form: short(form),
    approach,
    place: place === null ? null : FIELDS.place.write(place),
    risk,
    status,
    demand: hash(words(texts.demand ?? '')),
    stopConditions: hash(words(texts.stopConditions ?? '')),
  };
};

export const encodeBasis = (basis: Basis): Plain =>
  FRAME.flatMap((name): Plain[] => (basis[name] === undefined ? [] : [[name, basis[name]]]));

/** null: nothing that can be read */
export const parseBasis = (value: unknown): Basis | null => {
  if (!Array.isArray(value)) return null;
  const basis: Partial<Record<FrameName, Plain>> = {};
  for (const pair of value as readonly unknown[]) {
    if (!isList(pair)) continue;
    const name = FRAME.find((one) => one === pair[0]);
    if (name !== undefined && isPlain(pair[1])) basis[name] = pair[1];
  }
  return basis;
};

/** Fields that differ from all of these: one is enough for a field to have been seen as it is now. */
export const changedSince = (now: Basis, bases: readonly Basis[]): readonly FrameName[] =>
  bases.length === 0
    ? []
    : FRAME.filter((name) => bases.every((basis) => name in basis && !isSame(basis[name], now[name])));

/** The fields as they were; those that were too long to be kept are left out. */
export const readBefore = (basis: Basis): FrameBefore => {
  const value = <Name extends FieldName>(name: Name & FrameName) => {
    const plain = basis[name];
    return plain === undefined || plain === null || isHash(plain) ? undefined : (FIELDS[name].read(plain) ?? undefined);
  };
  const before = {
    when: value('when'),
    rule: basis.rule === null ? null : value('rule'),
    rdates: value('rdates'),
    exdates: value('exdates'),
    title: typeof basis.title === 'string' && !isHash(basis.title) ? basis.title : undefined,
    form: typeof basis.form === 'string' && !isHash(basis.form) ? basis.form : undefined,
    approach: basis.approach === null ? null : value('approach'),
    place: basis.place === null ? null : value('place'),
    risk: basis.risk === null ? null : value('risk'),
    status: value('status'),
  };
  return Object.fromEntries(Object.entries(before).filter(([, each]) => each !== undefined));
};

const MOST_KEPT = 600;
const short = (value: Plain): Plain => (JSON.stringify(value).length > MOST_KEPT ? hash(JSON.stringify(value)) : value);
const words = (text: string): string => canonicalText(text).replace(/\s+/g, ' ');

const isHash = (value: Plain): boolean => typeof value === 'string' && /^#[0-9a-z]{1,11}$/.test(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isPlain = (value: unknown): value is Plain =>
  value === null ||
  ['boolean', 'number', 'string'].includes(typeof value) ||
  (Array.isArray(value) && (value as readonly unknown[]).every(isPlain));
const isSame = (a: Plain | undefined, b: Plain | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** FNV-1a in two lanes, 53 bits. It guards nothing: whoever makes two texts alike on purpose may write here anyway. */
const hash = (text: string): string => {
  let high = 0x811c9dc5;
  let low = 0xc9dc5118;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return `#${((high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff)).toString(36)}`;
};
