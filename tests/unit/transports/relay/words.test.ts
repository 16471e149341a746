import { expect, test } from 'vitest';
import { toHex } from '../../../../src/lib/bytes.ts';
import { createStay, type Stay } from '../../../../src/transports/relay/words.ts';
import { relayCrypto } from '../../../contract/transports/sealing.ts';

const ROOM = 'a-room-of-some-epoch';
const key = new Uint8Array(32).fill(7);
const enter = (room = ROOM, under = key): Stay => createStay(room, under, relayCrypto);
const tags = [new Uint8Array(8).fill(1), new Uint8Array(8).fill(2)];

test('a card says who it is of, and which direct links they have', () => {
  const [alice, bob] = [enter(), enter()];
  const card = bob.openCard(4, alice.sealCard(4, true, tags));
  expect(card).toEqual({
    number: 4,
    stay: alice.id,
    publicKey: alice.publicKey,
    isDirectToo: true,
    tags: ['0101010101010101', '0202020202020202'],
  });
});

test('a card opens under its own number and with the key of its room, and not otherwise', () => {
  const card = enter().sealCard(4, true, tags);
  expect(enter().openCard(5, card)).toBeNull();
  expect(enter(ROOM, new Uint8Array(32)).openCard(4, card)).toBeNull();
  expect(enter('another-room-of-it').openCard(4, card)).toBeNull();
  for (let at = 0; at < card.length; at++) {
    const changed = card.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(enter().openCard(4, changed)).toBeNull();
  }
});

test('nothing of a card can be read in its bytes, and no two are the same', () => {
  const alice = enter();
  const [first, second] = [alice.sealCard(4, true, tags), alice.sealCard(4, true, tags)].map(toHex);
  expect(first).not.toContain(alice.id);
  expect(first).not.toContain('0101010101010101');
  expect(first).not.toBe(second);
});

const meet = (alice: Stay, bob: Stay) => {
  const [hers, his] = [alice.pairWith(bob.publicKey), bob.pairWith(alice.publicKey)];
  if (hers === null || his === null) throw new Error('no pair');
  return { hers, his };
};

test('a call and its answer give both the same keys, crosswise, and each link keys of its own', () => {
  const { hers, his } = meet(enter(), enter());
  const links = [1, 2].map(() => {
    const call = hers.call();
    const answer = his.answer(call.said.subarray(1));
    const keys = call.take(answer?.said.subarray(1) ?? new Uint8Array());
    expect(keys?.send).toEqual(answer?.keys.receive);
    expect(keys?.receive).toEqual(answer?.keys.send);
    expect(keys?.binding).toEqual(answer?.keys.binding);
    return keys;
  });
  expect(links[0]?.binding).not.toEqual(links[1]?.binding);
  expect(links[0]?.send).not.toEqual(links[1]?.send);
});

test('a call that is heard again, an answer to another call, and a call of a third are refused', () => {
  const [alice, bob, mallory] = [enter(), enter(), enter()];
  const { hers, his } = meet(alice, bob);
  const [first, second] = [hers.call(), hers.call()];
  const answer = his.answer(first.said.subarray(1));
  expect(his.answer(first.said.subarray(1))).toBeNull();
  expect(second.take(answer?.said.subarray(1) ?? new Uint8Array())).toBeNull();
  expect(his.answer(meet(mallory, bob).hers.call().said.subarray(1))).toBeNull();
});

test('somebody with the key of the room who sits between two has two links of different bindings', () => {
  const [alice, bob, mallory] = [enter(), enter(), enter()];
  const left = meet(alice, mallory);
  const right = meet(mallory, bob);
  const bindings = [left, right].map(({ hers, his }) => his.answer(hers.call().said.subarray(1))?.keys.binding);
  expect(bindings[0]).not.toEqual(bindings[1]);
});

test('a key of small order makes no pair', () => {
  expect(enter().pairWith(new Uint8Array(32))).toBeNull();
});
