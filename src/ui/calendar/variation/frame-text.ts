/** What a field of the common frame says, as it is or as it was. null: it was too long to be kept, or is a text of its own. */
import type { Calendar } from '../../../app/calendar/calendar.svelte.ts';
import type { FrameBefore, FrameName } from '../../../documents/variations/index.ts';
import { formatList } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { approachOf } from '../words/called.ts';
import { ruleText } from '../words/rules.ts';
import { momentText, whenInZone } from '../words/when.ts';

export const frameText = (calendar: Calendar, name: FrameName, frame: FrameBefore): string | null => {
  const nothing = t('action.conflict.nothing');
  switch (name) {
    case 'when':
      return frame.when === undefined ? null : whenInZone(frame.when);
    case 'rule': {
      const { rule, when } = frame;
      if (rule === undefined) return null;
      if (rule === null) return t('action.repeat.once');
      return when === undefined || when.type === 'undated' ? null : (ruleText(rule, when) ?? rule);
    }
    case 'rdates':
    case 'exdates': {
      const dates = frame[name];
      return dates === undefined ? null : dates.length === 0 ? nothing : formatList(dates.map(momentText));
    }
    case 'title':
    case 'form':
      return frame[name] === undefined ? null : frame[name].trim() || nothing;
    case 'approach':
      return frame.approach === undefined ? null : approachOf(calendar, frame.approach) || t('action.approach.none');
    case 'place':
      return frame.place === undefined
        ? null
        : frame.place === null
          ? t('action.place.none')
          : frame.place.text || t('action.place.hidden');
    case 'risk':
      return frame.risk === undefined ? null : t(`calendar.risk.${frame.risk ?? 'none'}`);
    case 'status':
      return frame.status === undefined ? null : t(`calendar.status.${frame.status}`);
    case 'changed':
    case 'demand':
    case 'stopConditions':
      return null;
  }
};
