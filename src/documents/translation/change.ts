/** The verbs of a translation. Its texts are edited through `unitTextOf` and `unitBodyOf`. */
import type * as Y from 'yjs';
import { createIn, DONE, EXISTS, INVALID, refusal, SCHEMA_VERSION, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { writeSource } from '../source/pieces.ts';
import { parseLanguage } from '../text/language.ts';
import { madeOf, parseUnitName, translationRoot, UNIT_STATUSES, unitName } from './schema.ts';
import type { Unit, UnitStatus } from './schema.ts';
import type { UnitSource } from './weave.ts';

export const createTranslation = (doc: Y.Doc, origin: unknown, language: string): Changed => {
  const root = translationRoot(doc);
  if (schemaState(root) !== 'empty') return EXISTS;
  const tag = parseLanguage(language);
  if (tag === null) return INVALID;
  createIn(doc, origin, () => {
    root.set('schemaVersion', SCHEMA_VERSION);
    root.set('language', tag);
  });
  return DONE;
};

export const setUnitStatus = (doc: Y.Doc, origin: unknown, unit: Unit, status: UnitStatus): Changed =>
  UNIT_STATUSES.includes(status) ? made(doc, origin, unit, (map) => setIfOther(map, 'status', status)) : INVALID;

/** The translator read the source as it is now, and what is written here says it. Also where one begins. */
export const unitHolds = (doc: Y.Doc, origin: unknown, source: UnitSource): Changed =>
  made(doc, origin, source.unit, (map) => keep(map, source));

/** The translator took the changed source into the text: it is up to date, and what was done wants another look. */
export const markUnitUpdated = (doc: Y.Doc, origin: unknown, source: UnitSource): Changed =>
  made(doc, origin, source.unit, (map) => {
    keep(map, source);
    if (map.get('status') === 'done') map.set('status', 'review');
  });

const keep = (map: Y.Map<unknown>, { text, language }: UnitSource): void => {
  writeSource(map, text);
  setIfOther(map, 'sourceLanguage', language);
};

const setIfOther = (map: Y.Map<unknown>, key: string, value: string): void => {
  if (map.get(key) !== value) map.set(key, value);
};

const made = (doc: Y.Doc, origin: unknown, unit: Unit, change: (map: Y.Map<unknown>) => void): Changed => {
  const state = schemaState(translationRoot(doc));
  if (state !== 'ready') return refusal(state);
  if (parseUnitName(unitName(unit)) === null) return INVALID;
  doc.transact(() => change(madeOf(doc, unit)), origin);
  return DONE;
};
