/** Another date or another recurrence, for a whole series or for what comes from one of its dates on. */
import { addAction, changeAction, seriesOf, shiftMoment } from '../../documents/calendar/index.ts';
import type { ActionId, ActionView, FieldChange, FieldPlace, ItemChange } from '../../documents/calendar/index.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import {
  addDays,
  dateOfWall,
  daysBetween,
  formatRule,
  occurrencesOf,
  parseRule,
  parseWallTime,
  secondsOf,
  UTC,
  wallOfSeconds,
} from '../../times/index.ts';
import type { OccurrenceId, Series, Until, When } from '../../times/index.ts';
import type { ActionDesk } from './action-desk.svelte.ts';

export interface Schedule {
  readonly when: When;
  /** the value of RRULE; null: once */
  readonly rule: string | null;
}

/** Of the whole series. */
export const reschedule = (desk: ActionDesk, { when, rule }: Schedule): boolean => {
  const { action } = desk;
  if (action === null) return false;
  const isMoved = JSON.stringify(action.when) !== JSON.stringify(when);
  const isDone = !isMoved || desk.setWhen(when);
  // the move may have taken the rule's weekdays along already
  if (!isDone || desk.action === null || desk.action.rule === rule) return isDone;
  return desk.set({ field: 'rule', value: rule });
};

/**
 * From one date on: the series ends before it, and another one, with everything that is said of the action, begins
 * there. What groups said of the first stays with it; of the second they are asked (`Calendar.carried`). The new action;
 * null: it cannot be, and nothing was changed.
 */
export const rescheduleFrom = (desk: ActionDesk, from: OccurrenceId, next: Schedule): ActionId | null => {
  const { action, calendar } = desk;
  const series = action === null ? null : seriesOf(action);
  if (action === null || series === null || calendar.doc === null) return null;
  if (series.rule === null || next.when.type === 'undated') return null;
  const id = calendar.company.freshAction();
  const days = daysBetween(dateOfWall(from), dateOfWall(next.when.start));
  const later = laterThan(action, from);
  desk.history.mark();
  const added = addAction(
    calendar.doc,
    LOCAL,
    {
      id,
      texts: action.texts,
      fields: [
        ...fieldsOf(action),
        { field: 'follows', value: { action: action.id, at: from } },
        { field: 'when', value: next.when },
        ...(next.rule === null ? [] : [{ field: 'rule', value: restOf(next.rule, series, from) } as const]),
        ...later.fields.map((field): FieldChange => ({ ...field, occurrence: shiftMoment(field.occurrence, days) })),
      ],
      items: [
        ...itemsOf(action),
        ...later.items.map((item): ItemChange => ({ ...item, value: shiftMoment(item.value, days) })),
      ],
    },
    calendar.minute,
  );
  const ended =
    added.ok &&
    changeAction(
      calendar.doc,
      LOCAL,
      action.id,
      {
        fields: [
          { field: 'rule', value: formatRule({ ...series.rule, count: null, until: before(from) }) },
          ...later.fields.map((field): FieldChange => ({ ...field, value: null })),
        ],
        remove: later.items,
      },
      calendar.minute,
    ).ok;
  desk.history.mark();
  return ended ? id : null;
};

/** The last moment at which what comes before may begin. */
export const before = (from: OccurrenceId): Until => {
  const wall = parseWallTime(from);
  return wall === null
    ? { type: 'date', date: addDays(dateOfWall(from), -1) }
    : { type: 'wall', wall: wallOfSeconds(secondsOf(wall) - 1) };
};

/** A rule that ends after so many times has had some of them. */
export const restOf = (rule: string, series: Series, from: OccurrenceId): string => {
  const parsed = parseRule(rule);
  const count = parsed.ok ? parsed.value.count : null;
  if (!parsed.ok || count === null || count !== series.rule?.count) return rule;
  const range = { from: dateOfWall(series.when.start), to: dateOfWall(from), zone: UTC };
  const had = occurrencesOf({ ...series, rdates: [], exdates: [], moved: new Map() }, range).list;
  const gone = had.filter(({ id }) => id < from).length;
  return formatRule({ ...parsed.value, count: Math.max(1, count - gone) });
};

type OneDate = FieldChange & FieldPlace;

/** What is said about single dates from this one on. */
const laterThan = (action: ActionView, from: OccurrenceId) => {
  const fields = [...action.changed].flatMap(([occurrence, changes]) =>
    occurrence < from
      ? []
      : Object.entries(changes).map(
          ([field, value]) =>
            ({ field, key: '', occurrence, value }) as OneDate & { readonly occurrence: OccurrenceId },
        ),
  );
  const items = (['rdate', 'exdate'] as const).flatMap((item) =>
    action[`${item}s`].filter((moment) => moment >= from).map((value) => ({ item, value })),
  );
  return { fields, items };
};

const fieldsOf = (action: ActionView): readonly FieldChange[] => {
  const { approach, form, campaign, place, risk, contact, status, needs } = action;
  return [
    ...(approach === null ? [] : [{ field: 'approach', value: approach } as const]),
    ...(form === '' ? [] : [{ field: 'form', value: form } as const]),
    ...(campaign === '' ? [] : [{ field: 'campaign', value: campaign } as const]),
    ...(place === null ? [] : [{ field: 'place', value: place } as const]),
    ...(risk === null ? [] : [{ field: 'risk', value: risk } as const]),
    ...(contact === null ? [] : [{ field: 'contact', value: contact } as const]),
    { field: 'status', value: status },
    ...needs.map(({ role, count }) => ({ field: 'need', key: role, value: count }) as const),
  ];
};

const itemsOf = ({ hosts, languages, resources, links, taken }: ActionView): readonly ItemChange[] => [
  ...hosts.map((value) => ({ item: 'host', value }) as const),
  ...languages.map((value) => ({ item: 'language', value }) as const),
  ...resources.map((value) => ({ item: 'resource', value }) as const),
  ...links.map((value) => ({ item: 'link', value }) as const),
  ...taken.map((value) => ({ item: 'taken', value }) as const),
];
