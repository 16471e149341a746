/** What check-ins are called, and who hosts them, in words. */
import type { Calendar } from '../../../app/calendar/calendar.svelte.ts';
import type { CheckIn } from '../../../app/calendar/check-ins.ts';
import type { RhythmView } from '../../../documents/calendar/index.ts';
import { formatList } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { isolated } from '../../shared/isolated.ts';
import { groupNameOf } from '../words/called.ts';

export const rhythmName = ({ name, kind }: Pick<RhythmView, 'name' | 'kind'>): string =>
  name.trim() || t(`calendar.kind.${kind}`);

/** "Dockers’ Circle hosts", "Hill Farmers hosts in place of Asmara" */
export const hostText = (calendar: Calendar, { hosting }: CheckIn): string => {
  if (hosting.type === 'nobody') return t('rhythm.host.nobody');
  const group = isolated(groupNameOf(calendar, hosting.group));
  const hosts =
    hosting.type === 'turn' || hosting.turn === null
      ? t('rhythm.host.turn', { group })
      : t('rhythm.host.swap', { group, turn: isolated(groupNameOf(calendar, hosting.turn)) });
  if (hosting.passed === undefined) return hosts;
  const groups = formatList(hosting.passed.map((each) => isolated(groupNameOf(calendar, each))));
  return `${hosts} · ${t('rhythm.host.passed', { groups })}`;
};
