/** What screens let people choose from. */
export { AGREEMENT_TEXTS, DATES, LIFTERS, METHODS, RED_LINE_TEXTS } from '../../documents/agreement/index.ts';
