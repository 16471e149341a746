/** What src/times works the occurrences of an action, or of a rhythm, out from. */
import { parseRule } from '../../times/index.ts';
import type { Dated, OccurrenceId, Series, When } from '../../times/index.ts';
import type { Changes } from './read.ts';

/** null: it has no date */
export const seriesOf = (of: {
  readonly when: When;
  readonly rule: string | null;
  readonly rdates?: readonly OccurrenceId[];
  readonly exdates: readonly OccurrenceId[];
  readonly changed?: ReadonlyMap<OccurrenceId, Changes>;
}): Series | null => {
  const { when } = of;
  if (when.type === 'undated') return null;
  const rule = of.rule === null ? null : parseRule(of.rule);
  const moved = new Map<OccurrenceId, Dated>();
  for (const [id, changes] of of.changed ?? [])
    if (changes.when !== undefined && changes.when.type !== 'undated') moved.set(id, changes.when);
  return { when, rule: rule?.ok === true ? rule.value : null, rdates: of.rdates ?? [], exdates: of.exdates, moved };
};
