/** Two sessions with one clientID, which nobody can grind but a test can order. */
import { describe, expect, it } from 'vitest';
import { createVerifier } from '../../../src/crypto/index.ts';
import { KIND, type Struct } from '../../../src/log/struct.ts';
import { createIntake, type Intake } from '../../../src/log/intake.ts';
import { createRecordSet } from '../../../src/log/membership.ts';
import type { RecordBody } from '../../../src/log/records.ts';
import type { DocumentId, GroupId, InviteId } from '../../../src/log/types.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import {
  beginChain,
  type Chain,
  craftRecord,
  createHand,
  foundBy,
  type Hand,
  headerOf,
  pushEdit,
  wholeChain,
} from './craft.ts';

const CLIENT = 77;
const [alice, bob, chen] = [createHand(1), createHand(2), createHand(3)];
const { space, epoch, genesis } = foundBy(alice, 1);
const group = genesis.id.slice(32) as GroupId;
const admit = (hand: Hand): RecordBody => ({
  type: 'admit',
  device: hand.device,
  boxKey: hand.keys.box.publicKey,
  name: 'N',
  group,
  role: 'member',
  invite: '00'.repeat(16) as InviteId,
});
const first = craftRecord(space, alice, admit(bob), genesis, []);
const second = craftRecord(space, alice, admit(chen), first, []);
const paper = craftRecord(
  space,
  alice,
  { type: 'document', kind: 'talking-points', owner: group, parent: null, writers: 'members' },
  second,
  [],
);
const document = paper.id.slice(0, 32) as DocumentId;
const text: Struct = {
  kind: KIND.string,
  clock: 0,
  length: 1,
  origin: null,
  right: null,
  parent: { type: 'root', name: 'text' },
  sub: null,
  typeRef: 0,
  typeName: '',
  content: utf8('a'),
};
const chainOf = (hand: Hand, session: number): Chain => {
  const chain = beginChain(space, hand, new Uint8Array(8).fill(session), headerOf(epoch, [paper.id]));
  const made = { ...chain, tables: { ...chain.tables, client: CLIENT } };
  pushEdit(made, document, { structs: [text], deletes: [] });
  return made;
};

/** Counts chains one after the other, and anew where it must; which sessions are read in the end? */
const readAfter = async (chains: readonly Chain[]): Promise<readonly string[]> => {
  const records = createRecordSet(space);
  records.add([genesis, first, second, paper]);
  const verifier = createVerifier(null);
  const needs = { space, records, verifier, hasEpoch: () => true, deriveClient: () => Promise.resolve(CLIENT) };
  const intake: Intake = createIntake(needs);
  const kept: Chain[] = [];
  for (const chain of chains) {
    kept.push(chain);
    intake.count((await intake.prove([wholeChain(chain)])).proven);
    while (intake.mustRebuild) {
      intake.reset();
      intake.count((await intake.prove(kept.map(wholeChain), true)).proven);
    }
  }
  expect(intake.documentLog(document).have(CLIENT)).toBe(1);
  return [...intake.sessions.keys()].filter((id) => !intake.voided.has(id));
};

describe('two sessions with one clientID', () => {
  it('leave it to the device that was admitted earlier, whichever came first', async () => {
    const [his, theirs] = [chainOf(bob, 9), chainOf(chen, 1)];
    expect(await readAfter([his, theirs])).toEqual([his.id]);
    expect(await readAfter([theirs, his])).toEqual([his.id]);
  });

  it('of one device leave it to the lower session', async () => {
    const [low, high] = [chainOf(bob, 1), chainOf(bob, 2)];
    expect(await readAfter([low, high])).toEqual([low.id]);
    expect(await readAfter([high, low])).toEqual([low.id]);
  });

  it('of three leave it to one', async () => {
    const all = [chainOf(chen, 1), chainOf(bob, 5), chainOf(bob, 4)] as const;
    const [a, b, c] = all;
    for (const order of [
      [a, b, c],
      [c, b, a],
      [b, a, c],
      [b, c, a],
    ])
      expect(await readAfter(order)).toEqual([c.id]);
  });
});
