/** The verbs of an agreement as a whole. Its texts are edited through `agreementTextOf`. */
import type * as Y from 'yjs';
import { wellFormed } from '../../lib/canonical-text.ts';
import { createIn, DONE, EXISTS, INVALID, SCHEMA_VERSION, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { parseDay, parseLogId } from '../shape/read.ts';
import { createVerbs } from '../shape/write.ts';
import { parseLanguage } from '../text/language.ts';
import { encodeRuleField } from './rule-fields.ts';
import type { RuleField } from './rule-fields.ts';
import { AGREEMENT_TEXTS, agreementRoot, DATES, languagesOf, partiesOf, TEMPLATES } from './schema.ts';
import type { AgreementTextName, DateName, TemplateName } from './schema.ts';

export const { change, show, write } = createVerbs(agreementRoot);

export interface NewAgreement {
  readonly template: TemplateName;
  /** BCP 47 */
  readonly sourceLanguage: string;
  /** first words of any of its texts */
  readonly texts?: Readonly<Partial<Record<AgreementTextName, string>>>;
  /** ids of groups in hex */
  readonly parties?: readonly string[];
  readonly rule?: readonly RuleField[];
}

export const createAgreement = (doc: Y.Doc, origin: unknown, agreement: NewAgreement): Changed => {
  const root = agreementRoot(doc);
  if (schemaState(root) !== 'empty') return EXISTS;
  const sourceLanguage = parseLanguage(agreement.sourceLanguage);
  const parties = agreement.parties ?? [];
  const rule = (agreement.rule ?? []).map((field) => [field.field, encodeRuleField(field)] as const);
  if (sourceLanguage === null || !TEMPLATES.includes(agreement.template)) return INVALID;
  if (!parties.every((party) => parseLogId(party) !== null) || rule.some(([, value]) => value === undefined))
    return INVALID;
  createIn(doc, origin, () => {
    root.set('schemaVersion', SCHEMA_VERSION);
    root.set('template', agreement.template);
    root.set('sourceLanguage', sourceLanguage);
    for (const [field, value] of rule) root.set(field, value ?? null);
    for (const party of parties) partiesOf(doc).set(party, true);
    for (const name of AGREEMENT_TEXTS) {
      const words = wellFormed(agreement.texts?.[name] ?? '');
      if (words !== '') doc.getText(name).insert(0, words);
    }
  });
  return DONE;
};

export const setRuleField = (doc: Y.Doc, origin: unknown, field: RuleField): Changed => {
  const value = encodeRuleField(field);
  return value === undefined ? INVALID : write(doc, origin, agreementRoot(doc), { [field.field]: value });
};

/** `day` is 'YYYY-MM-DD'; null: none */
export const setDate = (doc: Y.Doc, origin: unknown, date: DateName, day: string | null): Changed =>
  !DATES.includes(date) || (day !== null && parseDay(day) === null)
    ? INVALID
    : write(doc, origin, agreementRoot(doc), { [date]: day });

/** `group` is a group's id in hex. */
export const setParty = (doc: Y.Doc, origin: unknown, group: string, isParty: boolean): Changed =>
  parseLogId(group) === null ? INVALID : write(doc, origin, partiesOf(doc), { [group]: isParty });

export const setSourceLanguage = (doc: Y.Doc, origin: unknown, language: string): Changed => {
  const tag = parseLanguage(language);
  return tag === null ? INVALID : write(doc, origin, agreementRoot(doc), { sourceLanguage: tag });
};

/** Whether the text in a language binds as the source's does, which always binds. */
export const setAuthoritative = (doc: Y.Doc, origin: unknown, language: string, binds: boolean): Changed => {
  const tag = parseLanguage(language);
  return tag === null ? INVALID : write(doc, origin, languagesOf(doc), { [tag]: binds });
};
