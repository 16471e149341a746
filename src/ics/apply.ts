/** Carries a plan out: the new actions in one step, each changed one in one of its own. */
import type * as Y from 'yjs';
import {
  type ActionId,
  type ActionView,
  addActions,
  beginActionText,
  calendarTextOf,
  actionTextPaths,
  changeAction,
  type CalendarView,
  type FieldChange,
  type ItemChange,
  keepLeftovers,
  type NewAction,
  parseApproachId,
} from '../documents/calendar/index.ts';
import { replaceText } from '../documents/text/index.ts';
import type { OccurrenceId } from '../times/index.ts';
import type { FileChange, FileEvent, Skipped } from './event.ts';
import { type EventField, markOf, readMark, writeMark } from './mark.ts';
import type { ImportPlan, PlannedEvent } from './plan.ts';

/** How many, and what was left out. */
export interface ImportReceipt {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly skipped: readonly Skipped[];
}

export interface ImportInto {
  readonly doc: Y.Doc;
  readonly origin: unknown;
  /** the same as the plan was made with */
  readonly calendar: CalendarView;
  /** fresh each time */
  readonly createId: () => ActionId;
  /** since 1970, by this device's clock */
  readonly minute: number;
}

/** null: the document takes no change (it is of a newer Weft, or not there yet) */
export const applyImport = (plan: ImportPlan, into: ImportInto): ImportReceipt | null => {
  const { doc, origin, calendar, minute } = into;
  const ofType = <T extends PlannedEvent['type']>(type: T) =>
    plan.events.filter((each): each is PlannedEvent & { readonly type: T } => each.type === type);
  const added = ofType('added').map(({ event }) => newActionOf(event, into.createId()));
  if (added.length > 0 && !addActions(doc, origin, added, minute).ok) return null;
  const { kept } = plan;
  if (kept.add.length + kept.remove.length > 0 && !keepLeftovers(doc, origin, kept).ok) return null;
  for (const { event, action: id, fields } of ofType('changed')) {
    const action = calendar.actions.get(id);
    if (!action) continue;
    if (!changeAction(doc, origin, id, changesOf(event, action, fields), minute).ok) return null;
    for (const name of ['title', 'about'] as const) {
      if (fields.includes(name)) writeText(into, id, name, event[name]);
    }
  }
  const { length: changed } = ofType('changed');
  return { added: added.length, changed, same: ofType('same').length, skipped: plan.skipped };
};

const writeText = ({ doc, origin }: ImportInto, action: ActionId, name: 'title' | 'about', words: string): void => {
  if (actionTextPaths(doc, action, name).length === 0) beginActionText(doc, origin, action, name);
  for (const [index, path] of actionTextPaths(doc, action, name).entries()) {
    const text = calendarTextOf(doc, path);
    // of several that people began apart, the file's words take the place of the first
    if (text) replaceText(text, origin, text.toJSON(), index === 0 ? words : '');
  }
};

/** STATUS is absent from many files; then nobody has said that it is certain. */
const UNSAID = 'proposed';

const newActionOf = (event: FileEvent, id: ActionId): NewAction => {
  const fields: FieldChange[] = [
    { field: 'when', value: event.when },
    { field: 'status', value: event.status ?? UNSAID },
    importedOf(event),
  ];
  if (event.rule !== null) fields.push({ field: 'rule', value: event.rule });
  if (event.place !== '') fields.push(placeOf(event, event.place));
  const approach = parseApproachId(event.approach);
  if (approach !== null) fields.push({ field: 'approach', value: approach });
  for (const [occurrence, change] of event.changed) fields.push(...occurrenceChanges(event, occurrence, change));
  return {
    id,
    texts: { title: event.title, about: event.about },
    fields,
    items: [
      ...event.rdates.map((value): ItemChange => ({ item: 'rdate', value })),
      ...event.exdates.map((value): ItemChange => ({ item: 'exdate', value })),
      ...(event.address === '' ? [] : [linkOf(event.address)]),
      ...[...event.leftovers, writeMark(markOf(event))].map((value): ItemChange => ({ item: 'leftover', value })),
    ],
  };
};

const importedOf = ({ uid, sequence, stamp }: FileEvent): FieldChange => ({
  field: 'imported',
  value: { uid, sequence, stamp },
});

const placeOf = ({ isPublic }: FileEvent, text: string): FieldChange => ({
  field: 'place',
  value: { text, precision: 'exact', isPublic },
});

const linkOf = (address: string): ItemChange => ({ item: 'link', value: { type: 'web', address, label: '' } });

const occurrenceChanges = (
  event: FileEvent,
  occurrence: OccurrenceId,
  { when, title, place, status }: FileChange,
): readonly FieldChange[] => [
  ...(when === undefined ? [] : [{ field: 'when', value: when, occurrence } as const]),
  ...(title === undefined ? [] : [{ field: 'name', value: title, occurrence } as const]),
  ...(place === undefined ? [] : [{ ...placeOf(event, place), occurrence }]),
  ...(status === undefined ? [] : [{ field: 'status', value: status, occurrence } as const]),
];

const changesOf = (
  event: FileEvent,
  action: ActionView,
  changed: readonly EventField[],
): { readonly fields: FieldChange[]; readonly add: ItemChange[]; readonly remove: ItemChange[] } => {
  const fields: FieldChange[] = [importedOf(event)];
  const add: ItemChange[] = [];
  const remove: ItemChange[] = [];
  for (const field of changed) {
    switch (field) {
      case 'title':
      case 'about':
        break; // shared texts: written by themselves
      case 'when':
        fields.push({ field, value: event.when });
        break;
      case 'rule':
        fields.push({ field, value: event.rule });
        break;
      case 'status':
        fields.push({ field, value: event.status ?? UNSAID });
        break;
      case 'place':
        fields.push(event.place === '' ? { field, value: null } : placeOf(event, event.place));
        break;
      case 'approach': {
        const approach = parseApproachId(event.approach);
        if (approach !== null) fields.push({ field, value: approach });
        break;
      }
      case 'address':
        for (const link of action.links) if (link.type === 'web') remove.push({ item: 'link', value: link });
        if (event.address !== '') add.push(linkOf(event.address));
        break;
      case 'rdates':
        add.push(...event.rdates.map((value): ItemChange => ({ item: 'rdate', value })));
        remove.push(...without(action.rdates, event.rdates).map((value): ItemChange => ({ item: 'rdate', value })));
        break;
      case 'exdates':
        add.push(...event.exdates.map((value): ItemChange => ({ item: 'exdate', value })));
        remove.push(...without(action.exdates, event.exdates).map((value): ItemChange => ({ item: 'exdate', value })));
        break;
      case 'leftovers':
        add.push(...event.leftovers.map((value): ItemChange => ({ item: 'leftover', value })));
        remove.push(
          ...without(action.leftovers, event.leftovers)
            .filter((text) => readMark(text) === null)
            .map((value): ItemChange => ({ item: 'leftover', value })),
        );
        break;
      case 'changed':
        fields.push(...occurrencesOf(event, action));
    }
  }
  for (const leftover of action.leftovers) {
    if (readMark(leftover) !== null) remove.push({ item: 'leftover', value: leftover });
  }
  add.push({ item: 'leftover', value: writeMark(markOf(event)) });
  return { fields, add, remove };
};

const without = <T>(list: readonly T[], others: readonly T[]): readonly T[] =>
  list.filter((each) => !others.includes(each));

const occurrencesOf = (event: FileEvent, action: ActionView): readonly FieldChange[] => {
  const names = ['when', 'name', 'place', 'status'] as const;
  const gone = [...action.changed].flatMap(([occurrence, change]) => {
    const said = event.changed.get(occurrence) ?? {};
    const isSaid = { when: 'when' in said, name: 'title' in said, place: 'place' in said, status: 'status' in said };
    return names
      .filter((name) => change[name] !== undefined && !isSaid[name])
      .map((field): FieldChange => ({ field, value: null, occurrence }));
  });
  const said = [...event.changed].flatMap(([occurrence, change]) => occurrenceChanges(event, occurrence, change));
  return [...gone, ...said];
};
