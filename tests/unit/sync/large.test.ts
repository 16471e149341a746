/** What is too large for one entry: cut where it can be, refused alone where it cannot, and nothing else is lost with it. */
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { LOCAL } from '../../../src/log/capture.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { createMemoryNetwork } from '../../../src/transports/memory.ts';
import { carry, found, join, paletteOf, type Person, restart, value } from '../../world.ts';
import { goOnline, settleAll } from './online.ts';

const open = async (person: Person, id: DocumentId): Promise<Y.Doc> => value(await person.replica.openDocument(id));

const contentOf = (doc: Y.Doc) => ({
  text: doc.getText('text').toJSON(),
  map: doc.getMap('map').toJSON(),
  list: doc.getArray('list').toJSON(),
});

/** What Alice wrote reads the same to her, to Bob, and after a restart. */
const expectKept = async (alice: Person, bob: Person, id: DocumentId): Promise<ReturnType<typeof contentOf>> => {
  value(await alice.replica.flush());
  expect((await carry(alice, bob)).refused.size).toBe(0);
  const hers = contentOf(await open(alice, id));
  expect(contentOf(await open(bob, id))).toEqual(hers);
  expect(contentOf(await open(await restart(alice), id))).toEqual(hers);
  return hers;
};

const world = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Farmers');
  const id = await paletteOf(alice);
  const doc = await open(alice, id);
  const refused: DocumentId[] = [];
  const failed: string[] = [];
  alice.replica.on((event) => {
    if (event.type === 'refused') refused.push(event.document);
    if (event.type === 'failed') failed.push(event.error.type);
  });
  return { alice, bob, id, doc, refused, failed };
};

describe('a value too large to be logged', () => {
  it('is taken out again, and all that was typed before, with and after it is kept', async () => {
    const { alice, bob, id, doc, refused, failed } = await world();
    const map = doc.getMap('map');
    doc.transact(() => doc.getText('text').insert(0, 'before'), LOCAL);
    doc.transact(() => {
      doc.getText('text').insert(6, ' with');
      map.set('note', 'a'.repeat(60_000));
      map.set('other', 1);
    }, LOCAL);
    expect(refused).toEqual([id]);
    doc.transact(() => doc.getText('text').insert(11, ' after'), LOCAL);
    expect(await expectKept(alice, bob, id)).toMatchObject({ text: 'before with after', map: { other: 1 } });
    // the field takes what is smaller, on top of what was refused
    doc.transact(() => map.set('note', 'short'), LOCAL);
    expect((await expectKept(alice, bob, id)).map).toEqual({ other: 1, note: 'short' });
    expect(failed).toEqual([]);
  });

  it('is refused alone of the values in a list, and those that fit are logged however many they are', async () => {
    const { alice, bob, id, doc, refused } = await world();
    const many = Array.from({ length: 30_000 }, (_, at) => `value ${at}`);
    const huge = new Uint8Array(100_000);
    doc.transact(() => doc.getArray('list').insert(0, [...many, huge, 'between', huge, 'end']), LOCAL);
    expect(refused).toEqual([id]);
    expect((await expectKept(alice, bob, id)).list).toEqual([...many, 'between', 'end']);
    doc.transact(() => doc.getArray('list').insert(30_001, ['later']), LOCAL);
    expect((await expectKept(alice, bob, id)).list.slice(30_000)).toEqual(['between', 'later', 'end']);
  });

  it('is refused as bytes, as a format and nested too deep', async () => {
    const { alice, bob, id, doc, refused } = await world();
    let deep: unknown = 1;
    for (let i = 0; i < 40; i++) deep = [deep];
    const text = doc.getText('text');
    doc.transact(() => doc.getMap('map').set('bytes', new Uint8Array(60_000)), LOCAL);
    doc.transact(() => text.insert(0, 'plain', { note: 'a'.repeat(60_000) }), LOCAL);
    doc.transact(() => doc.getMap('map').set('deep', deep), LOCAL);
    doc.transact(() => text.insertEmbed(5, { picture: 'a'.repeat(60_000) }), LOCAL);
    expect(refused).toEqual([id, id, id, id]);
    expect(await expectKept(alice, bob, id)).toMatchObject({ text: 'plain', map: {} });
  });
});

describe('what can be cut', () => {
  it('is a megabyte pasted into a text: saved in pieces, and live to others', async () => {
    const { alice, bob, id, doc } = await world();
    await carry(alice, bob);
    const network = createMemoryNetwork({ limit: 5000 });
    const online = [alice, bob].map((person, at) => goOnline(network, String(at), person));
    await settleAll(network, online);
    const his = await open(bob, id);
    const paste = `\uFEFFEvery crew comes home 🌊 ${'é'.repeat(30)}`.repeat(20_000);
    doc.transact(() => doc.getText('text').insert(0, paste), LOCAL);
    await settleAll(network, online);
    expect(online.flatMap((each) => each.dropped)).toEqual([]);
    expect(his.getText('text').toJSON() === paste).toBe(true);
    expect((await open(await restart(bob), id)).getText('text').toJSON() === paste).toBe(true);
    await expectKept(alice, bob, id);
  });

  it('is a long text that was put in and taken out again in one go', async () => {
    const { alice, bob, id, doc } = await world();
    const text = doc.getText('text');
    doc.transact(() => {
      text.insert(0, 'a'.repeat(300_000));
      text.delete(0, 299_995);
    }, LOCAL);
    doc.transact(() => text.insert(5, ' and on'), LOCAL);
    expect((await expectKept(alice, bob, id)).text).toBe('aaaaa and on');
  });

  it('is a thousand fields with long names', async () => {
    const { alice, bob, id, doc } = await world();
    const map = doc.getMap('map');
    doc.transact(() => {
      for (let at = 0; at < 1000; at++) map.set(`${at} ${'n'.repeat(300)}`, at);
    }, LOCAL);
    expect(Object.keys((await expectKept(alice, bob, id)).map)).toHaveLength(1000);
  });
});

describe('a name that no reader would take', () => {
  it('ends the session, and what was typed before is kept', async () => {
    const { alice, bob, id, doc, failed } = await world();
    doc.transact(() => doc.getText('text').insert(0, 'before'), LOCAL);
    doc.transact(() => doc.getMap('map').set('n'.repeat(500), 1), LOCAL);
    doc.transact(() => doc.getText('text').insert(0, 'lost '), LOCAL);
    // a step of the queue later
    await alice.replica.flush();
    await alice.replica.flush();
    expect(failed).toEqual(['SessionEnded']);
    const again = await restart(alice);
    expect(contentOf(await open(again, id))).toMatchObject({ text: 'before', map: {} });
    await carry(again, bob);
    expect((await open(bob, id)).getText('text').toJSON()).toBe('before');
  });
});
