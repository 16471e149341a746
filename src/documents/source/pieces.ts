/**
 * A source that may be long, kept beside its translation in pieces: a log carries no single value over 48 KB.
 * Pieces of two sources, kept by two people apart, make a text that is no source, and so reads as stale: nobody is told
 * that a translation holds who has not read it against one source.
 */
import type * as Y from 'yjs';
import { wellFormed } from '../../lib/canonical-text.ts';
import { cut, MOST_SOURCE } from '../shape/read.ts';

export const MOST_LONG_SOURCE = 10 * MOST_SOURCE;

export const readSource = (map: Y.Map<unknown>): string => {
  let source = '';
  for (let piece = 0; piece < PIECES; piece++) {
    const value = map.get(nameOf(piece));
    if (typeof value !== 'string' || value === '') break;
    source += cut(value, MOST_SOURCE);
  }
  return source;
};

/** Writes what differs. Call it within a transaction. */
export const writeSource = (map: Y.Map<unknown>, text: string): void => {
  let rest = cut(wellFormed(text), MOST_LONG_SOURCE);
  for (let piece = 0; piece < PIECES; piece++) {
    const value = cut(rest, MOST_SOURCE);
    rest = rest.slice(value.length);
    const name = nameOf(piece);
    if (value !== '' && map.get(name) !== value) map.set(name, value);
    if (value === '' && map.has(name)) map.delete(name);
  }
};

/** A cut that spares a pair of surrogates makes a piece one shorter. */
const PIECES = 11;
const nameOf = (piece: number): string => `source${piece}`;
