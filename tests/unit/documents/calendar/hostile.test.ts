/** A member may write any shape into a calendar. Reading never throws, is the same everywhere, and stays within bounds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  addAction,
  addRhythm,
  changeAction,
  changeRhythm,
  followCalendar,
  hostsOf,
  moveSeries,
  readCalendar,
  seriesOf,
} from '../../../../src/documents/calendar/index.ts';
import {
  changeVariation,
  createVariations,
  joinVariations,
  overlay,
  readVariations,
  stillValid,
} from '../../../../src/documents/variations/index.ts';
import { occurrencesOf, parseWallDate, UTC } from '../../../../src/times/index.ts';
import { key, strange } from '../strange.ts';
import {
  actionId,
  actionOf,
  ALICE,
  createDoc,
  createPeople,
  HARBOUR,
  MARCH,
  MINUTE,
  on,
  rhythmId,
  RIVER,
  send,
  starting,
  viewOf,
} from './worlds.ts';

const KEYS = ['title', 'facts', 'goal', 'goal~x', 'shown', 'order', 'name', 'language', MARCH, rhythmId(1), 'vigil'];
const NAMES = [
  ...['when', 'rule', 'place', 'contact', 'status', 'was', 'host', 'language', 'link', 'taken', 'leftover', 'exdate'],
  ...[
    'need/medic',
    'need/',
    'funds/EUR',
    'funds/euros',
    'at/2026-03-15T14:00/when',
    'at/x/when',
    'at/2026-03-15/text/goal',
  ],
  ...[
    'standing',
    'basis',
    'turn/x',
    `turn/${HARBOUR}`,
    'held',
    'at/2026-03-15T14:00/pass',
    'languages',
    'imported',
    '',
  ],
];
const plain = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    ['timed', '2026-03-08T14:00', 1e9, 'Europe/Rome'],
    ['timed', '2026-02-31T14:00', 1, 'Europe/Rome'],
    ['allDay', '9999-12-31', 366],
    ['window', '0001-01-01', 1],
    'FREQ=SECONDLY',
    'FREQ=DAILY;BYDAY=1MO',
    ['x', 'exact', true],
    ['web', 'javascript:alert(1)', 'x'],
    [
      ['when', ['timed', '2026-03-08T14:00', 1, 'X']],
      ['title', {}],
    ],
    'x'.repeat(10_000),
    new Uint8Array(3),
  ),
);
const fact = fc.oneof(
  fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string()), plain),
  fc.tuple(fc.constantFrom(...NAMES)),
  plain,
);

describe('a hostile calendar', () => {
  it('is read, followed, changed and worked out without a throw, the same on two devices', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(6), key(KEYS), strange), { maxLength: 10 }),
        fc.array(fact, { maxLength: 15 }),
        (writes, facts) => {
          const [alice, bob] = createPeople(2);
          addRhythm(alice, ALICE, {
            ...{ id: rhythmId(1), kind: 'own', when: starting('2026-03-03T18:00'), rule: 'FREQ=WEEKLY' },
            turns: [HARBOUR, RIVER],
          });
          const followed = followCalendar(alice);
          followed.read();
          const action = alice.getMap('actions').get(MARCH) as Y.Map<unknown>;
          const rhythm = alice.getMap('rhythms').get(rhythmId(1)) as Y.Map<unknown>;
          for (const list of [action.get('facts'), rhythm.get('facts')])
            if (list instanceof Y.Array) facts.forEach((each, index) => list.insert(index % (list.length + 1), [each]));
          const roots = ['actions', 'rhythms', 'approaches', 'calendar'].map((name) => alice.getMap(name));
          for (const [where, name, value] of writes) {
            const target = [action, rhythm, ...roots][where % 6];
            if (name !== 'schemaVersion') target?.set(name, value());
          }
          alice.get('report/x/y/z', Y.Text).insert(0, 'x');
          alice.get(`report/${rhythmId(1)}/2026-03-03T18:00/notes`, Y.Text).insertEmbed(0, { image: 'x' });
          send(alice, bob);
          const state = readCalendar(bob);
          expect(readCalendar(alice)).toEqual(state);
          expect(followed.read()).toEqual(state);
          for (const each of viewOf(bob).actions.values()) {
            const series = seriesOf(each);
            if (series !== null) occurrencesOf(series, RANGE, 50);
          }
          for (const each of viewOf(bob).rhythms) hostsOf(each, [on('2026-03-03T18:00')]);
          changeAction(bob, ALICE, MARCH, { fields: [{ field: 'when', value: starting('2026-03-09T14:00') }] }, MINUTE);
          moveSeries(bob, ALICE, MARCH, { when: starting('2026-03-10T14:00'), days: 1 });
          changeRhythm(bob, ALICE, rhythmId(1), { fields: [{ field: 'kind', value: 'safety' }] });
          addAction(bob, ALICE, { id: actionId(7) }, MINUTE);
          readCalendar(bob);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of variations is read, put over the frame and asked about without a throw', () => {
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 15 }),
        fc.array(fc.tuple(key(['variations', MARCH]), strange)),
        (facts, writes) => {
          const frame = actionOf(createPeople(2)[0]);
          const doc = createDoc(3);
          createVariations(doc, ALICE);
          for (const each of facts) doc.getArray(`facts/${MARCH}`).push([each]);
          doc.getArray(`facts/${MARCH}`).push([['standing', 'adapting']]);
          doc.getArray('facts/../x').push([1]);
          for (const [name, value] of writes) doc.getMap('variations').set(name, value());
          const variation = joinVariations([readVariations(doc)]).get(MARCH) ?? null;
          const local = overlay(frame, variation);
          stillValid(frame, variation);
          const series = seriesOf(local);
          if (series !== null) occurrencesOf(series, RANGE, 50);
          changeVariation([doc], ALICE, MARCH, [{ field: 'risk', value: 'low' }], frame);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('with very many values in one field shows a bounded number of them, and takes one away all the same', () => {
    const [alice, bob] = createPeople(2);
    const facts = (alice.getMap('actions').get(MARCH) as Y.Map<unknown>).get('facts') as Y.Array<unknown>;
    facts.push(Array.from({ length: 3_000 }, (_, n) => ['resource', `van ${n}`]));
    send(alice, bob);
    expect(actionOf(bob).resources).toHaveLength(500);
    changeAction(bob, ALICE, MARCH, { remove: [{ item: 'resource', value: 'van 0' }] }, MINUTE);
    expect(actionOf(bob).resources[0]).toBe('van 1');
  });

  it('keeps a field of a newer Weft, though it does not show it', () => {
    const [alice] = createPeople(2);
    const facts = (alice.getMap('actions').get(MARCH) as Y.Map<unknown>).get('facts') as Y.Array<unknown>;
    facts.push([
      ['weather', 'rain'],
      ['at/2026-03-15T14:00/weather', 'sun'],
    ]);
    changeAction(alice, ALICE, MARCH, { fields: [{ field: 'risk', value: 'low' }] }, MINUTE);
    moveSeries(alice, ALICE, MARCH, { when: starting('2026-03-09T14:00'), days: 1 });
    expect(JSON.stringify(facts.toJSON())).toContain('weather');
    expect(actionOf(alice).conflicts).toEqual([]);
  });
});

const RANGE = { from: parseWallDate('2026-03-01')!, to: parseWallDate('2026-04-01')!, zone: UTC };
