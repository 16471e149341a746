/** How the groups of an agreement decide, and what came of it. docs/agreements.md says the rules in words. */
export { decide } from './outcome.ts';
export type { Decisions, Missing, Outcome } from './outcome.ts';
export type { Admitted, Waiting } from './admissible.ts';
export type { Facts, RuleName } from './speaking-rules.ts';
export { positionsOf } from './positions.ts';
export type { Answer, SaidPosition } from './positions.ts';
export { choicesOf } from './counting.ts';
export type { Reason, Result, Tally, Way } from './counting.ts';
export type { ClosingView } from './closings.ts';
export type { SaidClosing } from './round.ts';
export type { Uncounted } from './uncounted.ts';
export { explain, explainRule, SENTENCES } from './explain.ts';
export type { Explanation, Sentence, SentenceKey } from './explain.ts';
export { lifeOf, timeLine } from './life.ts';
export type { Left, Life, Stage, TimeLineWord } from './life.ts';
