/** The sentences of the command line, from locales/. It speaks English, as tools for scripts do. */
import english from '../../locales/cli/en.json';

export const words = english;

export type ProblemType = keyof typeof english.problems;
export type Values = Readonly<Record<string, unknown>>;

/**
 * Puts values into a sentence: `{name}`, or `{count|one thing|# things}`. They may come from anybody: what moves a
 * terminal's cursor is taken out.
 */
export const say = (sentence: string, values: Values = {}): string =>
  sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
    const value = clean(wordOf(values[name]));
    if (one === undefined || many === undefined) return value;
    return (value === '1' ? one : many).replace('#', value);
  });

const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const clean = (text: string): string => text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ');
