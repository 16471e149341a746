/**
 * A calendar of joint actions: one common frame of actions, which every group may make its own (../variations).
 *
 * READ    readCalendar(doc) → {type: 'empty'} | {type: 'ready' | 'newer', calendar: CalendarView}
 *           plain and immutable; never throws, whatever anybody wrote. 'newer' may be read, and no verb changes it.
 *         followCalendar(doc) → {read(), stop()}: the same, with only the actions that changed read anew
 *         calendarTextOf(doc, path) → Y.Text | null, actionTextPaths(doc, action, name) → paths (none, one, or those that
 *           people began apart); encodeCalendarPath, parseCalendarPath: for presence
 *         seriesOf(action or rhythm) → what src/times works occurrences out from; null: it has no date
 *
 * CHANGE  every verb takes (doc, origin, …) and returns Result<null, {type: 'Newer' | 'Missing' | 'Exists' | 'Invalid'}>
 *           createCalendar(doc, origin, {title, language}), setCalendarLanguage, keepLeftovers(doc, origin, {add, remove})
 *           addAction(doc, origin, {id: createActionId(random16), texts?, fields?, items?}, minute), addActions(… list …)
 *           changeAction(doc, origin, action, {fields?: [{field: 'when', value}, {field: 'place', occurrence, value}, …],
 *             add?: [{item: 'host', value}], remove?: […]}, minute): one step; null takes a value away; writing a field
 *             that two people wrote differently settles it
 *           setStatus, moveSeries(doc, origin, action, {when, days}), removeAction, restoreAction
 *           beginActionText(doc, origin, action, name): a text other than the title comes to be when somebody begins it
 *           addApproach, moveApproach, hideApproach, offerApproach
 *           addRhythm(doc, origin, {id, kind, when, rule, turns, name?}), changeRhythm(doc, origin, rhythm, {fields, …}),
 *             placeTurn, leaveTurns, moveRhythm, removeRhythm, restoreRhythm
 *         createUndo with respectOthers(doc, undo); do not wrap verbs in transact.
 *
 * RHYTHM  hostsOf(rotation, occurrences) → who hosts each, and why; QUESTIONS[kind]: what its form asks
 */
import type * as Y from 'yjs';
import { keepOthersWord } from '../shape/facts.ts';
import { isSingle } from './fields.ts';

/**
 * For an undo of `createUndo`: where somebody has written a field since, it takes one's own word away and brings none
 * back. Gives what ends it.
 */
export const respectOthers = (doc: Y.Doc, undo: Y.UndoManager): (() => void) => keepOthersWord(doc, undo, isSingle);

export {
  addAction,
  addActions,
  beginActionText,
  changeAction,
  moveSeries,
  removeAction,
  restoreAction,
  setStatus,
} from './actions.ts';
export type { NewAction } from './actions.ts';
export type { FactChanges, FieldChange, ItemChange } from './changes.ts';
export {
  addApproach,
  createCalendar,
  hideApproach,
  keepLeftovers,
  moveApproach,
  offerApproach,
  setCalendarLanguage,
} from './create.ts';
export type { NewApproach, NewCalendar } from './create.ts';
export type { Conflict, FieldPlace, Written } from './fields.ts';
export { followCalendar } from './follow.ts';
export type { FollowedCalendar } from './follow.ts';
export { readCalendar } from './read.ts';
export type { ActionView, ApproachView, CalendarState, CalendarView, Changes, StatusStep } from './read.ts';
export { QUESTIONS } from './reports.ts';
export type { ReportText } from './reports.ts';
export type { Held, Report, RhythmView } from './rhythm-read.ts';
export { addRhythm, changeRhythm, leaveTurns, moveRhythm, placeTurn, removeRhythm, restoreRhythm } from './rhythms.ts';
export type { NewRhythm } from './rhythms.ts';
export { hostsOf } from './rotation.ts';
export type { Hosting, Rotation } from './rotation.ts';
export { APPROACHES } from './schema.ts';
export type { ActionText, ApproachName } from './schema.ts';
export { actionTextPaths, calendarTextOf, encodeCalendarPath, parseCalendarPath } from './texts.ts';
export type { CalendarPath } from './texts.ts';
export { PRECISIONS, RHYTHM_KINDS, RISKS, ROLES, STANDINGS, STATUSES } from './values.ts';
export type {
  Contact,
  FieldName,
  FieldValues,
  Follows,
  Imported,
  ItemName,
  ItemValues,
  Link,
  Place,
  Precision,
  RhythmKind,
  Risk,
  RoleName,
  Standing,
  Status,
  StatusChange,
  Taken,
} from './values.ts';
export { seriesOf } from './series.ts';
export { fitMoment, parseMoment, shiftMoment } from './when.ts';
export { createUndo } from '../shape/change.ts';
export type { Changed, ChangeError } from '../shape/change.ts';
export { createActionId, createApproachId, createRhythmId, parseActionId, parseApproachId } from '../shape/ids.ts';
export type { ActionId, ApproachId, RhythmId } from '../shape/ids.ts';
