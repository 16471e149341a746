/** The verbs of actions. Each makes its change whole, or none and says why. */
import * as Y from 'yjs';
import type { When } from '../../times/index.ts';
import { createIn, DONE, EXISTS, INVALID, newText, refusal, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { pushFacts, replaceFacts } from '../shape/facts.ts';
import type { Fact, Plain } from '../shape/facts.ts';
import { parseActionId } from '../shape/ids.ts';
import type { ActionId } from '../shape/ids.ts';
import { asMap } from '../shape/read.ts';
import { encodeChanges, seriesIn, writeChanges } from './changes.ts';
import type { EncodedChanges, FactChanges, FieldChange, ItemChange } from './changes.ts';
import { change, changeIn, show } from './create.ts';
import { encodeField, parsePlace } from './fields.ts';
import type { FieldPlace } from './fields.ts';
import { textsIn } from './read.ts';
import { ACTION_TEXTS, actionsOf, calendarRoot } from './schema.ts';
import type { ActionText } from './schema.ts';
import { FIELDS, ITEMS } from './values.ts';
import type { FieldName, Status } from './values.ts';
import { shiftMoment } from './when.ts';

export interface NewAction {
  /** of 16 fresh random bytes: `createActionId` */
  readonly id: ActionId;
  /** first words of any of its texts */
  readonly texts?: Readonly<Partial<Record<ActionText, string>>>;
  /** what it has from the start; nothing is taken away from what is not there yet */
  readonly fields?: FactChanges['fields'];
  readonly items?: FactChanges['add'];
}

/** `minute`: since 1970, by this device's clock: of the first step of its status. */
export const addAction = (doc: Y.Doc, origin: unknown, action: NewAction, minute: number): Changed =>
  addActions(doc, origin, [action], minute);

/** All of them, or none: one step for undo, which hides them. */
export const addActions = (doc: Y.Doc, origin: unknown, actions: readonly NewAction[], minute: number): Changed => {
  const state = schemaState(calendarRoot(doc));
  if (state !== 'ready') return refusal(state);
  const all = actionsOf(doc);
  const made: { readonly action: NewAction; readonly changes: EncodedChanges; readonly part: Y.Map<unknown> }[] = [];
  for (const action of actions) {
    const fields = action.fields ?? [];
    const changes = encodeChanges({ fields, add: [...(action.items ?? []), ...stepsOf(fields, minute)] });
    if (parseActionId(action.id) === null || changes === null) return INVALID;
    if (all.has(action.id)) return EXISTS;
    made.push({ action, changes, part: new Y.Map() });
  }
  if (new Set(actions.map(({ id }) => id)).size < actions.length) return EXISTS;
  createIn(doc, origin, () => {
    for (const { action, changes, part } of made) {
      all.set(action.id, part);
      part.set('title', newText(action.texts?.title));
      for (const name of ACTION_TEXTS)
        if (name !== 'title' && (action.texts?.[name] ?? '') !== '') part.set(name, newText(action.texts?.[name]));
      const facts = new Y.Array<unknown>();
      part.set('facts', facts);
      pushFacts(
        facts,
        [...changes.fields, ...changes.add].filter(([, value]) => value !== null),
      );
    }
  });
  doc.transact(() => {
    for (const { part } of made) part.set('shown', true);
  }, origin);
  return DONE;
};

/** Fields and items of one action, in one step. A change of its status is a step of its history. */
export const changeAction = (
  doc: Y.Doc,
  origin: unknown,
  action: ActionId,
  changes: FactChanges,
  minute: number,
): Changed => {
  const steps = stepsOf(changes.fields ?? [], minute);
  const encoded = encodeChanges({ ...changes, add: [...(changes.add ?? []), ...steps] });
  return encoded === null
    ? INVALID
    : changeIn(doc, origin, actionsOf(doc), action, (facts) => writeChanges(facts, encoded, seriesIn(facts)));
};

export const setStatus = (doc: Y.Doc, origin: unknown, action: ActionId, status: Status, minute: number): Changed =>
  changeAction(doc, origin, action, { fields: [{ field: 'status', value: status }] }, minute);

/**
 * Gives a series another beginning, and takes what was said about single occurrences so many days along, in one step.
 * (To another hour it follows by itself: see ./when.ts.)
 */
export const moveSeries = (
  doc: Y.Doc,
  origin: unknown,
  action: ActionId,
  move: { readonly when: When; readonly days: number },
): Changed => {
  const changes = encodeChanges({ fields: [{ field: 'when', value: move.when }] });
  return changes === null
    ? INVALID
    : changeIn(doc, origin, actionsOf(doc), action, (facts) => {
        replaceFacts(facts, (fact) => movedFact(fact, move.days));
        writeChanges(facts, changes, seriesIn(facts));
      });
};

/** Takes it out of the calendar; nothing in it is lost, and `restoreAction` brings it back. */
export const removeAction = (doc: Y.Doc, origin: unknown, action: ActionId): Changed =>
  show(doc, origin, asMap(actionsOf(doc).get(action)), false);

export const restoreAction = (doc: Y.Doc, origin: unknown, action: ActionId): Changed =>
  show(doc, origin, asMap(actionsOf(doc).get(action)), true);

/** The text to begin: the action has none under this name, or shows what others began apart. null: it has one. */
export const beginActionText = (doc: Y.Doc, origin: unknown, action: ActionId, name: ActionText): Changed =>
  change(doc, asMap(actionsOf(doc).get(action)), (part) => {
    if (textsIn(part).some((text) => text.name === name)) return;
    createIn(doc, origin, () => part.set(`${name}~${doc.clientID.toString(36)}`, new Y.Text()));
  });

/** What a change of status leaves in its history. */
const stepsOf = (fields: readonly FieldChange[], minute: number): readonly ItemChange[] =>
  fields.flatMap((field) =>
    field.field === 'status' && field.value !== null && (field.occurrence ?? null) === null
      ? [{ item: 'was', value: { status: field.value, minute } }]
      : [],
  );

const movedFact = (fact: Fact, days: number): readonly [string, Plain] | null => {
  if (fact.field === 'exdate') {
    const moment = ITEMS.exdate.read(fact.value);
    return moment === null ? null : [fact.field, shiftMoment(moment, days)];
  }
  const place = parsePlace(fact.field);
  if (place === null || place.occurrence === null) return null;
  return movedField({ ...place, occurrence: shiftMoment(place.occurrence, days) }, fact.value);
};

const movedField = <Name extends FieldName>(place: FieldPlace<Name>, value: unknown): readonly [string, Plain] | null =>
  encodeField(place, FIELDS[place.field].read(value));
