/** Comments and suggestions as threads: the same everywhere, and what nobody has the right to say changes nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/documents/agreement/decision/index.ts';
import { threadsOf } from '../../../../src/documents/agreement/threads.ts';
import type { Comment, Said, Settled, Suggestion, WordId } from '../../../../src/documents/agreement/words.ts';
import type { ClauseId } from '../../../../src/documents/shape/ids.ts';
import { createStory, FACTS, idOf, somebody } from './decision/story.ts';

const alice = somebody(1, 'organizer');
const bob = somebody(2);
const olga = somebody(4, 'observer');

const place = { clause: 'abcDEF_-0123456789abcd' as ClauseId, part: 'body', anchor: null, quote: 'within two days' };
const comment = (text: string, change: Partial<Comment> = {}): Comment => ({
  ...{ kind: 'comment', ...place, text, answers: null, replaces: null },
  ...change,
});
const suggestion = (text: string): Suggestion => ({ kind: 'suggestion', ...place, text, note: 'Two is short.' });
const settled = (what: WordId, how: Settled['how']): Settled => ({ kind: 'settled', what, how });

const threadsIn = (words: readonly Said[]) => threadsOf(decide(words, FACTS).words);
const onlyIn = (words: readonly Said[]) => {
  const [thread, ...others] = threadsIn(words);
  if (thread === undefined || others.length > 0) throw new Error(`${others.length + 1} threads`);
  return thread;
};

describe('a thread', () => {
  it('is a comment with its answers, in the order in which they were written', () => {
    const story = createStory();
    const first = story.say(olga, comment('Is that enough?'));
    const second = story.say(alice, comment('It is.', { answers: first }));
    story.say(olga, comment('For whom?', { answers: second }));
    const thread = onlyIn(story.words);
    expect(thread).toMatchObject({ type: 'comment', id: first, quote: 'within two days', state: 'open' });
    expect(thread.answers.map(({ text }) => text)).toEqual(['It is.', 'For whom?']);
  });

  it('hangs on a suggestion too, and an answer to what is not here stands for itself', () => {
    const story = createStory();
    const suggested = story.say(olga, suggestion('within a week'));
    story.say(bob, comment('Better.', { answers: suggested }));
    story.say(bob, comment('What of it?', { answers: idOf(7) }));
    expect(threadsIn(story.words).map(({ type, answers }) => [type, answers.length])).toEqual([
      ['suggestion', 1],
      ['comment', 0],
    ]);
  });

  it('says a comment in its author’s latest words, and in nobody else’s', () => {
    const story = createStory();
    const first = story.say(olga, comment('Is that enouhg?'));
    const second = story.say(olga, comment('Is that enough?', { replaces: first }));
    story.say(olga, comment('Is that enough for you?', { replaces: second }));
    story.say(bob, comment('All is well.', { replaces: first }));
    expect(onlyIn(story.words)).toMatchObject({
      first: { id: first, text: 'Is that enough for you?', isEdited: true },
    });
  });

  it('is closed and opened again, however often, and by two at once too', () => {
    const story = createStory();
    const id = story.say(olga, comment('Is that enough?'));
    const now = () => ({ state: onlyIn(story.words).state, toTurn: onlyIn(story.words).toTurn });
    expect(now()).toEqual({ state: 'open', toTurn: 1 });
    story.say(alice, settled(id, 'resolved'));
    expect(now()).toEqual({ state: 'resolved', toTurn: 1 });
    story.say(bob, settled(id, 'resolved'));
    expect(now()).toEqual({ state: 'resolved', toTurn: 2 });
    story.say(bob, settled(id, 'reopened'));
    story.say(bob, settled(id, 'reopened'));
    expect(now()).toEqual({ state: 'open', toTurn: 1 });
    story.say(alice, settled(id, 'reopened'));
    expect(now()).toEqual({ state: 'open', toTurn: 2 });
  });

  it('is settled by no observer, and withdrawn only by its author', () => {
    const story = createStory();
    const id = story.say(olga, suggestion('within a week'));
    story.say(olga, settled(id, 'accepted'));
    story.say(olga, settled(id, 'rejected'));
    story.say(alice, settled(id, 'withdrawn'));
    expect(onlyIn(story.words).state).toBe('open');
    story.say(alice, settled(id, 'rejected'));
    expect(onlyIn(story.words)).toMatchObject({ state: 'rejected', by: { member: alice.member } });
    story.say(olga, settled(id, 'withdrawn'));
    expect(onlyIn(story.words).state).toBe('withdrawn');
  });

  it('stays accepted though its author takes the suggestion back elsewhere', () => {
    const story = createStory();
    const id = story.say(olga, suggestion('within a week'));
    story.say(alice, settled(id, 'accepted'));
    story.say(olga, settled(id, 'withdrawn'));
    expect(onlyIn(story.words).state).toBe('accepted');
  });

  it('is the same in whatever order its words arrive', () => {
    const story = createStory();
    const first = story.say(olga, comment('Is that enough?'));
    story.say(alice, comment('It is.', { answers: first }));
    story.say(olga, comment('Is it enough?', { replaces: first }));
    story.say(bob, settled(first, 'resolved'));
    const suggested = story.say(olga, suggestion('within a week'));
    story.say(bob, comment('Yes.', { answers: suggested }));
    story.say(alice, settled(suggested, 'accepted'));
    const expected = threadsIn(story.words);
    fc.assert(
      fc.property(fc.shuffledSubarray([...story.words], { minLength: story.words.length }), (words) => {
        expect(threadsIn(words)).toEqual(expected);
      }),
    );
  });

  it('of ten thousand forms and answers is read at once', () => {
    const story = createStory();
    let last = story.say(olga, comment('0'));
    for (let n = 1; n <= 5_000; n++) last = story.say(olga, comment(String(n), { replaces: last }));
    let answer = last;
    for (let n = 1; n <= 5_000; n++) answer = story.say(bob, comment(String(n), { answers: answer }));
    const started = performance.now();
    const threads = threadsOf(new Map(story.words.map((said) => [said.id, said])));
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(threads).toHaveLength(1);
    expect(threads[0]?.answers).toHaveLength(5_000);
  });
});
