/** The verbs of a calendar as a whole, and of its menu of approaches. Its texts are edited through `calendarTextOf`. */
import * as Y from 'yjs';
import { wellFormed } from '../../lib/canonical-text.ts';
import {
  createIn,
  DONE,
  EXISTS,
  INVALID,
  MISSING,
  newText,
  refusal,
  SCHEMA_VERSION,
  schemaState,
} from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { addFact, removeFact } from '../shape/facts.ts';
import { parseApproachId } from '../shape/ids.ts';
import type { ApproachId } from '../shape/ids.ts';
import { keyBetween } from '../shape/order.ts';
import { asList, asMap } from '../shape/read.ts';
import { createVerbs, moveIn } from '../shape/write.ts';
import { parseLanguage } from '../text/language.ts';
import { encodeChanges } from './changes.ts';
import { APPROACHES, approachesOf, calendarRoot, factsOfCalendar } from './schema.ts';

export const { change, show, write } = createVerbs(calendarRoot);

export interface NewCalendar {
  readonly title: string;
  /** BCP 47 */
  readonly language: string;
}

export const createCalendar = (doc: Y.Doc, origin: unknown, calendar: NewCalendar): Changed => {
  const root = calendarRoot(doc);
  if (schemaState(root) !== 'empty') return EXISTS;
  const language = parseLanguage(calendar.language);
  if (language === null) return INVALID;
  createIn(doc, origin, () => {
    root.set('schemaVersion', SCHEMA_VERSION);
    root.set('language', language);
    const title = wellFormed(calendar.title);
    if (title !== '') doc.getText('title').insert(0, title);
    let order = '';
    for (const approach of APPROACHES) {
      order = keyBetween(order, null);
      const part = new Y.Map<unknown>();
      approachesOf(doc).set(approach, part);
      part.set('name', new Y.Text());
      part.set('order', order);
      part.set('shown', true);
    }
  });
  return DONE;
};

export const setCalendarLanguage = (doc: Y.Doc, origin: unknown, language: string): Changed => {
  const tag = parseLanguage(language);
  return tag === null ? INVALID : write(doc, origin, calendarRoot(doc), { language: tag });
};

/** What a calendar file said of itself, in one step: others' additions stay. */
export const keepLeftovers = (
  doc: Y.Doc,
  origin: unknown,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Changed => {
  const leftover = (value: string) => ({ item: 'leftover', value }) as const;
  const changes = encodeChanges({ add: add.map(leftover), remove: remove.map(leftover) });
  const state = schemaState(calendarRoot(doc));
  if (state !== 'ready' || changes === null) return state === 'ready' ? INVALID : refusal(state);
  doc.transact(() => {
    const facts = factsOfCalendar(doc);
    for (const [name, value] of changes.remove) removeFact(facts, name, value);
    for (const [name, value] of changes.add) addFact(facts, name, value);
  }, origin);
  return DONE;
};

export interface NewApproach {
  /** of 16 fresh random bytes: `createApproachId` */
  readonly id: ApproachId;
  readonly name: string;
  /** null or absent: at the end */
  readonly before?: ApproachId | null;
}

export const addApproach = (doc: Y.Doc, origin: unknown, approach: NewApproach): Changed => {
  const state = schemaState(calendarRoot(doc));
  if (state !== 'ready') return refusal(state);
  const approaches = approachesOf(doc);
  if (parseApproachId(approach.id) === null) return INVALID;
  if (approaches.has(approach.id)) return EXISTS;
  const part = new Y.Map<unknown>();
  createIn(doc, origin, () => {
    approaches.set(approach.id, part);
    part.set('name', newText(approach.name));
    moveIn(approaches, parseApproachId, approach.id, approach.before ?? null);
  });
  return show(doc, origin, part, true);
};

/** To stand before another approach; null: at the end. */
export const moveApproach = (doc: Y.Doc, origin: unknown, approach: ApproachId, before: ApproachId | null): Changed =>
  change(doc, asMap(approachesOf(doc).get(approach)), () => {
    if (approach !== before) doc.transact(() => moveIn(approachesOf(doc), parseApproachId, approach, before), origin);
  });

/** Not offered any more; actions that are of it stay so. */
export const hideApproach = (doc: Y.Doc, origin: unknown, approach: ApproachId): Changed =>
  show(doc, origin, asMap(approachesOf(doc).get(approach)), false);

export const offerApproach = (doc: Y.Doc, origin: unknown, approach: ApproachId): Changed =>
  show(doc, origin, asMap(approachesOf(doc).get(approach)), true);

/** Changes the facts of an action or rhythm, in one transaction. */
export const changeIn = (
  doc: Y.Doc,
  origin: unknown,
  parts: Y.Map<unknown>,
  id: string,
  make: (facts: Y.Array<unknown>) => void,
): Changed => {
  const part = asMap(parts.get(id));
  const facts = part === null ? null : asList(part.get('facts'));
  const done = change(doc, part, () => doc.transact(() => facts !== null && make(facts), origin));
  return done.ok && facts === null ? MISSING : done;
};
