/** How a call ends: done, with something to say, or a problem with its exit code. */
import { err, type Result } from '../lib/result.ts';
import { type ProblemType, say, type Values, words } from './words.ts';

export interface Done {
  /** for --json */
  readonly json: object;
  /** for people */
  readonly text: string;
  /** what a person should know beside it; does not make it a failure */
  readonly note?: { readonly type: keyof typeof words.incomplete; readonly values: Values };
}

export interface Problem {
  readonly type: ProblemType;
  readonly exit: 2 | 3 | 4;
  readonly values: Values;
}

export type Outcome = Result<Done, Problem>;

export const wrongUse = (type: ProblemType, values: Values = {}): { ok: false; error: Problem } =>
  err({ type, exit: 2, values });

const STORAGE: readonly string[] = ['QuotaFull', 'StorageGone', 'StorageFailed', 'SessionEnded', 'FileUnwritable'];

/** A refusal of the core, or one of this folder's own. */
export const refuse = (
  error: { readonly type: ProblemType; readonly name?: string },
  values: Values = {},
): { ok: false; error: Problem } =>
  err({
    type: error.type,
    exit: STORAGE.includes(error.type) ? 4 : 3,
    values: error.name === undefined ? values : { ...values, name: error.name },
  });

export const sentenceOf = (problem: Problem): string => say(words.problems[problem.type], problem.values);
