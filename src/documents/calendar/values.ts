/** The values that fields of an action take, each with one way to be written and one to be read. Reading is total. */
import { wellFormed } from '../../lib/canonical-text.ts';
import { formatRule, parseRule } from '../../times/index.ts';
import type { OccurrenceId, When } from '../../times/index.ts';
import type { Plain } from '../shape/facts.ts';
import { parseActionId, parseApproachId, parsePointId } from '../shape/ids.ts';
import type { ActionId, ApproachId, PointId } from '../shape/ids.ts';
import { LAST, parseOrder } from '../shape/order.ts';
import { cut, parseLogId, parseMinute } from '../shape/read.ts';
import { parseLanguage } from '../text/language.ts';
import { decodeWhen, encodeWhen, parseMoment } from './when.ts';

export const STATUSES = ['idea', 'proposed', 'confirmed', 'postponed', 'cancelled', 'done'] as const;
export const RISKS = ['low', 'medium', 'high'] as const;
export const PRECISIONS = ['exact', 'area', 'hidden'] as const;
export const STANDINGS = ['joining', 'adapting', 'not-joining', 'undecided'] as const;
/** Any other role is named in people's own words. */
export const ROLES = [
  'coordinator',
  'marshal',
  'legal-observer',
  'medic',
  'police-liaison',
  'spokesperson',
  'documenter',
  'jail-support',
] as const;

export const RHYTHM_KINDS = ['progress', 'safety', 'priorities', 'own'] as const;

export type RhythmKind = (typeof RHYTHM_KINDS)[number];
export type Status = (typeof STATUSES)[number];
export type Risk = (typeof RISKS)[number];
export type Precision = (typeof PRECISIONS)[number];
export type Standing = (typeof STANDINGS)[number];
export type RoleName = (typeof ROLES)[number];

export interface Place {
  readonly text: string;
  /** `area`: only roughly; `hidden`: told to nobody outside the space */
  readonly precision: Precision;
  readonly isPublic: boolean;
}

export interface Contact {
  readonly text: string;
  readonly isPublic: boolean;
}

/** The series that this one goes on from, and the date of that one which became its beginning. */
export interface Follows {
  readonly action: ActionId;
  readonly at: OccurrenceId;
}

/** What a file from elsewhere called it. */
export interface Imported {
  readonly uid: string;
  readonly sequence: number;
  /** as in the file: '20260308T120000Z'; may be empty */
  readonly stamp: string;
}

/** Of one value each. `name` is another title, `text` other words, in a variation or for one occurrence. */
export interface FieldValues {
  readonly when: When;
  /** RFC 5545, the value of RRULE, canonical */
  readonly rule: string;
  readonly name: string;
  readonly form: string;
  readonly approach: ApproachId;
  readonly campaign: string;
  readonly follows: Follows;
  readonly place: Place;
  readonly risk: Risk;
  readonly contact: Contact;
  readonly status: Status;
  readonly attendance: number;
  readonly signatures: number;
  readonly imported: Imported;
  /** how many of a role are needed, by role */
  readonly need: number;
  /** by currency (ISO 4217), in its whole units */
  readonly funds: number;
  readonly text: string;
  readonly languages: readonly string[];
  readonly rdates: readonly OccurrenceId[];
  readonly exdates: readonly OccurrenceId[];
  /** how a group takes part; in its variation */
  readonly standing: Standing;
  /** of a rhythm: what is checked in about; from which day turns are counted; a group's place in the rotation */
  readonly kind: RhythmKind;
  readonly since: OccurrenceId;
  readonly turn: string;
  /** of one check-in: the group that hosts it whosever turn it is; how many pass; the minute at which it was held */
  readonly hostedBy: string;
  readonly pass: number;
  readonly held: number;
}
export type FieldName = keyof FieldValues;

export type Link =
  | { readonly type: 'agreement' | 'palette'; readonly document: string }
  | { readonly type: 'point'; readonly document: string; readonly point: PointId }
  | { readonly type: 'web'; readonly address: string; readonly label: string };

export interface Taken {
  readonly role: string;
  /** hex; null: somebody who is no member, by name */
  readonly member: string | null;
  readonly name: string;
}

export interface StatusChange {
  readonly status: Status;
  /** by its author's clock: minutes since 1970 */
  readonly minute: number;
}

/** Of as many values as people add. */
export interface ItemValues {
  /** a group's id in hex */
  readonly host: string;
  readonly language: string;
  readonly resource: string;
  readonly rdate: OccurrenceId;
  readonly exdate: OccurrenceId;
  readonly link: Link;
  readonly taken: Taken;
  /** what it was before and is now, in order */
  readonly was: StatusChange;
  /** a property or component of a file from elsewhere that says nothing to us, kept as it was */
  readonly leftover: string;
}
export type ItemName = keyof ItemValues;

export interface Codec<T> {
  /** null: not such a value */
  readonly read: (value: unknown) => T | null;
  /** null: not such a value */
  readonly write: (value: T) => Plain;
}

export const MOST_LINE = 500;
export const MOST_WORDS = 4_000;
export const MOST_LEFTOVER = 8_000;

const checked = <T extends Plain>(read: (value: unknown) => T | null): Codec<T> => ({ read, write: read });

const line = (most: number): Codec<string> => ({
  read: (value) => (typeof value === 'string' && value !== '' ? cut(value, most) : null),
  write: (value) => {
    const words = cut(wellFormed(value), most);
    return words === '' ? null : words;
  },
});

const oneOf = <T extends string>(allowed: readonly T[]): Codec<T> =>
  checked((value) => allowed.find((one) => one === value) ?? null);

const count = (most: number): Codec<number> =>
  checked((value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most ? value : null,
  );

const listOf = <T extends string>(one: (value: unknown) => T | null): Codec<readonly T[]> => {
  const read = (value: unknown): readonly T[] | null => {
    if (!Array.isArray(value)) return null;
    const found = (value as readonly unknown[]).map(one).filter((each) => each !== null);
    return [...new Set(found)].sort().slice(0, MOST_ITEMS);
  };
  return { read, write: read };
};

const canonicalLanguage = (value: unknown): string | null => {
  if (typeof value !== 'string') return null;
  // few in a space, and Intl is slow to ask
  const known = canonicalByTag.get(value);
  if (known !== undefined) return known;
  const tag = parseLanguage(value) === value ? value : null;
  if (canonicalByTag.size < MOST_ITEMS) canonicalByTag.set(value, tag);
  return tag;
};
const canonicalByTag = new Map<string, string | null>();

/** Canonical, so that two who choose the same rule apart wrote the same. */
const parseRuleText = (value: unknown): string | null => {
  const rule = typeof value === 'string' ? parseRule(value) : null;
  return rule?.ok === true ? formatRule(rule.value) : null;
};

const isTuple = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const string = (value: unknown, most: number): string => (typeof value === 'string' ? cut(value, most) : '');
const words = (value: string, most: number): string => cut(wellFormed(value), most);

export const MOST_ITEMS = 500;

export const FIELDS: { readonly [Name in FieldName]: Codec<FieldValues[Name]> } = {
  when: { read: decodeWhen, write: encodeWhen },
  rule: checked(parseRuleText),
  name: line(MOST_LINE),
  form: line(MOST_LINE),
  approach: checked(parseApproachId),
  campaign: line(MOST_LINE),
  follows: {
    read: (value) => {
      const [action, at] = isTuple(value) ? [parseActionId(value[0]), parseMoment(value[1])] : [null, null];
      return action === null || at === null ? null : { action, at };
    },
    write: ({ action, at }) => (parseActionId(action) === null || parseMoment(at) === null ? null : [action, at]),
  },
  place: {
    read: (value) => {
      if (!isTuple(value) || typeof value[0] !== 'string') return null;
      // what cannot be read is taken for the most careful
      const precision = PRECISIONS.find((one) => one === value[1]) ?? 'hidden';
      return { text: string(value[0], MOST_LINE), precision, isPublic: value[2] === true && precision !== 'hidden' };
    },
    write: ({ text, precision, isPublic }) =>
      PRECISIONS.includes(precision) ? [words(text, MOST_LINE), precision, isPublic && precision !== 'hidden'] : null,
  },
  risk: oneOf(RISKS),
  contact: {
    read: (value) =>
      isTuple(value) && typeof value[0] === 'string' && value[0] !== ''
        ? { text: string(value[0], MOST_LINE), isPublic: value[1] === true }
        : null,
    write: ({ text, isPublic }) => (words(text, MOST_LINE) === '' ? null : [words(text, MOST_LINE), isPublic]),
  },
  status: oneOf(STATUSES),
  attendance: count(1e9),
  signatures: count(1e9),
  imported: {
    read: (value) => {
      if (!isTuple(value) || typeof value[0] !== 'string' || value[0] === '') return null;
      const sequence = FIELDS.attendance.read(value[1]) ?? 0;
      return { uid: string(value[0], MOST_LINE), sequence, stamp: string(value[2], 40) };
    },
    write: ({ uid, sequence, stamp }) =>
      uid === '' || FIELDS.attendance.write(sequence) === null
        ? null
        : [words(uid, MOST_LINE), sequence, words(stamp, 40)],
  },
  need: count(999),
  funds: count(1e12),
  text: line(MOST_WORDS),
  languages: listOf(canonicalLanguage),
  rdates: listOf(parseMoment),
  exdates: listOf(parseMoment),
  standing: oneOf(STANDINGS),
  kind: oneOf(RHYTHM_KINDS),
  since: checked(parseMoment),
  turn: checked((value) => (parseOrder(value) === LAST ? null : parseOrder(value))),
  hostedBy: checked(parseLogId),
  pass: count(100),
  held: checked(parseMinute),
};

export const ITEMS: { readonly [Name in ItemName]: Codec<ItemValues[Name]> } = {
  host: checked(parseLogId),
  language: { read: canonicalLanguage, write: parseLanguage },
  resource: line(MOST_LINE),
  rdate: checked(parseMoment),
  exdate: checked(parseMoment),
  link: {
    read: (value) => {
      if (!isTuple(value)) return null;
      const [type, first, second] = value;
      if (type === 'web') {
        const address = string(first, 2_000);
        return ADDRESS.test(address) ? { type, address, label: string(second, MOST_LINE) } : null;
      }
      const document = parseLogId(first);
      const point = parsePointId(second);
      if (document === null) return null;
      if (type === 'point') return point === null ? null : { type, document, point };
      return type === 'agreement' || type === 'palette' ? { type, document } : null;
    },
    write: (link) => {
      if (link.type === 'web')
        return ADDRESS.test(link.address)
          ? [link.type, words(link.address, 2_000), words(link.label, MOST_LINE)]
          : null;
      if (parseLogId(link.document) === null) return null;
      return link.type === 'point' ? [link.type, link.document, link.point] : [link.type, link.document];
    },
  },
  taken: {
    read: (value) => {
      if (!isTuple(value) || typeof value[0] !== 'string' || value[0] === '') return null;
      const member = parseLogId(value[1]);
      const name = string(value[2], MOST_LINE);
      return member === null && name === '' ? null : { role: string(value[0], MOST_LINE), member, name };
    },
    write: ({ role, member, name }) =>
      role === '' || (member === null && name === '') ? null : [words(role, MOST_LINE), member, words(name, MOST_LINE)],
  },
  was: {
    read: (value) => {
      if (!isTuple(value)) return null;
      const status = FIELDS.status.read(value[0]);
      return status === null ? null : { status, minute: parseMinute(value[1]) ?? 0 };
    },
    write: ({ status, minute }) => (parseMinute(minute) === null ? null : [status, minute]),
  },
  leftover: line(MOST_LEFTOVER),
};

/** Of addresses that people open: nothing that runs here. */
const ADDRESS = /^(https?|mailto|tel|geo|sip|xmpp|matrix):\S+$/i;
