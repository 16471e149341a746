/** What screens let people choose from. */
export { PERMISSIONS, STATUSES, TERM_RULES, VALUES } from '../../documents/talking-points/index.ts';
export { FORMATS, VARIANT_STATUSES } from '../../documents/variant/index.ts';
export { measure } from '../../documents/text/index.ts';
