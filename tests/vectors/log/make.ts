/**
 * Writes vectors.json anew: `node .ci/ts.mjs tests/vectors/log/make.ts`. Keys are fixed. What was published stays: a name that
 * is there already keeps its bytes, and this only says so where they would be others.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { createSigner } from '../../../src/crypto/index.ts';
import { concat, fromHex, toHex, utf8, Writer } from '../../../src/lib/bytes.ts';
import { deflate } from '../../../src/lib/deflate.ts';
import { createTables, encodeEntry, type EntryBytes } from '../../../src/log/entry.ts';
import { encodeIdentity } from '../../../src/log/identity.ts';
import { encodeInvite, type Invite, inviteIdOf, sealAnswer, sealRequest } from '../../../src/log/invite.ts';
import { encodePack, ITEM } from '../../../src/log/pack.ts';
import type { RecordBody } from '../../../src/log/records.ts';
import { encodeSegment, type Segment } from '../../../src/log/segment.ts';
import type { Signed } from '../../../src/log/signed.ts';
import { encodeApproval } from '../../../src/log/statements.ts';
import { type Edit, KIND, type Struct, TYPE } from '../../../src/log/struct.ts';
import type { DocumentId, GroupId, InviteId, MemberId, Role } from '../../../src/log/types.ts';
import { type Value, writeValue } from '../../../src/log/value.ts';
import { emptyVector } from '../../../src/log/vector.ts';
import { itemOf } from '../../../src/sync/ledger.ts';
import { createLiveWriter } from '../../../src/sync/live-entries.ts';
import { createDice } from '../../world.ts';
import {
  beginChain,
  craft,
  craftRecord,
  createHand,
  cutChain,
  forkOf,
  foundBy,
  GROUP,
  headerOf,
  NOTHING,
  pushBytes,
  pushEdit,
  wholeChain,
} from '../../unit/log/craft.ts';
import { outcomeOf, type Vector, vectorSchema } from './outcome.ts';

type Made = Vector extends infer Each ? (Each extends Vector ? Omit<Each, 'outcome'> : never) : never;
const made: Made[] = [];
const DOCUMENT = 'd0'.repeat(16) as DocumentId;
const CLIENT = 0x1234_5678_9abc;
const OTHER = 0x1f_ffff_ffff_ffff;

// ---------------------------------------------------------------- entries
const text = (clock: number, words: string, more: Partial<Struct> = {}): Struct => ({
  kind: KIND.string,
  clock,
  length: words.length,
  origin: null,
  right: null,
  parent: more.origin || more.right ? null : { type: 'root', name: 'text' },
  sub: null,
  typeRef: 0,
  typeName: '',
  content: utf8(words),
  ...more,
});
const own = (clock: number) => ({ client: CLIENT, clock });
const other = (clock: number) => ({ client: OTHER, clock });
const entry = (name: string, about: string, entries: readonly EntryBytes[]): void => {
  made.push({
    kind: 'entry',
    name,
    about,
    client: CLIENT,
    entries: entries.map(({ skeleton, content }) => ({ skeleton: toHex(skeleton), content: toHex(content) })),
  });
};
const encode = (...edits: readonly Edit[]): EntryBytes[] => {
  const tables = createTables(CLIENT, 100);
  return edits.map((edit) => encodeEntry(tables, DOCUMENT, 100, edit));
};
const raw = (skeleton: Uint8Array, content: Uint8Array = NOTHING): EntryBytes => ({ skeleton, content });
/** A skeleton as far as its structs: document 0 (new), no clients. */
const start = (structs: number): Writer => new Writer().varuint(0).bytes(fromHex(DOCUMENT)).varuint(0).varuint(structs);
const ROOT = new Writer().u8(0).text('t').finish();
/** One struct "a" in a root, and whatever follows. */
const one = (...rest: readonly number[]): EntryBytes =>
  raw(start(1).u8(4).varuint(1).bytes(ROOT).bytes(Uint8Array.from(rest)).finish(), utf8('a'));

entry('accept-text', 'one text in a root', encode({ structs: [text(0, 'Every crew')], deletes: [] }));
entry('accept-emoji', 'text counts in UTF-16 units', encode({ structs: [text(0, 'a🌊é')], deletes: [] }));
entry(
  'accept-typing',
  'three entries that lean on each other: own left neighbours, a repeated right one, an own delete',
  encode(
    { structs: [text(0, 'abc')], deletes: [] },
    { structs: [text(3, 'd', { origin: own(2), right: other(7) })], deletes: [] },
    {
      structs: [text(4, 'e', { origin: own(3), right: other(7) })],
      deletes: [{ client: CLIENT, clock: 1, length: 2 }],
    },
  ),
);
entry(
  'accept-kinds',
  'every kind of struct',
  encode({
    structs: [
      { ...text(0, ''), kind: KIND.gc, length: 3, parent: null, content: NOTHING },
      { ...text(3, ''), kind: KIND.deleted, length: 2, content: NOTHING },
      { ...text(5, ''), kind: KIND.binary, length: 1, content: Uint8Array.of(2, 8, 9) },
      { ...text(6, ''), kind: KIND.embed, length: 1, content: Uint8Array.of(9, 1, 1, 0x6b, 3) },
      { ...text(7, ''), kind: KIND.format, length: 1, content: Uint8Array.of(4, 0x62, 0x6f, 0x6c, 0x64, 3) },
      { ...text(8, ''), kind: KIND.type, length: 1, typeRef: TYPE.xmlElement, typeName: 'p', content: NOTHING },
      {
        ...text(9, ''),
        kind: KIND.any,
        length: 3,
        content: Uint8Array.of(4, 5, 5, 4, 0),
        parent: { type: 'item', id: own(8) },
        sub: 'key',
      },
    ],
    deletes: [
      { client: OTHER, clock: 0, length: 4 },
      { client: OTHER, clock: 5, length: 1 },
    ],
  }),
);
entry(
  'accept-foreign-parent',
  'a parent that is somebody else’s item',
  encode({ structs: [text(0, 'x', { parent: { type: 'item', id: other(3) } })], deletes: [] }),
);
entry(
  'accept-minute',
  'the minute moves on',
  (() => {
    const tables = createTables(CLIENT, 100);
    return [encodeEntry(tables, DOCUMENT, 163, { structs: [text(0, 'a')], deletes: [] })];
  })(),
);

const refuse = (name: string, about: string, skeleton: Uint8Array, content?: Uint8Array): void =>
  entry(`refuse-entry-${name}`, about, [raw(skeleton, content)]);
refuse('empty', 'no bytes', NOTHING);
refuse('long-varuint', 'a varuint with a needless last byte', Uint8Array.of(0x80, 0x00));
refuse('huge-varuint', 'a varuint over 53 bits', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
refuse('minute-twice', 'the minute moves on by nothing', new Writer().varuint(1).varuint(0).finish());
refuse(
  'unknown-document',
  'document number 1 before number 0',
  new Writer().varuint(2).bytes(fromHex(DOCUMENT)).finish(),
);
entry('refuse-entry-document-twice', 'the same document as numbers 0 and 1', [
  ...encode({ structs: [text(0, 'a')], deletes: [] }),
  raw(new Writer().varuint(2).bytes(fromHex(DOCUMENT)).finish()),
]);
const named = (...clients: readonly string[]): Uint8Array =>
  new Writer()
    .varuint(0)
    .bytes(fromHex(DOCUMENT))
    .varuint(clients.length)
    .bytes(fromHex(clients.join('')))
    .varuint(0)
    .varuint(0)
    .finish();
refuse('client-zero', 'a client with number 0', named('00'.repeat(7)));
refuse('client-over-53-bits', 'a client of 54 bits', named('20000000000000'));
refuse('client-twice', 'the same client named twice', named('1fffffffffffff', '1fffffffffffff'));
refuse('client-own', 'the session’s own client named', named('00123456789abc'));
refuse('no-edit', 'neither a struct nor a range', start(0).varuint(0).finish());
refuse('many-structs', 'more structs than allowed', start(20_001).finish());
refuse('many-ranges', 'more ranges than allowed', one(0xa1, 0x9c, 0x01).skeleton, utf8('a'));
refuse(
  'kind-json',
  'kind 2, which has no form here',
  start(1).u8(2).varuint(1).bytes(ROOT).varuint(0).finish(),
  utf8('1'),
);
refuse('kind-subdocument', 'kind 9', start(1).u8(9).bytes(ROOT).varuint(0).finish());
refuse('kind-skip', 'kind 10', start(1).u8(10).varuint(1).varuint(0).finish());
refuse('gc-with-neighbour', 'a gc with a left mode', start(1).u8(0x10).varuint(1).varuint(0).finish());
refuse('length-zero', 'a text of no units', start(1).u8(4).varuint(0).bytes(ROOT).varuint(0).finish());
refuse('length-huge', 'a gc of 65,537 clocks', start(1).u8(0).varuint(65_537).varuint(0).finish());
refuse('left-before-first', 'the clock before clock 0', start(1).u8(0x14).varuint(1).varuint(0).finish(), utf8('a'));
refuse(
  'left-back-one',
  'one clock back is mode 1, not mode 2',
  start(2).u8(4).varuint(1).bytes(ROOT).u8(0x24).varuint(1).varuint(1).varuint(0).finish(),
  utf8('ab'),
);
refuse(
  'left-back-beyond',
  'more clocks back than there are',
  start(2).u8(4).varuint(1).bytes(ROOT).u8(0x24).varuint(1).varuint(2).varuint(0).finish(),
  utf8('ab'),
);
refuse(
  'left-own-as-foreign',
  'the own client by mode 3',
  start(2).u8(4).varuint(1).bytes(ROOT).u8(0x34).varuint(1).varuint(0).varuint(0).varuint(0).finish(),
  utf8('ab'),
);
refuse(
  'left-unknown-client',
  'a client number that was not given',
  start(1).u8(0x34).varuint(1).varuint(1).varuint(0).varuint(0).finish(),
  utf8('a'),
);
refuse(
  'right-nothing-to-repeat',
  'no right neighbour was written yet',
  start(1).u8(0x44).varuint(1).varuint(0).finish(),
  utf8('a'),
);
entry('refuse-entry-right-twice', 'the last right neighbour written out again', [
  ...encode({ structs: [text(0, 'a', { right: other(3) })], deletes: [] }),
  raw(
    new Writer().varuint(0).varuint(0).varuint(1).u8(0xc4).varuint(1).varuint(1).varuint(3).varuint(0).finish(),
    utf8('b'),
  ),
]);
refuse('parent-code-3', 'parent code 3', start(1).u8(4).varuint(1).u8(3).varuint(0).finish(), utf8('a'));
refuse('parent-code-8', 'parent code 8', start(1).u8(4).varuint(1).u8(8).text('t').varuint(0).finish(), utf8('a'));
refuse(
  'parent-itself',
  'an item that is its own parent',
  start(1).u8(4).varuint(1).u8(1).varuint(0).varuint(0).finish(),
  utf8('a'),
);
refuse(
  'root-name-long',
  'a root name over 400 bytes',
  start(1).u8(4).varuint(1).u8(0).text('n'.repeat(401)).varuint(0).finish(),
  utf8('a'),
);
refuse(
  'root-name-utf8',
  'a root name that is not UTF-8',
  start(1).u8(4).varuint(1).u8(0).block(Uint8Array.of(0xc3)).varuint(0).finish(),
  utf8('a'),
);
refuse('type-hook', 'shared type 5', start(1).u8(7).bytes(ROOT).u8(5).varuint(0).finish());
refuse('type-unknown', 'shared type 7', start(1).u8(7).bytes(ROOT).u8(7).varuint(0).finish());
refuse(
  'text-short',
  'content ends before the text does',
  start(1).u8(4).varuint(3).bytes(ROOT).varuint(0).finish(),
  utf8('ab'),
);
refuse(
  'text-half-pair',
  'a surrogate pair cut in half',
  start(1).u8(4).varuint(1).bytes(ROOT).varuint(0).finish(),
  utf8('🌊'),
);
refuse(
  'text-surrogate',
  'a surrogate as UTF-8',
  start(1).u8(4).varuint(1).bytes(ROOT).varuint(0).finish(),
  Uint8Array.of(0xed, 0xa0, 0x80),
);
refuse(
  'text-overlong',
  'an overlong slash',
  start(1).u8(4).varuint(1).bytes(ROOT).varuint(0).finish(),
  Uint8Array.of(0xc0, 0xaf),
);
refuse('content-left', 'content goes on behind the last struct', one(0).skeleton, utf8('ab'));
refuse('skeleton-left', 'skeleton goes on behind the last range', one(0, 0).skeleton, utf8('a'));
refuse(
  'any-float',
  'an integer as a float',
  start(1).u8(8).varuint(1).bytes(ROOT).varuint(0).finish(),
  Uint8Array.of(6, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0),
);
refuse('any-tag', 'value tag 11', start(1).u8(8).varuint(1).bytes(ROOT).varuint(0).finish(), Uint8Array.of(11));
refuse(
  'any-key-twice',
  'an object with one key twice',
  start(1).u8(8).varuint(1).bytes(ROOT).varuint(0).finish(),
  Uint8Array.of(9, 2, 1, 0x61, 3, 1, 0x61, 3),
);
refuse(
  'any-deep',
  'a value nested 17 deep',
  start(1).u8(8).varuint(1).bytes(ROOT).varuint(0).finish(),
  Uint8Array.from([...Array.from({ length: 17 }, () => [8, 1]).flat(), 0]),
);
refuse(
  'any-list-long',
  'a list longer than its bytes',
  start(1).u8(8).varuint(1).bytes(ROOT).varuint(0).finish(),
  Uint8Array.of(8, 100, 0),
);
refuse('range-empty', 'a range of length 0', one(1, 0, 1, 0).skeleton, utf8('a'));
refuse('range-own-beyond', 'an own range beyond the next clock', one(1, 0, 1, 2).skeleton, utf8('a'));
refuse('range-own-next', 'an own range that starts at the next clock', one(1, 0, 0, 1).skeleton, utf8('a'));
refuse(
  'range-touching',
  'two own ranges that touch',
  raw(
    start(1)
      .u8(4)
      .varuint(3)
      .bytes(ROOT)
      .varuint(2)
      .varuint(0)
      .varuint(3)
      .varuint(1)
      .varuint(0)
      .varuint(2)
      .varuint(1)
      .finish(),
  ).skeleton,
  utf8('abc'),
);
refuse(
  'range-overflow',
  'a range that ends beyond 2^53',
  new Writer()
    .varuint(0)
    .bytes(fromHex(DOCUMENT))
    .varuint(1)
    .bytes(fromHex('1fffffffffffff'))
    .varuint(0)
    .varuint(1)
    .varuint(1)
    .varuint(Number.MAX_SAFE_INTEGER)
    .varuint(1)
    .finish(),
);

// ---------------------------------------------------------------- a space
const alice = createHand(1);
const bob = createHand(2);
const olga = createHand(3);
const erin = createHand(4);
const { space, epoch, genesis } = foundBy(alice, 1);
const group = genesis.id.slice(32) as GroupId;
const NO_INVITE = '00'.repeat(16) as InviteId;
const admitBody = (hand: typeof bob, role: Role, more: object = {}): RecordBody => ({
  type: 'admit',
  device: hand.device,
  boxKey: hand.keys.box.publicKey,
  name: 'Newcomer',
  group,
  role,
  invite: NO_INVITE,
  ...more,
});
const admitBob = craftRecord(space, alice, admitBody(bob, 'member'), genesis, [genesis.id]);
const admitOlga = craftRecord(space, alice, admitBody(olga, 'observer'), admitBob, [admitBob.id]);
const newGroup = craftRecord(
  space,
  alice,
  { type: 'group', id: null, group: { ...GROUP, name: 'Farmers' } },
  admitOlga,
  [admitOlga.id],
);
const otherGroup = newGroup.id.slice(0, 32) as GroupId;
const paper = craftRecord(
  space,
  alice,
  { type: 'document', kind: 'talking-points', owner: group, parent: null, writers: 'members' },
  newGroup,
  [newGroup.id],
);
const document = paper.id.slice(0, 32) as DocumentId;
const base = [genesis, admitBob, admitOlga, newGroup, paper];
const head = paper;

// ---------------------------------------------------------------- segments and packs
const session = fromHex('0102030405060708');
const chain = beginChain(space, bob, session, headerOf(epoch, [head.id]));
pushEdit(chain, document, { structs: [{ ...text(0, 'over '), parent: { type: 'root', name: 'text' } }], deletes: [] });
const bobClient = chain.tables.client;
pushEdit(chain, document, {
  structs: [text(5, 'the hill', { origin: { client: bobClient, clock: 4 }, parent: null })],
  deletes: [],
});
pushEdit(chain, document, { structs: [], deletes: [{ client: bobClient, clock: 0, length: 5 }] });
const whole = encodeSegment(wholeChain(chain));
const segment = (name: string, about: string, bytes: Uint8Array): void => {
  made.push({ kind: 'segment', name, about, bytes: toHex(bytes) });
};
segment('accept-segment', 'a whole session of three entries', whole);
segment('accept-segment-part', 'entries 2 and 3, after a head', encodeSegment(cutChain(chain, 2, 3)));
const withBytes = (bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array => {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
};
segment('refuse-segment-from-zero', 'entries count from 1', withBytes(whole, 40, 0));
segment('refuse-segment-trailing', 'a byte behind the last entry', concat(whole, Uint8Array.of(0)));
segment('refuse-segment-cut', 'its last byte missing', whole.slice(0, -1));
segment('refuse-segment-no-entries', 'no entry', encodeSegment({ ...cutChain(chain, 2, 3), entries: [] }));
segment(
  'refuse-segment-audience',
  'an audience of 17 bytes',
  concat(whole.slice(0, 57), Uint8Array.of(17), whole.slice(58)),
);
const heads = (...ids: readonly string[]): Segment => ({
  ...wholeChain(chain),
  header: { ...chain.header, view: ids as never },
});
segment(
  'refuse-segment-view-order',
  'a view that is not ascending',
  encodeSegment(heads('bb'.repeat(32), 'aa'.repeat(32))),
);
segment(
  'refuse-segment-view-twice',
  'the same record twice in a view',
  encodeSegment(heads('aa'.repeat(32), 'aa'.repeat(32))),
);
segment(
  'refuse-segment-view-long',
  'a view of 65 records',
  encodeSegment(heads(...Array.from({ length: 65 }, (_, i) => i.toString(16).padStart(64, '0')))),
);
segment(
  'refuse-segment-large-entry',
  'an entry over 65,536 bytes',
  encodeSegment({ ...wholeChain(chain), entries: [{ skeleton: new Uint8Array(1), content: new Uint8Array(65_536) }] }),
);

const pack = (name: string, about: string, bytes: Uint8Array): void => {
  made.push({ kind: 'pack', name, about, bytes: toHex(bytes) });
};
const packed = encodePack([itemOf(genesis), { type: ITEM.segment, bytes: whole }]);
const opened = (length: number, body: Uint8Array): Uint8Array =>
  new Writer().u8(1).varuint(length).bytes(deflate(body)).finish();
pack('accept-pack', 'a record and a segment', packed);
pack('accept-pack-empty', 'nothing', opened(0, NOTHING));
pack('accept-pack-unknown-item', 'an item of type 9', opened(3, Uint8Array.of(9, 1, 7)));
pack('refuse-pack-version', 'pack version 2', withBytes(packed, 0, 2));
pack('refuse-pack-bomb', 'a million and one zeros, as it says', opened(1_000_001, new Uint8Array(1_000_001)));
pack('refuse-pack-hidden-bomb', 'a million zeros that say to be ten bytes', opened(10, new Uint8Array(1_000_000)));
pack('refuse-pack-short', 'opens to less than it says', opened(4, Uint8Array.of(9, 1, 7)));
pack('refuse-pack-trailing', 'a byte behind the deflated data', concat(packed, Uint8Array.of(0)));
pack('refuse-pack-cut', 'deflated data cut short', packed.slice(0, -4));
pack('refuse-pack-item-cut', 'an item longer than the pack', opened(3, Uint8Array.of(9, 5, 7)));
pack(
  'refuse-pack-item-large',
  'an item that says to be over its bound',
  opened(5, new Writer().u8(9).varuint(600_000).u8(0).finish()),
);
pack(
  'refuse-pack-no-deflate',
  'no DEFLATE at all',
  new Writer()
    .u8(1)
    .varuint(3)
    .bytes(Uint8Array.of(7, 7, 7))
    .finish(),
);
pack('refuse-pack-empty', 'no bytes', NOTHING);

// ---------------------------------------------------------------- records
const signed = (
  name: string,
  about: string,
  records: readonly Signed[],
  statements: readonly Signed[] = [],
  spoil?: (hexes: string[]) => void,
): void => {
  const hexes = records.map((each) => toHex(each.bytes));
  spoil?.(hexes);
  made.push({
    kind: 'signed',
    name,
    about,
    space,
    records: hexes,
    statements: statements.map((each) => toHex(each.bytes)),
    document,
  });
};
const after = (
  hand: typeof bob,
  body: RecordBody,
  previous: Signed | null,
  parents: readonly Signed[] = [head],
  more: object = {},
): Signed =>
  craftRecord(
    space,
    hand,
    body,
    previous,
    parents.map((each) => each.id),
    more,
  );
const byAlice = (body: RecordBody, more: object = {}): Signed => after(alice, body, head, [head], more);
const byBob = (body: RecordBody, more: object = {}): Signed => after(bob, body, null, [head], more);
const byOlga = (body: RecordBody): Signed => after(olga, body, null);
const plus = (...records: readonly Signed[]): Signed[] => [...base, ...records];

signed('accept-records', 'genesis, two admits, a group, a document', base);
signed('accept-records-reversed', 'the same, last first', base.slice().reverse());
signed('accept-admit-member', 'an organizer admits', plus(byAlice(admitBody(erin, 'organizer'))));
signed('refuse-admit-by-member', 'a member admits', plus(byBob(admitBody(erin, 'member'))));
signed('refuse-admit-twice', 'a device that is in', plus(byAlice(admitBody(bob, 'organizer'))));
signed(
  'refuse-admit-group',
  'into a group that is not',
  plus(byAlice(admitBody(erin, 'member', { group: 'ff'.repeat(16) }))),
);
signed(
  'refuse-admit-key',
  'a key of small order',
  plus(byAlice(admitBody(erin, 'member', { device: '00'.repeat(32) }))),
);
const DOOR = 'ab'.repeat(16) as InviteId;
const doorBody = (more: object = {}): RecordBody => ({
  type: 'door',
  invite: DOOR,
  role: 'member',
  until: 0,
  most: 1,
  revoked: false,
  ...more,
});
const door = byAlice(doorBody());
const through = (body: RecordBody, previous: Signed = door): Signed => after(alice, body, previous, [previous]);
signed('accept-door', 'a door and one through it', plus(door, through(admitBody(erin, 'member', { invite: DOOR }))));
const throughIt = through(admitBody(erin, 'member', { invite: DOOR }));
signed(
  'refuse-door-full',
  'one more than the door admits',
  plus(door, throughIt, through(admitBody(createHand(5), 'member', { invite: DOOR }), throughIt)),
);
signed(
  'refuse-door-role',
  'a higher role than the door’s',
  plus(door, through(admitBody(erin, 'organizer', { invite: DOOR }))),
);
const shut = through(doorBody({ revoked: true }));
signed(
  'refuse-door-revoked',
  'through a door that was revoked',
  plus(door, shut, through(admitBody(erin, 'member', { invite: DOOR }), shut)),
);
const second = byAlice(admitBody(erin, 'organizer'));
signed(
  'refuse-door-of-another',
  'through another organizer’s door',
  plus(
    second,
    through(doorBody(), second),
    after(erin, admitBody(createHand(5), 'member', { invite: DOOR }), null, [through(doorBody(), second)]),
  ),
);
signed('refuse-door-by-member', 'a member opens a door', plus(byBob(doorBody())));
signed('refuse-door-organizer', 'a door for organizers', plus(byAlice(doorBody({ role: 'organizer' }))));
signed('refuse-door-none', 'a door for nobody', plus(byAlice(doorBody({ most: 0 }))));
signed('refuse-door-61', 'a door for 61', plus(byAlice(doorBody({ most: 61 }))));
signed('refuse-door-twice', 'the same door again, larger', plus(door, through(doorBody({ most: 60 }))));
signed('refuse-door-revoke-unknown', 'revoking what is not', plus(byAlice(doorBody({ revoked: true }))));
signed(
  'accept-profile',
  'an observer changes its name',
  plus(byOlga({ type: 'profile', name: 'Olga', languages: ['ar', 'en'] })),
);
signed(
  'accept-group-own',
  'a member changes its group',
  plus(byBob({ type: 'group', id: group, group: { ...GROUP, name: 'Changed' } })),
);
signed(
  'refuse-group-other',
  'a member changes another group',
  plus(byBob({ type: 'group', id: otherGroup, group: GROUP })),
);
signed('refuse-group-new', 'a member makes a group', plus(byBob({ type: 'group', id: null, group: GROUP })));
signed(
  'refuse-group-observer',
  'an observer changes its group',
  plus(byOlga({ type: 'group', id: group, group: { ...GROUP, name: 'Changed' } })),
);
signed(
  'refuse-group-unknown',
  'an organizer changes a group that is not',
  plus(byAlice({ type: 'group', id: 'ff'.repeat(16) as GroupId, group: GROUP })),
);
const bobId = admitBob.id.slice(0, 32) as MemberId;
signed(
  'accept-role',
  'a member becomes an organizer, in another group',
  plus(byAlice({ type: 'role', member: bobId, role: 'organizer', group: otherGroup })),
);
signed(
  'refuse-role-lower',
  'a member becomes an observer',
  plus(byAlice({ type: 'role', member: bobId, role: 'observer', group })),
);
signed(
  'refuse-role-self',
  'a member makes itself an organizer',
  plus(byBob({ type: 'role', member: bobId, role: 'organizer', group })),
);
signed(
  'refuse-role-unknown',
  'a role for nobody',
  plus(byAlice({ type: 'role', member: 'ee'.repeat(16) as MemberId, role: 'member', group })),
);
signed(
  'refuse-role-group',
  'into a group that is not',
  plus(byAlice({ type: 'role', member: bobId, role: 'member', group: 'ff'.repeat(16) as GroupId })),
);
const paperBody = (more: object = {}): RecordBody => ({
  type: 'document',
  kind: 'variant',
  owner: group,
  parent: document,
  writers: 'group',
  ...more,
});
signed('accept-document', 'a member makes a variant for its group', plus(byBob(paperBody())));
signed('refuse-document-observer', 'an observer makes a document', plus(byOlga(paperBody())));
signed('refuse-document-group', 'a member makes one for another group', plus(byBob(paperBody({ owner: otherGroup }))));
signed('refuse-document-parent', 'a parent that is not', plus(byBob(paperBody({ parent: 'cd'.repeat(16) }))));
signed(
  'refuse-document-owner',
  'an organizer makes one for a group that is not',
  plus(byAlice(paperBody({ owner: 'ff'.repeat(16) }))),
);
signed(
  'refuse-outsider',
  'somebody who is not in',
  plus(after(erin, { type: 'profile', name: 'E', languages: [] }, null)),
);
signed('refuse-number', 'number 3 after number 1', [
  genesis,
  craftRecord(space, alice, { type: 'profile', name: 'A', languages: [] }, genesis, [], { number: 3 }),
]);
signed(
  'refuse-previous-of-another',
  'after somebody else’s record',
  plus(byBob({ type: 'profile', name: 'B', languages: [] }, { number: genesis.number + 1, previous: genesis.id })),
);
signed('wait-missing-parent', 'a parent that is not here', [genesis, admitBob, paper]);
signed(
  'accept-version-2',
  'a later version has its place and says nothing',
  plus(byAlice({ type: 'profile', name: 'Changed', languages: [] }, { version: 2 })),
);
signed(
  'accept-unknown-type',
  'an unknown type has its place and says nothing',
  plus(byAlice({ type: 'profile', name: 'Changed', languages: [] }, { type: 99 })),
);
signed(
  'accept-other-audience',
  'for a smaller audience: has its place and says nothing',
  plus(byAlice({ type: 'profile', name: 'Changed', languages: [] }, { audience: Uint8Array.of(1) })),
);
signed(
  'accept-malformed-body',
  'a body with a byte too many has its place and says nothing',
  plus(byAlice({ type: 'profile', name: 'Changed', languages: [] }, { body: Uint8Array.of(0, 0, 0) })),
);
const flip = (at: number) => (hexes: string[]) => {
  const bytes = fromHex(hexes[1] as string);
  bytes[at < 0 ? bytes.length + at : at] = (bytes[at < 0 ? bytes.length + at : at] as number) ^ 1;
  hexes[1] = toHex(bytes);
};
signed('refuse-signature', 'one bit of a signature', base.slice(0, 2), [], flip(-40));
signed('refuse-tampered-body', 'one bit of a body', base.slice(0, 2), [], flip(-70));
signed('refuse-tampered-device', 'one bit of the device', base.slice(0, 2), [], flip(10));
signed('refuse-trailing', 'a byte behind the signature', base.slice(0, 2), [], (hexes) => (hexes[1] += '00'));
const elsewhere = foundBy(bob, 9);
signed(
  'refuse-other-space',
  'a record of another space',
  plus(craftRecord(elsewhere.space, bob, { type: 'profile', name: 'B', languages: [] }, null, [head.id])),
);
signed('refuse-second-genesis', 'another genesis', plus(elsewhere.genesis));
const nameA = byAlice({ type: 'profile', name: 'one', languages: [] });
const nameB = byAlice({ type: 'profile', name: 'two', languages: [] });
signed('accept-fork', 'two records after the same one: the lower id stands', plus(nameA, nameB));
const [lost, won] = nameA.id < nameB.id ? [nameB, nameA] : [nameA, nameB];
signed(
  'refuse-after-lost-fork',
  'what follows the one that lost',
  plus(lost, won, through(admitBody(erin, 'member'), lost)),
);
const promote = byAlice({ type: 'role', member: bobId, role: 'organizer', group });
signed(
  'accept-concurrent',
  'concurrent records: the later in order stands',
  plus(
    promote,
    byBob({ type: 'profile', name: 'Bob', languages: [] }),
    after(bob, admitBody(erin, 'member'), byBob({ type: 'profile', name: 'Bob', languages: [] }), [promote]),
  ),
);

const lane = (body: Uint8Array, hand = bob, previous: Signed | null = null, more: object = {}): Signed =>
  craft(space, hand, 'statement', { type: 1, body }, previous, [head.id], more);
const approval = (more: object = {}): Uint8Array =>
  encodeApproval(document, { textHash: '11'.repeat(32), language: 'en', sourceHash: '', approved: true, ...more });
signed('accept-approval', 'a member of the owner group approves', base, [lane(approval())]);
signed('accept-approval-taken-back', 'and takes it back', base, [
  lane(approval()),
  lane(approval({ approved: false }), bob, lane(approval())),
]);
signed('refuse-approval-observer', 'an observer approves', base, [lane(approval(), olga)]);
signed('refuse-approval-outsider', 'somebody who is not in', base, [lane(approval(), erin)]);
signed('refuse-approval-flag', 'approved: 2', base, [lane(concat(approval().slice(0, -1), Uint8Array.of(2)))]);
signed('refuse-approval-source', 'a source hash of 3 bytes', base, [lane(approval({ sourceHash: '112233' }))]);
signed('refuse-approval-trailing', 'a byte too many', base, [lane(concat(approval(), Uint8Array.of(0)))]);
signed('refuse-approval-document', 'of a document that is not', base, [
  lane(
    encodeApproval('cc'.repeat(16) as DocumentId, {
      textHash: '11'.repeat(32),
      language: 'en',
      sourceHash: '',
      approved: true,
    }),
  ),
]);
signed('wait-approval-gap', 'number 2 without number 1', base, [lane(approval(), bob, lane(approval()))]);
signed('accept-approval-fork', 'two first statements: the lower id stands', base, [
  lane(approval()),
  lane(approval({ language: 'fr' })),
]);
signed('accept-statement-unknown', 'an unknown type is kept and says nothing', base, [
  lane(approval(), bob, null, { type: 77 }),
]);

const word = (value: Value, kind = 'comment', of = document): Uint8Array => {
  const to = new Writer().bytes(fromHex(of)).text(kind);
  writeValue(to, value);
  return to.finish();
};
const said = (body: Uint8Array, hand = bob): Signed => lane(body, hand, null, { type: 2 });
const comment = { text: 'Well said', of: null, at: [1, 2.5, true], key: Uint8Array.of(7) };
signed('accept-word', 'a member says a word', base, [said(word(comment))]);
signed('accept-word-observer', 'an observer does', base, [said(word(comment), olga)]);
signed('refuse-word-outsider', 'somebody who is not in', base, [said(word(comment), erin)]);
signed('refuse-word-invisible', 'a text that turns the order of what is read', base, [
  said(word({ text: 'a\u202Eb' })),
]);
signed('refuse-word-decomposed', 'a letter and its accent apart', base, [said(word({ text: 'e\u0301' }))]);
signed('refuse-word-key', 'such a key', base, [said(word({ 'a\u200Bb': 1 }))]);
signed('refuse-word-kind', 'such a kind', base, [said(word(comment, 'com\u200Bment'))]);
signed('refuse-word-trailing', 'a byte too many', base, [said(concat(word(comment), Uint8Array.of(0)))]);
signed('refuse-word-document', 'of a document that is not', base, [
  said(word(comment, 'comment', 'cc'.repeat(16) as DocumentId)),
]);

// ---------------------------------------------------------------- coming in
const invite: Invite = {
  space,
  organizer: alice.device,
  organizerBox: alice.keys.box.publicKey,
  secret: fromHex('77'.repeat(16)),
  hubs: ['wss://hub.example/signal'],
};
const inviteBytes = encodeInvite(invite);
const asInvite = (name: string, about: string, bytes: Uint8Array): void => {
  made.push({ kind: 'invite', name, about, bytes: toHex(bytes) });
};
asInvite('accept-invite', 'an invite with a hub', inviteBytes);
asInvite('refuse-invite-newer', 'version 2', withBytes(inviteBytes, 0, 2));
asInvite('refuse-invite-version-0', 'version 0', withBytes(inviteBytes, 0, 0));
asInvite('refuse-invite-cut', 'its last byte missing', inviteBytes.slice(0, -1));
asInvite('refuse-invite-trailing', 'a byte too many', concat(inviteBytes, Uint8Array.of(0)));
asInvite(
  'refuse-invite-key',
  'an organizer’s key of small order',
  concat(inviteBytes.slice(0, 33), new Uint8Array(32), inviteBytes.slice(65)),
);
asInvite(
  'refuse-invite-box-key',
  'a box key of small order',
  concat(inviteBytes.slice(0, 65), new Uint8Array(32), inviteBytes.slice(97)),
);
asInvite('refuse-invite-hubs', 'nine hubs', encodeInvite({ ...invite, hubs: Array.from({ length: 9 }, () => 'h') }));

const { random } = createDice(77);
const signerOf = (hand: typeof bob) => createSigner(hand.keys.signing, null);
const asking = {
  device: erin.device,
  boxKey: erin.keys.box.publicKey,
  name: 'Erin',
  group: 'Farmers',
  languages: ['fr'],
};
const request = await sealRequest(invite, asking, signerOf(erin), random(32));
const asRequest = (name: string, about: string, bytes: Uint8Array, inviteSecret = invite.secret): void => {
  const { signing, box } = alice.keys;
  made.push({
    kind: 'request',
    name,
    about,
    space,
    seed: toHex(signing.seed),
    boxSecret: toHex(box.secretKey),
    inviteSecret: toHex(inviteSecret),
    bytes: toHex(bytes),
  });
};
asRequest('accept-request', 'a join request', request);
asRequest('refuse-request-newer', 'version 2', withBytes(request, 0, 2));
asRequest('refuse-request-version-0', 'version 0', withBytes(request, 0, 0));
asRequest('refuse-request-flipped', 'a bit of the box', withBytes(request, 60, (request[60] as number) ^ 1));
asRequest('refuse-request-closed', 'an invite that is not open', request, fromHex('78'.repeat(16)));
asRequest(
  'refuse-request-signer',
  'signed by another device',
  await sealRequest(invite, asking, signerOf(bob), random(32)),
);
asRequest(
  'refuse-request-box-key',
  'a box key of small order',
  await sealRequest(invite, { ...asking, boxKey: new Uint8Array(32) }, signerOf(erin), random(32)),
);
asRequest(
  'refuse-request-organizer',
  'made for another organizer, boxed to this one',
  await sealRequest({ ...invite, organizer: bob.device }, asking, signerOf(erin), random(32)),
);
asRequest(
  'refuse-request-space',
  'for another space',
  await sealRequest({ ...invite, space: elsewhere.space }, asking, signerOf(erin), random(32)),
);

const joining = { invite: inviteIdOf(space, invite.secret), ...asking };
const given = { epochs: [epoch], records: encodePack(base.map(itemOf)) };
const answer = await sealAnswer(space, alice.device, joining, given, signerOf(alice), random(32));
const asAnswer = (name: string, about: string, bytes: Uint8Array): void => {
  made.push({
    kind: 'answer',
    name,
    about,
    invite: toHex(inviteBytes),
    device: erin.device,
    boxSecret: toHex(erin.keys.box.secretKey),
    bytes: toHex(bytes),
  });
};
asAnswer('accept-answer', 'an answer with an epoch and the records', answer);
asAnswer('refuse-answer-newer', 'version 2', withBytes(answer, 0, 2));
asAnswer('refuse-answer-flipped', 'a bit of the box', withBytes(answer, 60, (answer[60] as number) ^ 1));
asAnswer(
  'refuse-answer-signer',
  'signed by another device',
  await sealAnswer(space, alice.device, joining, given, signerOf(bob), random(32)),
);
asAnswer(
  'refuse-answer-organizer',
  'by an organizer who did not invite',
  await sealAnswer(space, bob.device, joining, given, signerOf(bob), random(32)),
);
asAnswer(
  'refuse-answer-device',
  'for another device',
  await sealAnswer(space, alice.device, { ...joining, device: bob.device }, given, signerOf(alice), random(32)),
);
asAnswer(
  'refuse-answer-invite',
  'to another invite',
  await sealAnswer(space, alice.device, { ...joining, invite: NO_INVITE }, given, signerOf(alice), random(32)),
);
asAnswer(
  'refuse-answer-no-epoch',
  'without an epoch',
  await sealAnswer(space, alice.device, joining, { ...given, epochs: [] }, signerOf(alice), random(32)),
);

// ---------------------------------------------------------------- whole logs
const reader = createHand(6);
const log = (name: string, about: string, ...packs: readonly Uint8Array[]): void => {
  const identity = encodeIdentity({ space, ...reader.keys, epochs: [epoch] });
  made.push({ kind: 'log', name, about, identity: toHex(identity), packs: packs.map((each) => toHex(each)) });
};
const item = (each: Segment) => ({ type: ITEM.segment, bytes: encodeSegment(each) });
const records = base.map(itemOf);
const withChain = (...segments: readonly Segment[]): Uint8Array => encodePack([...records, ...segments.map(item)]);
log('accept-log', 'records and a session', withChain(wholeChain(chain)));
log(
  'accept-log-late-records',
  'the session first, in parts, last first',
  encodePack([item(cutChain(chain, 3, 3))]),
  encodePack([item(cutChain(chain, 1, 2))]),
  encodePack(records),
);
log('wait-log-gap', 'entry 2 is missing', withChain(cutChain(chain, 1, 1), cutChain(chain, 3, 3)));
const signedBy = (each: Segment): Segment => ({ ...each, signature: cutChain(chain, 1, 1).signature });
log('refuse-log-signature', 'signed for another number', withChain(signedBy(wholeChain(chain))));
const tampered = wholeChain(chain);
log(
  'refuse-log-content',
  'one letter of the content',
  withChain({
    ...tampered,
    entries: tampered.entries.map((each, at) => (at === 1 ? { ...each, content: utf8('the bill') } : each)),
  }),
);
const byRole = (
  hand: typeof bob,
  structs: Struct[],
  id = document,
  start = fromHex('1111111111111111'),
  view = [head.id],
) => {
  const made = beginChain(space, hand, start, headerOf(epoch, view));
  pushEdit(made, id, { structs, deletes: [] });
  return made;
};
log('refuse-log-observer', 'an observer writes', withChain(wholeChain(byRole(olga, [text(0, 'me')]))));
log('refuse-log-outsider', 'somebody who is not in writes', withChain(wholeChain(byRole(erin, [text(0, 'me')]))));
const closedPaper = byAlice(paperBody({ writers: 'statements' }));
log(
  'refuse-log-statements-only',
  'a document for statements only',
  encodePack([
    ...records,
    itemOf(closedPaper),
    item(wholeChain(byRole(bob, [text(0, 'me')], closedPaper.id.slice(0, 32) as DocumentId))),
  ]),
);
const foreignPaper = byAlice(paperBody({ owner: otherGroup }));
log(
  'refuse-log-other-group',
  'a document of another group alone',
  encodePack([
    ...records,
    itemOf(foreignPaper),
    item(wholeChain(byRole(bob, [text(0, 'me')], foreignPaper.id.slice(0, 32) as DocumentId))),
  ]),
);
log(
  'wait-log-view',
  'a view that is not here',
  withChain(wholeChain(byRole(bob, [text(0, 'me')], document, session, ['ab'.repeat(32) as never]))),
);
const needing = (struct: Struct): Uint8Array => withChain(wholeChain(chain), wholeChain(byRole(alice, [struct])));
log(
  'wait-log-need',
  'a left neighbour that is not here',
  needing(text(0, '!', { origin: { client: bobClient, clock: 99 } })),
);
log(
  'accept-log-neighbours',
  'between two letters of somebody else’s',
  needing(text(0, '!', { origin: { client: bobClient, clock: 7 }, right: { client: bobClient, clock: 8 } })),
);
log(
  'refuse-log-inverted',
  'the right neighbour stands before the left one',
  needing(text(0, '!', { origin: { client: bobClient, clock: 8 }, right: { client: bobClient, clock: 6 } })),
);
const twoWriters = (right: boolean): Uint8Array => {
  const made = byRole(alice, [
    text(0, '!', { origin: { client: bobClient, clock: 7 }, right: { client: bobClient, clock: 8 } }),
  ]);
  const mine = { client: made.tables.client, clock: 0 };
  const his = { client: bobClient, clock: 10 };
  const neighbours = right ? { origin: his, right: mine } : { origin: mine, right: his };
  pushEdit(made, document, { structs: [text(1, '?', neighbours)], deletes: [] });
  return withChain(wholeChain(chain), wholeChain(made));
};
log('refuse-log-inverted-far', 'the same between two writers, where only the whole list tells', twoWriters(true));
log('accept-log-far', 'neighbours that are far apart and in order', twoWriters(false));
const inKey = byRole(alice, [text(0, '!', { parent: { type: 'root', name: 'text' }, sub: 'key' })]);
pushEdit(inKey, document, {
  structs: [text(1, '!', { origin: { client: bobClient, clock: 7 }, right: { client: bobClient, clock: 8 } })],
  deletes: [],
});
log('refuse-log-text-in-key', 'text under a key, and what follows it', withChain(wholeChain(chain), wholeChain(inKey)));
log(
  'refuse-log-parent',
  'a parent that is no shared type',
  needing(text(0, '!', { parent: { type: 'item', id: { client: bobClient, clock: 6 } } })),
);
const twoLists = byRole(alice, [
  text(0, 'x', { parent: { type: 'root', name: 'other' } }),
  text(1, '!', { origin: { client: bobClient, clock: 6 }, right: null }),
]);
pushEdit(twoLists, document, {
  structs: [
    text(2, '?', { origin: { client: bobClient, clock: 7 }, right: { client: twoLists.tables.client, clock: 0 } }),
  ],
  deletes: [],
});
log(
  'refuse-log-two-lists',
  'neighbours in two lists: what came before stays',
  withChain(wholeChain(chain), wholeChain(twoLists)),
);
const spoilt = forkOf(chain);
pushBytes(spoilt, { skeleton: Uint8Array.of(255), content: NOTHING });
pushEdit(spoilt, document, {
  structs: [text(13, ' and home', { origin: { client: bobClient, clock: 12 } })],
  deletes: [],
});
log('refuse-log-spoilt', 'an entry that cannot be read spoils what follows', withChain(wholeChain(spoilt)));
const fork = forkOf(chain);
fork.entries.length = 1;
fork.heads.length = 2;
fork.tables = byRole(bob, [text(0, 'over ')], document, session).tables;
pushEdit(fork, document, { structs: [text(5, 'elsewhere', { origin: { client: bobClient, clock: 4 } })], deletes: [] });
log(
  'accept-log-fork',
  'two entries with number 2: the lower head stands',
  withChain(wholeChain(chain), wholeChain(fork)),
);
log(
  'accept-log-fork-late',
  'the same, the other first',
  withChain(wholeChain(fork)),
  encodePack([item(wholeChain(chain))]),
);
log(
  'wait-log-epoch',
  'an epoch that is not here',
  withChain(
    wholeChain(
      (() => {
        const made = beginChain(space, bob, session, headerOf({ id: new Uint8Array(16), secret: NOTHING }, [head.id]));
        pushEdit(made, document, { structs: [text(0, 'x')], deletes: [] });
        return made;
      })(),
    ),
  ),
);

// ---------------------------------------------------------------- live
type LiveMessage = Extract<Vector, { kind: 'live' }>['messages'][number];
const live = (name: string, about: string, ...messages: readonly LiveMessage[]): void => {
  made.push({ kind: 'live', name, about, messages: [...messages] });
};
const onLink = (type: LiveMessage['type'], body: Uint8Array): LiveMessage => ({ type, body: toHex(body) });
const nothing = emptyVector();
const writer = createLiveWriter();
const [first, later] = [cutChain(chain, 1, 1), { ...cutChain(chain, 2, 2), before: null }];
const hand = createLiveWriter();
live(
  'accept-live',
  'a session by its name, then by its short number; word of it by the same number',
  onLink('live', writer.encode([itemOf(head)], [first])),
  onLink('live', writer.encode([], [later])),
  onLink('holds', writer.encodeHolds({ ...nothing, sessions: new Map([[first.session, 2]]) })),
);
live(
  'accept-live-holds',
  'word of records and statements of two devices and of a session that nothing was said of before',
  onLink(
    'holds',
    hand.encodeHolds({
      records: new Map([[alice.device, 7]]),
      statements: new Map([[bob.device, 300]]),
      sessions: new Map([[first.session, 130]]),
    }),
  ),
  onLink('holds', hand.encodeHolds({ ...nothing, sessions: new Map([[first.session, 131]]) })),
);
live(
  'accept-live-trees',
  'two devices, then records and statements, cut off and taken in again',
  onLink('prune', concat(fromHex(alice.device), fromHex(bob.device))),
  onLink('graft', new Uint8Array(32)),
);
live('refuse-live-number', 'a short number that is not the next', onLink('holds', Uint8Array.of(0, 1, 1)));
live('refuse-live-prune', 'half a device', onLink('prune', new Uint8Array(48).fill(7)));
live('refuse-live-nobody', 'no device', onLink('graft', NOTHING));
live('refuse-live-holds', 'more devices than bytes', onLink('holds', Uint8Array.of(9, 1, 2)));

// ---------------------------------------------------------------- writing
const file = resolve('tests/vectors/log/vectors.json');
const published = existsSync(file) ? v.parse(v.array(vectorSchema), JSON.parse(readFileSync(file, 'utf8'))) : [];
const known = new Map(published.map((each) => [each.name, each]));
const out: Vector[] = [...published];
for (const each of made) {
  const before = known.get(each.name);
  const vector = { ...each, outcome: null } as Vector;
  if (before) {
    if (!isDeepStrictEqual({ ...before, outcome: null }, vector))
      console.log(`published and left as it is: ${each.name}`);
    continue;
  }
  out.push({ ...vector, outcome: await outcomeOf(vector) });
}
if (new Set(out.map((each) => each.name)).size !== out.length) throw new Error('a name twice');
writeFileSync(file, `[\n${out.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`);
console.log(`${out.length} vectors, ${out.length - published.length} of them new`);
