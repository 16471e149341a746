/** How a group takes part, in words. */
import type { Calendar, Part } from '../../../app/calendar/calendar.svelte.ts';
import { ONCE } from '../../../app/calendar/choices.ts';
import { formatList, languageName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { isolated } from '../../shared/isolated.ts';
import { approachOf } from './called.ts';
import { ruleText } from './rules.ts';
import { whenInZone } from './when.ts';

/** What it has of its own, a line each; nothing where it follows the common frame. */
export const ownWords = (calendar: Calendar, { variation, action }: Part): readonly string[] => {
  if (variation.standing !== 'adapting') return [];
  const { overrides } = variation;
  const lines: string[] = [];
  const say = (
    name: 'when' | 'rule' | 'name' | 'form' | 'approach' | 'place' | 'risk' | 'status' | 'contact' | 'languages',
    value: string,
  ): void => {
    lines.push(t('action.taking.own', { field: t(`action.field.${name}`), value: isolated(value) }));
  };
  if (overrides.when !== undefined) say('when', whenInZone(overrides.when));
  if (overrides.rule !== undefined && action.when.type !== 'undated')
    say(
      'rule',
      overrides.rule === ONCE ? t('action.repeat.once') : (ruleText(overrides.rule, action.when) ?? overrides.rule),
    );
  if (overrides.place !== undefined) say('place', overrides.place.text || t('action.place.hidden'));
  if (overrides.name !== undefined) say('name', overrides.name);
  if (overrides.form !== undefined) say('form', overrides.form);
  if (overrides.approach !== undefined)
    say('approach', approachOf(calendar, overrides.approach) || t('action.approach.none'));
  if (overrides.risk !== undefined) say('risk', t(`calendar.risk.${overrides.risk}`));
  if (overrides.status !== undefined) say('status', t(`calendar.status.${overrides.status}`));
  if (overrides.contact !== undefined) say('contact', overrides.contact.text);
  if (overrides.languages !== undefined) say('languages', formatList(overrides.languages.map(languageName)));
  return lines;
};
