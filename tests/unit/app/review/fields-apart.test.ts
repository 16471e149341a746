/** Single fields that people changed apart: each side, decided here or where the field stands, once for both. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apartTexts, type ApartText, settle } from '../../../../src/app/review/apart-texts.ts';
import { openActionDesk } from '../../../../src/app/calendar/action-desk.svelte.ts';
import type { ActionDesk } from '../../../../src/app/calendar/action-desk.svelte.ts';
import type { ActionId } from '../../../../src/documents/calendar/index.ts';
import { FIELDS } from '../../../../src/documents/calendar/values.ts';
import { standingAt } from '../../../../src/documents/place/fields.ts';
import { isField } from '../../../../src/documents/place/is-field.ts';
import { isCreation } from '../../../../src/documents/shape/change.ts';
import { createPointId } from '../../../../src/documents/shape/ids.ts';
import { addPoint, createPalette, setPointField } from '../../../../src/documents/talking-points/index.ts';
import type { PointStatus } from '../../../../src/documents/talking-points/schema.ts';
import { LOCAL } from '../../../../src/log/capture.ts';
import { markChanges } from '../../../../src/log/marks.ts';
import { createDice, paletteOf, value } from '../../../world.ts';
import type { DocumentId } from '../../../../src/log/types.ts';
import { meet, type Seer, start, starting } from '../calendar/worlds.ts';

const POINT = createPointId(new Uint8Array(16).fill(7));
const STATUS = `points>${POINT}>status`;

const deskOf = ({ calendar }: Seer, action: ActionId): ActionDesk => {
  const desk = openActionDesk(calendar, action);
  if (desk === null) throw new Error('it is not open');
  return desk;
};

const apartFor = async ({ replica, calendars }: Seer, id: DocumentId): Promise<readonly ApartText[]> =>
  apartTexts(calendars, value(await replica.past([id])));

const openFor = async (seer: Seer, id: DocumentId) =>
  (await apartFor(seer, id)).filter(({ settled }) => settled === null);

const settleFor = async (seer: Seer, id: DocumentId, text: ApartText, side: Seer | null) => {
  const edits = value(await seer.replica.past([id])).get(id) ?? [];
  const mark = side && text.apart.sides.find(({ device }) => device === side.replica.device)?.mark;
  const back = await settle(seer.calendars, edits, text, mark ? { type: 'side', mark } : { type: 'merged' });
  if (back === null) throw new Error('it was not settled');
  return back;
};

const saidBy = ({ sides }: ApartText) =>
  sides.map(({ member, said }) => [member, said.type === 'value' ? said.value : null]);

const passed = (...people: readonly Seer[]): void => people.forEach(({ environment }) => environment.minutes(90));

describe('a field of an action that two people changed apart', () => {
  const moved = async () => {
    const all = await start();
    const { alice, bob, march } = all;
    deskOf(alice, march).setWhen(starting('2026-11-22T16:00'));
    alice.environment.minutes(7);
    deskOf(bob, march).setWhen(starting('2026-11-22T18:00'));
    await meet(alice, bob);
    return { ...all, id: alice.calendar.id, place: `actions>${march}>facts>when` };
  };

  it('is there with what each said and when, the same on both devices', async () => {
    const { alice, bob, id, place } = await moved();
    const hers = await openFor(alice, id);
    expect(hers.map(({ apart }) => apart.place)).toEqual([place]);
    const [text] = hers;
    if (!text) throw new Error('nothing found');
    expect(new Map(saidBy(text) as [string, unknown][])).toEqual(
      new Map([
        [alice.replica.me()?.member, FIELDS.when.write(starting('2026-11-22T16:00'))],
        [bob.replica.me()?.member, FIELDS.when.write(starting('2026-11-22T18:00'))],
      ] as [string, unknown][]),
    );
    expect((await openFor(bob, id)).map(saidBy)).toEqual([saidBy(text)]);
  });

  it('is settled in the calendar too by a decision on it, and both come back together', async () => {
    const { alice, bob, march, id } = await moved();
    const [text] = await openFor(alice, id);
    if (!text) throw new Error('nothing found');
    const back = await settleFor(alice, id, text, bob);
    await meet(alice, bob);
    for (const each of [alice, bob]) {
      expect(each.calendar.action(march)).toMatchObject({ when: starting('2026-11-22T18:00'), conflicts: [] });
      const [decided] = await apartFor(each, id);
      expect(decided?.settled).toMatchObject({ kept: { type: 'side' }, member: alice.replica.me()?.member });
    }
    await back();
    await meet(alice, bob);
    for (const each of [alice, bob]) {
      expect(each.calendar.action(march)?.conflicts).toHaveLength(1);
      expect((await openFor(each, id)).map(saidBy)).toEqual([saidBy(text)]);
    }
  });

  it('is decided here once somebody has said in the calendar what stands', async () => {
    const { alice, bob, march, id } = await moved();
    const desk = deskOf(bob, march);
    const [conflict] = desk.action?.conflicts ?? [];
    if (!conflict) throw new Error('no conflict');
    bob.environment.minutes(30);
    expect(desk.settle(conflict, 0)).toBe(true);
    await meet(alice, bob);
    const [text] = await apartFor(alice, id);
    const minute = Math.floor(bob.environment.now() / 60_000);
    expect(text?.settled).toMatchObject({ kept: { type: 'side' }, member: bob.replica.me()?.member, minute });
    deskOf(alice, march).setWhen(starting('2026-11-22T11:00'));
    await meet(alice, bob);
    expect((await apartFor(bob, id))[0]?.settled).toMatchObject({
      kept: { type: 'other' },
      member: alice.replica.me()?.member,
    });
  });

  it('waits here exactly where the calendar shows several, whatever was written and carried in which order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
        const dice = createDice(seed);
        const { alice, bob, march } = await start();
        const people = [alice, bob];
        const { id } = alice.calendar;
        for (let step = 0; step < 10; step++) {
          const person = dice.pick(people);
          person.environment.pass(dice.below(40_000));
          const desk = deskOf(person, march);
          const what = dice.below(4);
          if (what === 0) desk.setWhen(starting(`2026-11-22T1${dice.below(4)}:00`));
          else if (what === 1) desk.setStatus(dice.pick(['proposed', 'confirmed', 'cancelled'] as const));
          else if (what === 2) await meet(alice, bob);
          else for (const each of desk.action?.conflicts.slice(0, 1) ?? []) desk.settle(each, 0);
          value(await person.replica.flush());
        }
        await meet(alice, bob);
        const shown = () =>
          new Set(
            (alice.calendar.action(march)?.conflicts ?? []).map(({ field }) => `actions>${march}>facts>${field}`),
          );
        const waiting = await openFor(alice, id);
        expect(new Set(waiting.map(({ apart }) => apart.place))).toEqual(shown());
        expect((await openFor(bob, id)).map(saidBy)).toEqual(waiting.map(saidBy));
        for (let [next] = waiting; next; [next] = await openFor(alice, id)) await settleFor(alice, id, next, null);
        expect(shown().size).toBe(0);
        await meet(alice, bob);
        expect(await openFor(bob, id)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a field of which one value stands at once', () => {
  const palette = async () => {
    const { alice, bob } = await start();
    const id = await paletteOf(alice);
    await meet(alice, bob);
    const doc = async (person: Seer) => {
      const opened = value(await person.replica.openDocument(id));
      const renew = markChanges(opened, person.environment.now, (at, how) => isField(at) && !isCreation(how));
      person.replica.on(({ type }) => type === 'passed' && renew());
      return opened;
    };
    const [hers, his] = [await doc(alice), await doc(bob)];
    createPalette(hers, LOCAL, { title: 'Port strike', sourceLanguage: 'en', ask: '', audience: '' });
    addPoint(hers, LOCAL, { id: POINT, texts: { message: 'Every crew comes home.' } });
    await meet(alice, bob);
    const set = (person: Seer, status: PointStatus): void =>
      void value(setPointField(person === alice ? hers : his, LOCAL, POINT, { field: 'status', value: status }));
    const standing = () => [hers, his].map((each) => String(standingAt(each, STATUS)));
    return { alice, bob, id, set, standing };
  };
  it('has each side, waits for a person, and says what they decide, whichever stood', async () => {
    const { alice, bob, id, set, standing } = await palette();
    expect(await apartFor(alice, id)).toEqual([]);
    set(alice, 'review');
    set(bob, 'approved');
    await meet(alice, bob);
    // who comes later and knows both changes what stands, and decides nothing
    passed(alice, bob);
    set(alice, 'embargoed');
    await meet(alice, bob);
    for (const kept of [alice, bob]) {
      const [text] = await openFor(alice, id);
      if (!text) throw new Error('nothing found');
      expect(text.apart.place).toBe(STATUS);
      expect(new Map(saidBy(text) as [string, unknown][])).toEqual(
        new Map([
          [alice.replica.me()?.member, 'review'],
          [bob.replica.me()?.member, 'approved'],
        ] as [string, unknown][]),
      );
      const back = await settleFor(bob, id, text, kept);
      await meet(alice, bob);
      expect(standing()).toEqual(kept === alice ? ['review', 'review'] : ['approved', 'approved']);
      expect((await apartFor(alice, id))[0]?.settled).toMatchObject({ member: bob.replica.me()?.member });
      await back();
      await meet(alice, bob);
      expect(standing()).toEqual(['embargoed', 'embargoed']);
    }
  });

  it('is no matter where both said the same, or one knew', async () => {
    const { alice, bob, id, set } = await palette();
    for (const each of [alice, bob]) set(each, 'review');
    await meet(alice, bob);
    passed(alice, bob);
    set(bob, 'approved');
    await meet(alice, bob);
    expect(await apartFor(alice, id)).toEqual([]);
  });
});
