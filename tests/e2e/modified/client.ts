/**
 * A modified client, for one story: everything real (keys of its own, the invite, signatures, WebRTC) but for the
 * screens, and for the rule that an observer does not write.
 */
import * as Y from 'yjs';
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
    /** Writes over every letter of the first agreement, and takes its clauses out. */
    writeAgreement: async (words: string): Promise<string> => {
      const doc = await live.first('agreement');
      doc.transact(() => {
        doc.getText('title').insert(0, words);
        for (const clause of doc.getMap('clauses').values()) {
          if (!(clause instanceof Y.Map)) continue;
          const body: unknown = clause.get('body');
          if (body instanceof Y.XmlFragment) body.delete(0, body.length);
          clause.set('shown', false);
        }
      }, live.origin);
      await live.flush();
      return doc.getText('title').toJSON();
    },
    /** how many of its entries it holds, and how many peers it has */
    state: () => live.state(),
  },
});
