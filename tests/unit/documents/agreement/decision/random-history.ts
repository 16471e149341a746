/** Made-up histories from a seed: mostly sensible, with everything that goes wrong now and then. */
import { POSITIONS } from '../../../../../src/documents/agreement/words.ts';
import type { PositionName, Said, WordId } from '../../../../../src/documents/agreement/words.ts';
import { createStory, EMERGENCY, groupOf, HASH, ruleOf, somebody } from './story.ts';

export type Random = (below: number) => number;

/** mulberry32 */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

export const shuffle = <T>(items: readonly T[], random: Random): T[] => {
  const out = [...items];
  for (let at = out.length - 1; at > 0; at--) {
    const other = random(at + 1);
    [out[at], out[other]] = [out[other] as T, out[at] as T];
  }
  return out;
};

export const createRandomHistory = (seed: number, length: number): readonly Said[] => {
  const random = createRandom(seed);
  const rarely = (): boolean => random(20) === 0;
  const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;
  const story = createStory();
  const freshId = (): WordId =>
    Array.from({ length: 8 }, () =>
      random(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('') as WordId;
  const author = () =>
    somebody(1 + random(rarely() ? 6 : 4), rarely() ? 'observer' : 'member', random(3) === 0 ? 'b' : '');
  const idsOf = (kind: string): WordId[] => story.words.filter(({ word }) => word.kind === kind).map(({ id }) => id);
  const oneOf = (kind: string): WordId => {
    const ids = idsOf(kind);
    if (!rarely() && ids.length > 0) return pick(ids.slice(-2));
    return rarely() || story.words.length === 0 ? freshId() : pick(story.words).id;
  };
  const rule = () =>
    ruleOf({
      method: pick(['consent', 'consensus', 'majority', 'every-group']),
      threshold: pick([
        { parts: 1, of: 2 },
        { parts: 2, of: 3 },
      ]),
      share: pick(['answers', 'parties']),
      mostStandAsides: pick([null, null, 0, 1]),
      quorum: random(5),
      standing: pick(['parties', 'adopters']),
      ...(random(3) > 0 ? { emergency: EMERGENCY } : {}),
    });
  const usual = rule();
  const propose = (): void => {
    const amends = idsOf('proposal').length > 0 && random(3) > 0 ? oneOf('proposal') : null;
    const base = story.words.find(({ id }) => id === amends)?.word;
    const previous = random(4) === 0 ? oneOf('proposal') : null;
    const before = story.words.find(({ id }) => id === previous)?.word;
    const change = amends === null ? 'new' : random(2) === 0 ? 'minor' : 'major';
    const framed =
      base?.kind === 'proposal' && !rarely()
        ? {
            parties: base.parties,
            rule: base.rule,
            emergency: change !== 'minor' && usual.emergency.allowed && random(2) === 0,
          }
        : { rule: usual, emergency: usual.emergency.allowed && random(2) === 0 };
    story.propose(
      author(),
      2 + random(3),
      {
        ...framed,
        amends: before?.kind === 'proposal' && !rarely() ? before.amends : amends,
        change: before?.kind === 'proposal' && before.amends === null && !rarely() ? 'new' : change,
        previous,
        round: before?.kind === 'proposal' ? before.round + 1 : 1,
        left: idsOf('leaving').length > 0 && random(2) === 0 ? [oneOf('leaving')] : [],
      },
      freshId(),
    );
  };
  const answer = (): void => {
    const group = 1 + random(4);
    const name = random(10) < 7 ? 'agree' : pick<PositionName>(POSITIONS);
    const proposal = oneOf('proposal');
    const replaces = new Set(idsOf('position').filter(() => random(5) === 0));
    const recorder = random(4) === 0 ? author() : somebody(group, 'member', random(3) === 0 ? 'b' : '');
    const change = { replaces: [...replaces], ...(rarely() ? { hash: 'ef'.repeat(32) } : { hash: HASH }) };
    story.answer(proposal, group, name, change, recorder, freshId());
  };
  const close = (): void => {
    const proposal = oneOf('proposal');
    const about = story.words.filter(({ word }) => word.kind === 'position' && word.proposal === proposal);
    const counted = about.filter(() => random(5) > 0).map(({ id }) => id);
    if (rarely()) counted.push(oneOf('position'));
    const earlier = idsOf('closing');
    const replaces = earlier.length > 0 && random(2) === 0 ? pick(earlier) : null;
    const old = story.words.find(({ id }) => id === replaces)?.word;
    if (old?.kind === 'closing' && random(2) === 0) counted.push(...old.counted);
    const whole = [...new Set(counted)];
    story.close(author(), proposal, whole, { emergency: random(4) === 0, replaces }, freshId());
  };
  const leave = (): void => {
    const who = author();
    const group = rarely() ? groupOf(1 + random(4)) : who.group;
    const word = { kind: 'leaving', proposal: oneOf('proposal'), group, reason: '', effective: null } as const;
    story.say(who, word, freshId());
  };
  /** as it mostly goes: all agree, and the proposer counts them */
  const adopt = (): void => {
    const proposal = oneOf('proposal');
    const proposer = story.words.find(({ id }) => id === proposal);
    if (proposer?.word.kind !== 'proposal' || proposer.role === 'observer') return answer();
    const counted = [1, 2, 3, 4].map((group) => story.answer(proposal, group, 'agree', {}, undefined, freshId()));
    const { member, group, role, device } = proposer;
    const emergency = proposer.word.emergency && random(2) === 0;
    story.close({ member, group, role, device }, proposal, counted, { emergency }, freshId());
  };
  propose();
  while (story.words.length < length)
    pick([propose, propose, adopt, answer, answer, answer, answer, answer, answer, close, close, leave])();
  // of some histories, some words never came
  return random(3) > 0 ? story.words : story.words.filter(() => random(30) > 0);
};
