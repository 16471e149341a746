/** What roles and people are called on the screen of an action. */
import type { Author } from '../../../app/calendar/authors.ts';
import { ROLES } from '../../../app/calendar/choices.ts';
import { t } from '../../../i18n/t.ts';
import { isolated } from '../../shared/isolated.ts';

/** One that everybody knows, or people's own words. */
export const roleName = (role: string): string => {
  const known = ROLES.find((each) => each === role);
  return known === undefined ? role : t(`action.role.known.${known}`);
};

/** Safe in a sentence of either direction. */
export const authorName = ({ name }: Author): string => (name === '' ? t('calendar.somebody') : isolated(name));
