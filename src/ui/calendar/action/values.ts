/** What a field of an action says, in words: for where several values stand side by side. */
import type { Calendar } from '../../../app/calendar/calendar.svelte.ts';
import type { Conflict } from '../../../documents/calendar/index.ts';
import { formatDateTime, formatList, formatNumber, languageName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import type { When } from '../../../times/index.ts';
import { ruleText } from '../words/rules.ts';
import { approachOf, groupNameOf, titleOf } from '../words/called.ts';
import { momentText, whenInZone } from '../words/when.ts';

/** Of the several values of a conflict, this one. `when` is that of the action, which some rules need to be told. */
export const valueText = (calendar: Calendar, conflict: Conflict, at: number, when: When): string => {
  const nothing = t('action.conflict.nothing');
  switch (conflict.field) {
    case 'when':
      return say(conflict.values[at]?.value, whenInZone) ?? nothing;
    case 'rule':
      return (
        say(conflict.values[at]?.value, (rule) => (when.type === 'undated' ? rule : (ruleText(rule, when) ?? rule))) ??
        t('action.repeat.once')
      );
    case 'place':
    case 'contact':
      return conflict.values[at]?.value?.text || nothing;
    case 'risk':
      return say(conflict.values[at]?.value, (risk) => t(`calendar.risk.${risk}`)) ?? nothing;
    case 'status':
      return say(conflict.values[at]?.value, (status) => t(`calendar.status.${status}`)) ?? nothing;
    case 'standing':
      return say(conflict.values[at]?.value, (standing) => t(`calendar.taking.${standing}`)) ?? nothing;
    case 'approach':
      return approachOf(calendar, conflict.values[at]?.value ?? null) || nothing;
    case 'hostedBy':
      return say(conflict.values[at]?.value, (group) => groupNameOf(calendar, group)) ?? nothing;
    case 'languages':
      return say(conflict.values[at]?.value, (tags) => formatList(tags.map(languageName))) ?? nothing;
    case 'rdates':
    case 'exdates':
      return say(conflict.values[at]?.value, (dates) => formatList(dates.map(momentText))) ?? nothing;
    case 'since':
      return say(conflict.values[at]?.value, momentText) ?? nothing;
    case 'held':
      return say(conflict.values[at]?.value, (minute) => formatDateTime(minute * 60_000)) ?? nothing;
    case 'kind':
      return say(conflict.values[at]?.value, (kind) => t(`calendar.kind.${kind}`)) ?? nothing;
    case 'imported':
      return conflict.values[at]?.value?.uid ?? nothing;
    case 'follows':
      return (
        say(conflict.values[at]?.value, ({ action }) => titleOf(calendar.action(action) ?? { title: '' })) ?? nothing
      );
    case 'attendance':
    case 'signatures':
    case 'need':
    case 'funds':
    case 'pass':
      return say(conflict.values[at]?.value, (count) => formatNumber(count)) ?? nothing;
    case 'name':
    case 'form':
    case 'campaign':
    case 'text':
    case 'turn':
      return conflict.values[at]?.value ?? nothing;
  }
};

const say = <T>(value: T | null | undefined, words: (value: T) => string): string | null =>
  value === null || value === undefined ? null : words(value);
