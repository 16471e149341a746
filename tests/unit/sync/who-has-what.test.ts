/** What the status line and Exchange say of who has what: true after offline edits, a bundle, and a live exchange. */
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { LOCAL } from '../../../src/log/capture.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { Space } from '../../../src/app/space.svelte.ts';
import { openInvites } from '../../../src/sync/invites.ts';
import { makeBundle, mergeBundle } from '../../../src/sync/bundles.ts';
import { carry, found, join, paletteOf, type Person, value } from '../../world.ts';

const spaceOf = async (person: Person): Promise<Space> =>
  new Space(person.replica, value(await openInvites(person.storage, person.replica, person.environment)));

const write = async (person: Person, id: DocumentId, text: string): Promise<void> => {
  const doc: Y.Doc = value(await person.replica.openDocument(id));
  doc.transact(() => doc.getText('title').insert(0, text), LOCAL);
  value(await person.replica.flush());
};

/** A whole bundle from one to another, as a file. */
const bundle = async (from: Person, to: Person): Promise<void> => {
  const made = value(await makeBundle(from.replica, { recipients: 'space', base: null }, from.environment));
  const parts: Uint8Array[] = [];
  for await (const bytes of made.bytes()) parts.push(bytes.slice());
  const file = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
  const source = {
    size: file.length,
    read: async (offset: number, length: number) => file.slice(offset, offset + length),
  };
  value(await mergeBundle(to.replica, source, to.environment, {}));
};

const hear = (person: Person, other: Person): void =>
  person.replica.heard(other.replica.device, other.replica.vector(), true);

const world = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Farmers');
  const carla = await join(alice, 3, 'Carla', 'Legal clinic');
  const id = await paletteOf(alice);
  for (const other of [bob, carla]) await carry(alice, other);
  for (const other of [bob, carla]) hear(alice, other);
  return { alice, bob, carla, id, space: await spaceOf(alice) };
};

describe('who has what, as the status line says it', () => {
  it('is not shared after an edit without a network, and with nobody', async () => {
    const { alice, id, space } = await world();
    expect(space.unshared?.changes).toBe(0);
    expect(space.reach).toEqual({ groups: 2, all: 2 });
    await write(alice, id, 'Port strike');
    expect(space.saving).toBe('saved');
    expect(space.unshared?.changes).toBe(1);
    expect(space.reach).toEqual({ groups: 0, all: 2 });
  });

  it('stays not shared when a bundle was made, until one comes back that tells who has it', async () => {
    const { alice, bob, id, space } = await world();
    await write(alice, id, 'Port strike');
    await bundle(alice, bob);
    expect(space.unshared?.changes).toBe(1);
    await bundle(bob, alice);
    expect(space.unshared?.changes).toBe(0);
    expect(space.reach).toEqual({ groups: 1, all: 2 });
    expect([...alice.replica.reached()]).toEqual([bob.replica.me()?.member]);
    const lacks = space.progress.map(({ member, lacksOwn }) => [member, lacksOwn]);
    expect(new Map(lacks as [string, number][]).get(String(bob.replica.me()?.member))).toBe(0);
  });

  it('is shared with all only when each group has somebody who said that they have it', async () => {
    const { alice, bob, carla, id, space } = await world();
    await write(alice, id, 'Port strike');
    await carry(alice, bob);
    hear(alice, bob);
    expect(space.unshared?.changes).toBe(0);
    expect(space.reach).toEqual({ groups: 1, all: 2 });
    await carry(bob, carla);
    expect(space.reach).toEqual({ groups: 1, all: 2 });
    hear(alice, carla);
    expect(space.reach).toEqual({ groups: 2, all: 2 });
    await write(alice, id, 'Big ');
    expect(space.reach).toEqual({ groups: 0, all: 2 });
  });
});

describe('what is missing here', () => {
  it('is told by its author and by who has it, and is nothing once it came', async () => {
    const { alice, bob, carla, id, space } = await world();
    await write(bob, id, 'A');
    await write(bob, id, 'B');
    await carry(bob, carla);
    hear(alice, carla);
    const [author, holder] = [bob.replica.me()?.member, carla.replica.me()?.member];
    expect(space.missing).toEqual([{ member: author, changes: 2, holders: [holder] }]);
    hear(alice, bob);
    expect(space.missing[0]?.changes).toBe(2);
    expect(new Set(space.missing[0]?.holders)).toEqual(new Set([author, holder]));
    await carry(carla, alice);
    expect(space.missing).toEqual([]);
  });
});
