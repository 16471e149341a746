/** What the values of fields name: groups, people, documents; and the calendar that a document is, or belongs to. */
import type { Calendar } from '../../../app/calendar/calendar.svelte.ts';
import type { ExchangeWorld } from '../../../app/exchange/world.ts';
import type { ApartText } from '../../../app/review/apart-texts.ts';
import { placeOf, type Place } from '../../../app/review/places.ts';
import { t } from '../../../i18n/t.ts';
import type { DocumentEntry } from '../../../log/types.ts';
import { documentTitle } from '../exchange/sentences.ts';
import type { Names } from './value-words.ts';

export const namesOf = (world: ExchangeWorld): Names => ({
  group: (id) =>
    [...world.talk.membership.groups.values()].find((group) => group.id === id)?.name || t('exchange.somebody'),
  member: (id) =>
    [...world.talk.membership.members.values()].find((member) => member.id === id)?.name || t('exchange.somebody'),
  document: (id) => {
    const entry = world.talk.entry(id);
    return entry ? documentTitle(world, entry.id).title : t('exchange.document.unknown');
  },
});

export const calendarOf = ({ calendars }: ExchangeWorld, { id, kind, parent }: DocumentEntry): Calendar | null =>
  calendars?.calendar(kind === 'variations' && parent !== null ? parent : id) ?? null;

/** null: nothing that a person would know by a name */
export const placeIn = (
  world: ExchangeWorld,
  document: DocumentEntry,
  path: string,
  doc: ApartText['doc'],
): Place | null => placeOf(document.kind, path, doc, (id) => calendarOf(world, document)?.action(id)?.title ?? '');
