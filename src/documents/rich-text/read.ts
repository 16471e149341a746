/**
 * From a Y.XmlFragment to a plain tree. Total: anybody may have written anything, and what is not of our schema is
 * read as an unknown part with whatever it holds. Nothing is dropped, but beyond the bounds only its being there is told.
 */
import * as Y from 'yjs';
import { ELEMENTS, HEADING_LEVELS, parseElementName, parseHref } from './schema.ts';
import type { ElementName, ElementRule } from './schema.ts';
import { mergeRuns, sortMarks } from './runs.ts';
import { isKnownRich } from './types.ts';
import type { RichBlock, RichInline, RichItem, RichMark, RichPart, RichText, RichUnknown } from './types.ts';

export const readRich = (fragment: Y.XmlFragment): RichText => {
  const budget: Budget = { parts: MOST_PARTS, characters: MOST_CHARACTERS };
  return readChildren(fragment, 'block', 0, budget) as RichText;
};

/** May it be edited here? Only what is of our schema throughout: an editor would delete the rest. */
export const isKnown = (fragment: Y.XmlFragment): boolean => isKnownRich(readRich(fragment));

/** A fragment that is no element: XmlElement passes for it, and has a name and attributes. */
export const asFragment = (value: unknown): Y.XmlFragment | null =>
  value instanceof Y.XmlFragment && !(value instanceof Y.XmlElement) ? value : null;

/** of elements in elements */
export const MOST_DEPTH = 40;
export const MOST_PARTS = 20_000;
export const MOST_CHARACTERS = 200_000;

type Budget = { parts: number; characters: number };
type Place = ElementRule['content'] | 'any';

const readChildren = (parent: Y.XmlFragment, place: Place, depth: number, budget: Budget): readonly RichPart[] => {
  const parts: RichPart[] = [];
  // Not `toArray` first: a list of a million is not to be copied to be cut.
  for (let child = firstChild(parent); child !== null; child = nextChild(child)) {
    for (const value of child.content.getContent() as readonly unknown[]) {
      if (budget.parts <= 0 || depth > MOST_DEPTH) return [...parts, unknown('#more')];
      budget.parts--;
      parts.push(...readChild(value, place, depth, budget));
    }
  }
  return place === 'inline' ? mergeRuns(parts as readonly RichInline[]) : parts;
};

const readChild = (value: unknown, place: Place, depth: number, budget: Budget): readonly RichPart[] => {
  if (isElement(value)) return [readElement(value, place, depth, budget)];
  if (value instanceof Y.XmlText) {
    const runs = readRuns(value, budget);
    if (runs.length === 0) return [];
    return place === 'inline' || place === 'any' ? runs : [unknown('#text', [], runs)];
  }
  if (value instanceof Y.XmlFragment) return [unknown('#fragment', [], readChildren(value, 'any', depth + 1, budget))];
  return [unknown('#value', [{ name: 'value', value: describe(value) }])];
};

const isElement = (value: unknown): value is Y.XmlElement => value instanceof Y.XmlElement;

const readElement = (element: Y.XmlElement, place: Place, depth: number, budget: Budget): RichPart => {
  const name = parseElementName(element.nodeName);
  const attributes = attributesOf(element);
  const fits = name !== null && (place === 'any' || ELEMENTS[name].group === place);
  const made = fits ? create(name, element, attributes, depth, budget) : null;
  return made ?? unknown(element.nodeName, attributes, readChildren(element, 'any', depth + 1, budget));
};

/** null: not as our schema has it */
const create = (
  name: ElementName,
  element: Y.XmlElement,
  attributes: RichUnknown['attributes'],
  depth: number,
  budget: Budget,
): RichPart | null => {
  const allowed: readonly string[] = ELEMENTS[name].attributes;
  if (attributes.some((attribute) => !allowed.includes(attribute.name))) return null;
  const content = (): readonly RichPart[] => readChildren(element, ELEMENTS[name].content, depth + 1, budget);
  switch (name) {
    case 'paragraph':
      return { type: name, content: content() as readonly RichInline[] };
    case 'heading': {
      const value: unknown = element.getAttribute('level');
      const level = HEADING_LEVELS.find((one) => one === value);
      return level === undefined ? null : { type: name, level, content: content() as readonly RichInline[] };
    }
    case 'bullet_list':
    case 'ordered_list':
      return { type: name, content: content() as readonly (RichItem | RichUnknown)[] };
    case 'list_item':
    case 'blockquote':
      return { type: name, content: content() as readonly RichBlock[] };
    case 'hard_break':
      return element.length === 0 ? { type: name } : null;
  }
};

type Delta = readonly { readonly insert?: unknown; readonly attributes?: Readonly<Record<string, unknown>> }[];

const readRuns = (text: Y.XmlText, budget: Budget): readonly (RichInline & { readonly type: 'text' | 'unknown' })[] => {
  const own = Object.entries(text.getAttributes());
  if (text.length > budget.characters) return [unknown('#more')];
  budget.characters -= text.length;
  const runs: (RichInline & { readonly type: 'text' | 'unknown' })[] = [];
  let length = 0;
  for (const { insert, attributes } of text.toDelta() as Delta) {
    length += typeof insert === 'string' ? insert.length : 1;
    if (typeof insert === 'string') runs.push({ type: 'text', text: insert, marks: readMarks(attributes ?? {}) });
    else runs.push(unknown('#value', [{ name: 'value', value: describe(insert) }]));
  }
  // A value among the letters that no delta shows.
  if (length !== text.length) runs.push(unknown('#value'));
  return own.length === 0 ? runs : [unknown('#text', own.map(described), runs)];
};

const readMarks = (formats: Readonly<Record<string, unknown>>): readonly RichMark[] =>
  sortMarks(
    Object.entries(formats).map(([name, value]): RichMark => {
      const known = plainKeys(value);
      if ((name === 'strong' || name === 'em') && (value === true || known?.length === 0)) return { type: name };
      if (name === 'link' && known?.length === 1) {
        const href = parseHref((value as { readonly href?: unknown }).href);
        if (href !== null) return { type: name, href };
      }
      return { type: 'unknown', name: name.slice(0, MOST_NAME), value: describe(value) };
    }),
  );

const isPlain = (prototype: unknown): boolean => prototype === Object.prototype || prototype === null;

/** What an editor has just written has no prototype, until it has travelled. */
const plainKeys = (value: unknown): readonly string[] | null =>
  typeof value === 'object' && value !== null && isPlain(Object.getPrototypeOf(value)) ? Object.keys(value) : null;

const unknown = (
  name: string,
  attributes: RichUnknown['attributes'] = [],
  content: readonly RichPart[] = [],
): RichUnknown => ({ type: 'unknown', name: name.slice(0, MOST_NAME), attributes, content });

const attributesOf = (element: Y.XmlElement): RichUnknown['attributes'] =>
  Object.entries(element.getAttributes() as Readonly<Record<string, unknown>>)
    // An attribute that an editor has not set is written as null by some.
    .filter(([, value]) => value !== null && value !== undefined)
    .map(described)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

const described = ([name, value]: readonly [string, unknown]): RichUnknown['attributes'][number] => ({
  name: name.slice(0, MOST_NAME),
  value: describe(value),
});

/** JSON of whatever it is, bounded; a shared type and bytes are told by what they are, not by what they hold. */
const describe = (value: unknown, depth = 0): string => {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, MOST_VALUE));
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object' || depth > 4) return '"…"';
  if (Array.isArray(value))
    return `[${value
      .slice(0, 50)
      .map((item) => describe(item, depth + 1))
      .join()}]`.slice(0, MOST_VALUE);
  const keys = plainKeys(value);
  if (keys === null) return '"#"';
  const fields = value as Readonly<Record<string, unknown>>;
  const shown = [...keys].sort().slice(0, 50);
  return `{${shown.map((key) => `${JSON.stringify(key.slice(0, MOST_NAME))}:${describe(fields[key], depth + 1)}`).join()}}`.slice(
    0,
    MOST_VALUE,
  );
};

const MOST_NAME = 200;
const MOST_VALUE = 2_000;

type Child = Y.Item;

const firstChild = (parent: Y.XmlFragment): Child | null => living(parent._start);
const nextChild = (child: Child): Child | null => living(child.right);

const living = (item: Child | null): Child | null => {
  let next = item;
  while (next !== null && (next.deleted || !next.countable)) next = next.right;
  return next;
};
