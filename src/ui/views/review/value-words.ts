/** What a single field was set to, in words; of actions, see FactText. */
import type { Place, RuleField } from '../../../app/review/places.ts';
import type { Plain } from '../../../documents/shape/facts.ts';
import { formatDate, formatNumber, languageName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { roleName } from '../../calendar/words/names.ts';
import { dotted } from '../exchange/sentences.ts';

export interface Names {
  /** ids as a document has them */
  readonly group: (id: string) => string;
  readonly member: (id: string) => string;
  readonly document: (id: string) => string;
}

export const valueWords = (place: Place, value: Plain, names: Names): string => {
  const nothing = t('review.apart.empty');
  switch (place.type) {
    case 'point':
      return (
        (place.field === 'status'
          ? oneOf(POINT_STATUS, value)
          : place.field === 'value'
            ? oneOf(POINT_VALUE, value)
            : dayText(value)) ?? nothing
      );
    case 'proof':
      return (place.field === 'permission' ? oneOf(PERMISSION, value) : dayText(value)) ?? nothing;
    case 'term':
      return oneOf(TERM_RULE, value) ?? nothing;
    case 'variant':
      if (place.field === 'status') return oneOf(VARIANT_STATUS, value) ?? nothing;
      if (place.field === 'format') return oneOf(FORMAT, value) ?? nothing;
      return place.field === 'language' ? (language(value) ?? nothing) : textOf(value) || nothing;
    case 'unit':
      return oneOf(VARIANT_STATUS, value) ?? nothing;
    case 'palette':
    case 'agreement':
      return language(value) ?? nothing;
    case 'date':
      return dayText(value) ?? nothing;
    case 'rule':
      return ruleText(place.field, value) ?? nothing;
    case 'party':
    case 'language':
      return value === true ? t('review.value.yes') : t('review.value.no');
    case 'shown':
      return value === true ? t('review.value.there') : t('review.value.out');
    case 'holder':
      return typeof value === 'string' ? names.group(value) : t('agree.red.all');
    case 'lift':
      return oneOf(LIFTER, value) ?? nothing;
    case 'item':
      return itemText(place.item, value, names) || nothing;
    default:
      return textOf(value) || nothing;
  }
};

const itemText = (item: Extract<Place, { type: 'item' }>['item'], value: Plain, names: Names): string => {
  const [first = null, second = null, third = null] = Array.isArray(value) ? (value as readonly Plain[]) : [];
  switch (item) {
    case 'host':
      return names.group(textOf(value));
    case 'language':
      return language(value) ?? '';
    case 'resource':
      return textOf(value);
    case 'taken':
      return dotted([roleName(textOf(first)), second === null ? textOf(third) : names.member(textOf(second))]);
    case 'link':
      return first === 'web' ? textOf(third) || textOf(second) : names.document(textOf(second));
  }
};

const ruleText = (field: RuleField, value: Plain): string | null => {
  const count = typeof value === 'number' ? value : null;
  switch (field) {
    case 'method':
      return oneOf(METHOD, value);
    case 'share':
      return oneOf(SHARE, value);
    case 'standing':
      return oneOf(STANDING, value);
    case 'threshold': {
      const [parts = NaN, of = NaN] = textOf(value).split('/').map(Number);
      if (Number.isNaN(parts) || Number.isNaN(of)) return null;
      return parts * 2 === of ? t('agree.rule.half') : t('agree.rule.share', { parts, of });
    }
    case 'mostStandAsides':
      return count === null ? t('agree.rule.asidesAny') : t('agree.rule.asidesMost', { count });
    case 'quorum':
      return count === null ? null : count === 0 ? t('agree.rule.noQuorum') : t('agree.rule.quorumOf', { count });
    case 'emergencyAllowed':
      return value === true ? t('review.value.yes') : t('review.value.no');
    default:
      return count === null ? null : formatNumber(count);
  }
};

/** Anybody may have written it: what is not known has no words. */
const oneOf = <T extends string>(words: Readonly<Record<T, () => string>>, value: Plain): string | null => {
  const known = (Object.keys(words) as T[]).find((name) => name === value);
  return known === undefined ? null : words[known]();
};

const textOf = (value: Plain): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? formatNumber(value) : '';

const language = (value: Plain): string | null => {
  if (typeof value !== 'string') return null;
  try {
    return languageName(value);
  } catch {
    return value;
  }
};

export const dayText = (value: Plain): string | null => {
  const at = typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) : NaN;
  return Number.isNaN(at) ? null : formatDate(at, { dateStyle: 'long', timeZone: 'UTC' });
};

const POINT_STATUS = {
  draft: () => t('talk.status.draft'),
  review: () => t('talk.status.review'),
  approved: () => t('talk.status.approved'),
  embargoed: () => t('talk.status.embargoed'),
  withdrawn: () => t('talk.status.withdrawn'),
};
const POINT_VALUE = {
  dignity: () => t('talk.value.dignity'),
  justice: () => t('talk.value.justice'),
  safety: () => t('talk.value.safety'),
  own: () => t('talk.value.own'),
};
const PERMISSION = {
  unknown: () => t('talk.permission.unknown'),
  given: () => t('talk.permission.given'),
  'not-needed': () => t('talk.permission.not-needed'),
  refused: () => t('talk.permission.refused'),
};
const TERM_RULE = {
  'must-keep': () => t('talk.rule.must-keep'),
  preferred: () => t('talk.rule.preferred'),
  avoid: () => t('talk.rule.avoid'),
};
const VARIANT_STATUS = {
  draft: () => t('talk.variantStatus.draft'),
  review: () => t('talk.variantStatus.review'),
  done: () => t('talk.variantStatus.done'),
  withdrawn: () => t('talk.variantStatus.withdrawn'),
};
const FORMAT = {
  spoken: () => t('talk.format.spoken'),
  social: () => t('talk.format.social'),
  newsletter: () => t('talk.format.newsletter'),
  leaflet: () => t('talk.format.leaflet'),
};
const METHOD = {
  consent: () => t('agree.method.consent.name'),
  consensus: () => t('agree.method.consensus.name'),
  majority: () => t('agree.method.majority.name'),
  'every-group': () => t('agree.method.every-group.name'),
};
const SHARE = {
  answers: () => t('agree.share.answers'),
  parties: () => t('agree.share.parties'),
};
const STANDING = {
  parties: () => t('agree.standing.parties'),
  adopters: () => t('agree.standing.adopters'),
};
const LIFTER = {
  holder: () => t('agree.lift.holder'),
  'every-party': () => t('agree.lift.every-party'),
  rule: () => t('agree.lift.rule'),
};
