/** What the decision explains, in words: every key has a sentence, and the sentence says what the decision tells it. */
import { describe, expect, it, test } from 'vitest';
import * as decision from '../../../src/documents/agreement/decision/index.ts';
import { SENTENCES } from '../../../src/documents/agreement/decision/index.ts';
import { EXAMPLES } from '../documents/agreement/decision/examples.ts';
import { createRandomHistory } from '../documents/agreement/decision/random-history.ts';
import { createStory, FACTS, ruleOf, somebody } from '../documents/agreement/decision/story.ts';
import { flatMessages } from '../i18n/catalogue.ts';

const PREFIX = 'decide.sentence.';
const messages = flatMessages('en');

/** what src/ui/agreements/sentences.ts makes of the decision's arguments */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  allGroups: ['groups'],
  neededGroups: ['needed'],
  wordsText: ['words'],
  hoursText: ['hours'],
  reviewText: ['reviewDays'],
  share: ['parts', 'of'],
};
/** Told with every sentence that may want them. */
const FOR_ALL = new Set('groups needed parts of answered agreeing silent standAside against counted'.split(' '));
const argumentsIn = (key: string): readonly string[] =>
  [...(messages.get(PREFIX + key) ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** Every explanation that the examples and many made-up histories lead to. */
const told = (() => {
  const byKey = new Map<string, Set<string>[]>();
  const note = <T extends readonly decision.Sentence[]>(explanation: T): T => {
    for (const { key, args } of explanation) byKey.set(key, [...(byKey.get(key) ?? []), new Set(Object.keys(args))]);
    return explanation;
  };
  const listening = {
    ...decision,
    explain: (...given: Parameters<typeof decision.explain>) => note(decision.explain(...given)),
    explainRule: (...given: Parameters<typeof decision.explainRule>) => note(decision.explainRule(...given)),
  };
  for (const [, run] of EXAMPLES) run(listening);
  for (let seed = 0; seed < 150; seed++)
    for (const outcome of decision.decide(createRandomHistory(seed, 40), FACTS).outcomes.values()) {
      listening.explain(outcome);
      listening.explainRule(outcome.rule, outcome.deciding.length, outcome.way);
    }
  const alice = somebody(1);
  const open = createStory();
  const limited = open.propose(alice, 3, { rule: ruleOf({ mostStandAsides: 0 }) });
  open.answer(limited, 1, 'agree');
  open.answer(limited, 2, 'stand-aside');
  open.answer(open.propose(alice, 2), 1, 'abstain');
  for (const outcome of decision.decide(open.words, FACTS).outcomes.values()) listening.explain(outcome);
  return byKey;
})();

test('there is a sentence for every key, and none for any other', () => {
  const known = [...messages.keys()].filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  expect(known.sort()).toEqual([...SENTENCES].sort());
});

test('the histories lead to every sentence', () => {
  expect(SENTENCES.filter((key) => !told.has(key))).toEqual([]);
});

describe('a sentence', () => {
  it.each(SENTENCES)('of %s asks for nothing that it is not told', (key) => {
    for (const args of told.get(key) ?? [])
      for (const name of argumentsIn(key)) for (const of of MADE_OF[name] ?? [name]) expect([...args]).toContain(of);
  });

  it.each(SENTENCES)('of %s says all that it alone is told', (key) => {
    const said = new Set(argumentsIn(key).flatMap((name) => MADE_OF[name] ?? [name]));
    const own = new Set((told.get(key) ?? []).flatMap((args) => [...args]).filter((name) => !FOR_ALL.has(name)));
    expect([...own].filter((name) => !said.has(name))).toEqual([]);
  });
});
