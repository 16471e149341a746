/**
 * What the rules of docs/agreements.md mean, example by example. Each runs against any build of the decision code, so
 * that mutants.test.ts can show that it notices when a rule is broken.
 */
import { deepStrictEqual as same, strictEqual as is } from 'node:assert/strict';
import type * as code from '../../../../../src/documents/agreement/decision/index.ts';
import type { Rule } from '../../../../../src/documents/agreement/rule.ts';
import type { PositionName, Word, WordId } from '../../../../../src/documents/agreement/words.ts';
import { createStory, EMERGENCY, FACTS, groupOf, HASH, idOf, ruleOf, somebody } from './story.ts';
import type { Story } from './story.ts';

export type Decision = Pick<typeof code, 'decide' | 'explain' | 'explainRule' | 'lifeOf' | 'timeLine' | 'choicesOf'>;
export type Example = readonly [name: string, run: (decision: Decision) => void];

const alice = somebody(1, 'organizer');
const bob = somebody(2);
const chidi = somebody(3);
const olga = somebody(4, 'observer');
const stranger = somebody(6);

const outcomeIn = ({ decide }: Decision, story: Story, id: WordId): code.Outcome => {
  const outcome = decide(story.words, FACTS).outcomes.get(id);
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
};

const refusalIn = ({ decide }: Decision, story: Story, id: WordId): string | undefined =>
  decide(story.words, FACTS).refused.get(id);

/** Alice proposes to so many groups; they answer in order ('' not at all); she closes and counts everybody. */
const round = (parties: number, rule: Partial<Rule>, answers: readonly (PositionName | '')[], closer = alice) => {
  const story = createStory();
  const proposal = story.propose(alice, parties, { rule: ruleOf(rule) });
  const counted = answers.flatMap((position, n) => (position === '' ? [] : [story.answer(proposal, n + 1, position)]));
  const closing = story.close(closer, proposal, counted);
  return { story, proposal, counted, closing };
};

const typeOf = (decision: Decision, ...given: Parameters<typeof round>): string => {
  const { story, proposal } = round(...given);
  return outcomeIn(decision, story, proposal).type;
};

const saying = (decision: Decision, ...given: Parameters<typeof round>): readonly unknown[] => {
  const { story, proposal } = round(...given);
  const [first, ...more] = decision.explain(outcomeIn(decision, story, proposal));
  return [first.key, ...more.map(({ key }) => key)];
};

const adopted = (rule: Partial<Rule> = {}, parties = 3) => {
  const story = createStory();
  const base = story.propose(alice, parties, { rule: ruleOf(rule) });
  const counted = Array.from({ length: parties }, (_, n) => story.answer(base, n + 1, 'agree'));
  story.close(alice, base, counted);
  return { story, base };
};

const METHODS: readonly Example[] = [
  [
    'consent adopts what nobody objects to',
    (it) => is(typeOf(it, 3, {}, ['agree', 'reservations', 'abstain']), 'adopted'),
  ],
  [
    'consent is stopped by one objection',
    (it) => is(typeOf(it, 3, {}, ['agree', 'agree', 'objection']), 'not-adopted'),
  ],
  ['consent is stopped by a block as well', (it) => is(typeOf(it, 3, {}, ['agree', 'agree', 'block']), 'not-adopted')],
  ['consent goes on where groups stand aside', (it) => is(typeOf(it, 3, {}, ['agree', 'stand-aside', '']), 'adopted')],
  ['consent needs its quorum', (it) => is(typeOf(it, 4, { quorum: 3 }, ['agree', 'agree']), 'not-adopted')],
  ['consent has its quorum exactly', (it) => is(typeOf(it, 4, { quorum: 2 }, ['agree', 'agree']), 'adopted')],
  [
    'consent counts an abstention as an answer',
    (it) => is(typeOf(it, 4, { quorum: 2 }, ['agree', 'abstain']), 'adopted'),
  ],
  ['consent needs somebody who agrees', (it) => is(typeOf(it, 2, {}, ['abstain', 'stand-aside']), 'not-adopted')],
  ['reservations are an agreement', (it) => is(typeOf(it, 2, {}, ['reservations', 'abstain']), 'adopted')],
  ['silence alone adopts nothing', (it) => is(typeOf(it, 2, {}, []), 'not-adopted')],
  [
    'more groups standing aside than the rule allows stop it',
    (it) => {
      is(typeOf(it, 4, { mostStandAsides: 1 }, ['agree', 'stand-aside', 'stand-aside']), 'not-adopted');
      is(typeOf(it, 4, { mostStandAsides: 2 }, ['agree', 'stand-aside', 'stand-aside']), 'adopted');
      is(typeOf(it, 4, { method: 'consensus', mostStandAsides: 0 }, ['agree', 'stand-aside']), 'not-adopted');
    },
  ],
  [
    'a majority has no limit of groups that stand aside',
    (it) => is(typeOf(it, 3, { method: 'majority', mostStandAsides: 0 }, ['agree', 'stand-aside']), 'adopted'),
  ],
  [
    'a quorum of more groups than there are asks for all',
    (it) => {
      is(typeOf(it, 2, { quorum: 5 }, ['agree', 'agree']), 'adopted');
      is(typeOf(it, 3, { quorum: 5 }, ['agree', 'agree']), 'not-adopted');
    },
  ],
  [
    'consensus goes with those who agree, have reservations or stand aside, and one block stops it',
    (it) => {
      const method = 'consensus';
      is(typeOf(it, 3, { method }, ['agree', 'reservations', 'stand-aside']), 'adopted');
      is(typeOf(it, 3, { method }, ['agree', 'agree', 'block']), 'not-adopted');
      is(typeOf(it, 3, { method }, ['agree', 'agree', 'objection']), 'not-adopted');
      is(typeOf(it, 2, { method }, ['stand-aside', 'stand-aside']), 'not-adopted');
    },
  ],
  [
    'consensus does not take an abstention for an answer',
    (it) => is(typeOf(it, 3, { method: 'consensus', quorum: 2 }, ['agree', 'abstain']), 'not-adopted'),
  ],
  [
    'a majority is of those who agree or object, and one objection does not stop it',
    (it) => {
      const rule = { method: 'majority', threshold: { parts: 2, of: 3 } } as const;
      is(typeOf(it, 5, rule, ['agree', 'reservations', 'objection', 'abstain', 'abstain']), 'adopted');
      is(typeOf(it, 5, rule, ['agree', 'objection', 'abstain']), 'not-adopted');
      is(typeOf(it, 5, { ...rule, quorum: 4 }, ['agree', 'agree', 'objection']), 'not-adopted');
    },
  ],
  [
    'half is no majority',
    (it) => {
      const rule = { method: 'majority', threshold: { parts: 1, of: 2 } } as const;
      is(typeOf(it, 4, rule, ['agree', 'agree', 'objection', 'objection']), 'not-adopted');
      is(typeOf(it, 4, rule, ['agree', 'agree', 'objection']), 'adopted');
    },
  ],
  [
    'a majority of all parties counts silence and abstentions against it',
    (it) => {
      const rule = { method: 'majority', threshold: { parts: 1, of: 2 }, share: 'parties' } as const;
      is(typeOf(it, 4, rule, ['agree', 'agree']), 'not-adopted');
      is(typeOf(it, 4, rule, ['agree', 'agree', 'agree', 'objection']), 'adopted');
    },
  ],
  [
    'every group must agree where the rule says so',
    (it) => {
      is(typeOf(it, 3, { method: 'every-group' }, ['agree', 'reservations', 'agree']), 'adopted');
      is(typeOf(it, 3, { method: 'every-group' }, ['agree', 'agree']), 'not-adopted');
      is(typeOf(it, 3, { method: 'every-group' }, ['agree', 'agree', 'abstain']), 'not-adopted');
      is(typeOf(it, 3, { method: 'every-group' }, ['agree', 'agree', 'stand-aside']), 'not-adopted');
    },
  ],
];

const POSITIONS: readonly Example[] = [
  [
    'a group changes its mind until the round is closed',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 2);
      const yes = story.answer(proposal, 1, 'agree');
      const no = story.answer(proposal, 2, 'objection');
      const now = story.answer(proposal, 2, 'agree', { replaces: [no] });
      story.close(alice, proposal, [yes, no, now]);
      const outcome = outcomeIn(it, story, proposal);
      is(outcome.type, 'adopted');
      same(
        outcome.answers.get(groupOf(2))?.replaced.map(({ id }) => id),
        [no],
      );
    },
  ],
  [
    'of two positions signed apart the most cautious counts, and both are shown',
    (it) => {
      const order: readonly PositionName[] = ['agree', 'reservations', 'abstain', 'stand-aside', 'objection'];
      order.forEach((weaker, index) => {
        for (const stronger of order.slice(index + 1)) {
          const story = createStory();
          const proposal = story.propose(alice, 2);
          const one = story.answer(proposal, 2, weaker);
          const two = story.answer(proposal, 2, stronger, {}, somebody(2, 'member', 'b'));
          const answer = outcomeIn(it, story, proposal).answers.get(groupOf(2));
          same([answer?.counts.id, answer?.beside.map(({ id }) => id)], [two, [one]]);
        }
      });
    },
  ],
  [
    'a position of another group replaces nothing',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 2);
      const no = story.answer(proposal, 2, 'objection');
      const yes = story.answer(proposal, 1, 'agree', { replaces: [no] });
      story.close(alice, proposal, [yes, no]);
      is(outcomeIn(it, story, proposal).type, 'not-adopted');
    },
  ],
  [
    'what a group signs itself outweighs what somebody recorded for it',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 2);
      const yes = story.answer(proposal, 1, 'agree');
      const said = story.answer(proposal, 2, 'block', {}, chidi);
      const own = story.answer(proposal, 2, 'agree');
      story.close(alice, proposal, [yes, said, own]);
      const outcome = outcomeIn(it, story, proposal);
      is(outcome.type, 'adopted');
      same(
        outcome.answers.get(groupOf(2))?.outweighed.map(({ id }) => id),
        [said],
      );
    },
  ],
  [
    'a recorded position counts while the group has not spoken itself, and may be put right by another',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 2);
      const yes = story.answer(proposal, 1, 'agree');
      const said = story.answer(proposal, 2, 'block', {}, chidi);
      const again = story.answer(proposal, 2, 'agree', { replaces: [said] }, alice);
      story.close(alice, proposal, [yes, said]);
      is(outcomeIn(it, story, proposal).type, 'not-adopted');
      story.close(alice, proposal, [yes, said, again], { replaces: story.words.at(-1)?.id ?? null });
      is(outcomeIn(it, story, proposal).type, 'adopted');
    },
  ],
  [
    'a recorded position never replaces what the group said itself',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 2);
      const yes = story.answer(proposal, 1, 'agree');
      const own = story.answer(proposal, 2, 'objection');
      const said = story.answer(proposal, 2, 'agree', { replaces: [own] }, chidi);
      story.close(alice, proposal, [yes, own, said]);
      is(outcomeIn(it, story, proposal).type, 'not-adopted');
    },
  ],
];

const CLOSINGS: readonly Example[] = [
  [
    'a round is open until somebody closes it',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 2, { deadline: 1 });
      story.answer(proposal, 1, 'agree');
      const outcome = outcomeIn(it, story, proposal);
      same([outcome.type, outcome.current.adopted], ['open', true]);
    },
  ],
  [
    'a closing counts what it names and nothing else',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3);
      const yes = story.answer(proposal, 1, 'agree');
      const no = story.answer(proposal, 2, 'objection');
      story.close(alice, proposal, [yes]);
      const outcome = outcomeIn(it, story, proposal);
      same([outcome.type, outcome.tally.against], ['adopted', []]);
      same(
        outcome.uncounted.map(({ position, leftOut, effect }) => [position.id, leftOut, effect]),
        [[no, false, 'asks-new-round']],
      );
      same(
        it.explain(outcome).map(({ key }) => key),
        ['adopted.consent', 'beside.asks-new-round'],
      );
    },
  ],
  [
    'what a closing names and is not here makes the outcome incomplete, by name',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3);
      const yes = story.answer(proposal, 1, 'agree');
      story.close(alice, proposal, [yes, idOf(7)]);
      const outcome = outcomeIn(it, story, proposal);
      is(outcome.type, 'incomplete');
      same(outcome.type === 'incomplete' && outcome.missing, [{ type: 'word', id: idOf(7) }]);
      // a closing that has all that it names stands meanwhile
      story.close(bob, proposal, [yes]);
      is(outcomeIn(it, story, proposal).type, 'adopted');
      same(
        it.explain(outcomeIn(it, story, proposal)).map(({ key }) => key),
        ['adopted.consent', 'beside.closing-waits'],
      );
    },
  ],
  [
    'what a closing names that is no position on its proposal is not counted',
    (it) => {
      const story = createStory();
      const other = story.propose(alice, 2);
      const elsewhere = story.answer(other, 2, 'agree');
      const proposal = story.propose(alice, 2);
      const yes = story.answer(proposal, 1, 'agree');
      const wrong = story.answer(proposal, 2, 'agree', { hash: 'ef'.repeat(32) });
      story.close(alice, proposal, [yes, elsewhere, wrong, proposal]);
      const outcome = outcomeIn(it, story, proposal);
      same([outcome.type, outcome.tally.answered.length], ['adopted', 1]);
      same(outcome.closings[0]?.idle, [elsewhere, proposal, wrong].sort());
    },
  ],
  [
    'of closings signed apart the one that counts more groups stands, even over the proposer’s',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3, { rule: ruleOf({ quorum: 1 }) });
      const yes = story.answer(proposal, 1, 'agree');
      const no = story.answer(proposal, 2, 'objection');
      const fewer = story.close(alice, proposal, [yes], {}, idOf(1));
      const more = story.close(bob, proposal, [yes, no], {}, idOf(2));
      const outcome = outcomeIn(it, story, proposal);
      is(outcome.type, 'not-adopted');
      same(
        outcome.closings.map(({ closing, status }) => [closing.id, status]),
        [
          [fewer, 'outranked'],
          [more, 'stands'],
        ],
      );
      is(it.explain(outcome).at(-1)?.key, 'beside.closings');
    },
  ],
  [
    'positions of a group twice over do not make a closing weightier',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3);
      const yes = story.answer(proposal, 1, 'agree');
      const also = story.answer(proposal, 1, 'agree', {}, somebody(1, 'member', 'b'));
      const three = story.answer(proposal, 3, 'agree');
      story.close(alice, proposal, [yes, also], {}, idOf(1));
      const more = story.close(chidi, proposal, [yes, three], {}, idOf(2));
      is(outcomeIn(it, story, proposal).closings.find(({ status }) => status === 'stands')?.closing.id, more);
    },
  ],
  [
    'of equal closings the proposer’s stands, then the lower id',
    (it) => {
      const story = createStory();
      const proposal = story.propose(chidi, 3);
      const one = story.answer(proposal, 1, 'agree');
      const two = story.answer(proposal, 2, 'agree');
      const standing = () =>
        outcomeIn(it, story, proposal).closings.find(({ status }) => status === 'stands')?.closing.id;
      story.close(alice, proposal, [one], {}, idOf(9));
      is(standing(), idOf(9));
      story.close(bob, proposal, [two], {}, idOf(8));
      is(standing(), idOf(8));
      story.close(chidi, proposal, [two], {}, idOf(10));
      is(standing(), idOf(10));
    },
  ],
  [
    'a closing puts an earlier one right only by counting all that it counted',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3);
      const yes = story.answer(proposal, 1, 'agree');
      const was = story.answer(proposal, 2, 'objection');
      const now = story.answer(proposal, 2, 'agree', { replaces: [was] });
      const first = story.close(alice, proposal, [yes, was], {}, idOf(1));
      story.close(alice, proposal, [yes, now], { replaces: first }, idOf(4));
      is(outcomeIn(it, story, proposal).type, 'not-adopted');
      story.close(alice, proposal, [yes, was, now], { replaces: first }, idOf(3));
      const outcome = outcomeIn(it, story, proposal);
      is(outcome.type, 'adopted');
      same(
        outcome.closings.map(({ status }) => status),
        ['replaced', 'stands', 'outranked'],
      );
    },
  ],
  [
    'only the proposer ends a round in which too few have answered',
    (it) => {
      const rule = { quorum: 2 };
      is(typeOf(it, 3, rule, ['agree'], bob), 'open');
      is(typeOf(it, 3, rule, ['agree', 'agree'], bob), 'adopted');
      is(typeOf(it, 3, rule, ['agree'], alice), 'not-adopted');
      const { story, proposal } = round(3, rule, ['agree'], bob);
      same(
        outcomeIn(it, story, proposal).closings.map(({ status }) => status),
        ['below-quorum'],
      );
    },
  ],
  [
    'a closing that leaves out what its author had seen stands, and is flagged',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3);
      const yes = story.answer(proposal, 1, 'agree');
      const no = story.answer(proposal, 2, 'objection');
      const three = story.answer(proposal, 3, 'objection', {}, bob);
      const first = story.close(bob, proposal, [yes], {}, idOf(2));
      const flags = () =>
        outcomeIn(it, story, proposal).uncounted.map(({ position, leftOut }) => [position.id, leftOut]);
      same(flags(), [
        [no, true],
        [three, true],
      ]);
      same(
        it
          .explain(outcomeIn(it, story, proposal))
          .map(({ key }) => key)
          .slice(1),
        ['beside.asks-new-round', 'beside.left-out'],
      );
      // what a closing that it puts right had counted, its author has seen as well
      story.words.splice(-1);
      const wide = story.close(chidi, proposal, [no, idOf(99)], {}, idOf(3));
      story.close(alice, proposal, [yes], { replaces: wide }, idOf(4));
      same(flags(), [
        [no, true],
        [three, false],
      ]);
      is(first, idOf(2));
    },
  ],
  [
    'what is said on the same device after closing was not left out',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3);
      const yes = story.answer(proposal, 1, 'agree');
      story.close(bob, proposal, [yes]);
      story.answer(proposal, 2, 'objection');
      same(
        outcomeIn(it, story, proposal).uncounted.map(({ leftOut, effect }) => [leftOut, effect]),
        [[false, 'asks-new-round']],
      );
    },
  ],
  [
    'a late answer that would have stopped nothing is shown and asks for nothing',
    (it) => {
      const late = (rule: Partial<Rule>, position: PositionName, answers: readonly (PositionName | '')[]) => {
        const { story, proposal } = round(3, rule, answers);
        story.answer(proposal, 3, position);
        return outcomeIn(it, story, proposal).uncounted.map(({ effect }) => effect);
      };
      same(late({}, 'agree', ['agree']), ['shown']);
      same(late({}, 'stand-aside', ['agree']), ['shown']);
      same(late({}, 'block', ['agree']), ['asks-new-round']);
      same(late({}, 'block', ['agree', 'block']), ['shown']);
      same(late({ method: 'majority' }, 'objection', ['agree']), ['shown']);
    },
  ],
  [
    'a group that was counted and then blocks asks for a new round; what it took back since asks for nothing',
    (it) => {
      const { story, proposal, counted } = round(2, {}, ['agree', 'agree']);
      const block = story.answer(proposal, 2, 'block', { replaces: counted.slice(1) });
      const effects = () => outcomeIn(it, story, proposal).uncounted.map(({ effect }) => effect);
      same([outcomeIn(it, story, proposal).type, effects()], ['adopted', ['asks-new-round']]);
      story.answer(proposal, 2, 'agree', { replaces: [block] });
      same(effects(), ['shown', 'shown']);
    },
  ],
  [
    'what was replaced by something counted is history, and not late, however often it was replaced',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 1);
      const one = story.answer(proposal, 1, 'block');
      const two = story.answer(proposal, 1, 'objection', { replaces: [one] });
      const three = story.answer(proposal, 1, 'agree', { replaces: [two] });
      story.close(alice, proposal, [three]);
      same([outcomeIn(it, story, proposal).type, outcomeIn(it, story, proposal).uncounted], ['adopted', []]);
    },
  ],
];

const SPEAKING: readonly Example[] = [
  [
    'an observer comments and suggests, takes back its own, and nothing more',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 4);
      const place = { clause: null, part: '', anchor: null, quote: '' };
      const comment = story.say(olga, { kind: 'comment', ...place, text: 'Who pays?', answers: null, replaces: null });
      const suggestion = story.say(olga, { kind: 'suggestion', ...place, text: 'We pay.', note: '' });
      const another = story.say(bob, { kind: 'comment', ...place, text: 'We?', answers: null, replaces: null });
      const own = story.say(olga, { kind: 'settled', what: comment, how: 'withdrawn' });
      const observers: readonly Word[] = [
        { kind: 'settled', what: suggestion, how: 'accepted' },
        { kind: 'settled', what: another, how: 'withdrawn' },
        { kind: 'endorsement', proposal, group: null, text: '', withdrawn: false },
        { kind: 'closing', proposal, counted: [], emergency: false, replaces: null },
        { kind: 'leaving', proposal, group: groupOf(4), reason: '', effective: null },
        { kind: 'text', hash: HASH, part: 0, parts: 1, size: 0, bytes: new Uint8Array([3, 0]) },
      ];
      const refused = observers.map((word) => story.say(olga, word));
      refused.push(story.propose(olga, 4), story.answer(proposal, 4, 'block', {}, olga));
      const decisions = it.decide(story.words, FACTS);
      same([...decisions.refused.keys()].sort(), [...refused].sort());
      for (const id of [comment, suggestion, own]) is(decisions.words.has(id), true);
      is(decisions.refused.get(refused[0] as WordId), 'withdraws-only-ones-own');
      is(decisions.refused.get(refused[2] as WordId), 'observers-only-comment');
    },
  ],
  [
    'nobody takes back another’s comment, and a comment is resolved, not accepted',
    (it) => {
      const story = createStory();
      const place = { clause: null, part: '', anchor: null, quote: '' };
      const comment = story.say(alice, { kind: 'comment', ...place, text: 'a', answers: null, replaces: null });
      const suggestion = story.say(alice, { kind: 'suggestion', ...place, text: 'a', note: '' });
      const rule = (word: Word) => refusalIn(it, story, story.say(bob, word));
      is(rule({ kind: 'settled', what: comment, how: 'withdrawn' }), 'withdraws-only-ones-own');
      is(rule({ kind: 'settled', what: comment, how: 'accepted' }), 'settles-a-comment-or-suggestion');
      is(rule({ kind: 'settled', what: comment, how: 'resolved' }), undefined);
      is(rule({ kind: 'settled', what: suggestion, how: 'accepted' }), undefined);
      is(rule({ kind: 'settled', what: story.propose(alice, 2), how: 'resolved' }), 'settles-a-comment-or-suggestion');
    },
  ],
  [
    'another group’s position is recorded, with who gave it, or it does not count',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3);
      const bare = story.answer(proposal, 2, 'agree', { recorded: null }, chidi);
      is(refusalIn(it, story, bare), 'another-groups-word-is-recorded');
      is(refusalIn(it, story, story.answer(proposal, 2, 'agree', {}, chidi)), undefined);
    },
  ],
  [
    'a position is for a party, on a text and in a language that was proposed',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3);
      is(refusalIn(it, story, story.answer(proposal, 6, 'agree')), 'position-for-a-party');
      const otherText = story.answer(proposal, 2, 'agree', { hash: 'ef'.repeat(32) });
      is(refusalIn(it, story, otherText), 'position-on-the-text-proposed');
      const mixed = story.answer(proposal, 2, 'agree', { language: 'ar' });
      is(refusalIn(it, story, mixed), 'position-on-the-text-proposed');
    },
  ],
  [
    'a round is closed by its proposer or by somebody of a party',
    (it) => {
      const story = createStory();
      const proposal = story.propose(stranger, 2);
      is(refusalIn(it, story, story.close(chidi, proposal, [])), 'proposer-or-party-closes');
      is(refusalIn(it, story, story.close(bob, proposal, [])), undefined);
      is(refusalIn(it, story, story.close(stranger, proposal, [])), undefined);
    },
  ],
  [
    'words wait for what they stand on, and fall with it',
    (it) => {
      const story = createStory();
      const proposal = story.propose(olga, 4);
      const position = story.answer(proposal, 2, 'agree');
      is(refusalIn(it, story, position), 'stands-on-what-counts');
      const early = story.answer(idOf(77), 2, 'agree');
      same(it.decide(story.words, FACTS).waiting.get(early)?.missing, [idOf(77)]);
      const settled = story.say(bob, { kind: 'settled', what: idOf(78), how: 'resolved' });
      same(it.decide(story.words, FACTS).waiting.get(settled)?.missing, [idOf(78)]);
      is(refusalIn(it, story, story.answer(early, 2, 'agree')), undefined);
      is(refusalIn(it, story, story.answer(position, 2, 'agree')), 'stands-on-what-counts');
      const comment = story.say(alice, {
        ...{
          kind: 'comment',
          clause: null,
          part: '',
          anchor: null,
          quote: '',
          text: 'a',
          answers: null,
          replaces: null,
        },
      });
      is(refusalIn(it, story, story.close(alice, comment, [])), 'about-a-proposal');
    },
  ],
  [
    'a proposal names groups of this space, and says truly whether it is new and which round it is',
    (it) => {
      const { story, base } = adopted();
      const rule = (change: Parameters<Story['propose']>[2], author = alice) =>
        refusalIn(it, story, story.propose(author, 3, change));
      is(rule({ parties: [groupOf(9)] }), 'parties-are-groups');
      is(rule({ change: 'major' }), 'only-a-new-text-amends-nothing');
      is(rule({ change: 'new', amends: base }), 'only-a-new-text-amends-nothing');
      is(rule({ round: 2 }), 'rounds-follow-each-other');
      is(rule({ round: 1, previous: base }), 'rounds-follow-each-other');
      is(rule({ round: 2, previous: base, amends: base }), 'rounds-follow-each-other');
      is(rule({ round: 2, previous: base }), undefined);
      is(rule({ amends: story.words[1]?.id ?? null }), 'amends-a-proposal');
      is(rule({ amends: base, left: [story.words[1]?.id ?? idOf(1)] }), 'left-by-their-own-word');
      is(rule({ amends: base }, stranger), 'only-parties-amend');
      is(rule({ amends: base }, bob), undefined);
    },
  ],
  [
    'a minor change touches words and nothing else',
    (it) => {
      const { story, base } = adopted();
      const rule = (change: Parameters<Story['propose']>[2]) =>
        refusalIn(it, story, story.propose(alice, 3, { amends: base, change: 'minor', ...change }));
      const dates = { effective: null, review: '2027-01-01', expiry: null };
      is(rule({}), undefined);
      for (const change of [
        { parties: [groupOf(1)] },
        { dates },
        { rule: ruleOf({ quorum: 1 }) },
        { rule: ruleOf({ emergency: EMERGENCY }) },
        { rule: ruleOf({ share: 'parties' }) },
        { texts: [{ language: 'en', hash: HASH }] },
        { redLines: [{ id: 'x' as never, holder: null, lift: 'rule' as const }] },
      ])
        is(rule(change), 'minor-changes-only-words');
    },
  ],
  [
    'a group endorses for itself, leaves for itself, and lifts the red lines that it may lift',
    (it) => {
      const story = createStory();
      const redLines = [
        { id: 'one' as never, holder: groupOf(1), lift: 'holder' },
        { id: 'two' as never, holder: groupOf(1), lift: 'every-party' },
        { id: 'rule' as never, holder: groupOf(1), lift: 'rule' },
      ] as const;
      const proposal = story.propose(alice, 3, { redLines });
      const rule = (author: typeof bob, word: Word) => refusalIn(it, story, story.say(author, word));
      const endorsement = { kind: 'endorsement', proposal, text: '', withdrawn: false } as const;
      is(rule(bob, { ...endorsement, group: groupOf(2) }), undefined);
      is(rule(bob, { ...endorsement, group: null }), undefined);
      is(rule(bob, { ...endorsement, group: groupOf(3) }), 'endorses-for-oneself-or-ones-group');
      const leaving = { kind: 'leaving', proposal, reason: '', effective: null } as const;
      is(rule(bob, { ...leaving, group: groupOf(3) }), 'leaves-by-its-own-word');
      is(rule(stranger, { ...leaving, group: groupOf(6) }), 'only-a-party-leaves');
      is(rule(bob, { ...leaving, group: groupOf(2) }), undefined);
      const lift = (redLine: string) => ({ kind: 'lifted', proposal, redLine: redLine as never, reason: '' }) as const;
      is(rule(bob, lift('one')), 'lifted-by-who-may');
      is(rule(alice, lift('one')), undefined);
      is(rule(bob, lift('two')), undefined);
      is(rule(stranger, lift('two')), 'lifted-by-who-may');
      is(rule(alice, lift('rule')), 'lifted-by-who-may');
      is(rule(alice, lift('three')), 'lifted-by-who-may');
    },
  ],
];

const EMERGENCIES: readonly Example[] = [
  [
    'by the emergency rule fewer groups adopt at once, until an ordinary closing confirms it or ends it',
    (it) => {
      const story = createStory();
      const rule = ruleOf({ quorum: 3, emergency: EMERGENCY });
      const proposal = story.propose(alice, 4, { rule, emergency: true });
      const one = story.answer(proposal, 1, 'agree');
      const two = story.answer(proposal, 2, 'reservations');
      const state = () => {
        const outcome = outcomeIn(it, story, proposal);
        return [outcome.type, outcome.way, ...it.explain(outcome).map(({ key }) => key)];
      };
      same(state(), ['open', 'ordinary', 'open.quorum', 'open.emergency-ready']);
      story.close(bob, proposal, [one, two], { emergency: true });
      same(state(), ['adopted', 'emergency', 'adopted.emergency', 'beside.until-confirmed']);
      const life = () => it.lifeOf(it.decide(story.words, FACTS), '2026-03-01').stage;
      same(life(), { type: 'ratified', amended: false, untilConfirmed: true });
      const three = story.answer(proposal, 3, 'agree');
      same(outcomeIn(it, story, proposal).uncounted, []);
      story.close(alice, proposal, [one, two, three]);
      same(state().slice(0, 3), ['adopted', 'ordinary', 'adopted.consent']);
      same(life(), { type: 'ratified', amended: false, untilConfirmed: false });
      const four = story.answer(proposal, 4, 'objection');
      story.close(alice, proposal, [one, two, three, four]);
      same(state().slice(0, 3), ['not-adopted', 'ordinary', 'not-adopted.nobody-against']);
      same(life(), { type: 'not-adopted' });
    },
  ],
  [
    'a closing by the emergency rule that has too few, or a group against it, ends nothing',
    (it) => {
      const state = (answers: readonly PositionName[], method: Rule['method'] = 'consent') => {
        const story = createStory();
        const proposal = story.propose(alice, 4, { rule: ruleOf({ method, emergency: EMERGENCY }), emergency: true });
        const counted = answers.map((position, n) => story.answer(proposal, n + 1, position));
        story.close(alice, proposal, counted, { emergency: true });
        const outcome = outcomeIn(it, story, proposal);
        return `${outcome.type} ${outcome.closings[0]?.status}`;
      };
      is(state(['agree']), 'open emergency-not-met');
      is(state(['agree', 'agree', 'block']), 'open emergency-not-met');
      is(state(['agree', 'agree', 'agree', 'objection'], 'majority'), 'open emergency-not-met');
      is(state(['agree', 'agree', 'abstain']), 'adopted stands');
    },
  ],
  [
    'an emergency closing stands beside an ordinary one only while there is none, however many it counts',
    (it) => {
      const story = createStory();
      const proposal = story.propose(alice, 3, { rule: ruleOf({ emergency: EMERGENCY }), emergency: true });
      const [one, two] = [story.answer(proposal, 1, 'agree'), story.answer(proposal, 2, 'agree')];
      const fast = story.close(alice, proposal, [one, two], { emergency: true });
      story.close(alice, proposal, [one], {});
      is(outcomeIn(it, story, proposal).way, 'ordinary');
      story.close(alice, proposal, [one, two], { replaces: fast });
      same(
        outcomeIn(it, story, proposal).closings.map(({ status }) => status),
        ['outranked', 'outranked', 'stands'],
      );
    },
  ],
  [
    'no emergency where the rule in force knows none, or the proposal did not call it',
    (it) => {
      const { story, base } = adopted();
      const rule = ruleOf({ emergency: EMERGENCY });
      const brought = story.propose(alice, 3, { amends: base, rule, emergency: true });
      is(refusalIn(it, story, brought), 'emergency-only-where-allowed');
      const called = story.propose(alice, 3, { rule: ruleOf(), emergency: true });
      is(refusalIn(it, story, called), 'emergency-only-where-allowed');
      const calm = story.propose(alice, 3, { rule });
      is(refusalIn(it, story, story.close(alice, calm, [], { emergency: true })), 'emergency-only-where-called');
    },
  ],
];

const AMENDMENTS: readonly Example[] = [
  [
    'a minor change is never called an emergency',
    (it) => {
      const rule = { emergency: EMERGENCY };
      const { story, base } = adopted(rule);
      const minor = story.propose(alice, 3, { amends: base, change: 'minor', rule: ruleOf(rule), emergency: true });
      is(refusalIn(it, story, minor), 'minor-changes-only-words');
    },
  ],
  [
    'who decides stays the same after a minor change that was taken back, and who does not decide asks for nothing',
    (it) => {
      const story = createStory();
      const rule = ruleOf({ standing: 'adopters' });
      const base = story.propose(alice, 3, { rule });
      story.close(alice, base, [story.answer(base, 1, 'agree'), story.answer(base, 2, 'agree')]);
      const minor = story.propose(alice, 3, { amends: base, change: 'minor', rule });
      story.close(alice, minor, []);
      story.answer(minor, 2, 'objection');
      const amendment = story.propose(alice, 3, { amends: minor });
      story.close(alice, amendment, [story.answer(amendment, 1, 'agree')]);
      story.answer(amendment, 3, 'objection');
      const outcome = outcomeIn(it, story, amendment);
      is(outcomeIn(it, story, minor).type, 'taken-back');
      same([outcome.deciding, outcome.uncounted.map(({ effect }) => effect)], [[1, 2].map(groupOf), ['shown']]);
    },
  ],
  [
    'a minor change that was taken back is not in force, and an open round is not once a later one follows',
    (it) => {
      const { story, base } = adopted();
      const minor = story.propose(alice, 3, { amends: base, change: 'minor' });
      story.close(alice, minor, []);
      const life = () => it.lifeOf(it.decide(story.words, FACTS), '2026-03-01');
      is(life().current?.proposal.id, minor);
      story.answer(minor, 2, 'objection');
      is(life().current?.proposal.id, base);
      const first = story.propose(alice, 3, { amends: base });
      const second = story.propose(alice, 3, { amends: base, previous: first, round: 2 });
      same(
        life().open.map(({ proposal }) => proposal.id),
        [second],
      );
    },
  ],
  [
    'an amendment is decided by the rule in force, not by its own',
    (it) => {
      const { story, base } = adopted({ method: 'every-group' });
      const lax = story.propose(alice, 3, { amends: base, rule: ruleOf({ method: 'majority' }) });
      story.close(alice, lax, [story.answer(lax, 1, 'agree'), story.answer(lax, 2, 'agree')]);
      const outcome = outcomeIn(it, story, lax);
      same([outcome.rule.method, outcome.type], ['every-group', 'not-adopted']);
    },
  ],
  [
    'nobody is put out of an agreement by not being named, unless they left by their own word',
    (it) => {
      const { story, base } = adopted();
      const without = story.propose(alice, 2, { amends: base });
      same(outcomeIn(it, story, without).deciding, [1, 2, 3].map(groupOf));
      const left = story.say(chidi, {
        kind: 'leaving',
        proposal: base,
        group: groupOf(3),
        reason: '',
        effective: null,
      });
      same(outcomeIn(it, story, without).deciding, [1, 2, 3].map(groupOf));
      const later = story.propose(alice, 2, { amends: base, left: [left] });
      same(outcomeIn(it, story, later).deciding, [1, 2].map(groupOf));
      is(refusalIn(it, story, story.answer(without, 3, 'objection')), undefined);
    },
  ],
  [
    'where only adopters have standing, those that stood aside do not decide on amendments',
    (it) => {
      for (const [standing, deciding] of [
        ['adopters', [1, 2]],
        ['parties', [1, 2, 3]],
      ] as const) {
        const story = createStory();
        const base = story.propose(alice, 3, { rule: ruleOf({ standing }) });
        const answers = (['agree', 'reservations', 'stand-aside'] as const).map((each, n) =>
          story.answer(base, n + 1, each),
        );
        story.close(alice, base, answers);
        const minor = story.propose(alice, 3, { amends: base, change: 'minor', rule: ruleOf({ standing }) });
        story.close(alice, minor, []);
        for (const amends of [base, minor]) {
          const amendment = story.propose(alice, 3, { amends });
          same(outcomeIn(it, story, amendment).deciding, deciding.map(groupOf));
        }
      }
    },
  ],
  [
    'a minor change is adopted by its closing without an answer, and taken back by an objection whenever it comes',
    (it) => {
      const { story, base } = adopted({ quorum: 3 });
      const minor = story.propose(bob, 3, { amends: base, change: 'minor', rule: ruleOf({ quorum: 3 }) });
      const state = () => {
        const outcome = outcomeIn(it, story, minor);
        return [outcome.type, it.explain(outcome)[0].key];
      };
      same(state(), ['open', 'open.ready']);
      story.close(chidi, minor, []);
      same(state(), ['adopted', 'adopted.minor']);
      const objection = story.answer(minor, 3, 'objection');
      same(state(), ['taken-back', 'taken-back']);
      story.answer(minor, 3, 'agree', { replaces: [objection] });
      same(state(), ['adopted', 'adopted.minor']);
    },
  ],
  [
    'a minor change closed over an objection is not adopted',
    (it) => {
      const { story, base } = adopted({ method: 'majority' });
      const minor = story.propose(bob, 3, { amends: base, change: 'minor', rule: ruleOf({ method: 'majority' }) });
      story.close(bob, minor, [story.answer(minor, 1, 'objection')]);
      is(outcomeIn(it, story, minor).type, 'not-adopted');
    },
  ],
  [
    'an amendment waits for what it amends, falls with it, and outlives a minor change taken back',
    (it) => {
      const story = createStory();
      const base = story.propose(alice, 2);
      const amendment = story.propose(alice, 2, { amends: base });
      story.close(alice, amendment, [story.answer(amendment, 1, 'agree')]);
      const state = () => [outcomeIn(it, story, amendment).type, it.explain(outcomeIn(it, story, amendment))[0].key];
      same(state(), ['incomplete', 'incomplete.amended']);
      const yes = story.answer(base, 1, 'agree');
      const closing = story.close(alice, base, [yes, idOf(66)]);
      same(state(), ['incomplete', 'incomplete.words']);
      story.words.splice(
        story.words.findIndex(({ id }) => id === closing),
        1,
      );
      story.close(alice, base, [yes]);
      same(state(), ['adopted', 'adopted.consent']);
      const no = story.answer(base, 2, 'block');
      story.close(alice, base, [yes, no]);
      same(state(), ['not-adopted', 'not-adopted.amended-holds']);

      const { story: other, base: first } = adopted();
      const minor = other.propose(alice, 3, { amends: first, change: 'minor' });
      other.close(alice, minor, []);
      const major = other.propose(alice, 3, { amends: minor });
      other.close(alice, major, [other.answer(major, 1, 'agree')]);
      other.answer(minor, 2, 'objection');
      const life = it.lifeOf(it.decide(other.words, FACTS), '2026-03-01');
      same(
        life.versions.map(({ proposal, type }) => [proposal.id, type]),
        [
          [first, 'adopted'],
          [minor, 'taken-back'],
          [major, 'adopted'],
        ],
      );
    },
  ],
  [
    'a proposal whose ground is not here is incomplete, by name',
    (it) => {
      const story = createStory();
      const amendment = story.propose(alice, 2, { amends: idOf(55) });
      const outcome = outcomeIn(it, story, amendment);
      same(outcome.type === 'incomplete' && outcome.missing, [{ type: 'word', id: idOf(55) }]);
    },
  ],
];

const LIVES: readonly Example[] = [
  [
    'another agreement takes its place once every party that is left has named the same one, for the version in force',
    (it) => {
      const story = createStory();
      const base = story.propose(alice, 3);
      const [one, two] = ['1'.repeat(32), '2'.repeat(32)] as const;
      const say = (author: typeof bob, by: string, about = base) =>
        story.say(author, { kind: 'superseded', proposal: about, by: by as never, reason: '' });
      const life = () => it.lifeOf(it.decide(story.words, FACTS), '2026-03-01');
      say(alice, one);
      say(bob, one);
      say(chidi, one);
      same(life().stage.type, 'proposed');
      story.close(alice, base, [story.answer(base, 1, 'agree')]);
      same(life().stage, { type: 'superseded', by: one });
      const other = createStory();
      const again = other.propose(alice, 3);
      other.close(alice, again, [other.answer(again, 1, 'agree')]);
      const lives = () => it.lifeOf(it.decide(other.words, FACTS), '2026-03-01');
      const name = (author: typeof bob, by: string) =>
        other.say(author, { kind: 'superseded', proposal: again, by: by as never, reason: '' });
      same(refusalIn(it, other, name(stranger, two)), 'superseded-by-a-party');
      same(refusalIn(it, other, name(olga, two)), 'observers-only-comment');
      name(alice, two);
      name(alice, one);
      name(bob, two);
      same(
        lives().superseding.map(({ by, words, isDone }) => [by, words.length, isDone]),
        [
          [one, 1, false],
          [two, 2, false],
        ],
      );
      same(lives().stage.type, 'ratified');
      other.say(chidi, { kind: 'leaving', proposal: again, group: groupOf(3), reason: '', effective: null });
      same(lives().stage, { type: 'superseded', by: two });
      same(it.timeLine(it.decide(other.words, FACTS)).filter(({ word }) => word.kind === 'superseded').length, 3);
      const later = other.propose(alice, 3, { amends: again });
      other.close(alice, later, [other.answer(later, 1, 'agree')]);
      same(lives().stage.type, 'ratified');
    },
  ],
  [
    'a red line is lifted by its holder, or once every party that is left has said so, for the version in force',
    (it) => {
      const story = createStory();
      const redLines = [
        { id: 'one' as never, holder: groupOf(1), lift: 'holder' },
        { id: 'all' as never, holder: null, lift: 'holder' },
      ] as const;
      const base = story.propose(alice, 3, { redLines });
      story.close(alice, base, [story.answer(base, 1, 'agree')]);
      const lift = (author: typeof bob, redLine: string) =>
        story.say(author, { kind: 'lifted', proposal: base, redLine: redLine as never, reason: '' });
      const lifted = () =>
        it
          .lifeOf(it.decide(story.words, FACTS), '2026-03-01')
          .lifted.map(({ redLine, isLifted }) => `${redLine} ${isLifted}`);
      same(lifted(), []);
      lift(alice, 'one');
      lift(alice, 'all');
      same(lifted(), ['one true', 'all false']);
      lift(bob, 'all');
      story.say(chidi, { kind: 'leaving', proposal: base, group: groupOf(3), reason: '', effective: null });
      same(lifted(), ['one true', 'all true']);
      const later = story.propose(alice, 3, { redLines, amends: base });
      story.close(alice, later, [story.answer(later, 1, 'agree')]);
      same(lifted(), []);
    },
  ],
  [
    'the life of an agreement goes from draft over rounds to ratified, amended and expired',
    (it) => {
      const story = createStory();
      const stage = (day = '2026-03-01') => it.lifeOf(it.decide(story.words, FACTS), day).stage.type;
      is(stage(), 'draft');
      const first = story.propose(alice, 3, { dates: { effective: null, review: '2026-06-01', expiry: '2026-12-31' } });
      is(stage(), 'proposed');
      story.close(alice, first, [story.answer(first, 1, 'agree'), story.answer(first, 2, 'block')]);
      is(stage(), 'not-adopted');
      const second = story.propose(alice, 3, {
        ...{ previous: first, round: 2, dates: { effective: null, review: '2026-06-01', expiry: '2026-12-31' } },
      });
      same(
        it.explain(outcomeIn(it, story, first)).map(({ key }) => key),
        ['not-adopted.nobody-against', 'beside.next-round'],
      );
      is(stage(), 'proposed');
      story.close(alice, second, [story.answer(second, 1, 'agree'), story.answer(second, 2, 'agree')]);
      is(stage(), 'ratified');
      is(stage('2026-12-31'), 'ratified');
      is(stage('2027-01-01'), 'expired');
      const life = (day: string) => it.lifeOf(it.decide(story.words, FACTS), day);
      same([life('2026-05-31').reviewDue, life('2026-06-01').reviewDue], [false, true]);
      const change = story.propose(bob, 3, { amends: second });
      same(
        life('2026-03-01').open.map(({ proposal }) => proposal.id),
        [change],
      );
      story.close(alice, change, [story.answer(change, 3, 'agree')]);
      same(life('2026-03-01').stage, { type: 'ratified', amended: true, untilConfirmed: false });
      same(
        life('2026-03-01').versions.map(({ proposal }) => proposal.id),
        [second, change],
      );
    },
  ],
  [
    'of amendments adopted apart the one that more groups adopted is in force, and the other is shown',
    (it) => {
      const { story, base } = adopted();
      const make = (id: WordId, answers: number) => {
        story.propose(alice, 3, { amends: base }, id);
        story.close(
          alice,
          id,
          Array.from({ length: answers }, (_, n) => story.answer(id, n + 1, 'agree')),
        );
      };
      const life = () => it.lifeOf(it.decide(story.words, FACTS), '2026-03-01');
      make(idOf(2), 1);
      make(idOf(1), 1);
      is(life().current?.proposal.id, idOf(1));
      make(idOf(3), 2);
      is(life().current?.proposal.id, idOf(3));
      same(
        life().rivals.map(({ proposal }) => proposal.id),
        [idOf(1), idOf(2)],
      );
    },
  ],
  [
    'a later round that is adopted goes before an earlier one',
    (it) => {
      const { story, base } = adopted();
      const again = story.propose(alice, 3, { previous: base, round: 2 });
      story.close(alice, again, [story.answer(again, 1, 'agree')]);
      is(it.lifeOf(it.decide(story.words, FACTS), '2026-03-01').current?.proposal.id, again);
    },
  ],
  [
    'a group that left is no party from its day on, until it agrees to a later version',
    (it) => {
      const { story, base } = adopted();
      const life = (day: string) => it.lifeOf(it.decide(story.words, FACTS), day);
      story.say(chidi, { kind: 'leaving', proposal: base, group: groupOf(3), reason: '', effective: '2026-04-01' });
      same(life('2026-03-31').parties.length, 3);
      same(life('2026-04-01').parties, [1, 2].map(groupOf));
      const later = story.propose(alice, 3, { amends: base });
      story.close(alice, later, [story.answer(later, 1, 'agree')]);
      same(life('2026-05-01').parties, [1, 2].map(groupOf));
      story.close(alice, later, [story.answer(later, 1, 'agree'), story.answer(later, 3, 'agree')]);
      same(life('2026-05-01').parties.length, 3);
      for (const who of [alice, bob])
        story.say(who, { kind: 'leaving', proposal: later, group: who.group, reason: '', effective: null });
      is(life('2026-05-01').stage.type, 'left');
    },
  ],
  [
    'an endorsement stands until it is taken back, on whichever device',
    (it) => {
      const { story, base } = adopted();
      const endorse = (author: typeof bob, group: number | null, withdrawn: boolean) =>
        story.say(author, {
          ...{
            kind: 'endorsement',
            proposal: base,
            group: group === null ? null : groupOf(group),
            text: '',
            withdrawn,
          },
        });
      const count = () => it.lifeOf(it.decide(story.words, FACTS), '2026-03-01').endorsements.length;
      endorse(bob, null, false);
      endorse(bob, 2, false);
      endorse(bob, 2, false);
      is(count(), 2);
      endorse({ ...bob, device: 'second' as never }, 2, true);
      is(count(), 1);
      endorse(bob, null, true);
      is(count(), 0);
      endorse(bob, null, false);
      is(count(), 1);
    },
  ],
  [
    'the time line has what was decided, by minute, and no comments',
    (it) => {
      const { story, base } = adopted();
      story.say(bob, {
        ...{
          kind: 'comment',
          clause: null,
          part: '',
          anchor: null,
          quote: '',
          text: 'a',
          answers: null,
          replaces: null,
        },
      });
      const line = it.timeLine(it.decide([...story.words].reverse(), FACTS));
      same(
        line.map(({ word }) => word.kind),
        ['proposal', 'position', 'position', 'position', 'closing'],
      );
      is(line[0]?.id, base);
    },
  ],
];

const SENTENCES: readonly Example[] = [
  [
    'a rule is said in one sentence with its numbers',
    (it) => {
      const [first] = it.explainRule(ruleOf({ quorum: 4 }), 6);
      same(first, { key: 'rule.consent-quorum', args: { groups: 6, needed: 4, parts: 2, of: 3 } });
      const keys = (change: Partial<Rule>) => it.explainRule(ruleOf(change), 6).map(({ key }) => key);
      same(keys({}), ['rule.consent']);
      same(keys({ method: 'consensus', mostStandAsides: 1 }), ['rule.consensus', 'rule.stand-asides']);
      same(keys({ method: 'majority', mostStandAsides: 1 }), ['rule.majority-answers']);
      same(keys({ method: 'majority', share: 'parties', quorum: 3 }), ['rule.majority-parties-quorum']);
      same(keys({ method: 'every-group', emergency: EMERGENCY }), ['rule.every-group', 'rule.emergency']);
      same(it.explainRule(ruleOf(), 6, 'minor'), [{ key: 'rule.minor', args: {} }]);
    },
  ],
  [
    'an outcome is said by what decided it',
    (it) => {
      same(saying(it, 3, {}, ['agree', 'agree']), ['adopted.consent']);
      same(saying(it, 3, { method: 'consensus' }, ['agree', 'agree']), ['adopted.consensus']);
      same(saying(it, 3, { method: 'majority' }, ['agree', 'agree']), ['adopted.majority']);
      same(saying(it, 2, { method: 'every-group' }, ['agree', 'agree']), ['adopted.every-group']);
      same(saying(it, 3, { quorum: 3 }, ['agree', 'agree']), ['not-adopted.quorum']);
      same(saying(it, 3, { quorum: 3 }, ['agree', 'block']), ['not-adopted.nobody-against']);
      same(saying(it, 3, { mostStandAsides: 0 }, ['agree', 'stand-aside']), ['not-adopted.stand-asides']);
      same(saying(it, 3, {}, ['abstain']), ['not-adopted.somebody-agrees']);
      same(saying(it, 3, { method: 'majority' }, ['agree', 'objection']), ['not-adopted.share']);
      same(saying(it, 3, { method: 'every-group' }, ['agree']), ['not-adopted.everybody-agrees']);
    },
  ],
  [
    'a sentence has the numbers and groups that it needs',
    (it) => {
      const { story, proposal } = round(3, { method: 'majority' }, ['agree', 'objection']);
      same(it.explain(outcomeIn(it, story, proposal))[0].args, {
        ...{ groups: 3, answered: 2, agreeing: 1, counted: 2, parts: 2, of: 3 },
        ...{ silent: [groupOf(3)], standAside: [], against: [groupOf(2)] },
      });
    },
  ],
  [
    'each method offers its own positions',
    (it) => {
      same([it.choicesOf('consent').at(-1), it.choicesOf('consensus').at(-1)], ['objection', 'block']);
      is(it.choicesOf('majority').includes('stand-aside'), false);
    },
  ],
];

export const EXAMPLES: readonly Example[] = [
  ...METHODS,
  ...POSITIONS,
  ...CLOSINGS,
  ...SPEAKING,
  ...EMERGENCIES,
  ...AMENDMENTS,
  ...LIVES,
  ...SENTENCES,
];
