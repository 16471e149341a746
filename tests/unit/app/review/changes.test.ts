/** Who changed what in a document, from the log; and texts of every kind of document put back as they were. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { changesIn } from '../../../../src/app/review/changes.ts';
import { placeOf } from '../../../../src/app/review/places.ts';
import { restoreText, wordsAt } from '../../../../src/documents/place/index.ts';
import { isField } from '../../../../src/documents/place/is-field.ts';
import { insertRich, paragraphsOf } from '../../../../src/documents/rich-text/index.ts';
import { createPointId } from '../../../../src/documents/shape/ids.ts';
import {
  addPoint,
  createPalette,
  movePoint,
  setPointField,
  textOf,
} from '../../../../src/documents/talking-points/index.ts';
import { LOCAL } from '../../../../src/log/capture.ts';
import { findApart, markChanges } from '../../../../src/log/marks.ts';
import { docOf, type PastEdit } from '../../../../src/log/past.ts';
import type { DocumentId } from '../../../../src/log/types.ts';
import { carry, found, join, paletteOf, type Person, value } from '../../../world.ts';

const POINT = createPointId(new Uint8Array(16).fill(7));
const MESSAGE = { point: POINT, field: 'message' } as const;

const open = async (person: Person, id: DocumentId): Promise<Y.Doc> => {
  const doc = value(await person.replica.openDocument(id));
  markChanges(doc, person.environment.now, isField);
  return doc;
};
const flush = async (person: Person): Promise<void> => void value(await person.replica.flush());

const world = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Farmers');
  const id = await paletteOf(alice);
  await carry(alice, bob);
  const doc = await open(alice, id);
  createPalette(doc, LOCAL, { title: 'Port strike', sourceLanguage: 'en', ask: '', audience: '' });
  addPoint(doc, LOCAL, { id: POINT, texts: { message: 'Every crew comes home.' } });
  await flush(alice);
  await carry(alice, bob);
  return { alice, bob, id };
};

const changesOf = async (person: Person, id: DocumentId) => {
  const past = value(await person.replica.past([id]));
  const { memberByDevice } = person.replica.membership();
  return changesIn(past, ({ device }: PastEdit) => memberByDevice.get(device) ?? null);
};

describe('who changed what', () => {
  it('is a line for each person and sitting, newest first, with what went and came, the same on every device', async () => {
    const { alice, bob, id } = await world();
    for (const each of [alice, bob]) each.environment.minutes(300);
    const his = await open(bob, id);
    his.transact(() => textOf(his, MESSAGE)?.insert(22, ' Always.'), LOCAL);
    await flush(bob);
    const hers = await open(alice, id);
    hers.transact(() => textOf(hers, MESSAGE)?.delete(0, 6), LOCAL);
    setPointField(hers, LOCAL, POINT, { field: 'status', value: 'review' });
    await flush(alice);
    await carry(bob, alice);
    await carry(alice, bob);

    const changes = await changesOf(alice, id);
    expect(changes.map(({ id: name }) => name)).toEqual((await changesOf(bob, id)).map(({ id: name }) => name));
    const [a, b] = [alice.replica.me()?.member, bob.replica.me()?.member];
    expect(changes.map(({ member }) => member).slice(-1)).toEqual([a]);
    expect(new Set(changes.slice(0, 2).map(({ member }) => member))).toEqual(new Set([a, b]));
    const hersNow = changes.find(({ member, places }) => member === a && places.includes(`points>${POINT}>status`));
    const place = `points>${POINT}>message`;
    expect(hersNow?.diffs()).toContainEqual({
      type: 'words',
      place,
      parts: [
        { type: 'removed', text: 'Every ' },
        { type: 'same', text: 'crew comes home. Always.' },
      ],
    });
    expect(hersNow?.diffs()).toContainEqual({
      type: 'values',
      place: `points>${POINT}>status`,
      removed: ['draft'],
      added: ['review'],
    });
    const hisNow = changes.find(({ member }) => member === b);
    expect(hisNow?.places).toEqual([place]);
    const [words] = hisNow?.diffs() ?? [];
    const changed = words?.type === 'words' ? words.parts.filter(({ type }) => type !== 'same') : [];
    expect(changed).toEqual([{ type: 'added', text: 'Always.' }]);
    expect(placeOf('talking-points', place, docOf(value(await alice.replica.past([id])).get(id) ?? []))).toEqual({
      type: 'point',
      field: 'message',
      of: 'crew comes home. Always.',
    });
  });
});

describe('a place', () => {
  it('of an answer in a check-in is its question, and the day', () => {
    const doc = new Y.Doc();
    const rhythm = '07'.repeat(16);
    expect(placeOf('calendar', `report/${rhythm}/2026-11-22T18:00/next`, doc)).toEqual({
      type: 'report',
      question: 'next',
      day: '2026-11-22',
      of: '',
    });
    expect(placeOf('calendar', `report/${rhythm}/2026-11-22T18:00/other`, doc)).toBeNull();
  });

  it('among the others is told of what was moved, and not of what was only just made', async () => {
    const { alice, id } = await world();
    const [made] = await changesOf(alice, id);
    expect(made?.places).not.toContain(`points>${POINT}>order`);
    alice.environment.minutes(300);
    const doc = await open(alice, id);
    const other = createPointId(new Uint8Array(16).fill(8));
    addPoint(doc, LOCAL, { id: other, texts: { message: 'Second.' } });
    await flush(alice);
    alice.environment.minutes(300);
    movePoint(doc, LOCAL, POINT, null);
    await flush(alice);
    const [moved] = await changesOf(alice, id);
    expect(moved?.places).toEqual([`points>${POINT}>order`]);
    expect(placeOf('talking-points', `points>${POINT}>order`, doc)).toMatchObject({ type: 'order' });
  });
});

describe('a text that is put back', () => {
  it('of a clause keeps the paragraphs that nobody changed as they are', async () => {
    const { alice, bob, id } = await world();
    const first = await open(alice, id);
    first.transact(() => insertRich(first.getXmlFragment('body'), 0, paragraphsOf('One.\n\nTwo.\n\nThree.')), LOCAL);
    await flush(alice);
    await carry(alice, bob);
    const words = async (person: Person, at: number, text: string): Promise<void> => {
      person.environment.pass(20_000);
      const doc = await open(person, id);
      const paragraph = doc.getXmlFragment('body').get(at);
      const child = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
      doc.transact(() => child instanceof Y.XmlText && child.insert(0, text), LOCAL);
      await flush(person);
    };
    await words(alice, 1, 'Hers: ');
    await words(bob, 1, 'His: ');
    await carry(bob, alice);
    const past = value(await alice.replica.past([id])).get(id) ?? [];
    const [apart] = findApart(past);
    expect(apart?.place).toBe('body');
    const side = apart?.sides.find(({ device }) => device === bob.replica.device);
    const doc = await open(alice, id);
    const body = doc.getXmlFragment('body');
    const [one, , three] = body.toArray();
    expect(restoreText(doc, LOCAL, 'body', docOf(past, side?.parts))).toBe(true);
    expect(wordsAt(doc, 'body')).toBe('One.\n\nHers: Two.\n\nThree.');
    expect([body.get(0), body.get(2)]).toEqual([one, three]);
  });

  it('is left alone where the path leads nowhere, whoever made it up', () => {
    const doc = new Y.Doc();
    doc.getText('title').insert(0, 'Port strike');
    doc.getMap('points').set('a', 1);
    for (const place of [
      '',
      '>',
      'title>x',
      'points',
      'points>a',
      'points>a>b',
      'body',
      'marks>title',
      '__proto__>x',
    ]) {
      expect(restoreText(doc, LOCAL, place, new Y.Doc())).toBe(false);
    }
    expect(doc.getText('title').toJSON()).toBe('Port strike');
  });
});
