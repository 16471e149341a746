/** What screens let people choose from, and the few words of calendars that they need from elsewhere. */
export {
  ACTION_TEXTS,
  APPROACHES,
  OCCURRENCE_FIELDS,
  PRECISIONS,
  QUESTIONS,
  RHYTHM_KINDS,
  RISKS,
  ROLES,
  STANDINGS,
  STATUSES,
} from '../../documents/calendar/index.ts';
export { FRAME, ONCE, OVERRIDES } from '../../documents/variations/index.ts';
