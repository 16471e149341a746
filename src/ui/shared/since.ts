import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';

/** "since 14:05", "since Tuesday", "since 3 November". Milliseconds. */
export const sinceWhen = (at: number, now: number): string => {
  if (isSameDay(at, now)) {
    return t('common.since.time', { when: formatDate(at, { hour: 'numeric', minute: '2-digit' }) });
  }
  if (now - at < 6 * DAY_MS) return t('common.since.weekday', { when: formatDate(at, { weekday: 'long' }) });
  return t('common.since.date', { when: formatDate(at, { day: 'numeric', month: 'long' }) });
};

const DAY_MS = 86_400_000;

const isSameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();
