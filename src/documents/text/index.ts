/** Texts of documents: their canonical form, measure and differences, and the way from a text field to a Y.Text. */
export { canonicalText } from '../../lib/canonical-text.ts';
export { absoluteCaret, relativeCaret } from './caret.ts';
export { diffWords } from './diff.ts';
export type { DiffPart } from './diff.ts';
export { createSplice, replaceText } from './edit.ts';
export type { Splice } from './edit.ts';
export { direction, parseLanguage } from './language.ts';
export type { Direction } from './language.ts';
export { measure } from './measure.ts';
export type { Measure } from './measure.ts';
export { smsLength } from './sms.ts';
export type { SmsLength } from './sms.ts';
