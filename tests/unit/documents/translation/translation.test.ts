import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { addRedLine, agreementTextOf, clauseBodyOf, removeClause } from '../../../../src/documents/agreement/index.ts';
import type { LocalClause } from '../../../../src/documents/agreement/index.ts';
import {
  createLocalClause,
  localBodyOf,
  localHeadingOf,
  readLocalClause,
  removeLocalClause,
  restoreLocalClause,
  setAfter,
} from '../../../../src/documents/local-clause/index.ts';
import { insertRich, paragraphsOf, plainRich } from '../../../../src/documents/rich-text/index.ts';
import {
  createTranslation,
  markUnitUpdated,
  parseUnitName,
  readTranslation,
  setUnitStatus,
  unitBodyOf,
  unitHolds,
  unitName,
  unitStaleness,
  unitTextOf,
  weaveTranslation,
} from '../../../../src/documents/translation/index.ts';
import type { Unit, UnitSource, UnitState, WovenUnit } from '../../../../src/documents/translation/index.ts';
import {
  addClauses,
  clauseId,
  createPeople,
  documentId,
  HARBOUR,
  localClause,
  redLineId,
  RIVER,
  view,
} from '../agreement/worlds.ts';
import { ALICE, createDoc, meet, send } from '../worlds.ts';

const CLAUSE: Unit = { clause: clauseId(1) };

const createWorld = (locals: readonly LocalClause[] = []) => {
  const [source] = createPeople(2);
  addClauses(source, 'Water', 'Bread');
  const doc = createDoc(60);
  createTranslation(doc, ALICE, 'ar');
  const woven = (): readonly WovenUnit[] => {
    const state = readTranslation(doc);
    if (state.type !== 'ready') throw new Error(state.type);
    return weaveTranslation(view(source), locals, state.translation);
  };
  const find = (unit: Unit): WovenUnit => {
    const found = woven().find((one) => unitName(one.source.unit) === unitName(unit));
    if (found === undefined) throw new Error('no such unit');
    return found;
  };
  const sourceOf = (unit: Unit): UnitSource => find(unit).source;
  const stateOf = (unit: Unit): UnitState => find(unit).state;
  return { source, doc, woven, find, sourceOf, stateOf };
};

describe('a translation', () => {
  it('has a unit for everything that says something, in reading order', () => {
    const local = localClause(7, RIVER, { after: clauseId(1), heading: 'Boats' });
    const { source, woven } = createWorld([local]);
    addRedLine(source, ALICE, { id: redLineId(1), texts: { statement: 'No names', consequence: 'We leave' } });
    agreementTextOf(source, { agreement: 'leaving' })?.insert(0, 'Say so.');
    expect(woven().map(({ source: { unit, text }, state }) => [unitName(unit), text, state])).toEqual([
      ['text/title', 'Charter of the harbour', 'missing'],
      ['text/leaving', 'Say so.', 'missing'],
      [`clause/${clauseId(1)}`, 'Water\n\nAbout Water.', 'missing'],
      [`local/${documentId(7)}`, 'Boats', 'missing'],
      [`clause/${clauseId(2)}`, 'Bread\n\nAbout Bread.', 'missing'],
      [`redLine/${redLineId(1)}`, 'No names\n\nWe leave', 'missing'],
    ]);
  });

  it('is begun, done, gone stale by a change of its source alone, and holds again', () => {
    const { source, doc, find, sourceOf, stateOf } = createWorld();
    unitHolds(doc, ALICE, sourceOf(CLAUSE));
    expect(stateOf(CLAUSE)).toBe('missing');
    unitTextOf(doc, CLAUSE, 'heading')?.insert(0, 'ماء');
    insertRich(unitBodyOf(doc, CLAUSE) as Y.XmlFragment, 0, paragraphsOf('عن الماء.'));
    expect(stateOf(CLAUSE)).toBe('draft');
    setUnitStatus(doc, ALICE, CLAUSE, 'done');
    expect(stateOf(CLAUSE)).toBe('holds');
    insertRich(clauseBodyOf(source, clauseId(2)) as Y.XmlFragment, 0, paragraphsOf('Elsewhere.'));
    expect(stateOf(CLAUSE)).toBe('holds');

    insertRich(clauseBodyOf(source, clauseId(1)) as Y.XmlFragment, 1, paragraphsOf('For all.'));
    expect(stateOf(CLAUSE)).toBe('stale');
    const { source: current, view: unit } = find(CLAUSE);
    if (unit === null) throw new Error('not begun');
    const stale = unitStaleness(current, unit);
    if (stale.type !== 'stale') throw new Error(stale.type);
    expect(
      stale.diff
        .filter(({ type }) => type === 'added')
        .map((part) => part.text)
        .join(''),
    ).toContain('For all.');
    unitHolds(doc, ALICE, current);
    expect(stateOf(CLAUSE)).toBe('holds');

    agreementTextOf(source, { clause: clauseId(1), field: 'heading' })?.insert(0, 'Clean ');
    markUnitUpdated(doc, ALICE, sourceOf(CLAUSE));
    expect(stateOf(CLAUSE)).toBe('draft');
    expect(find(CLAUSE).view?.status).toBe('review');
  });

  it('is stale where a link of the source leads elsewhere', () => {
    const { source, doc, sourceOf, stateOf } = createWorld();
    const body = clauseBodyOf(source, clauseId(1)) as Y.XmlFragment;
    const text = (body.get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.format(0, 5, { link: { href: 'https://a.example/' } });
    unitHolds(doc, ALICE, sourceOf(CLAUSE));
    unitTextOf(doc, CLAUSE, 'heading')?.insert(0, 'ماء');
    expect(stateOf(CLAUSE)).toBe('draft');
    text.format(0, 5, { link: { href: 'https://b.example/' } });
    expect(stateOf(CLAUSE)).toBe('stale');
  });

  it('begun without its source is stale, never taken for right', () => {
    const { doc, stateOf } = createWorld();
    unitTextOf(doc, CLAUSE, 'heading')?.insert(0, 'ماء');
    setUnitStatus(doc, ALICE, CLAUSE, 'done');
    expect(stateOf(CLAUSE)).toBe('stale');
  });

  it('sees a change at the end of a clause of many pages', () => {
    const { source, doc, sourceOf, stateOf } = createWorld();
    const body = clauseBodyOf(source, clauseId(1)) as Y.XmlFragment;
    insertRich(body, 0, paragraphsOf('😀 long '.repeat(6_000)));
    unitHolds(doc, ALICE, sourceOf(CLAUSE));
    unitTextOf(doc, CLAUSE, 'heading')?.insert(0, 'ماء');
    expect(stateOf(CLAUSE)).toBe('draft');
    insertRich(body, body.length, paragraphsOf('The end.'));
    expect(stateOf(CLAUSE)).toBe('stale');
    unitHolds(doc, ALICE, { ...sourceOf(CLAUSE), text: 'short' });
    const state = readTranslation(doc);
    expect(state.type === 'ready' && state.translation.units.get(unitName(CLAUSE))?.sourceText).toBe('short');
  });

  it('of two people who write one unit apart keeps the words of both', () => {
    const alice = createDoc(1);
    createTranslation(alice, ALICE, 'fr');
    const bob = createDoc(2);
    send(alice, bob);
    unitTextOf(alice, CLAUSE, 'heading')?.insert(0, 'eau ');
    unitTextOf(bob, CLAUSE, 'heading')?.insert(0, 'potable ');
    insertRich(unitBodyOf(alice, CLAUSE) as Y.XmlFragment, 0, paragraphsOf('un'));
    insertRich(unitBodyOf(bob, CLAUSE) as Y.XmlFragment, 0, paragraphsOf('deux'));
    meet(alice, bob);
    const [here, there] = [readTranslation(alice), readTranslation(bob)];
    expect(there).toEqual(here);
    if (here.type !== 'ready') throw new Error(here.type);
    const unit = here.translation.units.get(unitName(CLAUSE));
    expect(unit?.texts.heading).toContain('eau ');
    expect(unit?.texts.heading).toContain('potable ');
    expect(
      plainRich(unit?.body ?? [])
        .split('\n\n')
        .sort(),
    ).toEqual(['deux', 'un']);
  });

  it('of a newer version is read, and not changed', () => {
    const { doc, sourceOf } = createWorld();
    const source = sourceOf(CLAUSE);
    doc.getMap('translation').set('schemaVersion', 2);
    expect(readTranslation(doc).type).toBe('newer');
    expect(unitHolds(doc, ALICE, source)).toEqual({ ok: false, error: { type: 'Newer' } });
    expect(unitTextOf(doc, CLAUSE, 'heading')).toBeNull();
    expect(unitBodyOf(doc, CLAUSE)).toBeNull();
  });

  it('keeps what was written for a clause that is taken out, and asks for it no more', () => {
    const { source, doc, woven } = createWorld();
    unitTextOf(doc, CLAUSE, 'heading')?.insert(0, 'ماء');
    removeClause(source, ALICE, clauseId(1));
    expect(woven().some(({ source: { unit } }) => unitName(unit) === unitName(CLAUSE))).toBe(false);
    const state = readTranslation(doc);
    expect(state.type === 'ready' && state.translation.units.has(unitName(CLAUSE))).toBe(true);
  });

  it('has names for its units that lead back to them, and no others', () => {
    for (const unit of [{ text: 'purpose' }, CLAUSE, { local: documentId(3) }, { redLine: redLineId(2) }] as const)
      expect(parseUnitName(unitName(unit))).toEqual(unit);
    for (const name of ['text/x', 'clause/', 'local/x', `local/${HARBOUR}/x`, 'made/text/title', 7, ''])
      expect(parseUnitName(name)).toBeNull();
  });
});

describe('a local clause', () => {
  it('is made, moved behind another clause, taken out and put back', () => {
    const doc = createDoc(1);
    expect(readLocalClause(doc)).toEqual({ type: 'empty' });
    expect(localBodyOf(doc)).toBeNull();
    createLocalClause(doc, ALICE, { language: 'ar', after: null, heading: 'قوارب', body: paragraphsOf('ليلا') });
    localHeadingOf(doc)?.insert(0, 'ثلاثة ');
    setAfter(doc, ALICE, clauseId(2));
    const state = readLocalClause(doc);
    if (state.type !== 'ready') throw new Error(state.type);
    expect(state.clause).toMatchObject({
      language: 'ar',
      direction: 'rtl',
      after: clauseId(2),
      shown: true,
      heading: 'ثلاثة قوارب',
      known: true,
    });
    removeLocalClause(doc, ALICE);
    expect(readLocalClause(doc)).toMatchObject({ clause: { shown: false, body: paragraphsOf('ليلا') } });
    restoreLocalClause(doc, ALICE);
    expect(readLocalClause(doc)).toMatchObject({ clause: { shown: true } });
  });

  it('of a newer version is read, and not changed', () => {
    const doc = createDoc(1);
    createLocalClause(doc, ALICE, { language: 'en', after: null });
    doc.getMap('localClause').set('schemaVersion', 2);
    expect(readLocalClause(doc).type).toBe('newer');
    expect(removeLocalClause(doc, ALICE)).toEqual({ ok: false, error: { type: 'Newer' } });
    expect(localHeadingOf(doc)).toBeNull();
  });
});
