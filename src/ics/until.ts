/**
 * UNTIL in files and here. A file must say it in UTC where the action has a zone (RFC 5545, 3.3.10); here it is a day, or
 * a time on the action's own clock, and so moves with it.
 */
import type { Dated, Rule, Until } from '../times/index.ts';
import { DAY, dateOfWall, secondsOf, UTC, zoneOf } from '../times/index.ts';

/** For `formatRule`, into a file. */
export const ruleForFile = (rule: Rule, when: Dated): Rule => {
  const { until } = rule;
  if (until === null) return rule;
  const set = (to: Until): Rule => ({ ...rule, until: to });
  if (when.type !== 'timed') {
    return set({ type: 'date', date: until.type === 'date' ? until.date : dateOfWall(until.wall) });
  }
  if (until.type === 'utc') return rule;
  const last = until.type === 'date' ? secondsOf(until.date) + DAY - 1 : secondsOf(until.wall);
  return set({ type: 'utc', wall: zoneOf(UTC).wallAt(zoneOf(when.zone).instantOfSeconds(last)) });
};

/** Of a file's. */
export const ruleFromFile = (rule: Rule, when: Dated): Rule => {
  const { until } = rule;
  if (until === null || until.type === 'date') return rule;
  if (when.type !== 'timed') return { ...rule, until: { type: 'date', date: dateOfWall(until.wall) } };
  const wall = until.type === 'wall' ? until.wall : zoneOf(when.zone).wallAt(zoneOf(UTC).instantOf(until.wall));
  const isEndOfDay = secondsOf(wall) % DAY === DAY - 1;
  return { ...rule, until: isEndOfDay ? { type: 'date', date: dateOfWall(wall) } : { type: 'wall', wall } };
};
