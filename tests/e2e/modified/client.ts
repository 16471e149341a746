/**
 * A modified client, for one story: everything real (keys of its own, the invite, signatures, WebRTC) but for the
 * screens, and for the rule that an observer does not write.
 */
import * as Y from 'yjs';
import { AGREEMENT_TEXTS } from '../../../src/documents/agreement/schema.ts';
import type { WordId } from '../../../src/documents/agreement/words.ts';
import { createLive } from './live.ts';

const live = createLive();

Object.assign(globalThis, {
  modified: {
    join: (invite: string, name: string, group: string) => live.join(invite, name, group),
    /** Writes over every text and field of the first palette; gives what it sees afterwards. */
    write: async (words: string): Promise<string> => {
      const doc = await live.first('talking-points');
      doc.transact(() => {
        for (const point of doc.getMap('points').values()) {
          if (!(point instanceof Y.Map)) continue;
          for (const field of point.values()) {
            if (!(field instanceof Y.Text)) continue;
            field.delete(0, field.length);
            field.insert(0, words);
          }
        }
        doc.getMap('palette').set('mark', words);
      }, live.origin);
      await live.flush();
      return JSON.stringify(doc.getMap('points').toJSON());
    },
    /** Writes over every text of the first agreement, empties its clauses, and changes who decides on it, and how. */
    writeAgreement: async (words: string): Promise<string> => {
      const doc = await live.first('agreement');
      const writeOver = (text: unknown): void => {
        if (!(text instanceof Y.Text)) return;
        text.delete(0, text.length);
        text.insert(0, words);
      };
      doc.transact(() => {
        for (const name of AGREEMENT_TEXTS) writeOver(doc.getText(name));
        for (const parts of [doc.getMap('clauses'), doc.getMap('redLines')]) {
          for (const part of parts.values()) {
            if (!(part instanceof Y.Map)) continue;
            for (const field of part.values()) {
              writeOver(field);
              if (field instanceof Y.XmlFragment) field.delete(0, field.length);
            }
          }
        }
        for (const group of doc.getMap('parties').keys()) doc.getMap('parties').set(group, false);
        doc.getMap('agreement').set('method', 'majority');
      }, live.origin);
      await live.flush();
      return JSON.stringify([doc.getText('title').toJSON(), doc.getMap('clauses').toJSON()]);
    },
    /** Signs what is not an observer's to sign: that the first party blocks what is proposed, and that the round is over. */
    decide: async (reason: string): Promise<void> => {
      const proposed = live.words().find(({ word }) => word.kind === 'proposal');
      if (proposed?.word.kind !== 'proposal') throw new Error('nothing is proposed yet');
      const [[text], [group]] = [proposed.word.texts, proposed.word.parties];
      if (!text || !group) throw new Error('a proposal of nothing');
      const proposal = proposed.id as WordId;
      const mandate = { how: 'Nobody', when: null };
      // as a member of any group may write down what another said
      const recorded = { way: 'paper', name: 'Nobody' } as const;
      const rest = { mandate, reason, conditions: '', recorded, replaces: [] };
      const position = await live.say({ kind: 'position', proposal, ...text, group, position: 'block', ...rest });
      const counted = [position as WordId];
      await live.say({ kind: 'closing', proposal, counted, emergency: false, replaces: null });
    },
    /** Writes as a Weft of later days might: another version of the schema, a block and a mark that are not known here. */
    writeNewer: async (words: string): Promise<string> => {
      const doc = await live.first('agreement');
      doc.transact(() => {
        doc.getMap('agreement').set('schemaVersion', 2);
        const [clause] = doc.getMap<unknown>('clauses').values();
        const body: unknown = clause instanceof Y.Map ? clause.get('body') : undefined;
        if (!(body instanceof Y.XmlFragment)) throw new Error('no clause');
        const table = new Y.XmlElement('table');
        table.insert(0, [new Y.XmlText(words)]);
        body.insert(0, [table]);
      }, live.origin);
      await live.flush();
      return JSON.stringify(doc.getMap('clauses').toJSON());
    },
    agreement: async (): Promise<string> => JSON.stringify((await live.first('agreement')).getMap('clauses').toJSON()),
    /** What an observer may say, too. */
    comment: async (text: string): Promise<void> => {
      const place = { clause: null, part: '', anchor: null, quote: '' } as const;
      await live.say({ kind: 'comment', ...place, text, answers: null, replaces: null });
    },
    /** how many of its entries it holds, and how many peers it has */
    state: () => live.state(),
  },
});
