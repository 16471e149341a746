/** A space with one calendar, large or small, and every group's variations of it: as bytes, for a page to take in. */
import * as Y from 'yjs';
import { readCalendar } from '../src/documents/calendar/index.ts';
import { Writer } from '../src/lib/bytes.ts';
import { encodeIdentity } from '../src/log/identity.ts';
import type { DocumentId } from '../src/log/types.ts';
import { LOCAL } from '../src/sync/replica-types.ts';
import { createLargeCalendar } from '../tests/large-calendar.ts';
import { carry, found, join, type Person } from '../tests/world.ts';
import { value } from './environment.ts';

export interface CalendarSpace {
  readonly calendar: DocumentId;
  /** an action that has a text besides its title */
  readonly action: string;
  readonly actions: number;
  readonly variations: number;
  /** for `seed` and `plain` of `calendar-page.ts` */
  readonly bytes: Uint8Array;
}

export const createCalendarSpace = async (actions: number, groups: number): Promise<CalendarSpace> => {
  const alice = await found(1, 'Bench');
  const people: Person[] = [alice];
  for (let number = 2; number <= groups; number++)
    people.push(await join(alice, number, `Person ${number}`, `Group ${number}`));
  const reader = await join(alice, groups + 1, 'Reader', 'Readers');
  const owner = ownerOf(alice);
  const calendar = value(
    await alice.replica.createDocument({ kind: 'calendar', owner, parent: null, writers: 'members' }),
  );
  const large = createLargeCalendar(7, actions, people.map(ownerOf));
  const frames = framesFor(large);
  const states: Uint8Array[] = [];
  let variations = 0;
  for (const person of people) {
    if (person !== alice) await carry(alice, person);
    const kind = { kind: 'variations', owner: ownerOf(person), parent: calendar, writers: 'group' } as const;
    const own = value(await person.replica.openDocument(value(await person.replica.createDocument(kind))));
    variations += large.fillVariations(own, LOCAL, frames);
    value(await person.replica.flush());
    states.push(Y.encodeStateAsUpdate(own));
    if (person !== alice) await carry(person, alice);
  }
  const doc = value(await alice.replica.openDocument(calendar));
  large.fill(doc, LOCAL);
  value(await alice.replica.flush());
  states.push(Y.encodeStateAsUpdate(doc));
  const [action] = [...frames.values()].filter(({ texts, when }) => texts.about !== undefined && when.type === 'timed');
  if (action === undefined) throw new Error('no action has a text');
  const to = new Writer(8_000_000).block(encodeIdentity(reader.replica.identity)).varuint(states.length);
  for (const state of states) to.block(state);
  const nothing = { records: new Map(), statements: new Map(), sessions: new Map() };
  const packs: Uint8Array[] = [];
  for await (const pack of alice.replica.lacking(nothing).packs()) packs.push(pack);
  to.varuint(packs.length);
  for (const pack of packs) to.block(pack);
  return { calendar, action: action.id, actions, variations, bytes: to.finish() };
};

const ownerOf = ({ replica }: Person) => {
  const group = replica.me()?.group;
  if (group === undefined) throw new Error('nobody yet');
  return group;
};

/** The actions as they will be, before anybody has them. */
const framesFor = (large: ReturnType<typeof createLargeCalendar>) => {
  const doc = new Y.Doc();
  large.fill(doc, null);
  const state = readCalendar(doc);
  if (state.type === 'empty') throw new Error('nothing was made');
  return state.calendar.actions;
};
