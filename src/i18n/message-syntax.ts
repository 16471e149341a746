/**
 * Reads the part of ICU's message syntax that our messages use: `{name}`, `{count, number}`, and plural, selectordinal
 * and select. In the app it stands in for formatjs's parser of the whole syntax, which costs as much as all our words
 * of a language: see `resolve` in vite.config.ts. A test compares the two over every message.
 */
export function parse(message: string): Element[] {
  let at = 0;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(message)?.[1];
    if (found !== undefined) at = pattern.lastIndex;
    return found;
  };
  const need = (pattern: RegExp): string => {
    const found = take(pattern);
    if (found === undefined) throw new Error(`cannot be read at ${at}: ${message}`);
    return found;
  };

  const elements = (inPlural: boolean): Element[] => {
    const found: Element[] = [];
    for (;;) {
      const words = take(inPlural ? /([^{}#']+)/y : /([^{}']+)/y);
      if (words) found.push({ type: LITERAL, value: words });
      else if (inPlural && take(/(#)/y)) found.push({ type: POUND });
      else if (take(/(\{)/y)) found.push(argument());
      else return found;
    }
  };

  const argument = (): Element => {
    const value = need(/\s*(\w+)\s*/y);
    if (take(/(\})/y)) return { type: ARGUMENT, value };
    const kind = need(/,\s*(number|plural|selectordinal|select)\s*/y);
    if (kind === 'number') {
      need(/(\})/y);
      return { type: NUMBER, value, style: null };
    }
    need(/(,)\s*/y);
    const options: Record<string, Option> = {};
    for (;;) {
      const name = take(/(=?\w+)\s*\{/y);
      if (name === undefined) break;
      options[name] = { value: elements(kind !== 'select') };
      need(/(\})\s*/y);
    }
    need(/(\})/y);
    if (kind === 'select') return { type: SELECT, value, options };
    return { type: PLURAL, value, options, offset: 0, pluralType: kind === 'plural' ? 'cardinal' : 'ordinal' };
  };

  const whole = elements(false);
  if (at < message.length) need(/(?!)/y);
  return whole;
}

interface Option {
  readonly value: readonly Element[];
}

/** As formatjs has it, since its formatter reads this. */
type Element =
  | { readonly type: typeof LITERAL | typeof ARGUMENT; readonly value: string }
  | { readonly type: typeof NUMBER; readonly value: string; readonly style: null }
  | { readonly type: typeof SELECT; readonly value: string; readonly options: Readonly<Record<string, Option>> }
  | {
      readonly type: typeof PLURAL;
      readonly value: string;
      readonly options: Readonly<Record<string, Option>>;
      readonly offset: 0;
      readonly pluralType: 'cardinal' | 'ordinal';
    }
  | { readonly type: typeof POUND };

const LITERAL = 0;
const ARGUMENT = 1;
const NUMBER = 2;
const SELECT = 5;
const PLURAL = 6;
const POUND = 7;

// What else the formatter asks of a parser ---------------------------------------------------------------------------

export const isLiteralElement = ({ type }: Element): boolean => type === LITERAL;
export const isArgumentElement = ({ type }: Element): boolean => type === ARGUMENT;
export const isNumberElement = ({ type }: Element): boolean => type === NUMBER;
export const isSelectElement = ({ type }: Element): boolean => type === SELECT;
export const isPluralElement = ({ type }: Element): boolean => type === PLURAL;
export const isPoundElement = ({ type }: Element): boolean => type === POUND;

const never = (): boolean => false;
export {
  never as isDateElement,
  never as isDateTimeSkeleton,
  never as isNumberSkeleton,
  never as isTagElement,
  never as isTimeElement,
};
