/**
 * What a document notes of an event that it imported: a short hash of each field, so that the same file changes nothing
 * the next time, whatever people have changed here since, and a newer one changes only what is new in it.
 * Kept among the leftovers as a property that goes in no file.
 */
import type { FileEvent } from './event.ts';
import { IMPORTED } from './leftovers.ts';

export const EVENT_FIELDS = [
  'title',
  'about',
  'when',
  'rule',
  'rdates',
  'exdates',
  'status',
  'place',
  'address',
  'approach',
  'changed',
  'leftovers',
] as const;
export type EventField = (typeof EVENT_FIELDS)[number];

export type Mark = Readonly<Record<EventField, string>>;

export const markOf = (event: FileEvent): Mark => {
  const of = (field: EventField): string => hash(JSON.stringify(plainOf(event, field)));
  return Object.fromEntries(EVENT_FIELDS.map((field) => [field, of(field)])) as Mark;
};

export const writeMark = (mark: Mark): string =>
  `${IMPORTED}:${EVENT_FIELDS.map((field) => `${field}=${mark[field]}`).join(';')}`;

/** null: another leftover */
export const readMark = (leftover: string): Partial<Mark> | null => {
  if (!leftover.startsWith(`${IMPORTED}:`)) return null;
  const mark: Partial<Record<EventField, string>> = {};
  for (const part of leftover.slice(IMPORTED.length + 1).split(';')) {
    const [name, value] = part.split('=');
    const field = EVENT_FIELDS.find((each) => each === name);
    if (field !== undefined && value !== undefined) mark[field] = value;
  }
  return mark;
};

/** In one form, whatever the order in which it was found. */
const plainOf = (event: FileEvent, field: EventField): unknown => {
  switch (field) {
    case 'changed':
      return [...event.changed]
        .map(([id, { when = null, title = null, place = null, status = null }]) => [
          id,
          when && span(when),
          title,
          place,
          status,
        ])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    case 'leftovers':
      return [...event.leftovers].sort();
    case 'when':
      return span(event.when);
    default:
      return event[field];
  }
};

const span = (when: FileEvent['when']): readonly unknown[] => {
  if (when.type === 'undated') return [when.type];
  return when.type === 'timed' ? [when.type, when.start, when.minutes, when.zone] : [when.type, when.start, when.days];
};

/** FNV-1a in two lanes. It guards nothing: whoever can write here can change the field itself. */
const hash = (text: string): string => {
  let high = 0x811c9dc5;
  let low = 0xc9dc5118;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return ((high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff)).toString(36);
};
