/** The verbs of rhythms. Each makes its change whole, or none and says why. */
import * as Y from 'yjs';
import type { When } from '../../times/index.ts';
import { createIn, EXISTS, INVALID, newText, refusal, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { factsIn, pushFacts } from '../shape/facts.ts';
import { parseRhythmId } from '../shape/ids.ts';
import type { RhythmId } from '../shape/ids.ts';
import { keyBetween, place } from '../shape/order.ts';
import { asList, asMap, parseLogId } from '../shape/read.ts';
import { moveIn } from '../shape/write.ts';
import { encodeChanges, seriesIn, writeChanges } from './changes.ts';
import type { FactChanges, FieldChange } from './changes.ts';
import { change, changeIn, show } from './create.ts';
import { readFields } from './fields.ts';
import { readTurns } from './rhythm-read.ts';
import { calendarRoot, rhythmsOf } from './schema.ts';
import type { RhythmKind } from './values.ts';

export interface NewRhythm {
  /** of 16 fresh random bytes: `createRhythmId` */
  readonly id: RhythmId;
  readonly kind: RhythmKind;
  readonly name?: string;
  readonly when: When;
  readonly rule: string | null;
  /** ids of groups in hex, in the order of their turns */
  readonly turns: readonly string[];
}

export const addRhythm = (doc: Y.Doc, origin: unknown, rhythm: NewRhythm): Changed => {
  const state = schemaState(calendarRoot(doc));
  if (state !== 'ready') return refusal(state);
  const rhythms = rhythmsOf(doc);
  const { kind, when, rule } = rhythm;
  const changes = encodeChanges({
    fields: [
      { field: 'kind', value: kind },
      { field: 'when', value: when },
      { field: 'rule', value: rule },
      ...turnsInOrder(rhythm.turns),
    ],
  });
  if (parseRhythmId(rhythm.id) === null || changes === null) return INVALID;
  if (rhythms.has(rhythm.id)) return EXISTS;
  const part = new Y.Map<unknown>();
  createIn(doc, origin, () => {
    rhythms.set(rhythm.id, part);
    part.set('name', newText(rhythm.name));
    const facts = new Y.Array<unknown>();
    part.set('facts', facts);
    pushFacts(
      facts,
      changes.fields.filter(([, value]) => value !== null),
    );
    moveIn(rhythms, parseRhythmId, rhythm.id, null);
  });
  return show(doc, origin, part, true);
};

/** Fields of a rhythm (kind, when, rule, since) or of one check-in (hostedBy, pass, held), and dates that fall out. */
export const changeRhythm = (doc: Y.Doc, origin: unknown, rhythm: RhythmId, changes: FactChanges): Changed => {
  const encoded = encodeChanges(changes);
  return encoded === null
    ? INVALID
    : changeIn(doc, origin, rhythmsOf(doc), rhythm, (facts) => writeChanges(facts, encoded, seriesIn(facts)));
};

/** A group takes its turn before another; null: last. One that has none yet joins. */
export const placeTurn = (
  doc: Y.Doc,
  origin: unknown,
  rhythm: RhythmId,
  group: string,
  before: string | null,
): Changed => {
  const part = asMap(rhythmsOf(doc).get(rhythm));
  const turns = part === null ? [] : readTurns(readFields(factsIn(asList(part.get('facts')))));
  const placed = place(turns, group, before);
  return changeRhythm(doc, origin, rhythm, {
    fields: placed.map(({ id, order }) => ({ field: 'turn', key: id, value: order })),
  });
};

/** It takes no turns any more. */
export const leaveTurns = (doc: Y.Doc, origin: unknown, rhythm: RhythmId, group: string): Changed =>
  changeRhythm(doc, origin, rhythm, { fields: [{ field: 'turn', key: group, value: null }] });

export const moveRhythm = (doc: Y.Doc, origin: unknown, rhythm: RhythmId, before: RhythmId | null): Changed =>
  change(doc, asMap(rhythmsOf(doc).get(rhythm)), () => {
    if (rhythm !== before) doc.transact(() => moveIn(rhythmsOf(doc), parseRhythmId, rhythm, before), origin);
  });

export const removeRhythm = (doc: Y.Doc, origin: unknown, rhythm: RhythmId): Changed =>
  show(doc, origin, asMap(rhythmsOf(doc).get(rhythm)), false);

export const restoreRhythm = (doc: Y.Doc, origin: unknown, rhythm: RhythmId): Changed =>
  show(doc, origin, asMap(rhythmsOf(doc).get(rhythm)), true);

const turnsInOrder = (groups: readonly string[]): readonly FieldChange[] => {
  let order = '';
  return groups
    .filter((group) => parseLogId(group) !== null)
    .map((group) => ({ field: 'turn', key: group, value: (order = keyBetween(order, null)) }));
};
