/** Actions of a calendar as events of a file. Only what may leave the space goes into one. */
import { type ActionView, type CalendarView, type Changes } from '../documents/calendar/index.ts';
import { overlay, type VariationView } from '../documents/variations/index.ts';
import type { ActionId } from '../documents/calendar/index.ts';
import type { OccurrenceId } from '../times/index.ts';
import type { FileChange, FileEvent } from './event.ts';
import { withoutIdleParams } from './leftovers.ts';
import { readMark } from './mark.ts';

/** 'public': places and contacts that are marked so; 'space': for somebody of the space, all but hidden places */
export type Audience = 'public' | 'space';

export interface OwnVersion {
  /** the group's id */
  readonly group: string;
  readonly variations: ReadonlyMap<ActionId, VariationView>;
}

/** One without a date is a task in a file. */
export const eventOf = (action: ActionView, calendar: CalendarView, audience: Audience): FileEvent => {
  const { when, place } = action;
  const isDated = when.type !== 'undated';
  const approach = calendar.approaches.concat(calendar.hiddenApproaches).find(({ id }) => id === action.approach);
  const changed = new Map<OccurrenceId, FileChange>();
  for (const [id, change] of action.changed) {
    const shown = changeOf(change, audience);
    if (isDated && Object.keys(shown).length > 0) changed.set(id, shown);
  }
  return withoutIdleParams({
    uid: uidOf(action),
    sequence: sequenceOf(action),
    stamp: action.imported?.stamp ?? '',
    line: 0,
    title: action.title,
    about: action.texts.about ?? '',
    when,
    // of what has no date nothing recurs, whatever it was before
    rule: isDated ? action.rule : null,
    rdates: isDated ? action.rdates : [],
    exdates: isDated ? action.exdates : [],
    status: action.status,
    place: placeOf(place, audience),
    isPublic: place?.isPublic ?? true,
    address: action.links.flatMap((link) => (link.type === 'web' ? [link.address] : []))[0] ?? '',
    approach: approach?.known ?? '',
    changed,
    leftovers: action.leftovers.filter((text) => readMark(text) === null && (isDated || !isOfOneDate(text))),
  });
};

/** As one group takes part: what it declined is left out (null), and the rest is not taken for the common frame. */
export const ownEventOf = (
  action: ActionView,
  calendar: CalendarView,
  audience: Audience,
  { group, variations }: OwnVersion,
): FileEvent | null => {
  const variation = variations.get(action.id) ?? null;
  if (variation?.standing === 'not-joining') return null;
  const event = eventOf(overlay(action, variation), calendar, audience);
  return { ...event, uid: `${event.uid}-${group.slice(0, 12)}` };
};

/** What single dates have besides: see `remainsOf` in ./read.ts. */
const isOfOneDate = (leftover: string): boolean => leftover.startsWith('BEGIN:VEVENT');

export const uidOf = ({ id, imported }: ActionView): string => imported?.uid ?? `weft-${id}`;

/** Each step of its status after the first is a change that others should hear of. */
export const sequenceOf = ({ imported, history }: ActionView): number =>
  (imported?.sequence ?? 0) + Math.max(0, history.length - 1);

const placeOf = (place: ActionView['place'], audience: Audience): string =>
  place === null || place.precision === 'hidden' || (audience === 'public' && !place.isPublic) ? '' : place.text;

const changeOf = (change: Changes, audience: Audience): FileChange => {
  const place = change.place === undefined ? '' : placeOf(change.place, audience);
  return {
    ...(change.when === undefined || change.when.type === 'undated' ? {} : { when: change.when }),
    ...(change.name === undefined ? {} : { title: change.name }),
    ...(place === '' ? {} : { place }),
    ...(change.status === undefined ? {} : { status: change.status }),
  };
};
