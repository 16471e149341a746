/** Settles a field in which people apart wrote several values: one of them is written again, for all. */
import type { Conflict, FieldChange } from '../../documents/calendar/index.ts';

/** null: it has not so many values */
export const settling = (conflict: Conflict, choice: number): FieldChange | null => {
  const { field, key, occurrence, values } = conflict;
  const chosen = values[choice];
  if (chosen === undefined) return null;
  // a field's name and its values go together; TypeScript cannot follow that through the union
  return { field, key, occurrence, value: chosen.value } as FieldChange;
};
