/** What screens let people choose from, and the words in which they show what was decided. */
export { DATES, LIFTERS, METHODS, SHARES, STANDINGS } from '../../documents/agreement/index.ts';
export {
  FIELDS_AFTER_CLAUSES as FIELDS_AFTER,
  FIELDS_BEFORE_CLAUSES as FIELDS_BEFORE,
} from '../../documents/agreement/index.ts';
export { explain as explainOutcome, timeLine as timeLineOf } from '../../documents/agreement/decision/index.ts';
export { explainRule } from '../../documents/agreement/decision/index.ts';
export { fieldsOf, unitName } from '../../documents/translation/index.ts';
