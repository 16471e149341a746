/** A calendar of many actions and groups that a seed decides, for measurements and for tests of size. */
import type * as Y from 'yjs';
import { addActions, addRhythm, createCalendar } from '../src/documents/calendar/index.ts';
import { APPROACHES, createActionId, createRhythmId, parseApproachId } from '../src/documents/calendar/index.ts';
import type { ActionId, ActionView, FieldChange, ItemChange, NewAction } from '../src/documents/calendar/index.ts';
import { changeVariation, createVariations } from '../src/documents/variations/index.ts';
import { addDays, parseWallDate, parseWhen } from '../src/times/index.ts';
import type { When } from '../src/times/index.ts';

export const ACTIONS = 5_000;
export const GROUPS = 60;
const FIRST = '2026-01-01';
const DAYS = 730;
const MINUTE = 29_500_000;

const ZONES = ['Europe/Rome', 'Africa/Asmara', 'America/Sao_Paulo', 'Asia/Tehran', 'Europe/London', 'Asia/Manila'];
const LANGUAGES = ['en', 'it', 'ar', 'fa', 'pt-BR', 'ti', 'es', 'fr'];
const RULES = [
  'FREQ=WEEKLY;COUNT=12',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261231',
  'FREQ=MONTHLY;BYDAY=1SA',
  'FREQ=DAILY;COUNT=9',
];
const STATUSES = ['idea', 'proposed', 'confirmed', 'confirmed', 'postponed', 'cancelled', 'done'] as const;
const RISKS = ['low', 'low', 'medium', 'high'] as const;
const STANDINGS = ['joining', 'joining', 'adapting', 'not-joining'] as const;
const WORDS =
  'harbour hills river market dockers teachers nurses students bread water rent wages dignity justice peace vigil march song banner leaflet square bridge station night morning together open care memory voice'.split(
    ' ',
  );
const ARABIC = 'الميناء والتلال معا من أجل الكرامة والعدالة والماء والخبز في الساحة صباح الجمعة'.split(' ');

/** Small and repeatable (mulberry32). */
const createBelow = (seed: number) => {
  let state = seed >>> 0;
  return (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  };
};

/** `groupsOrCount`: ids in hex of groups that there are, or how many are to be made up. */
export const createLargeCalendar = (
  seed: number,
  count = ACTIONS,
  groupsOrCount: number | readonly string[] = GROUPS,
) => {
  const below = createBelow(seed);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const bytes = (): Uint8Array => Uint8Array.from({ length: 16 }, () => below(256));
  const hex = (): string => Array.from({ length: 32 }, () => below(16).toString(16)).join('');
  const words = (length: number): string => {
    const from = below(8) === 0 ? ARABIC : WORDS;
    return Array.from({ length }, () => pick(from)).join(' ');
  };
  const groups = typeof groupsOrCount === 'number' ? Array.from({ length: groupsOrCount }, hex) : groupsOrCount;
  const two = (value: number): string => String(value).padStart(2, '0');

  const createWhen = (): When => {
    const first = parseWallDate(FIRST);
    const day = first && addDays(first, below(DAYS));
    const kind = below(20);
    const when =
      kind === 0
        ? { type: 'undated' }
        : kind < 3
          ? { type: 'window', start: day, days: 7 }
          : kind < 6
            ? { type: 'allDay', start: day, days: 1 + below(3) }
            : {
                type: 'timed',
                start: `${day}T${two(7 + below(14))}:${pick(['00', '30'])}`,
                minutes: 30 * (1 + below(8)),
                zone: pick(ZONES),
              };
    const parsed = parseWhen(when);
    if (parsed === null) throw new Error('a time that is none');
    return parsed;
  };

  const createAction = (): NewAction => {
    const fields: FieldChange[] = [
      { field: 'when', value: createWhen() },
      { field: 'approach', value: parseApproachId(pick(APPROACHES)) },
      { field: 'status', value: pick(STATUSES) },
      {
        field: 'place',
        value: { text: words(3), precision: pick(['exact', 'exact', 'area', 'hidden']), isPublic: below(3) > 0 },
      },
      { field: 'risk', value: pick(RISKS) },
    ];
    if (below(5) === 0) fields.push({ field: 'rule', value: pick(RULES) });
    if (below(3) === 0)
      fields.push({ field: 'need', key: pick(['medic', 'marshal', 'legal-observer']), value: 1 + below(6) });
    if (below(4) === 0) fields.push({ field: 'campaign', value: pick(['Spring', 'Bread', 'Water', 'Rent']) });
    const hosts = new Set(Array.from({ length: 1 + below(3) }, () => pick(groups)));
    const languages = new Set(Array.from({ length: 1 + below(2) }, () => pick(LANGUAGES)));
    const items: ItemChange[] = [
      ...[...hosts].map((value) => ({ item: 'host', value }) as const),
      ...[...languages].map((value) => ({ item: 'language', value }) as const),
    ];
    const texts = {
      title: words(3 + below(4)),
      ...(below(2) === 0 ? { about: words(12 + below(30)) } : {}),
      ...(below(3) === 0 ? { goal: words(8 + below(12)) } : {}),
      ...(below(6) === 0 ? { riskNote: words(20) } : {}),
    };
    return { id: createActionId(bytes()), texts, fields, items };
  };

  const actions = Array.from({ length: count }, createAction);

  return {
    /** ids of groups in hex */
    groups,
    actions,
    /** Writes it into an empty document, a hundred actions at a time. */
    fill: (doc: Y.Doc, origin: unknown): void => {
      createCalendar(doc, origin, { title: 'Harbour to hills', language: 'en' });
      for (let at = 0; at < actions.length; at += 100) {
        const added = addActions(doc, origin, actions.slice(at, at + 100), MINUTE);
        if (!added.ok) throw new Error(added.error.type);
      }
      const when = parseWhen({ type: 'timed', start: '2026-01-06T18:00', minutes: 60, zone: 'Europe/Rome' });
      if (when !== null)
        addRhythm(doc, origin, {
          ...{ id: createRhythmId(bytes()), kind: 'progress', when, rule: 'FREQ=WEEKLY' },
          turns: groups.slice(0, 12),
        });
    },
    /** How one group takes part: in about one action of forty. */
    fillVariations: (doc: Y.Doc, origin: unknown, frames: ReadonlyMap<ActionId, ActionView>): number => {
      createVariations(doc, origin);
      let written = 0;
      for (const frame of frames.values()) {
        if (below(40) > 0) continue;
        const standing = pick(STANDINGS);
        const own: FieldChange[] = standing === 'adapting' ? [{ field: 'when', value: createWhen() }] : [];
        changeVariation([doc], origin, frame.id, [{ field: 'standing', value: standing }, ...own], frame);
        written += 1;
      }
      return written;
    },
  };
};
