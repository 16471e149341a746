/** Parts of screens that are shown only where there is something for them to show, each fetched when it is wanted. */
import { withWords } from './with-words.ts';

export const parts = {
  inCalendar: withWords(
    ['calendar', 'remind', 'rhythm', 'timing', 'today'],
    () => import('./calendar/today/InCalendar.svelte'),
  ),
  factText: withWords(['action', 'calendar', 'timing'], () => import('./calendar/action/FactText.svelte')),
  exportIcs: withWords(['ics'], () => import('./calendar/files/ExportDialog.svelte')),
  reminders: withWords(['calendar', 'remind', 'rhythm'], () => import('./calendar/remind/RemindersDialog.svelte')),
  remindersCard: withWords(['calendar', 'remind', 'rhythm'], () => import('./calendar/remind/RemindersCard.svelte')),
  reminding: withWords(['calendar', 'remind', 'rhythm'], () => import('./calendar/remind/Reminding.svelte')),
};
