/** The dates of a rhythm: who hosts each, which were held, which are due. */
import { hostsOf, seriesOf } from '../../documents/calendar/index.ts';
import type { Held, Hosting, Report, RhythmView } from '../../documents/calendar/index.ts';
import { addDays, dateOfWall, firstInstant, occurrencesOf } from '../../times/index.ts';
import type { Dated, OccurrenceId, WallDate, ZoneId } from '../../times/index.ts';

export interface CheckIn {
  readonly rhythm: RhythmView;
  readonly id: OccurrenceId;
  readonly when: Dated;
  readonly hosting: Hosting;
  /** null: nobody has said that it took place */
  readonly held: Held | null;
  readonly report: Report;
  /** milliseconds since 1970 */
  readonly start: number;
}

/** From the first turn to the last of these days, in order. */
export const checkInsOf = (rhythm: RhythmView, to: WallDate, zone: ZoneId): readonly CheckIn[] => {
  const known = checkInsByRhythm.get(rhythm);
  if (known !== undefined && known.to === to && known.zone === zone) return known.checkIns;
  const checkIns = workOut(rhythm, to, zone);
  checkInsByRhythm.set(rhythm, { to, zone, checkIns });
  return checkIns;
};

/** The same for as long as nothing of the rhythm changes: counted from the first turn, and so not for each look. */
const checkInsByRhythm = new WeakMap<
  RhythmView,
  { readonly to: WallDate; readonly zone: ZoneId; readonly checkIns: readonly CheckIn[] }
>();

const workOut = (rhythm: RhythmView, to: WallDate, zone: ZoneId): readonly CheckIn[] => {
  const series = seriesOf(rhythm);
  if (series === null) return [];
  const first = dateOfWall(rhythm.since ?? series.when.start);
  const { list } = occurrencesOf(series, { from: first < to ? first : to, to: addDays(to, 1), zone });
  const counted = list.filter(({ id }) => id >= (rhythm.since ?? ''));
  const hosts = hostsOf(
    rhythm,
    counted.map(({ id }) => id),
  );
  return counted.map(({ id, when }) => ({
    ...{ rhythm, id, when, start: firstInstant(when, zone) },
    hosting: hosts.get(id) ?? { type: 'nobody' },
    held: rhythm.held.get(id) ?? null,
    report: rhythm.reports.get(id) ?? {},
  }));
};
