/** A member may write any shape into an agreement. Reading never throws, is the same everywhere, and stays within bounds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  addClause,
  addRedLine,
  agreementTextOf,
  clauseBodyOf,
  encodeAgreementText,
  followAgreement,
  freeze,
  moveClause,
  numberClauses,
  readAgreement,
  setRuleField,
} from '../../../../src/documents/agreement/index.ts';
import { createLocalClause, readLocalClause } from '../../../../src/documents/local-clause/index.ts';
import {
  canonicalRich,
  isKnown,
  markdownRich,
  paragraphsOf,
  plainRich,
} from '../../../../src/documents/rich-text/index.ts';
import {
  createTranslation,
  readTranslation,
  unitName,
  weaveTranslation,
} from '../../../../src/documents/translation/index.ts';
import { strangeChild } from '../rich-text/arbitrary.ts';
import { key, strange, writes } from '../strange.ts';
import { ALICE, createDoc, send } from '../worlds.ts';
import { addClauses, clauseId, createPeople, documentId, HARBOUR, redLineId, RIVER, view } from './worlds.ts';

const KEYS = [
  ...['order', 'shown', 'heading', 'body', 'statement', 'holder', 'lift', 'template', 'sourceLanguage', 'method'],
  ...['threshold', 'share', 'mostStandAsides', 'quorum', 'standing', 'emergencyAllowed', 'emergencyGroups', 'review'],
  ...[RIVER, 'en', 'ar', clauseId(1), redLineId(1)],
];

describe('a hostile agreement', () => {
  it('is read, followed, changed, numbered and frozen without a throw, the same on two devices', () => {
    fc.assert(
      fc.property(writes(KEYS), fc.array(strangeChild, { maxLength: 3 }), (list, children) => {
        const [alice, bob] = createPeople(2);
        addClauses(alice, 'a', 'b');
        addRedLine(alice, ALICE, { id: redLineId(1), texts: { statement: 's' } });
        const followed = followAgreement(alice);
        followed.read();
        const clause = alice.getMap('clauses').get(clauseId(1)) as Y.Map<unknown>;
        clauseBodyOf(alice, clauseId(1))?.insert(
          0,
          children.map((make) => make()),
        );
        agreementTextOf(alice, { agreement: 'title' })?.insertEmbed(1, { image: 'x' });
        const redLine = alice.getMap('redLines').get(redLineId(1)) as Y.Map<unknown>;
        const roots = ['clauses', 'redLines', 'agreement', 'parties', 'languages'].map((name) => alice.getMap(name));
        for (const [where, name, value] of list) {
          const target = [clause, redLine, ...roots][where];
          if (name !== 'schemaVersion') target?.set(name, value());
        }
        send(alice, bob);
        const here = readAgreement(alice);
        expect(readAgreement(bob)).toEqual(here);
        expect(followed.read()).toEqual(here);
        const texts = [alice, bob].map((doc) => {
          const made = freeze(view(doc), []);
          return made.ok ? encodeAgreementText(made.value) : made.error;
        });
        expect(texts[1]).toEqual(texts[0]);
        for (const { body } of [...view(bob).clauses, ...view(bob).removedClauses]) {
          markdownRich(body);
          plainRich(canonicalRich(body));
        }
        addClause(bob, ALICE, { id: clauseId(7), heading: 'honest', body: paragraphsOf('words') });
        moveClause(bob, ALICE, clauseId(1), clauseId(7));
        moveClause(bob, ALICE, clauseId(7), clauseId(1));
        setRuleField(bob, ALICE, { field: 'quorum', value: 3 });
        expect(view(bob).rule.quorum).toBe(3);
        expect(numberClauses(view(bob), []).some((one) => one.type === 'common' && one.clause.id === clauseId(7))).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('of very many clauses is cut to a size, the same everywhere', () => {
    const [alice, bob] = createPeople(2);
    alice.transact(() => {
      for (let n = 0; n < 700; n++) alice.getMap('clauses').set(`c${n}`, new Y.Map([['shown', true]]));
      for (let n = 0; n < 2000; n++) alice.getMap('parties').set(documentId(n), true);
    });
    send(alice, bob);
    expect(view(bob).clauses).toHaveLength(500);
    expect(view(bob).parties).toHaveLength(1000);
    expect(view(alice)).toEqual(view(bob));
  });

  it('with an element in place of a body gives no editor anything to bind to', () => {
    const [alice] = createPeople(2);
    addClauses(alice, 'a');
    (alice.getMap('clauses').get(clauseId(1)) as Y.Map<unknown>).set('body', new Y.XmlElement('paragraph'));
    expect(clauseBodyOf(alice, clauseId(1))).toBeNull();
    expect(view(alice).clauses[0]).toMatchObject({ body: [], known: false });
  });
});

describe('a hostile local clause', () => {
  it('is read without a throw', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key(['after', 'language', 'shown']), strange)), strangeChild, (list, child) => {
        const doc = createDoc(1);
        createLocalClause(doc, ALICE, { language: 'en', after: null, body: paragraphsOf('words') });
        for (const [name, value] of list) doc.getMap('localClause').set(name, value());
        doc.getXmlFragment('body').insert(0, [child()]);
        const other = createDoc(2);
        send(doc, other);
        const state = readLocalClause(other);
        if (state.type === 'empty') throw new Error(state.type);
        expect(state).toEqual(readLocalClause(doc));
        expect(isKnown(other.getXmlFragment('body'))).toBe(false);
        const locals = [{ id: documentId(1), group: HARBOUR, view: state.clause }];
        expect(numberClauses(view(createPeople(2)[0]), locals)).toHaveLength(state.clause.shown ? 1 : 0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a hostile translation', () => {
  it('is read and woven without a throw, the same on two devices', () => {
    const name = fc.constantFrom(
      'text/title',
      `clause/${clauseId(1)}`,
      `local/${documentId(1)}`,
      'clause/../x',
      '',
      'x',
    );
    const field = fc.constantFrom('text', 'heading', 'body', 'other', 'body/x');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, field), { maxLength: 6 }),
        fc.array(fc.tuple(name, key(['status', 'source0', 'source1', 'sourceLanguage']), strange)),
        (roots, list) => {
          const [source] = createPeople(2);
          addClauses(source, 'a');
          // Made elsewhere, as anything at all: here the roots come without a type.
          const doc = createDoc(1);
          createTranslation(doc, ALICE, 'ar');
          for (const [unit, part] of roots) doc.getArray<unknown>(`${unit}/${part}`).push([1, 'two', new Y.Map()]);
          for (const [unit, keyOf, value] of list) doc.getMap(`made/${unit}`).set(keyOf, value());
          const [one, other] = [createDoc(2), createDoc(3)];
          send(doc, one);
          send(one, other);
          const state = readTranslation(one);
          if (state.type !== 'ready') throw new Error(state.type);
          expect(readTranslation(other)).toEqual(state);
          for (const { source: unit } of weaveTranslation(view(source), [], state.translation))
            expect(unitName(unit.unit)).not.toContain('..');
          freeze(view(source), [], state.translation);
        },
      ),
      { numRuns: 200 },
    );
  });
});
