/** Reads how one group takes part, from all the documents that it has for a calendar. */
import type * as Y from 'yjs';
import { UNDATED } from '../../times/index.ts';
import type { OccurrenceId } from '../../times/index.ts';
import { readFields } from '../calendar/fields.ts';
import type { Conflict, Fields } from '../calendar/fields.ts';
import { readChanges } from '../calendar/read.ts';
import type { Changes } from '../calendar/read.ts';
import { ACTION_TEXTS } from '../calendar/schema.ts';
import type { ActionText } from '../calendar/schema.ts';
import type { FieldValues, Standing } from '../calendar/values.ts';
import { schemaState } from '../shape/change.ts';
import type { SchemaState } from '../shape/change.ts';
import { factsIn } from '../shape/facts.ts';
import type { Fact } from '../shape/facts.ts';
import type { ActionId } from '../shape/ids.ts';
import { readText } from '../shape/read.ts';
import { parseBasis } from './basis.ts';
import type { Basis } from './basis.ts';
import { actionsIn, factsName, reasonName, variationsRoot } from './schema.ts';

/** What a group may have of its own. `rule` may be ONCE: it takes place once here. */
export const OVERRIDES = [
  'when',
  'rule',
  'rdates',
  'exdates',
  'name',
  'form',
  'approach',
  'place',
  'risk',
  'contact',
  'status',
  'languages',
] as const;
export type OverrideName = (typeof OVERRIDES)[number];
export type Overrides = Readonly<Partial<Pick<FieldValues, OverrideName>>>;

export interface VariationView {
  readonly action: ActionId;
  readonly standing: Standing;
  readonly overrides: Overrides;
  /** texts in other words */
  readonly texts: Readonly<Partial<Record<ActionText, string>>>;
  /** of single occurrences */
  readonly changed: ReadonlyMap<OccurrenceId, Changes>;
  readonly reason: string;
  /** the common frame as it was when somebody of the group last answered; several where two did apart */
  readonly bases: readonly Basis[];
  readonly conflicts: readonly Conflict[];
}

/** One document, before those of its group are put together. */
export interface VariationsPart {
  readonly type: SchemaState;
  readonly factsByAction: ReadonlyMap<ActionId, readonly Fact[]>;
  readonly reasonByAction: ReadonlyMap<ActionId, string>;
}

export const readVariations = (doc: Y.Doc): VariationsPart => {
  const factsByAction = new Map<ActionId, readonly Fact[]>();
  const reasonByAction = new Map<ActionId, string>();
  const type = schemaState(variationsRoot(doc));
  if (type !== 'empty') {
    for (const action of actionsIn(doc)) {
      // asked for only where they are: asking makes an empty one
      const facts = doc.share.has(factsName(action)) ? factsIn(doc.getArray(factsName(action))) : [];
      const reason = doc.share.has(reasonName(action)) ? readText(doc.getText(reasonName(action))) : '';
      if (facts.length > 0) factsByAction.set(action, facts);
      if (reason !== '') reasonByAction.set(action, reason);
    }
  }
  return { type, factsByAction, reasonByAction };
};

/** Of one group: `parts` in the order of their documents' ids. */
export const joinVariations = (parts: readonly VariationsPart[]): ReadonlyMap<ActionId, VariationView> => {
  const actions = new Set<ActionId>();
  for (const { factsByAction, reasonByAction } of parts)
    for (const map of [factsByAction, reasonByAction]) for (const action of map.keys()) actions.add(action);
  return new Map([...actions].sort().map((action) => [action, readVariation(action, parts)]));
};

const readVariation = (action: ActionId, parts: readonly VariationsPart[]): VariationView => {
  const facts = parts.flatMap(({ factsByAction }) => factsByAction.get(action) ?? []);
  const fields = readFields(facts);
  const overrides: Partial<Record<OverrideName, unknown>> = {};
  for (const name of OVERRIDES) {
    const value = fields.one(name);
    if (value !== null) overrides[name] = value;
  }
  return {
    action,
    standing: fields.one('standing') ?? 'undecided',
    // each name with a value of its own field, as they were read
    overrides: overrides as Overrides,
    texts: readOtherWords(fields),
    changed: readChanges(fields, fields.one('when') ?? UNDATED, fields.one('rule')),
    reason: parts
      .map(({ reasonByAction }) => reasonByAction.get(action) ?? '')
      .filter((words) => words !== '')
      .join('\n\n'),
    bases: facts.flatMap(({ field, value }) => (field === 'basis' ? (parseBasis(value) ?? []) : [])),
    conflicts: fields.conflicts,
  };
};

const readOtherWords = (fields: Fields): VariationView['texts'] => {
  const texts: Partial<Record<ActionText, string>> = {};
  for (const { field, key, occurrence } of fields.places) {
    const name = field === 'text' && occurrence === null ? ACTION_TEXTS.find((one) => one === key) : undefined;
    const words = name === undefined ? null : fields.one('text', key);
    if (name !== undefined && words !== null) texts[name] = words;
  }
  return texts;
};
