/** Groups that adopt an agreement, on memory: what proofs are made from. */
import {
  createWordValue,
  parseWord,
  type GroupId,
  type Said,
  type Word,
  type WordId,
} from '../../../src/documents/agreement/words.ts';
import { encodeAgreementText } from '../../../src/documents/agreement/index.ts';
import { DEFAULT_RULE } from '../../../src/documents/agreement/rule.ts';
import { toHex, utf8 } from '../../../src/lib/bytes.ts';
import { createRecordSet } from '../../../src/log/membership.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { hashFrozen } from '../../../src/proofs/frozen.ts';
import { makeProof } from '../../../src/proofs/make.ts';
import { carry, found, join, type Person, value } from '../../world.ts';

export const say = async (person: Person, document: DocumentId, word: Word): Promise<WordId> =>
  value(await person.replica.say(document, word.kind, value(createWordValue(word))));

export const groupOf = (person: Person): GroupId => {
  const me = person.replica.me();
  if (!me) throw new Error('is in no space');
  return me.group;
};

/** As the app reads them. */
export const wordsOf = (person: Person, document: DocumentId): readonly Said[] =>
  person.replica.statements(document).flatMap((statement) => {
    const word = statement.type === 'word' ? parseWord(statement.kind, statement.value) : null;
    return word === null || statement.type !== 'word' ? [] : [{ ...statement, word }];
  });

/** The canonical text of a small agreement. */
export const textOf = (title: string, parties: readonly GroupId[]): string =>
  new TextDecoder().decode(
    encodeAgreementText({
      template: 'charter',
      language: 'en',
      languages: ['en'],
      title,
      fields: [{ name: 'purpose', text: 'We look after each other.' }],
      clauses: [
        {
          id: '0123456789abcdefghjkmn',
          number: '1',
          group: null,
          heading: 'Who we are',
          body: [{ type: 'paragraph', content: [{ type: 'text', text: 'Three groups.', marks: [] }] }],
        },
      ],
      redLines: [],
      parties: [...parties].sort(),
      rule: DEFAULT_RULE,
      dates: { effective: null, review: null, expiry: null },
    }),
  );

export const proposalOf = (
  text: string,
  parties: readonly GroupId[],
  more: Partial<Extract<Word, { kind: 'proposal' }>> = {},
): Word => ({
  kind: 'proposal',
  texts: [{ language: 'en', hash: toHex(hashFrozen(utf8(text))) }],
  parties: [...parties].sort(),
  left: [],
  rule: DEFAULT_RULE,
  change: 'new',
  amends: null,
  previous: null,
  round: 1,
  deadline: null,
  emergency: false,
  dates: { effective: null, review: null, expiry: null },
  redLines: [],
  ...more,
});

export const positionOf = (
  proposal: WordId,
  text: string,
  group: GroupId,
  more: Partial<Extract<Word, { kind: 'position' }>> = {},
): Word => ({
  kind: 'position',
  proposal,
  hash: toHex(hashFrozen(utf8(text))),
  language: 'en',
  group,
  position: 'agree',
  mandate: { how: 'assembly', when: '2026-11-20' },
  reason: '',
  conditions: '',
  recorded: null,
  replaces: [],
  ...more,
});

/** Three groups; one agrees, one stands aside, one is recorded from paper; closed, and a little more in the space. */
export const adopted = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  const chidi = await join(alice, 3, 'Chidi', 'Night Shift');
  const olga = await join(alice, 4, 'Olga', 'Legal clinic', 'observer');
  const document = value(
    await alice.replica.createDocument({
      kind: 'agreement',
      owner: groupOf(alice),
      parent: null,
      writers: 'members',
    }),
  );
  for (const person of [bob, chidi, olga]) await carry(alice, person);
  const text = textOf('Charter', [groupOf(alice), groupOf(bob), groupOf(chidi)]);
  const proposal = await say(alice, document, proposalOf(text, [groupOf(alice), groupOf(bob), groupOf(chidi)]));
  await say(alice, document, {
    kind: 'comment',
    clause: null,
    part: '',
    anchor: null,
    quote: '',
    text: 'Ready?',
    answers: null,
    replaces: null,
  });
  for (const person of [bob, chidi]) await carry(alice, person);
  const positions = [
    await say(alice, document, positionOf(proposal, text, groupOf(alice))),
    await say(bob, document, positionOf(proposal, text, groupOf(bob), { position: 'stand-aside', reason: 'Harvest' })),
    await say(
      alice,
      document,
      positionOf(proposal, text, groupOf(chidi), { recorded: { way: 'paper', name: 'Chidi' } }),
    ),
  ];
  await carry(bob, alice);
  const closing = await say(alice, document, {
    kind: 'closing',
    proposal,
    counted: [...positions].sort(),
    emergency: false,
    replaces: null,
  });
  return { alice, bob, chidi, olga, document, text, proposal, positions, closing };
};

/** What this person would give to somebody outside. */
export const proofBy = (person: Person, document: DocumentId, proposal: WordId, texts: ReadonlyMap<string, string>) => {
  const records = createRecordSet(person.replica.spaceId);
  records.add(person.replica.signed().records);
  const { statements } = person.replica.signed();
  return makeProof({ records, statements, document, words: wordsOf(person, document), proposal, texts });
};
