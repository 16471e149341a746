/**
 * A random history of five devices: edits of every type that documents use, undo and redo, cut and mended links,
 * bundles, restarts with and without snapshots. Everything is decided by a seed.
 */
import * as Y from 'yjs';
import { createUndo } from '../../../src/documents/shape/change.ts';
import { digestsOf } from '../../../src/sync/digests.ts';
import { LOCAL } from '../../../src/sync/replica-types.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { createMemoryNetwork } from '../../../src/transports/memory.ts';
import { carry, found, join, paletteOf, type Person, restart, value } from '../../world.ts';
import { createChance, type Chance } from '../log/random-space.ts';
import { contentOf } from '../log/twin.ts';
import { calm, goOnline, type Online, settleAll } from './online.ts';

const undoByDoc = new WeakMap<Y.Doc, Y.UndoManager>();
const undoOf = (doc: Y.Doc): Y.UndoManager => {
  const known = undoByDoc.get(doc);
  if (known) return known;
  const made = createUndo(doc, [LOCAL]);
  made.captureTimeout = 0;
  undoByDoc.set(doc, made);
  return made;
};

const edit = (doc: Y.Doc, chance: Chance): void => {
  const text = doc.getText('text');
  const map = doc.getMap<unknown>('map');
  const list = doc.getArray<unknown>('list');
  const nested = map.get('deep');
  const inList = list.length > 0 ? list.get(chance.below(list.length)) : null;
  const one = (): void => {
    switch (chance.below(12)) {
      case 0:
      case 1:
      case 2:
        text.insert(chance.below(text.length + 1), chance.pick(['a', 'words ', '\n', 'كلمة ', 'é']));
        return;
      case 3: {
        const at = chance.below(text.length + 1);
        text.delete(at, Math.min(chance.below(6), text.length - at));
        return;
      }
      case 4:
        text.format(0, text.length, { bold: chance.pick([true, null]) });
        return;
      case 5:
        map.set(chance.pick(['a', 'b']), chance.pick<unknown>([1, 'v', null, { k: [1, 2] }]));
        return;
      case 6:
        map.set('deep', new Y.Text('deep'));
        return;
      case 7:
        if (nested instanceof Y.Text) nested.insert(chance.below(nested.length + 1), 'in ');
        else map.delete('a');
        return;
      case 8:
        list.insert(chance.below(list.length + 1), [1, new Y.Map([['t', new Y.Text('cell')]])]);
        return;
      case 9:
        if (list.length > 0) list.delete(chance.below(list.length), 1);
        return;
      case 10: {
        const cell: unknown = inList instanceof Y.Map ? inList.get('t') : null;
        if (cell instanceof Y.Text) cell.insert(cell.length, '+');
        else text.insertEmbed(chance.below(text.length + 1), { image: chance.below(9) });
        return;
      }
      default:
        if (nested instanceof Y.Text && nested.length > 0) nested.delete(0, 1);
        else text.insert(0, '>');
    }
  };
  doc.transact(() => {
    for (let i = chance.below(3); i >= 0; i--) one();
  }, LOCAL);
};

export interface History {
  readonly texts: readonly string[];
  readonly dropped: readonly string[];
  readonly refused: readonly string[];
  /** Did all hold the same in the end? */
  readonly isEven: boolean;
}

/** Plays a history; gives each person's view of everything at the end, before and after a last restart. */
export const playHistory = async (seed: number, steps: number): Promise<History> => {
  const chance = createChance(seed);
  const alice = await found(seed);
  const people: Person[] = [alice];
  for (const [at, name] of ['Bob', 'Chen', 'Dora', 'Emil'].entries())
    people.push(await join(alice, seed * 10 + at, name, `G${at}`));
  const documents: DocumentId[] = [await paletteOf(alice), await paletteOf(alice)];
  const network = createMemoryNetwork({ limit: 200_000, choose: (count) => chance.below(count) });
  const online: Online[] = people.map((person, at) => goOnline(network, String(at), person));
  const refused: string[] = [];
  const dropped: string[] = [];
  const cuts = new Set<string>();
  await settleAll(network, online);

  const again = async (at: number): Promise<void> => {
    const { person, exchange, transport } = online[at] as Online;
    dropped.push(...(online[at] as Online).dropped);
    await transport.stop();
    exchange.stop();
    // a killed process: what was not flushed is lost, what was said to be saved is not
    if (chance.is(0.5)) value(await person.replica.flush());
    await person.storage.close();
    online[at] = goOnline(network, String(at), await restart(person));
  };
  for (let step = 0; step < steps; step++) {
    const at = chance.below(5);
    const { person } = online[at] as Online;
    const what = chance.below(30);
    if (what < 16) {
      const id = chance.pick(documents);
      if (!person.replica.membership().documents.has(id)) continue;
      const doc = value(await person.replica.openDocument(id));
      const undo = undoOf(doc);
      const how = chance.below(8);
      if (how === 0) undo.undo();
      else if (how === 1) undo.redo();
      else edit(doc, chance);
      if (chance.is(0.5)) value(await person.replica.flush());
    } else if (what < 20) await calm(network, online);
    else if (what < 22) for (const each of online) each.person.environment.pass(500);
    else if (what < 25) {
      const pair = [at, chance.below(5)].sort() as [number, number];
      const key = pair.join();
      if (pair[0] === pair[1]) continue;
      if (cuts.delete(key)) network.mend(String(pair[0]), String(pair[1]));
      else {
        cuts.add(key);
        network.cut(String(pair[0]), String(pair[1]));
      }
    } else if (what < 27) {
      const { person: to } = chance.pick(online);
      if (to !== person) refused.push(...(await carry(person, to)).refused.keys());
    } else if (what < 28) value(await person.replica.snapshot());
    else await again(at);
  }
  for (const key of cuts) network.mend(...(key.split(',') as [string, string]));
  await settleAll(network, online);
  const sums = online.map(({ person }) =>
    JSON.stringify([...digestsOf(person.replica.vector(), person.replica.tips())].sort()),
  );
  const texts: string[] = [];
  const look = async (person: Person): Promise<void> => {
    const parts: string[] = [];
    for (const id of documents) parts.push(contentOf(value(await person.replica.openDocument(id))));
    texts.push(parts.join('\n'));
  };
  for (const { person } of online) await look(person);
  for (const { person } of online) await look(await restart(person));
  // somebody who comes last reads it all from packs made now
  const last = await join((online[0] as Online).person, seed * 10 + 9, 'Last', 'G9');
  await carry((online[chance.below(5)] as Online).person, last);
  await look(last);
  dropped.push(...online.flatMap((each) => each.dropped));
  return { texts, dropped, refused, isEven: new Set(sums).size === 1 };
};
