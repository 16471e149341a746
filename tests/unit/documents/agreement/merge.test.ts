/** Agreements that are edited apart and merged: fast-check prints the seed of what fails. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  addClause,
  addRedLine,
  agreementTextOf,
  clauseBodyOf,
  createUndo,
  encodeAgreementText,
  freeze,
  METHODS,
  moveClause,
  removeClause,
  restoreClause,
  setAuthoritative,
  setParty,
  setRuleField,
} from '../../../../src/documents/agreement/index.ts';
import { canonicalRich, insertRich, paragraphsOf, plainRich } from '../../../../src/documents/rich-text/index.ts';
import { ALICE, meet, send } from '../worlds.ts';
import { addClauses, clauseId, createPeople, HARBOUR, MARKET, redLineId, RIVER, view } from './worlds.ts';

type Step = { readonly who: number; readonly what: string; readonly a: number; readonly b: number };

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom(
    ...['add', 'type', 'type', 'type', 'paragraph', 'format', 'move', 'remove', 'restore', 'red', 'party', 'rule'],
    ...['language', 'send', 'undo'],
  ),
  a: fc.nat(50),
  b: fc.nat(50),
});

describe('three people apart', () => {
  it('agree once they met, freeze the same bytes, and lose no word but of who undid them', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const people = createPeople(3);
        const undos = people.map((doc) => createUndo(doc, [ALICE]));
        const typed: { word: string; who: number }[] = [];
        const undid = new Set<number>();
        let fresh = 1;
        for (const { who, what, a, b } of steps) {
          const doc = people[who] as Y.Doc;
          const { clauses, removedClauses } = view(doc);
          const all = [...clauses, ...removedClauses];
          if (what === 'add') addClause(doc, ALICE, { id: clauseId(fresh++), heading: 'h', body: paragraphsOf('b') });
          if (what === 'red') addRedLine(doc, ALICE, { id: redLineId(fresh++), texts: { statement: 's' } });
          if (what === 'party') setParty(doc, ALICE, [HARBOUR, RIVER, MARKET][a % 3] ?? RIVER, b % 2 === 0);
          if (what === 'language') setAuthoritative(doc, ALICE, ['fr', 'ar'][a % 2] ?? 'fr', b % 2 === 0);
          if (what === 'rule') setRuleField(doc, ALICE, { field: 'method', value: METHODS[a % 4] ?? 'consent' });
          if (what === 'send') send(doc, people[a % 3] as Y.Doc);
          if (what === 'undo') {
            undos[who]?.undo();
            undid.add(who);
          }
          const id = all[a % Math.max(1, all.length)]?.id;
          if (id === undefined) continue;
          const body = clauseBodyOf(doc, id);
          if (body === null) throw new Error('a clause without a body');
          const first = body.get(0);
          const text = first instanceof Y.XmlElement ? first.get(0) : null;
          if (what === 'type' || what === 'paragraph') {
            const word = `<${fresh++}>`;
            typed.push({ word, who });
            doc.transact(() => {
              if (what === 'type' && text instanceof Y.XmlText) text.insert(0, word);
              else insertRich(body, b % (body.length + 1), paragraphsOf(word));
            }, ALICE);
          }
          if (what === 'format' && text instanceof Y.XmlText)
            doc.transact(() => text.format(0, Math.min(text.length, b), { strong: b % 3 === 0 ? null : {} }), ALICE);
          if (what === 'move') moveClause(doc, ALICE, id, all[b % (all.length + 1)]?.id ?? null);
          if (what === 'remove') removeClause(doc, ALICE, id);
          if (what === 'restore') restoreClause(doc, ALICE, id);
        }
        meet(...people);
        const [first, ...others] = people.map(view);
        for (const other of others) expect(other).toEqual(first);
        const texts = people.map((doc) => {
          const made = freeze(view(doc), []);
          return made.ok ? encodeAgreementText(made.value) : made.error;
        });
        for (const text of texts) expect(text).toEqual(texts[0]);
        const everything = [...(first?.clauses ?? []), ...(first?.removedClauses ?? [])]
          .map(({ body }) => plainRich(canonicalRich(body)))
          .join();
        for (const { word, who } of typed) if (!undid.has(who)) expect(everything).toContain(word);
      }),
      { numRuns: 150 },
    );
  });
});

describe('two people apart', () => {
  it('who each move another clause both get what they wanted', () => {
    const [alice, bob] = createPeople(2);
    addClauses(alice, 'a', 'b', 'c', 'd');
    meet(alice, bob);
    moveClause(alice, ALICE, clauseId(4), clauseId(1));
    moveClause(bob, ALICE, clauseId(2), null);
    meet(alice, bob);
    expect(view(alice).clauses.map(({ heading }) => heading)).toEqual(['d', 'a', 'c', 'b']);
    expect(view(bob)).toEqual(view(alice));
  });

  it('one of whom removes a clause while the other writes in it, lose nothing', () => {
    const [alice, bob] = createPeople(2);
    addClauses(alice, 'a');
    meet(alice, bob);
    removeClause(alice, ALICE, clauseId(1));
    insertRich(clauseBodyOf(bob, clauseId(1)) as Y.XmlFragment, 0, paragraphsOf('Still here.'));
    meet(alice, bob);
    expect(view(alice).clauses).toEqual([]);
    restoreClause(alice, ALICE, clauseId(1));
    meet(alice, bob);
    expect(plainRich(view(bob).clauses[0]?.body ?? [])).toBe('Still here.\n\nAbout a.');
  });

  it('who set parts of the rule apart never get a mixture of one part', () => {
    const [alice, bob] = createPeople(2);
    setRuleField(alice, ALICE, { field: 'threshold', value: { parts: 2, of: 4 } });
    setRuleField(bob, ALICE, { field: 'threshold', value: { parts: 3, of: 3 } });
    setRuleField(bob, ALICE, { field: 'quorum', value: 3 });
    meet(alice, bob);
    expect(view(alice).rule).toEqual(view(bob).rule);
    expect(view(alice).rule.quorum).toBe(3);
    expect(['2/4', '3/3']).toContain(`${view(alice).rule.threshold.parts}/${view(alice).rule.threshold.of}`);
  });

  it('who type into one heading keep both words', () => {
    const [alice, bob] = createPeople(2);
    addClauses(alice, 'a');
    meet(alice, bob);
    agreementTextOf(alice, { clause: clauseId(1), field: 'heading' })?.insert(0, 'one ');
    agreementTextOf(bob, { clause: clauseId(1), field: 'heading' })?.insert(1, ' two');
    meet(alice, bob);
    expect(view(alice).clauses[0]?.heading).toBe('one a two');
  });
});
