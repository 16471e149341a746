/** Reads a calendar document into a plain, immutable view. */
import type * as Y from 'yjs';
import { UNDATED } from '../../times/index.ts';
import type { OccurrenceId, When } from '../../times/index.ts';
import { schemaState } from '../shape/change.ts';
import { factsIn } from '../shape/facts.ts';
import { parseActionId, parseApproachId } from '../shape/ids.ts';
import type { ActionId, ApproachId } from '../shape/ids.ts';
import { asList, asMap, isShown, readParts, readText } from '../shape/read.ts';
import { direction, parseLanguage } from '../text/language.ts';
import type { Direction } from '../text/language.ts';
import { readFields } from './fields.ts';
import type { Conflict, Fields } from './fields.ts';
import { readRhythms } from './rhythm-read.ts';
import type { RhythmView } from './rhythm-read.ts';
import {
  ACTION_TEXTS,
  actionsOf,
  APPROACHES,
  approachesOf,
  calendarRoot,
  factsOfCalendar,
  MOST_ACTIONS,
  MOST_APPROACHES,
  MOST_LEFTOVERS,
} from './schema.ts';
import type { ActionText, ApproachName } from './schema.ts';
import type {
  Contact,
  FieldValues,
  Follows,
  Imported,
  Link,
  Place,
  Risk,
  Status,
  StatusChange,
  Taken,
} from './values.ts';
import { fitMoment } from './when.ts';

/** What one occurrence of a series has of its own. */
export type Changes = Readonly<Partial<Pick<FieldValues, (typeof OCCURRENCE_FIELDS)[number]>>>;

export const OCCURRENCE_FIELDS = ['when', 'name', 'form', 'approach', 'place', 'risk', 'contact', 'status'] as const;

/** Somebody changed the status; `client`: of the session in which they did. */
export interface StatusStep extends StatusChange {
  readonly client: number;
}

export interface ActionView {
  readonly id: ActionId;
  /** all texts that are not empty; what two people began apart stands one under the other */
  readonly texts: Readonly<Partial<Record<ActionText, string>>>;
  readonly title: string;
  readonly when: When;
  /** the value of RRULE; null: it takes place once */
  readonly rule: string | null;
  readonly rdates: readonly OccurrenceId[];
  readonly exdates: readonly OccurrenceId[];
  /** what single occurrences have of their own, by the wall time (or day) at which they would have begun */
  readonly changed: ReadonlyMap<OccurrenceId, Changes>;
  readonly approach: ApproachId | null;
  readonly form: string;
  readonly campaign: string;
  /** the series that this one goes on from; null: it began by itself */
  readonly follows: Follows | null;
  readonly place: Place | null;
  /** null: nobody has said */
  readonly risk: Risk | null;
  readonly contact: Contact | null;
  readonly status: Status;
  /** what it was before and is now, oldest first */
  readonly history: readonly StatusStep[];
  /** ids of groups in hex, sorted */
  readonly hosts: readonly string[];
  /** BCP 47, canonical, sorted */
  readonly languages: readonly string[];
  readonly resources: readonly string[];
  readonly needs: readonly { readonly role: string; readonly count: number }[];
  readonly taken: readonly Taken[];
  readonly links: readonly Link[];
  readonly attendance: number | null;
  readonly signatures: number | null;
  readonly funds: readonly { readonly currency: string; readonly amount: number }[];
  readonly imported: Imported | null;
  readonly leftovers: readonly string[];
  /** fields in which people apart wrote several values; above stands one of them */
  readonly conflicts: readonly Conflict[];
}

export interface ApproachView {
  readonly id: ApproachId;
  /** the key of its name in each reader's language; null: it has a name of its own */
  readonly known: ApproachName | null;
  /** what people here call it; empty where `known` says it */
  readonly name: string;
}

export interface CalendarView {
  readonly title: string;
  /** of its title and of what people write in it, unless they say otherwise: BCP 47, canonical; 'und' if unreadable */
  readonly language: string;
  readonly direction: Direction;
  /** in order */
  readonly approaches: readonly ApproachView[];
  /** not offered any more; actions may still be of them */
  readonly hiddenApproaches: readonly ApproachView[];
  /** by id, in no order that means anything */
  readonly actions: ReadonlyMap<ActionId, ActionView>;
  readonly removedActions: ReadonlyMap<ActionId, ActionView>;
  /** in order */
  readonly rhythms: readonly RhythmView[];
  readonly removedRhythms: readonly RhythmView[];
  /** what calendar files from elsewhere said of themselves that says nothing to us */
  readonly leftovers: readonly string[];
}

export type CalendarState =
  /** made, but its content has not arrived */
  | { readonly type: 'empty' }
  /** 'newer': written by a newer Weft: to be read as far as it goes, and not changed */
  | { readonly type: 'ready' | 'newer'; readonly calendar: CalendarView };

export const readCalendar = (doc: Y.Doc): CalendarState => {
  const actions = new Map<ActionId, ActionView>();
  const removed = new Map<ActionId, ActionView>();
  for (const [id, part] of actionParts(doc)) (isShown({ part }) ? actions : removed).set(id, readAction(id, part));
  return readCalendarWith(doc, actions, removed);
};

/** All that is small; the actions may have been read before: see ./follow.ts. */
export const readCalendarWith = (
  doc: Y.Doc,
  actions: CalendarView['actions'],
  removedActions: CalendarView['removedActions'],
): CalendarState => {
  const root = calendarRoot(doc);
  const state = schemaState(root);
  if (state === 'empty') return { type: state };
  const language = parseLanguage(root.get('language')) ?? 'und';
  return {
    type: state,
    calendar: {
      title: readText(doc.getText('title')),
      language,
      direction: direction(language),
      ...readApproaches(doc),
      actions,
      removedActions,
      ...readRhythms(doc),
      leftovers: readFields(factsIn(factsOfCalendar(doc)))
        .many('leftover')
        .slice(0, MOST_LEFTOVERS),
    },
  };
};

/** Those that may be actions, bounded; which ones are over the bound is the same everywhere. */
export const actionParts = (doc: Y.Doc): readonly (readonly [ActionId, Y.Map<unknown>])[] => {
  const parts: (readonly [ActionId, Y.Map<unknown>])[] = [];
  actionsOf(doc).forEach((value, key) => {
    const id = parseActionId(key);
    const part = asMap(value);
    if (id !== null && part !== null) parts.push([id, part]);
  });
  return parts.length <= MOST_ACTIONS ? parts : parts.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MOST_ACTIONS);
};

export const factsOf = (part: Y.Map<unknown>): Y.Array<unknown> | null => asList(part.get('facts'));

export const readAction = (id: ActionId, part: Y.Map<unknown>): ActionView => {
  const fields = readFields(factsIn(factsOf(part)));
  const texts = readActionTexts(part);
  const when = fields.one('when') ?? UNDATED;
  const rule = fields.one('rule');
  return {
    id,
    texts,
    title: texts.title ?? '',
    when,
    rule,
    rdates: [...fields.many('rdate')].sort(),
    exdates: [...new Set(fields.many('exdate').map((moment) => fitMoment(moment, when, rule)))].sort(),
    changed: readChanges(fields, when, rule),
    approach: fields.one('approach'),
    form: fields.one('form') ?? '',
    campaign: fields.one('campaign') ?? '',
    follows: fields.one('follows'),
    place: fields.one('place'),
    risk: fields.one('risk'),
    contact: fields.one('contact'),
    status: fields.one('status') ?? 'idea',
    history: fields
      .manyWritten('was')
      .map(({ value, client }) => ({ ...value, client }))
      .sort((a, b) => a.minute - b.minute),
    hosts: [...fields.many('host')].sort(),
    languages: [...fields.many('language')].sort(),
    resources: fields.many('resource'),
    needs: keyed(fields, 'need').map(([role, count]) => ({ role, count })),
    taken: fields.many('taken'),
    links: fields.many('link'),
    attendance: fields.one('attendance'),
    signatures: fields.one('signatures'),
    funds: keyed(fields, 'funds').map(([currency, amount]) => ({ currency, amount })),
    imported: fields.one('imported'),
    leftovers: fields.many('leftover'),
    conflicts: fields.conflicts,
  };
};

/** What single occurrences have of their own. */
export const readChanges = (fields: Fields, when: When, rule: string | null): ReadonlyMap<OccurrenceId, Changes> => {
  const changed = new Map<OccurrenceId, Changes>();
  for (const { field, occurrence } of fields.places) {
    if (occurrence === null || !OCCURRENCE_FIELDS.some((name) => name === field)) continue;
    const value = fields.one(field, '', occurrence);
    if (value === null) continue;
    const fit = fitMoment(occurrence, when, rule);
    const known = changed.get(fit);
    // what names the hour at which it is now was written later
    changed.set(fit, fit === occurrence ? { ...known, [field]: value } : { [field]: value, ...known });
  }
  return changed;
};

/** Texts under their names, and under `<name>~<who began it>`: by name, in the order of those. */
export const textsIn = (part: Y.Map<unknown>): readonly { readonly name: ActionText; readonly key: string }[] => {
  const found: { name: ActionText; key: string }[] = [];
  part.forEach((_, key) => {
    const at = key.indexOf('~');
    const name = at < 0 ? key : key.slice(0, at);
    const known = textByName.get(name);
    if (known !== undefined) found.push({ name: known, key });
  });
  return found.length > 1 ? found.sort((a, b) => (a.key < b.key ? -1 : 1)) : found;
};

const textByName: ReadonlyMap<string, ActionText> = new Map(ACTION_TEXTS.map((name) => [name, name]));

const readActionTexts = (part: Y.Map<unknown>): ActionView['texts'] => {
  const texts: Partial<Record<ActionText, string>> = {};
  for (const { name, key } of textsIn(part)) {
    const words = readText(part.get(key));
    if (words === '') continue;
    const before = texts[name];
    texts[name] = before === undefined ? words : `${before}\n\n${words}`;
  }
  return texts;
};

/** Of those that were taken away again nothing. */
const keyed = (fields: Fields, field: 'need' | 'funds'): readonly (readonly [string, number])[] =>
  fields.places
    .filter((place) => place.field === field && place.occurrence === null)
    .map(({ key }) => [key, fields.one(field, key) ?? 0] as const)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));

const readApproaches = (doc: Y.Doc): Pick<CalendarView, 'approaches' | 'hiddenApproaches'> => {
  const parts = readParts(approachesOf(doc), parseApproachId, MOST_APPROACHES);
  const view = ({ id, part }: (typeof parts)[number]): ApproachView => {
    const name = readText(part.get('name'));
    return { id, known: name === '' ? (APPROACHES.find((one) => one === String(id)) ?? null) : null, name };
  };
  return {
    approaches: parts.filter(isShown).map(view),
    hiddenApproaches: parts.filter((each) => !isShown(each)).map(view),
  };
};
