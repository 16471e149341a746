/**
 * An action as one group takes part in it: what the group has of its own, over the common frame. What it does not have of
 * its own follows the frame, whatever that becomes. A pure function of both.
 */
import { dateOfWall, daysBetween } from '../../times/index.ts';
import type { OccurrenceId, When } from '../../times/index.ts';
import type { ActionView, Changes } from '../calendar/read.ts';
import { fitMoment, shiftMoment } from '../calendar/when.ts';
import { basisOf, changedSince, readBefore } from './basis.ts';
import type { FrameBefore, FrameName } from './basis.ts';
import type { VariationView } from './read.ts';

/** The rule of a group that takes part once in what elsewhere is a series. */
export const ONCE = 'FREQ=DAILY;COUNT=1';

/** Only who adapts has anything of their own; who joins, declines or thinks sees the common frame. */
export const overlay = (frame: ActionView, variation: VariationView | null): ActionView => {
  if (variation === null || variation.standing !== 'adapting') return frame;
  const { overrides, texts } = variation;
  const when = overrides.when ?? frame.when;
  const rule = overrides.rule === undefined ? frame.rule : overrides.rule === ONCE ? null : overrides.rule;
  const title = overrides.name ?? texts.title ?? frame.title;
  const moved = movedAlong(frame, overrides.when ?? null, rule);
  const fit = (moment: OccurrenceId): OccurrenceId => fitMoment(moment, when, rule);
  return {
    ...frame,
    title,
    texts: { ...frame.texts, ...texts, ...(title === '' ? {} : { title }) },
    when,
    rule,
    rdates: overrides.rdates ?? moved.rdates,
    exdates: [...new Set((overrides.exdates ?? moved.exdates).map(fit))].sort(),
    changed: joinChanges(moved.changed, variation.changed, fit),
    approach: overrides.approach ?? frame.approach,
    form: overrides.form ?? frame.form,
    place: overrides.place ?? frame.place,
    risk: overrides.risk ?? frame.risk,
    contact: overrides.contact ?? frame.contact,
    status: overrides.status ?? frame.status,
    languages: overrides.languages ?? frame.languages,
  };
};

/** Does what the group said still hold? */
export interface StillValid {
  /** fields of the frame that changed since somebody of the group last answered */
  readonly changed: readonly FrameName[];
  /** as they were, where that was kept */
  readonly before: FrameBefore;
}

/** null: nothing to ask. Who joins or adapts is asked; who declined or has not decided is not. */
export const stillValid = (frame: ActionView, variation: VariationView | null): StillValid | null => {
  if (variation === null || !(variation.standing === 'joining' || variation.standing === 'adapting')) return null;
  const changed = changedSince(basisOf(frame), variation.bases);
  return changed.length === 0
    ? null
    : { changed, before: readBefore(variation.bases[variation.bases.length - 1] ?? {}) };
};

/** What was said about single dates of the common series, on the days of a group's own. */
const movedAlong = (
  frame: ActionView,
  own: When | null,
  rule: string | null,
): Pick<ActionView, 'rdates' | 'exdates' | 'changed'> => {
  if (own === null || own.type === 'undated' || frame.when.type === 'undated') return frame;
  const days = daysBetween(dateOfWall(frame.when.start), dateOfWall(own.start));
  const move = (moment: OccurrenceId): OccurrenceId => fitMoment(shiftMoment(moment, days), own, rule);
  const changed = new Map<OccurrenceId, Changes>();
  for (const [moment, { when: _, ...others }] of frame.changed) {
    if (Object.keys(others).length > 0) changed.set(move(moment), others);
  }
  return { rdates: frame.rdates.map(move), exdates: frame.exdates.map(move), changed };
};

const joinChanges = (
  common: ReadonlyMap<OccurrenceId, Changes>,
  own: ReadonlyMap<OccurrenceId, Changes>,
  fit: (moment: OccurrenceId) => OccurrenceId,
): ReadonlyMap<OccurrenceId, Changes> => {
  if (own.size === 0) return common;
  const joined = new Map(common);
  for (const [moment, changes] of own) joined.set(fit(moment), { ...joined.get(fit(moment)), ...changes });
  return joined;
};
