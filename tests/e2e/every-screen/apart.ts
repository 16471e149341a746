/** A device in a folder changes what somebody else changes meanwhile: a text, a field of a point, and one of an action. */
import { changeAction } from '../../../src/documents/calendar/index.ts';
import { isField } from '../../../src/documents/place/is-field.ts';
import { parseActionId, parsePointId } from '../../../src/documents/shape/ids.ts';
import { setPointField, textOf } from '../../../src/documents/talking-points/index.ts';
import { markChanges } from '../../../src/log/marks.ts';
import { LOCAL } from '../../../src/sync/replica-types.ts';
import type { FullReplica } from '../../../src/sync/replica.ts';
import { value } from '../../world.ts';
import { inFolder } from './parts.ts';

export interface ApartPlaces {
  readonly palette: string;
  readonly point: string;
  readonly calendar: string;
  readonly action: string;
  /** what comes before the message of the point */
  readonly words: string;
}

export const writeApart = (folder: string, places: ApartPlaces): Promise<void> =>
  inFolder(folder, async (replica) => {
    const point = parsePointId(places.point);
    const action = parseActionId(places.action);
    if (point === null || action === null) throw new Error('no such place');
    const palette = await docOf(replica, places.palette);
    palette.transact(() => textOf(palette, { point, field: 'message' })?.insert(0, places.words), LOCAL);
    setPointField(palette, LOCAL, point, { field: 'status', value: 'approved' });
    const calendar = await docOf(replica, places.calendar);
    changeAction(calendar, LOCAL, action, { fields: [{ field: 'status', value: 'cancelled' }] }, minuteNow());
    value(await replica.flush());
  });

const docOf = async (replica: FullReplica, name: string) => {
  const id = [...replica.membership().documents.keys()].find((each) => String(each) === name);
  if (id === undefined) throw new Error('no document');
  const doc = value(await replica.openDocument(id));
  markChanges(doc, Date.now, isField);
  return doc;
};

const minuteNow = (): number => Math.floor(Date.now() / 60_000);
