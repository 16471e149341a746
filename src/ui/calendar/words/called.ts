/** Names of what stands in a calendar, in the person's language where they are ours, else as people wrote them. */
import type { Calendar } from '../../../app/calendar/calendar.svelte.ts';
import type { Clash } from '../../../app/calendar/clashes.ts';
import type { Taking } from '../../../app/calendar/taking.ts';
import type { ApproachId, ApproachView, Status } from '../../../documents/calendar/index.ts';
import { t } from '../../../i18n/t.ts';
import { isolated } from '../../shared/isolated.ts';
import { clockIn } from './clock.ts';

export const titleOf = ({ title }: { readonly title: string }): string =>
  title.trim() === '' ? t('calendar.untitledAction') : title;

export const calendarTitle = (calendar: Calendar): string =>
  calendar.view === null || calendar.view.title.trim() === '' ? t('calendar.untitled') : calendar.view.title;

export const approachName = ({ known, name }: ApproachView): string =>
  known === null ? name.trim() || t('calendar.approachUnnamed') : t(`calendar.approach.${known}`);

/** Empty where the action is of none, or of one that is not here. */
export const approachOf = ({ view }: Calendar, id: ApproachId | null): string => {
  if (id === null || view === null) return '';
  const found = [...view.approaches, ...view.hiddenApproaches].find((each) => each.id === id);
  return found === undefined ? '' : approachName(found);
};

/** `id`: as a document has it */
export const groupNameOf = ({ company }: Calendar, id: string): string =>
  [...company.membership.groups.values()].find((group) => group.id === id)?.name || t('calendar.someGroup');

type Tone = 'plain' | 'ok' | 'look' | 'you' | 'person';

export const STATUS_TONE: Readonly<Record<Status, Tone>> = {
  idea: 'plain',
  proposed: 'look',
  confirmed: 'ok',
  postponed: 'look',
  cancelled: 'plain',
  done: 'plain',
};

export const TAKING_TONE: Readonly<Record<Taking, Tone>> = {
  hosts: 'ok',
  joining: 'ok',
  adapting: 'person',
  'not-joining': 'plain',
  undecided: 'look',
  open: 'plain',
};

/** Shapes that tell how a group takes part where there is no room for a word. */
export const SIGNS: Readonly<Record<Taking, string>> = {
  hosts: '★',
  joining: '✓',
  adapting: '≈',
  undecided: '…',
  open: '',
  'not-joining': '',
};

/** "Hill Farmers is also at “Port strike”, 18:00." */
export const clashSentence = (calendar: Calendar, { wanted, other }: Clash): string => {
  const { when } = other.occurrence;
  const values = {
    title: isolated(titleOf(other)),
    time: when.type === 'timed' ? clockIn(when, calendar.zone).start : '',
  };
  switch (wanted.type) {
    case 'group':
      return t('calendar.clash.group', { ...values, name: isolated(groupNameOf(calendar, wanted.group)) });
    case 'person': {
      const member = [...calendar.company.membership.members.values()].find(({ id }) => id === wanted.member);
      return t('calendar.clash.person', {
        ...values,
        name: isolated((member?.name ?? wanted.name) || t('calendar.somebody')),
      });
    }
    case 'resource':
      return t('calendar.clash.resource', { ...values, name: isolated(wanted.name) });
  }
};
