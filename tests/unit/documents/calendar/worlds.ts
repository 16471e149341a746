/** Replicas for these tests: each person a Y.Doc of their own, with the same calendar. */
import type * as Y from 'yjs';
import {
  addAction,
  createActionId,
  createApproachId,
  createCalendar,
  createRhythmId,
  parseMoment,
  readCalendar,
} from '../../../../src/documents/calendar/index.ts';
import type { ActionId, ActionView, CalendarView, NewAction } from '../../../../src/documents/calendar/index.ts';
import { parseWhen } from '../../../../src/times/index.ts';
import type { OccurrenceId, When } from '../../../../src/times/index.ts';
import { ALICE, createDoc, send } from '../worlds.ts';

export { ALICE, createDoc, meet, send } from '../worlds.ts';

/** A day or wall time. */
export const on = (moment: string): OccurrenceId => {
  const parsed = parseMoment(moment);
  if (parsed === null) throw new Error(`no time: ${moment}`);
  return parsed;
};

/** In Rome, for an hour and a half. */
export const starting = (start: string, minutes = 90): When => {
  const when = parseWhen({ type: 'timed', start, minutes, zone: 'Europe/Rome' });
  if (when === null) throw new Error(`no time: ${start}`);
  return when;
};

export const actionId = (n: number) => createActionId(new Uint8Array(16).fill(n));
export const approachId = (n: number) => createApproachId(new Uint8Array(16).fill(n));
export const rhythmId = (n: number) => createRhythmId(new Uint8Array(16).fill(n));
export const MARCH = actionId(1);
export const HARBOUR = '1'.repeat(32);
export const RIVER = '2'.repeat(32);
export const HILLS = '3'.repeat(32);
export const MINUTE = 29_000_000;

export const SUNDAYS: NewAction = {
  id: MARCH,
  texts: { title: 'March along the harbour' },
  fields: [
    { field: 'when', value: starting('2026-03-08T14:00') },
    { field: 'rule', value: 'FREQ=WEEKLY' },
    { field: 'status', value: 'proposed' },
  ],
  items: [{ item: 'host', value: HARBOUR }],
};

/** So many people with the same calendar, and one series in it. */
export const createPeople = (count: number): readonly [Y.Doc, Y.Doc, ...Y.Doc[]] => {
  const first = createDoc(1);
  createCalendar(first, ALICE, { title: 'Harbour to hills', language: 'en' });
  addAction(first, ALICE, SUNDAYS, MINUTE);
  const others = Array.from({ length: count - 1 }, (_, index) => createDoc(index + 2));
  for (const other of others) send(first, other);
  const [second, ...rest] = others;
  if (second === undefined) throw new Error('at least two');
  return [first, second, ...rest];
};

export const viewOf = (doc: Y.Doc): CalendarView => {
  const state = readCalendar(doc);
  if (state.type === 'empty') throw new Error(state.type);
  return state.calendar;
};

export const actionOf = (doc: Y.Doc, id: ActionId = MARCH): ActionView => {
  const action = viewOf(doc).actions.get(id);
  if (action === undefined) throw new Error('no such action');
  return action;
};
