/**
 * Calendar files (RFC 5545).
 *
 *   readCalendarFile(decodeCalendarFile(bytes), zone) → Result<{name, events, leftovers, skipped: [{line, problem}]}, {type, line}>; never throws
 *   planImport(file, calendar) → added, changed (which fields), same, kept, skipped; importing twice changes nothing
 *   applyImport(plan, {doc, origin, calendar, createId, minute}) → receipt
 *   eventOf(action, calendar, audience) → FileEvent, ownEventOf(… group's version) → FileEvent | null: declined
 *   formatCalendarFile(events, {name, now, leftovers}) → text; actions without a date are tasks in it
 */
export { type Audience, eventOf, ownEventOf, type OwnVersion } from './actions.ts';
export { applyImport, type ImportInto, type ImportReceipt } from './apply.ts';
export { decodeCalendarFile } from './decode.ts';
export type { FileProblem } from './component.ts';
export type { EventProblem, FileChange, FileEvent, FileStatus, Skipped } from './event.ts';
export type { EventField } from './mark.ts';
export { type ImportPlan, type PlannedEvent, planImport } from './plan.ts';
export { type CalendarFile, readCalendarFile } from './read.ts';
export { formatCalendarFile, type FileHead } from './write.ts';
