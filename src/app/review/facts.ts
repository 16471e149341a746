/** A value of a field of an action as the calendar tells it in words. */
import type { Conflict } from '../../documents/calendar/index.ts';
import { asConflict } from '../../documents/place/fields.ts';
import type { Plain } from '../../documents/shape/facts.ts';

/** null: it is no such field */
export const conflictOf = (place: string, value: Plain): Conflict | null => asConflict(place, [value]);
