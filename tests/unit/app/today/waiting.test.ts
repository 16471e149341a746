import { expect, test } from 'vitest';
import { approvalOf, textHash } from '../../../../src/app/talk/approvals.ts';
import { Talk } from '../../../../src/app/talk/talk.svelte.ts';
import { waitingIn } from '../../../../src/app/today/waiting.ts';
import { markUpdated, setVariantField, variantTextOf } from '../../../../src/documents/variant/index.ts';
import type { DocumentId } from '../../../../src/log/types.ts';
import { LOCAL } from '../../../../src/sync/replica-types.ts';
import { carry, found, join, type Person, value } from '../../../world.ts';

const alone = { set: () => undefined, others: () => [], subscribe: () => () => undefined };
const talkOf = ({ replica, environment: { random, now } }: Person): Talk =>
  new Talk({ replica, presence: alone, random, now });

/** What waits, once all that is looked at is open. */
const waiting = async (talk: Talk): Promise<readonly string[]> => {
  for (const palette of talk.palettes) {
    // begins to open it
    expect(palette.look.type).not.toBe('failed');
    value(await talk.world.replica.openDocument(palette.id));
    for (const { id } of palette.variantEntries) await palette.variant(id).opened;
  }
  await talk.world.replica.flush();
  return waitingIn(talk).map(({ type, language, point }) => `${type} ${language}: ${point.message}`);
};

/** Alice's group reads Italian and English; a palette in English with one point. */
const start = async () => {
  const alice = await found();
  const talk = talkOf(alice);
  const id = value(
    await talk.createPalette({ title: 'Port strike', sourceLanguage: 'en', ask: '', audience: '', example: null }),
  );
  const palette = talk.palette(id);
  const group = talk.me?.group;
  if (!palette || !group) throw new Error('no palette');
  await talk.world.replica.flush();
  const point = palette.addPoint('safety', 'Every crew comes home', '');
  if (!point) throw new Error('no point');
  const doc = value(await alice.replica.openDocument(id));
  const translate = async (text: string): Promise<DocumentId> => {
    const made = value(await palette.createVariant({ point, language: 'it', owner: group, writers: 'members' }));
    const variant = value(await alice.replica.openDocument(made));
    variant.transact(() => variantTextOf(variant, 'text')?.insert(0, text), LOCAL);
    setVariantField(variant, LOCAL, { field: 'status', value: 'review' });
    return made;
  };
  return { alice, talk, palette, doc, translate, point };
};

test('a language of the group that nobody has begun is missing; the source’s own is not', async () => {
  const { talk } = await start();
  expect(await waiting(talk)).toEqual(['missing it: Every crew comes home']);
});

test('an empty point waits for its own words first', async () => {
  const { talk, palette } = await start();
  palette.addPoint('justice', ' ', '');
  expect(await waiting(talk)).toHaveLength(1);
});

test('a text that is ready waits for its group’s approval until the present text is signed', async () => {
  const { alice, talk, translate } = await start();
  const id = await translate('Ogni equipaggio torna a casa');
  expect(await waiting(talk)).toEqual(['approve it: Every crew comes home']);
  const approval = {
    textHash: textHash('Ogni equipaggio torna a casa'),
    language: 'it',
    sourceHash: '',
    approved: true,
  };
  value(await alice.replica.approve(id, approval));
  expect(approvalOf(alice.replica.statements(id), 'Ogni equipaggio torna a casa').type).toBe('present');
  expect(await waiting(talk)).toEqual([]);
});

test('a text whose source changed is stale until somebody says that it holds', async () => {
  const { alice, talk, palette, doc, translate, point } = await start();
  const id = await translate('Ogni equipaggio torna a casa');
  const { textOf } = await import('../../../../src/documents/talking-points/index.ts');
  doc.transact(() => textOf(doc, { point, field: 'message' })?.insert(0, 'Now: '), LOCAL);
  expect(await waiting(talk)).toEqual(['stale it: Now: Every crew comes home']);
  markUpdated(value(await alice.replica.openDocument(id)), LOCAL, palette.point(point)?.message ?? '');
  expect(await waiting(talk)).toEqual(['approve it: Now: Every crew comes home']);
});

test('nothing waits for an observer, nor for a group of other languages', async () => {
  const { alice } = await start();
  value(await alice.replica.flush());
  const watcher = await join(alice, 2, 'Olga', 'Dockers', 'observer');
  const docker = await join(alice, 3, 'Luca', 'Dockers');
  const other = await join(alice, 4, 'Hiwot', 'Asmara');
  for (const person of [watcher, docker, other]) await carry(alice, person);
  expect(await waiting(talkOf(watcher))).toEqual([]);
  expect(await waiting(talkOf(other))).toEqual([]);
  expect(await waiting(talkOf(docker))).toEqual(['missing it: Every crew comes home']);
});
