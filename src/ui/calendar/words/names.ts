/** Small words of the calendar's screens: what things and people are called. */
import type { Author } from '../../../app/calendar/authors.ts';
import type { Calendar } from '../../../app/calendar/calendar.svelte.ts';
import { ROLES } from '../../../app/calendar/choices.ts';
import type { ActionView, ApproachView, Status } from '../../../documents/calendar/index.ts';
import { t } from '../../../i18n/t.ts';
import { isolated } from '../../shared/isolated.ts';

export const titleOf = (action: ActionView): string => action.title.trim() || t('action.untitled');

/** What people here call it, or what everybody does in their own language. */
export const approachText = ({ known, name }: ApproachView): string =>
  known === null ? name.trim() || t('action.approach.unnamed') : t(`action.approach.known.${known}`);

export const approachName = ({ view }: Calendar, id: string | null): string => {
  const found = [...(view?.approaches ?? []), ...(view?.hiddenApproaches ?? [])].find((each) => each.id === id);
  return found === undefined ? t('action.approach.none') : approachText(found);
};

export const statusTone = (status: Status): 'plain' | 'ok' | 'look' | 'you' => {
  if (status === 'confirmed') return 'ok';
  return status === 'postponed' || status === 'cancelled' ? 'look' : status === 'proposed' ? 'you' : 'plain';
};

/** One that everybody knows, or people's own words. */
export const roleName = (role: string): string => {
  const known = ROLES.find((each) => each === role);
  return known === undefined ? role : t(`action.role.known.${known}`);
};

/** Safe in a sentence of either direction. */
export const authorName = ({ name }: Author): string => (name === '' ? t('action.somebody') : isolated(name));

export const groupText = (calendar: Calendar, id: string): string =>
  [...calendar.company.membership.groups.values()].find((group) => group.id === id)?.name ?? t('action.someGroup');
