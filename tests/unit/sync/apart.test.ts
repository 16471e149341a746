/** Texts that people changed apart: found from the log, the same on every device. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { isSpokenOf, settledOf, settledWord } from '../../../src/app/review/settled.ts';
import { isRestorable, restoreText, wordsAt } from '../../../src/documents/place/index.ts';
import { isField } from '../../../src/documents/place/is-field.ts';
import { LOCAL } from '../../../src/log/capture.ts';
import { type Apart, DECIDING, findApart, markChanges } from '../../../src/log/marks.ts';
import { docOf, type PastEdit } from '../../../src/log/past.ts';
import type { DocumentEntry, DocumentId } from '../../../src/log/types.ts';
import { carry, createDice, found, join, paletteOf, type Person, restart, value } from '../../world.ts';

const open = async (person: Person, id: DocumentId): Promise<Y.Doc> => {
  const doc = value(await person.replica.openDocument(id));
  const renew = markChanges(doc, person.environment.now, isField);
  person.replica.on(({ type }) => type === 'passed' && renew());
  return doc;
};

const world = async (names: readonly string[] = ['Bob']) => {
  const alice = await found();
  const id = await paletteOf(alice);
  const others: Person[] = [];
  for (const [at, name] of names.entries()) others.push(await join(alice, 2 + at, name, 'Farmers'));
  for (const other of others) await carry(alice, other);
  await write(alice, id, 'title', 'Port strike');
  for (const other of others) await carry(alice, other);
  return { alice, bob: others[0] as Person, others, id };
};

const write = async (person: Person, id: DocumentId, name: string, text: string, at = 0, gone = 0): Promise<void> => {
  const doc = await open(person, id);
  doc.transact(() => {
    if (gone > 0) doc.getText(name).delete(at, gone);
    doc.getText(name).insert(at, text);
  }, LOCAL);
  value(await person.replica.flush());
};

const pastOf = async (person: Person, id: DocumentId): Promise<readonly PastEdit[]> =>
  value(await person.replica.past([id])).get(id) ?? [];
const apartOn = async (person: Person, id: DocumentId): Promise<readonly Apart[]> =>
  findApart(await pastOf(person, id));
const meet = async (...people: readonly Person[]): Promise<void> => {
  for (const from of people) for (const to of people) if (from !== to) await carry(from, to);
};
const entryOf = (person: Person, id: DocumentId): DocumentEntry =>
  person.replica.membership().documents.get(id) as DocumentEntry;
const settledOn = async (person: Person, id: DocumentId) =>
  (await apartOn(person, id)).map((each) => settledOf(each, person.replica.statements(id), entryOf(person, id)));

describe('a text that two people changed apart', () => {
  it('is found, with what each wrote and when, the same on both devices', async () => {
    const { alice, bob, id } = await world();
    alice.environment.minutes(5);
    await write(alice, id, 'title', 'Harbour', 0, 4);
    bob.environment.minutes(60);
    await write(bob, id, 'title', 'Long ', 0);
    await meet(alice, bob);
    const [apart] = await apartOn(alice, id);
    expect(apart?.place).toBe('title');
    expect(new Set(apart?.sides.map(({ device }) => device))).toEqual(
      new Set([alice.replica.device, bob.replica.device]),
    );
    const minutes = new Map(apart?.sides.map((side) => [side.device, side.minute]));
    expect(minutes.get(alice.replica.device)).toBe(Math.floor(alice.environment.now() / 60_000));
    expect(minutes.get(bob.replica.device)).toBe(Math.floor(bob.environment.now() / 60_000));
    expect(await apartOn(bob, id)).toEqual([apart]);

    const past = await pastOf(bob, id);
    const without = (side: Apart['sides'][number]) => wordsAt(docOf(past, side.parts), 'title');
    const said = apart?.sides.map((side) => [side.device, without(side)]);
    expect(new Map(said as [string, string][])).toEqual(
      new Map([
        [alice.replica.device, 'Long Port strike'],
        [bob.replica.device, 'Harbour strike'],
      ]),
    );
    expect(wordsAt(docOf(past), 'title')).toBe((await open(bob, id)).getText('title').toJSON());
  });

  it('is not found where one knew of the other’s change, or where they changed different texts', async () => {
    const { alice, bob, id } = await world();
    await write(alice, id, 'title', 'The ', 0);
    await meet(alice, bob);
    await write(bob, id, 'title', '!', 15);
    await write(bob, id, 'ask', 'Stop');
    await write(alice, id, 'audience', 'Families');
    await meet(alice, bob);
    expect(await apartOn(alice, id)).toEqual([]);
  });

  it('is found when somebody goes on with what they wrote before, and another had that only', async () => {
    const { alice, bob, id } = await world();
    alice.environment.pass(20_000);
    await write(alice, id, 'title', 'A ', 0);
    await write(bob, id, 'title', 'B ', 0);
    await meet(alice, bob);
    expect(await apartOn(bob, id)).toHaveLength(1);
  });

  it('is told as typing together where both wrote on at once, knowing of each other', async () => {
    const { alice, bob, id } = await world();
    const both = [alice, bob];
    for (const each of both) each.environment.pass(20_000);
    for (const each of both) await write(each, id, 'title', 'x');
    await meet(alice, bob);
    expect((await apartOn(alice, id)).map(({ isTogether }) => isTogether)).toEqual([false]);
    for (const each of both) each.environment.pass(20_000);
    for (const each of both) await write(each, id, 'title', 'y');
    await meet(alice, bob);
    expect((await apartOn(bob, id))[0]?.isTogether).toBe(true);
  });

  it('is found after a restart, and among three', async () => {
    const { alice, others, id } = await world(['Bob', 'Carla']);
    const everybody = [alice, ...others];
    for (const [at, each] of everybody.entries()) await write(each, id, 'ask', `${at}`);
    await meet(...everybody);
    const again = await restart(others[1] as Person);
    const [apart] = await apartOn(again, id);
    expect(apart?.sides).toHaveLength(3);
    expect(await apartOn(alice, id)).toEqual([apart]);
  });

  it('stands for the same on all devices, whatever was written and carried in which order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
        const dice = createDice(seed);
        const { alice, others, id } = await world(['Bob', 'Carla']);
        const everybody = [alice, ...others];
        for (let step = 0; step < 12; step++) {
          const person = dice.pick(everybody);
          person.environment.pass(dice.below(40_000));
          if (dice.below(3) > 0) await write(person, id, dice.pick(['title', 'ask']), `${step}`);
          else await carry(person, dice.pick(everybody.filter((each) => each !== person)));
        }
        for (let round = 0; round < 2; round++) await meet(...everybody);
        const [first, ...rest] = await Promise.all(everybody.map(async (each) => apartOn(each, id)));
        for (const other of rest) expect(other).toEqual(first);
        const [past, ...pasts] = await Promise.all(everybody.map(async (each) => pastOf(each, id)));
        const shown = (edits: readonly PastEdit[] | undefined) =>
          edits?.map(({ session, number }) => [session, number]);
        for (const other of pasts) expect(shown(other)).toEqual(shown(past));
        const live = (await open(alice, id)).getText('title').toJSON();
        expect(wordsAt(docOf(past ?? []), 'title')).toBe(live);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a decision about a text that was changed apart', () => {
  const apart = async () => {
    const all = await world(['Bob', 'Carla']);
    await write(all.alice, all.id, 'title', 'Harbour', 0, 4);
    await write(all.bob, all.id, 'title', 'Long ', 0);
    await meet(all.alice, all.bob);
    return all;
  };

  it('is signed, counts on every device, and can be taken back', async () => {
    const { alice, bob, id } = await apart();
    const [found] = await apartOn(bob, id);
    if (!found) throw new Error('nothing found');
    const side = found.sides.find(({ device }) => device === alice.replica.device);
    const kept = { type: 'side', mark: side?.mark ?? '' } as const;
    const { kind, value: said } = settledWord(found, kept);
    value(await bob.replica.say(id, kind, said));
    await meet(alice, bob);
    const minute = Math.floor(bob.environment.now() / 60_000);
    expect(await settledOn(alice, id)).toEqual([{ kept, member: bob.replica.me()?.member, minute }]);
    const back = settledWord(found, null);
    value(await bob.replica.say(id, back.kind, back.value));
    await meet(alice, bob);
    expect(await settledOn(alice, id)).toEqual([null]);
  });

  it('brings a side back, as a change that others may undo', async () => {
    const { alice, bob, id } = await apart();
    const [found] = await apartOn(bob, id);
    const other = found?.sides.filter(({ device }) => device !== alice.replica.device) ?? [];
    const doc = await open(bob, id);
    const then = docOf(
      await pastOf(bob, id),
      other.flatMap(({ parts }) => parts),
    );
    expect(isRestorable(doc, 'title')).toBe(true);
    expect(restoreText(doc, DECIDING, 'title', then)).toBe(true);
    value(await bob.replica.flush());
    await meet(alice, bob);
    expect((await open(alice, id)).getText('title').toJSON()).toBe('Harbour strike');
    expect(await apartOn(alice, id)).toHaveLength(1);

    // what was decided is no part of a side, whoever decided: it can be decided otherwise
    const [later] = await apartOn(alice, id);
    const past = await pastOf(alice, id);
    expect(later?.decided).toHaveLength(1);
    const beside = (mark: string) => later?.sides.filter((side) => side.mark !== mark).flatMap(({ parts }) => parts);
    const said = later?.sides.map(({ mark, device }): [string, string] => [
      device,
      wordsAt(docOf(past, [...(beside(mark) ?? []), ...later.decided]), 'title'),
    ]);
    expect(new Map(said)).toEqual(
      new Map([
        [alice.replica.device, 'Harbour strike'],
        [bob.replica.device, 'Long Port strike'],
      ]),
    );
    expect(wordsAt(docOf(past, later?.decided), 'title')).toBe('Long Harbour strike');
  });

  it('stays in sight when it was taken back, also where both wrote on at once', async () => {
    const { alice, bob, id } = await apart();
    const [found] = await apartOn(bob, id);
    if (!found) throw new Error('nothing found');
    const entry = entryOf(bob, id);
    expect(isSpokenOf(found, bob.replica.statements(id), entry)).toBe(false);
    for (const kept of [{ type: 'merged' } as const, null]) {
      const { kind, value: said } = settledWord(found, kept);
      value(await bob.replica.say(id, kind, said));
    }
    await carry(bob, alice);
    expect(isSpokenOf(found, alice.replica.statements(id), entry)).toBe(true);
  });

  it('does not hide what somebody wrote apart and brought later', async () => {
    const { alice, bob, others, id } = await apart();
    const carla = others[1] as Person;
    await write(carla, id, 'title', 'Big ', 0);
    const [found] = await apartOn(alice, id);
    if (!found) throw new Error('nothing found');
    const { kind, value: said } = settledWord(found, { type: 'merged' });
    value(await alice.replica.say(id, kind, said));
    await meet(alice, bob, carla);
    const [settled] = await settledOn(bob, id);
    expect(settled).toBe(null);
  });

  it('is not taken from an observer', async () => {
    const { alice, bob, id } = await apart();
    const olga = await join(alice, 9, 'Olga', 'Legal clinic', 'observer');
    await meet(alice, bob, olga);
    const [found] = await apartOn(olga, id);
    if (!found) throw new Error('nothing found');
    const { kind, value: said } = settledWord(found, { type: 'merged' });
    value(await olga.replica.say(id, kind, said));
    await meet(alice, olga);
    expect(await settledOn(alice, id)).toEqual([null]);
  });
});
