/**
 * Reading what may have been written by anybody: a missing or foreign-typed value reads as its default,
 * and every list and text has a bound. Nothing here throws, and nothing Yjs leaves.
 */
import * as Y from 'yjs';
import { byOrder, parseOrder } from './order.ts';
import type { Placed } from './order.ts';

export const MOST_TEXT = 100_000;
/** A source kept beside its variant is one plain value, and a log carries none that is over 48 KB. */
export const MOST_SOURCE = 12_000;
export const MOST_SCALAR = 2_000;

/** XmlText and XmlHook pass for Text and Map, and behave otherwise. */
export const asText = (value: unknown): Y.Text | null =>
  value instanceof Y.Text && !(value instanceof Y.XmlText) ? value : null;

export const asMap = (value: unknown): Y.Map<unknown> | null =>
  value instanceof Y.Map && !(value instanceof Y.XmlHook) ? (value as Y.Map<unknown>) : null;

export const asList = (value: unknown): Y.Array<unknown> | null =>
  value instanceof Y.Array ? (value as Y.Array<unknown>) : null;

export const readText = (value: unknown): string => {
  const text = asText(value);
  return text === null ? '' : cut(text.toJSON(), MOST_TEXT);
};

/** A text with one item a line: blank lines are no items. */
export const readLines = (value: unknown): readonly string[] =>
  readText(value)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, MOST_LINES);

export const readString = (map: Y.Map<unknown>, key: string, most = MOST_SCALAR): string => {
  const value = map.get(key);
  return typeof value === 'string' ? cut(value, most) : '';
};

export const readOneOf = <T extends string>(
  map: Y.Map<unknown>,
  key: string,
  allowed: readonly T[],
  otherwise: T,
): T => {
  const value = map.get(key);
  return allowed.find((one) => one === value) ?? otherwise;
};

/** 'YYYY-MM-DD' */
export const readDay = (map: Y.Map<unknown>, key: string): string | null => parseDay(map.get(key));

export const parseDay = (value: unknown): string | null => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const time = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? null : value;
};

/** minutes since 1970 */
export const readMinute = (map: Y.Map<unknown>, key: string): number | null => parseMinute(map.get(key));

export const parseMinute = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LAST_MINUTE ? value : null;

/** The parts of a map of parts by id, in their order; what is no part is left out, and so is what is over `most`. */
export const readParts = <Id extends string>(
  map: Y.Map<unknown> | null,
  parse: (key: unknown) => Id | null,
  most: number,
): readonly (Placed<Id> & { readonly part: Y.Map<unknown> })[] => {
  const parts: (Placed<Id> & { readonly part: Y.Map<unknown> })[] = [];
  map?.forEach((value, key) => {
    const id = parse(key);
    const part = asMap(value);
    if (id !== null && part !== null) parts.push({ id, order: parseOrder(part.get('order')), part });
  });
  return parts.sort(byOrder).slice(0, most);
};

/** Born hidden, shown by a second write, hidden again when removed: see ./change.ts. */
export const isShown = ({ part }: { readonly part: Y.Map<unknown> }): boolean => part.get('shown') === true;
export const isHidden = (item: { readonly part: Y.Map<unknown> }): boolean => !isShown(item);

/** An id of the log (a group, a document) as it stands in documents: lower-case hex. */
export const parseLogId = (value: unknown): string | null =>
  typeof value === 'string' && /^[0-9a-f]{32}$/.test(value) ? value : null;

/** Never cuts a surrogate pair in two. */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const code = text.charCodeAt(most - 1);
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? most - 1 : most);
};

const MOST_LINES = 500;
/** the end of the year 9999 */
const LAST_MINUTE = 4_223_376_959;
