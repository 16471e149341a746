import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  addClause,
  addRedLine,
  agreementTextOf,
  clauseBodyOf,
  createAgreement,
  createUndo,
  DEFAULT_RULE,
  encodeAgreementPlace,
  followAgreement,
  moveClause,
  moveRedLine,
  parseAgreementPlace,
  readAgreement,
  removeClause,
  removeRedLine,
  restoreClause,
  restoreRedLine,
  ruleFieldsOf,
  setAuthoritative,
  setDate,
  setParty,
  setRedLineField,
  setRuleField,
  setSourceLanguage,
} from '../../../../src/documents/agreement/index.ts';
import { insertRich, paragraphsOf, plainRich } from '../../../../src/documents/rich-text/index.ts';
import { ALICE, createDoc, send } from '../worlds.ts';
import { addClauses, clauseId, createPeople, HARBOUR, MARKET, redLineId, RIVER, view } from './worlds.ts';

const headings = (doc: Y.Doc): readonly string[] => view(doc).clauses.map(({ heading }) => heading);

describe('a new agreement', () => {
  it('is empty before, and ready after', () => {
    const doc = createDoc(1);
    expect(readAgreement(doc)).toEqual({ type: 'empty' });
    expect(addClause(doc, ALICE, { id: clauseId(1) })).toEqual({ ok: false, error: { type: 'Missing' } });
    createAgreement(doc, ALICE, {
      template: 'media',
      sourceLanguage: 'AR-tn',
      texts: { title: 'الميثاق', purpose: 'لماذا' },
      parties: [RIVER],
      rule: [{ field: 'method', value: 'majority' }],
    });
    expect(view(doc)).toMatchObject({
      template: 'media',
      sourceLanguage: 'ar-TN',
      direction: 'rtl',
      languages: ['ar-TN'],
      parties: [RIVER],
      texts: { title: 'الميثاق', purpose: 'لماذا', scope: '' },
      rule: { ...DEFAULT_RULE, method: 'majority' },
      dates: { effective: null, review: null, expiry: null },
      clauses: [],
      redLines: [],
    });
    const again = createAgreement(doc, ALICE, { template: 'blank', sourceLanguage: 'en' });
    expect(again).toEqual({ ok: false, error: { type: 'Exists' } });
  });

  it.each([
    ['a language that is none', { sourceLanguage: '?' }],
    ['a party that is no group', { parties: ['River'] }],
    ['a rule that is none', { rule: [{ field: 'quorum', value: -1 } as const] }],
  ])('is refused with %s', (_, wrong) => {
    const doc = createDoc(1);
    const made = createAgreement(doc, ALICE, { template: 'blank', sourceLanguage: 'en', ...wrong });
    expect(made).toEqual({ ok: false, error: { type: 'Invalid' } });
    expect(readAgreement(doc)).toEqual({ type: 'empty' });
  });
});

describe('clauses', () => {
  it('are added, moved, removed and restored to their place', () => {
    const [doc] = createPeople(2);
    addClauses(doc, 'a', 'b', 'c');
    moveClause(doc, ALICE, clauseId(3), clauseId(1));
    expect(headings(doc)).toEqual(['c', 'a', 'b']);
    removeClause(doc, ALICE, clauseId(1));
    expect(headings(doc)).toEqual(['c', 'b']);
    expect(view(doc).removedClauses.map(({ heading }) => heading)).toEqual(['a']);
    expect(view(doc).clauseOrder).toEqual([clauseId(3), clauseId(1), clauseId(2)]);
    restoreClause(doc, ALICE, clauseId(1));
    expect(headings(doc)).toEqual(['c', 'a', 'b']);
  });

  it('are not added twice, nor under what is no id, nor changed where there is none', () => {
    const [doc] = createPeople(2);
    addClauses(doc, 'a');
    expect(addClause(doc, ALICE, { id: clauseId(1) })).toEqual({ ok: false, error: { type: 'Exists' } });
    expect(moveClause(doc, ALICE, clauseId(2), null)).toEqual({ ok: false, error: { type: 'Missing' } });
    expect(removeClause(doc, ALICE, clauseId(2))).toEqual({ ok: false, error: { type: 'Missing' } });
  });

  it('of which one is undone are hidden, and what others wrote in it stays', () => {
    const [alice, bob] = createPeople(2);
    const undo = createUndo(alice, [ALICE]);
    addClauses(alice, 'a');
    send(alice, bob);
    insertRich(clauseBodyOf(bob, clauseId(1)) as Y.XmlFragment, 1, paragraphsOf('Said by Bob.'));
    send(bob, alice);
    undo.undo();
    expect(headings(alice)).toEqual([]);
    expect(plainRich(view(alice).removedClauses[0]?.body ?? [])).toContain('Said by Bob.');
  });
});

describe('fields', () => {
  it('of the rule are set one by one, and refused where they are none', () => {
    const [doc] = createPeople(2);
    const rule = {
      method: 'majority',
      threshold: { parts: 3, of: 4 },
      share: 'parties',
      mostStandAsides: 1,
      quorum: 4,
      standing: 'adopters',
      emergency: { allowed: true, groups: 3, hours: 6, reviewDays: 9 },
    } as const;
    for (const field of ruleFieldsOf(rule)) expect(setRuleField(doc, ALICE, field).ok).toBe(true);
    expect(view(doc).rule).toEqual(rule);
    setRuleField(doc, ALICE, { field: 'mostStandAsides', value: null });
    setRuleField(doc, ALICE, { field: 'emergencyAllowed', value: false });
    expect(view(doc).rule).toMatchObject({ mostStandAsides: null, emergency: { allowed: false, groups: 0 } });
    expect(setRuleField(doc, ALICE, { field: 'threshold', value: { parts: 1, of: 3 } }).ok).toBe(false);
    expect(setRuleField(doc, ALICE, { field: 'emergencyHours', value: 0 }).ok).toBe(false);
    expect(view(doc).rule.threshold).toEqual({ parts: 3, of: 4 });
  });

  it('for dates, parties and languages take only what they are', () => {
    const [doc] = createPeople(2);
    expect(setDate(doc, ALICE, 'review', '2031-02-29').ok).toBe(false);
    setDate(doc, ALICE, 'review', '2031-02-28');
    setDate(doc, ALICE, 'expiry', '2032-01-01');
    setDate(doc, ALICE, 'expiry', null);
    setParty(doc, ALICE, MARKET, true);
    setParty(doc, ALICE, RIVER, false);
    expect(setParty(doc, ALICE, 'Market', true).ok).toBe(false);
    setAuthoritative(doc, ALICE, 'FR', true);
    setAuthoritative(doc, ALICE, 'en', true);
    setAuthoritative(doc, ALICE, 'ar', true);
    setAuthoritative(doc, ALICE, 'es', true);
    setAuthoritative(doc, ALICE, 'es', false);
    expect(view(doc)).toMatchObject({
      dates: { effective: null, review: '2031-02-28', expiry: null },
      parties: [HARBOUR, MARKET],
      languages: ['en', 'ar', 'fr'],
    });
    setSourceLanguage(doc, ALICE, 'fr');
    expect(view(doc).languages).toEqual(['fr', 'ar', 'en']);
  });

  it('of red lines name who holds them and who may lift them', () => {
    const [doc] = createPeople(2);
    addRedLine(doc, ALICE, { id: redLineId(1), texts: { statement: 'No names of members' }, holder: RIVER });
    addRedLine(doc, ALICE, { id: redLineId(2), texts: { statement: 'No arms' }, lift: 'every-party' });
    moveRedLine(doc, ALICE, redLineId(2), redLineId(1));
    setRedLineField(doc, ALICE, redLineId(1), { field: 'lift', value: 'rule' });
    expect(setRedLineField(doc, ALICE, redLineId(1), { field: 'holder', value: 'all' }).ok).toBe(false);
    expect(view(doc).redLines).toEqual([
      { id: redLineId(2), statement: 'No arms', trigger: '', consequence: '', holder: null, lift: 'every-party' },
      { id: redLineId(1), statement: 'No names of members', trigger: '', consequence: '', holder: RIVER, lift: 'rule' },
    ]);
    removeRedLine(doc, ALICE, redLineId(2));
    expect(view(doc).removedRedLines.map(({ id }) => id)).toEqual([redLineId(2)]);
    restoreRedLine(doc, ALICE, redLineId(2));
    expect(view(doc).redLines).toHaveLength(2);
  });
});

describe('an agreement of a newer version', () => {
  it('is read, and nothing of it is changed', () => {
    const [doc] = createPeople(2);
    addClauses(doc, 'a');
    const part = doc.getMap('clauses').get(clauseId(1)) as Y.Map<unknown>;
    const body = part.get('body') as Y.XmlFragment;
    body.insert(0, [new Y.XmlElement('table')]);
    doc.getMap('agreement').set('schemaVersion', 2);
    const before = Y.encodeStateAsUpdate(doc);
    const state = readAgreement(doc);
    if (state.type === 'empty') throw new Error(state.type);
    expect(state.type).toBe('newer');
    expect(state.agreement.clauses[0]).toMatchObject({ heading: 'a', known: false });
    for (const refused of [
      addClause(doc, ALICE, { id: clauseId(2) }),
      moveClause(doc, ALICE, clauseId(1), null),
      removeClause(doc, ALICE, clauseId(1)),
      addRedLine(doc, ALICE, { id: redLineId(1) }),
      setDate(doc, ALICE, 'review', '2030-01-01'),
      setParty(doc, ALICE, MARKET, true),
      setRuleField(doc, ALICE, { field: 'quorum', value: 2 }),
      setSourceLanguage(doc, ALICE, 'fr'),
      setAuthoritative(doc, ALICE, 'fr', true),
    ])
      expect(refused).toEqual({ ok: false, error: { type: 'Newer' } });
    expect(agreementTextOf(doc, { agreement: 'title' })).toBeNull();
    expect(clauseBodyOf(doc, clauseId(1))).toBeNull();
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });
});

describe('a place in an agreement', () => {
  it('has a name that leads back to it', () => {
    for (const place of [
      { agreement: 'title' },
      { clause: clauseId(1), field: 'heading' },
      { clause: clauseId(1), field: 'body' },
      { redLine: redLineId(1), field: 'trigger' },
    ] as const)
      expect(parseAgreementPlace(encodeAgreementPlace(place))).toEqual(place);
  });

  it.each(['agreement/titles', 'agreement/title/x', 'clause/x/text', 'clause//body', 'redLine/x/body', '', 7, 'x/y/z'])(
    'is not named %s',
    (name) => {
      expect(parseAgreementPlace(name)).toBeNull();
    },
  );
});

describe('following an agreement', () => {
  it('reads the same as reading it anew, and keeps what did not change', () => {
    const [alice, bob] = createPeople(2);
    addClauses(alice, 'a', 'b', 'c');
    const followed = followAgreement(alice);
    const clauses = () => {
      const state = followed.read();
      if (state.type !== 'ready') throw new Error(state.type);
      expect(state).toEqual(readAgreement(alice));
      return state.agreement.clauses;
    };
    const before = clauses();
    send(alice, bob);
    const text = (clauseBodyOf(bob, clauseId(2))?.get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(0, 'More ');
    send(bob, alice);
    const after = clauses();
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(plainRich(after[1]?.body ?? [])).toBe('More About b.');
    agreementTextOf(alice, { clause: clauseId(1), field: 'heading' })?.insert(0, 'A');
    moveClause(alice, ALICE, clauseId(3), clauseId(1));
    expect(clauses().map(({ heading }) => heading)).toEqual(['c', 'Aa', 'b']);
    expect(clauses()[0]).toBe(before[2]);
    followed.stop();
  });
});
