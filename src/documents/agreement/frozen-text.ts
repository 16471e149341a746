/**
 * The text that is proposed, hashed, signed, compared, printed and proven: an agreement at one moment, in one language,
 * as plain data in canonical form. Its bytes are in ./frozen-bytes.ts.
 */
import { canonicalText } from '../../lib/canonical-text.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { canonicalRich, isKnownRich } from '../rich-text/index.ts';
import type { RichText } from '../rich-text/index.ts';
import { unitName } from '../translation/schema.ts';
import type { Unit } from '../translation/schema.ts';
import type { TranslationView } from '../translation/read.ts';
import { numberClauses } from './numbers.ts';
import type { LocalClause } from './numbers.ts';
import type { AgreementView, Dates } from './read.ts';
import type { Rule } from './rule.ts';
import { AGREEMENT_TEXTS } from './schema.ts';
import type { AgreementTextName, Lifter, TemplateName } from './schema.ts';

export interface AgreementText {
  readonly template: TemplateName;
  readonly language: string;
  /** those whose texts bind: the source's first */
  readonly languages: readonly string[];
  /** one line */
  readonly title: string;
  /** those that say something, in the order of AGREEMENT_TEXTS, without the title */
  readonly fields: readonly FrozenField[];
  readonly clauses: readonly FrozenClause[];
  readonly redLines: readonly FrozenRedLine[];
  /** ids of groups in hex, sorted */
  readonly parties: readonly string[];
  readonly rule: Rule;
  readonly dates: Dates;
}

export interface FrozenField {
  readonly name: Exclude<AgreementTextName, 'title'>;
  readonly text: string;
}

export interface FrozenClause {
  /** a clause's id, or of a local one its document's */
  readonly id: string;
  /** '1', '2', and local ones '2.1'; see ./numbers.ts */
  readonly number: string;
  /** the group that wrote it for itself, in hex; null: common to all parties */
  readonly group: string | null;
  /** one line; may be empty where there is a body */
  readonly heading: string;
  readonly body: RichText;
}

export interface FrozenRedLine {
  readonly id: string;
  readonly statement: string;
  readonly trigger: string;
  readonly consequence: string;
  /** a group's id in hex; null: all parties hold it */
  readonly holder: string | null;
  readonly lift: Lifter;
}

export type FreezeError =
  | { readonly type: 'NoTitle' | 'NoClauses' | 'NoParties' | 'NoLanguage' }
  /** these hold something of a newer Weft, so that what would be signed is not what is read */
  | { readonly type: 'Unknown'; readonly units: readonly Unit[] }
  /** these say something in the source, and nothing in the translation */
  | { readonly type: 'Untranslated'; readonly units: readonly Unit[] };

/**
 * `translation` null: the source itself. A stale unit is frozen all the same: ask `weaveTranslation` first, and tell
 * people. Equal on every device that has the same documents.
 */
export const freeze = (
  agreement: AgreementView,
  locals: readonly LocalClause[],
  translation: TranslationView | null = null,
): Result<AgreementText, FreezeError> => {
  const words = wordsIn(translation);
  const language = translation?.language ?? agreement.sourceLanguage;
  const clauses = freezeClauses(agreement, locals, words);
  const title = oneLine(words.text({ text: 'title' }, 'text', oneLine(agreement.texts.title)));
  const fields = AGREEMENT_TEXTS.flatMap((name): readonly FrozenField[] => {
    if (name === 'title') return [];
    const text = canonicalText(words.text({ text: name }, 'text', canonicalText(agreement.texts[name])));
    return text === '' ? [] : [{ name, text }];
  });
  const redLines = freezeRedLines(agreement, words);

  if (words.unknown.length > 0) return err({ type: 'Unknown', units: words.unknown });
  if (words.untranslated.length > 0) return err({ type: 'Untranslated', units: words.untranslated });
  if (title === '') return err({ type: 'NoTitle' });
  if (clauses.length === 0) return err({ type: 'NoClauses' });
  if (agreement.parties.length === 0) return err({ type: 'NoParties' });
  if (language === 'und' || agreement.sourceLanguage === 'und') return err({ type: 'NoLanguage' });
  const { template, languages, parties, rule, dates } = agreement;
  return ok({ template, language, languages, title, fields, clauses, redLines, parties, rule, dates });
};

/** A heading, a title: no line ends. Narrow and unbroken blanks, as before French signs, stay. */
export const oneLine = (text: string): string =>
  canonicalText(text)
    .replace(/[ \t\n]+/g, ' ')
    .trim();

const freezeClauses = (
  agreement: AgreementView,
  locals: readonly LocalClause[],
  words: Words,
): readonly FrozenClause[] => {
  const said = {
    ...agreement,
    // A clause that says nothing has no number either.
    clauses: agreement.clauses.filter(({ heading, body }) => saysSomething(heading, body)),
  };
  const saying = locals.filter(({ view }) => saysSomething(view.heading, view.body));
  return numberClauses(said, saying).map((standing): FrozenClause => {
    const { number } = standing;
    const common = standing.type === 'common';
    const { heading, body } = common ? standing.clause : standing.local.view;
    const unit: Unit = common ? { clause: standing.clause.id } : { local: standing.local.id };
    return {
      id: common ? standing.clause.id : standing.local.id,
      number,
      group: common ? null : standing.local.group,
      heading: oneLine(words.text(unit, 'heading', oneLine(heading))),
      body: words.body(unit, canonicalRich(body)),
    };
  });
};

const freezeRedLines = (agreement: AgreementView, words: Words): readonly FrozenRedLine[] =>
  agreement.redLines
    .filter(({ statement }) => canonicalText(statement) !== '')
    .map(({ id, statement, trigger, consequence, holder, lift }) => {
      const say = (field: 'statement' | 'trigger' | 'consequence', source: string): string =>
        canonicalText(words.text({ redLine: id }, field, canonicalText(source)));
      return {
        id,
        statement: say('statement', statement),
        trigger: say('trigger', trigger),
        consequence: say('consequence', consequence),
        holder,
        lift,
      };
    });

const saysSomething = (heading: string, body: RichText): boolean =>
  oneLine(heading) !== '' || canonicalRich(body).length > 0;

/** The words of the source, or of its translation; what is wrong with them is gathered. */
interface Words {
  readonly text: (
    unit: Unit,
    field: 'text' | 'heading' | 'statement' | 'trigger' | 'consequence',
    source: string,
  ) => string;
  readonly body: (unit: Unit, source: RichText) => RichText;
  readonly unknown: readonly Unit[];
  readonly untranslated: readonly Unit[];
}

const wordsIn = (translation: TranslationView | null): Words => {
  const unknown: Unit[] = [];
  const untranslated: Unit[] = [];
  const known = (unit: Unit, body: RichText): RichText => {
    if (!isKnownRich(body)) unknown.push(unit);
    return body;
  };
  /** Both or neither: what the source does not say, its translation does not either. */
  const matched = (unit: Unit, source: boolean, translated: boolean): boolean => {
    if (source && !translated && !untranslated.includes(unit)) untranslated.push(unit);
    return source && translated;
  };
  if (translation === null) return { text: (_, __, source) => source, body: known, unknown, untranslated };
  const viewOf = (unit: Unit) => translation.units.get(unitName(unit));
  return {
    text: (unit, field, source) => {
      const text = canonicalText(viewOf(unit)?.texts[field] ?? '');
      return matched(unit, source !== '', text !== '') ? text : '';
    },
    body: (unit, source) => {
      const body = canonicalRich(viewOf(unit)?.body ?? []);
      return matched(unit, source.length > 0, body.length > 0) ? known(unit, body) : [];
    },
    unknown,
    untranslated,
  };
};
