/** Groups that decide with their devices apart: signed words through real replicas, in any order and partition. */
import { expect, it } from 'vitest';
import * as decision from '../../../src/documents/agreement/decision/index.ts';
import { POSITIONS, type WordId } from '../../../src/documents/agreement/words.ts';
import { carry, found, join, type Person, restart, value } from '../../world.ts';
import { summaryOf } from '../documents/agreement/decision/against-twin.ts';
import { createChance } from '../log/random-space.ts';
import { groupOf, positionOf, proposalOf, say, textOf, wordsOf } from '../proofs/adopted.ts';

const play = async (seed: number) => {
  const chance = createChance(seed);
  const alice = await found(seed);
  const people: readonly Person[] = [
    alice,
    await join(alice, seed * 10 + 1, 'Bob', 'Hill Farmers'),
    await join(alice, seed * 10 + 2, 'Chidi', 'Night Shift'),
  ];
  const owner = groupOf(alice);
  const document = value(
    await alice.replica.createDocument({ kind: 'agreement', owner, parent: null, writers: 'members' }),
  );
  const parties = people.map(groupOf);
  const text = textOf('Charter', parties);
  const proposal = await say(alice, document, proposalOf(text, parties));
  for (const person of people) if (person !== alice) await carry(alice, person);
  const facts = { groups: new Set(parties) };
  const heard = (person: Person, kind: 'position' | 'closing'): WordId[] =>
    wordsOf(person, document).flatMap(({ id, word }) => (word.kind === kind ? [id] : []));

  for (let step = 0; step < 14; step++) {
    const person = chance.pick(people);
    const what = chance.below(10);
    if (what < 5) {
      const replaces = heard(person, 'position').filter(() => chance.is(0.3));
      const position = chance.is(0.6) ? 'agree' : chance.pick(POSITIONS);
      await say(person, document, positionOf(proposal, text, groupOf(person), { position, replaces }));
    } else if (what < 7) {
      const counted = heard(person, 'position').filter(() => chance.is(0.8));
      const [earlier] = heard(person, 'closing');
      const replaces = earlier !== undefined && chance.is(0.5) ? earlier : null;
      await say(person, document, { kind: 'closing', proposal, counted, emergency: false, replaces });
    } else await carry(chance.pick(people.filter((each) => each !== person)), person);
  }
  // a chain of hands, in any order, and back
  const chain = chance.shuffle(people);
  for (const way of [chain, chain.toReversed()])
    for (const [at, person] of way.entries()) if (at > 0) await carry(way[at - 1] as Person, person);

  const devices = [...people, await restart(chance.pick(people))];
  const outcomes = devices.map((person) => summaryOf(decision, wordsOf(person, document), facts));
  const type = decision.decide(wordsOf(alice, document), facts).outcomes.get(proposal)?.type;
  return { outcomes, said: wordsOf(alice, document).length, type };
};

it('comes to the same outcome on every device, however and whenever the words arrived', async () => {
  const types = new Set<unknown>();
  for (let seed = 1; seed <= 8; seed++) {
    const { outcomes, said, type } = await play(seed);
    expect(said, `seed ${seed}`).toBeGreaterThan(3);
    expect(new Set(outcomes).size, `seed ${seed}`).toBe(1);
    types.add(type);
  }
  // else hardly anything was decided
  expect([...types].sort()).toEqual(['adopted', 'not-adopted', 'open']);
});
