/** What screens let people choose from, and the few words of calendars that they need from elsewhere. */
export {
  PRECISIONS,
  QUESTIONS,
  RHYTHM_KINDS,
  RISKS,
  ROLES,
  STANDINGS,
  STATUSES,
} from '../../documents/calendar/index.ts';
export { ONCE } from '../../documents/variations/index.ts';
