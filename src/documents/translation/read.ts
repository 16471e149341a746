/** Reads a translation into a plain, immutable view. */
import type * as Y from 'yjs';
import { isKnownRich, readRich } from '../rich-text/index.ts';
import type { RichText } from '../rich-text/index.ts';
import { schemaState } from '../shape/change.ts';
import { readOneOf, readText } from '../shape/read.ts';
import { readSource } from '../source/pieces.ts';
import type { MadeFrom } from '../source/staleness.ts';
import { direction, parseLanguage } from '../text/language.ts';
import type { Direction } from '../text/language.ts';
import { fieldsOf, hasBody, madeOf, parseUnitName, translationRoot, UNIT_STATUSES, unitName } from './schema.ts';
import type { Unit, UnitField, UnitStatus } from './schema.ts';

export interface UnitView extends MadeFrom {
  readonly unit: Unit;
  /** by field; empty where nothing is written yet */
  readonly texts: Readonly<Partial<Record<UnitField, string>>>;
  /** of a clause; empty for other units */
  readonly body: RichText;
  /** false: something in the body is of a newer Weft, so it may be read but not edited here */
  readonly known: boolean;
  readonly status: UnitStatus;
}

export interface TranslationView {
  /** BCP 47, canonical; 'und' if unreadable */
  readonly language: string;
  readonly direction: Direction;
  /** those that somebody has begun, by name (`unitName`) */
  readonly units: ReadonlyMap<string, UnitView>;
}

export type TranslationState =
  /** made, but its content has not arrived */
  | { readonly type: 'empty' }
  /** 'newer': written by a newer Weft: to be read as far as it goes, and not changed */
  | { readonly type: 'ready' | 'newer'; readonly translation: TranslationView };

export const readTranslation = (doc: Y.Doc): TranslationState => {
  const root = translationRoot(doc);
  const state = schemaState(root);
  if (state === 'empty') return { type: state };
  const language = parseLanguage(root.get('language')) ?? 'und';
  return { type: state, translation: { language, direction: direction(language), units: readUnits(doc) } };
};

/** The text to bind an editor to, there for every unit; null while the document is empty or newer. */
export const unitTextOf = (doc: Y.Doc, unit: Unit, field: UnitField): Y.Text | null =>
  schemaState(translationRoot(doc)) === 'ready' && fieldsOf(unit).includes(field)
    ? doc.getText(`${unitName(unit)}/${field}`)
    : null;

/** Edit it only if `known`. */
export const unitBodyOf = (doc: Y.Doc, unit: Unit): Y.XmlFragment | null =>
  schemaState(translationRoot(doc)) === 'ready' && hasBody(unit) ? doc.getXmlFragment(`${unitName(unit)}/body`) : null;

const MOST_UNITS = 2_000;

const readUnits = (doc: Y.Doc): ReadonlyMap<string, UnitView> => {
  const unitByName = new Map<string, Unit>();
  for (const root of [...doc.share.keys()].sort()) {
    const name = root.startsWith('made/') ? root.slice('made/'.length) : root.slice(0, root.lastIndexOf('/'));
    const unit = parseUnitName(name);
    if (unit !== null && unitByName.size < MOST_UNITS) unitByName.set(name, unit);
  }
  const views = new Map<string, UnitView>();
  for (const [name, unit] of unitByName) {
    const view = readUnit(doc, name, unit);
    if (isBegun(view)) views.set(name, view);
  }
  return views;
};

const readUnit = (doc: Y.Doc, name: string, unit: Unit): UnitView => {
  const body = hasBody(unit) ? readRich(doc.getXmlFragment(`${name}/body`)) : [];
  const made = madeOf(doc, unit);
  return {
    unit,
    texts: Object.fromEntries(fieldsOf(unit).map((field) => [field, readText(doc.getText(`${name}/${field}`))])),
    body,
    known: isKnownRich(body),
    status: readOneOf(made, 'status', UNIT_STATUSES, 'draft'),
    sourceText: readSource(made),
    sourceLanguage: parseLanguage(made.get('sourceLanguage')) ?? 'und',
  };
};

/** An editor that only looked leaves empty roots behind, which say nothing. */
const isBegun = (view: UnitView): boolean =>
  view.sourceText !== '' || view.body.length > 0 || Object.values(view.texts).some((text) => text !== '');
