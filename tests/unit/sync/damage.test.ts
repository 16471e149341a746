/** Snapshots are a cache: whatever is damaged in one is made anew from the log, with nothing lost. */
import { describe, expect, it } from 'vitest';
import { LOCAL } from '../../../src/log/capture.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { createMemoryDisk, createMemoryStorage, type MemoryDisk } from '../../../src/storage/memory.ts';
import { carry, found, join, paletteOf, type Person, restart, value } from '../../world.ts';

const type = async (person: Person, id: DocumentId, text: string): Promise<void> => {
  const doc = value(await person.replica.openDocument(id));
  doc.transact(() => doc.getText('text').insert(doc.getText('text').length, text), LOCAL);
  value(await person.replica.flush());
};
const read = async (person: Person, id: DocumentId): Promise<string> =>
  value(await person.replica.openDocument(id))
    .getText('text')
    .toJSON();

/** Two documents that two people wrote, in a snapshot, and a little in the log that is newer. */
const world = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Farmers');
  const ids = [await paletteOf(alice), await paletteOf(alice)];
  for (const [at, id] of ids.entries()) {
    await type(alice, id, `one${at} `);
    await carry(alice, bob);
    await type(bob, id, `two${at} `);
    await carry(bob, alice);
  }
  const started = await restart(alice);
  value(await started.replica.snapshot());
  await type(started, ids[0] as DocumentId, 'three ');
  return { person: started, bob, ids, texts: ['one0 two0 three ', 'one1 two1 '] };
};

const copyOf = (disk: MemoryDisk, damage: (key: string, value: Uint8Array) => Uint8Array): MemoryDisk => {
  const copy = createMemoryDisk();
  for (const entry of disk.entries()) {
    if (entry.type === 'pair') copy.put(entry.key, damage(entry.key, entry.value));
    else copy.append(entry.log, entry.seq, entry.value);
  }
  return copy;
};
const startOn = (person: Person, disk: MemoryDisk): Promise<Person> =>
  restart({ ...person, storage: createMemoryStorage(disk) });

describe('a snapshot that is damaged', () => {
  it('anywhere is made anew, and nothing of what it held is lost', async () => {
    const { person, bob, ids, texts } = await world();
    const keys = person.storage.disk.list('').map(({ key }) => key);
    // state, logs, two documents; what nobody else has is noted beside them
    expect(keys.length).toBeGreaterThanOrEqual(4);
    for (const damaged of keys) {
      for (const part of [0, 0.3, 0.6, 0.999]) {
        const disk = copyOf(person.storage.disk, (key, bytes) => {
          if (key !== damaged) return bytes;
          const wrong = new Uint8Array(bytes);
          const at = Math.floor(bytes.length * part);
          wrong[at] = (wrong[at] ?? 0) ^ 1;
          return wrong;
        });
        const again = await startOn(person, disk);
        const other = await startOn(
          bob,
          copyOf(bob.storage.disk, (_, bytes) => bytes),
        );
        const events: string[] = [];
        again.replica.on(({ type: name }) => {
          if (name === 'failed' || name === 'rebuilt') events.push(name);
        });
        // others' words first: they need the documents' logs
        await type(other, ids[1] as DocumentId, '!');
        await carry(other, again);
        for (const [at, id] of ids.entries()) expect(await read(again, id)).toBe(`${texts[at] ?? ''}${at ? '!' : ''}`);
        await type(again, ids[0] as DocumentId, 'four');
        expect((await carry(again, other)).refused.size).toBe(0);
        // what is written down now is whole again
        value(await again.replica.snapshot());
        const later = await startOn(again, disk);
        for (const each of [other, later]) {
          expect(await read(each, ids[0] as DocumentId)).toBe(`${texts[0] ?? ''}four`);
          expect(await read(each, ids[1] as DocumentId)).toBe(`${texts[1] ?? ''}!`);
        }
        expect(events).toEqual([]);
      }
    }
  });

  it('is not written down again without what it held, where nobody opened the document', async () => {
    const { person, bob, ids, texts } = await world();
    const before = new Map(person.storage.disk.list('').map(({ key, value: bytes }) => [key, bytes]));
    value(await person.replica.snapshot());
    // only the document that was touched was written
    const touched = person.storage.disk
      .list('')
      .filter(({ key, value: bytes }) => before.get(key) !== bytes)
      .map(({ key }) => key);
    const untouched = [...before.keys()].filter((key) => !touched.includes(key));
    const disk = copyOf(person.storage.disk, (key, bytes) =>
      untouched.includes(key) ? bytes.map((byte, at) => (at === 30 ? byte ^ 1 : byte)) : bytes,
    );
    const again = await startOn(person, disk);
    await type(bob, ids[1] as DocumentId, 'more');
    await carry(bob, again);
    value(await again.replica.snapshot());
    expect(await read(await startOn(again, disk), ids[1] as DocumentId)).toBe(`${texts[1] ?? ''}more`);
  });
});
