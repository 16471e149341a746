/** An agreement beside its translation: every unit in reading order, and whether what is written there holds. */
import { numberClauses } from '../agreement/numbers.ts';
import type { LocalClause } from '../agreement/numbers.ts';
import { AGREEMENT_TEXTS, RED_LINE_TEXTS } from '../agreement/schema.ts';
import type { AgreementView } from '../agreement/read.ts';
import { canonicalRich, plainRichWithLinks } from '../rich-text/index.ts';
import type { RichText } from '../rich-text/index.ts';
import { MOST_LONG_SOURCE } from '../source/pieces.ts';
import { isStale, staleness } from '../source/staleness.ts';
import type { Staleness } from '../source/staleness.ts';
import { unitName } from './schema.ts';
import type { Unit } from './schema.ts';
import type { TranslationView, UnitView } from './read.ts';

/** What is to be translated, as one text: what a translator's "still holds" is about. */
export interface UnitSource {
  readonly unit: Unit;
  readonly text: string;
  readonly language: string;
}

export type UnitState = 'holds' | 'stale' | 'draft' | 'missing';

export interface WovenUnit {
  readonly source: UnitSource;
  /** null: nobody has begun it */
  readonly view: UnitView | null;
  readonly state: UnitState;
}

/** Of all that says something, in reading order. */
export const unitSources = (agreement: AgreementView, locals: readonly LocalClause[]): readonly UnitSource[] => {
  const language = agreement.sourceLanguage;
  const sources: UnitSource[] = AGREEMENT_TEXTS.map((name) => ({
    unit: { text: name },
    text: agreement.texts[name],
    language,
  }));
  for (const standing of numberClauses(agreement, locals)) {
    if (standing.type === 'common') {
      const { id, heading, body } = standing.clause;
      sources.push({ unit: { clause: id }, text: clauseText(heading, body), language });
    } else {
      const { id, view } = standing.local;
      sources.push({ unit: { local: id }, text: clauseText(view.heading, view.body), language: view.language });
    }
  }
  for (const redLine of agreement.redLines)
    sources.push({
      unit: { redLine: redLine.id },
      text: joined(RED_LINE_TEXTS.map((field) => redLine[field])),
      language,
    });
  return sources.filter(({ text }) => text.trim() !== '');
};

export const weaveTranslation = (
  agreement: AgreementView,
  locals: readonly LocalClause[],
  translation: TranslationView,
): readonly WovenUnit[] =>
  unitSources(agreement, locals).map((source) => {
    const view = translation.units.get(unitName(source.unit)) ?? null;
    return { source, view, state: stateOf(source, view) };
  });

/** What changed in the source since; all of it where a unit was begun without one. */
export const unitStaleness = (source: UnitSource, view: UnitView): Staleness =>
  staleness(view, source.text, MOST_LONG_SOURCE);

/** Does what is written say anything yet? */
export const isWritten = (view: UnitView): boolean =>
  Object.values(view.texts).some((text) => text.trim() !== '') || canonicalRich(view.body).length > 0;

const stateOf = (source: UnitSource, view: UnitView | null): UnitState => {
  if (view === null || !isWritten(view)) return 'missing';
  if (isStale(view, source.text, MOST_LONG_SOURCE)) return 'stale';
  return view.status === 'done' ? 'holds' : 'draft';
};

const clauseText = (heading: string, body: RichText): string =>
  joined([heading, plainRichWithLinks(canonicalRich(body))]);

const joined = (texts: readonly string[]): string => texts.filter((text) => text.trim() !== '').join('\n\n');
