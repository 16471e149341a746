/** Reads rhythms: recurring check-ins, who hosts them, and the forms that were filled in. */
import type * as Y from 'yjs';
import { UNDATED } from '../../times/index.ts';
import type { OccurrenceId, When } from '../../times/index.ts';
import { factsIn } from '../shape/facts.ts';
import { parseRhythmId } from '../shape/ids.ts';
import type { RhythmId } from '../shape/ids.ts';
import { byOrder } from '../shape/order.ts';
import type { Placed } from '../shape/order.ts';
import { asList, isShown, readParts, readText } from '../shape/read.ts';
import { readFields } from './fields.ts';
import type { Conflict, Fields } from './fields.ts';
import { parseReportName, REPORT_TEXTS } from './reports.ts';
import type { ReportText } from './reports.ts';
import type { Rotation } from './rotation.ts';
import { MOST_RHYTHMS, rhythmsOf } from './schema.ts';
import type { RhythmKind } from './values.ts';
import { fitMoment } from './when.ts';

export interface RhythmView extends Rotation {
  readonly id: RhythmId;
  /** people's own words; may be empty where `kind` says it */
  readonly name: string;
  readonly kind: RhythmKind;
  readonly when: When;
  readonly rule: string | null;
  readonly exdates: readonly OccurrenceId[];
  /** the day or wall time from which turns are counted; null: from the first check-in */
  readonly since: OccurrenceId | null;
  /** those that were held, by check-in */
  readonly held: ReadonlyMap<OccurrenceId, Held>;
  /** what was filled in, by check-in: texts that are not empty */
  readonly reports: ReadonlyMap<OccurrenceId, Report>;
  readonly conflicts: readonly Conflict[];
}

export interface Held {
  /** by its author's clock: minutes since 1970 */
  readonly minute: number;
  /** of the session in which somebody said so */
  readonly client: number;
}
export type Report = Readonly<Partial<Record<ReportText, string>>>;

export const readRhythms = (
  doc: Y.Doc,
): { readonly rhythms: readonly RhythmView[]; readonly removedRhythms: readonly RhythmView[] } => {
  const parts = readParts(rhythmsOf(doc), parseRhythmId, MOST_RHYTHMS);
  const reports = parts.length === 0 ? NO_REPORTS : readReports(doc);
  const view = ({ id, part }: (typeof parts)[number]): RhythmView => readRhythm(id, part, reports.get(id) ?? new Map());
  return {
    rhythms: parts.filter(isShown).map(view),
    removedRhythms: parts.filter((each) => !isShown(each)).map(view),
  };
};

const NO_REPORTS: ReadonlyMap<RhythmId, ReadonlyMap<OccurrenceId, Report>> = new Map();

const readRhythm = (id: RhythmId, part: Y.Map<unknown>, reports: ReadonlyMap<OccurrenceId, Report>): RhythmView => {
  const fields = readFields(factsIn(asList(part.get('facts'))));
  const when = fields.one('when') ?? UNDATED;
  const rule = fields.one('rule');
  const fit = (moment: OccurrenceId): OccurrenceId => fitMoment(moment, when, rule);
  const passes = new Map<OccurrenceId, number>();
  const swaps = new Map<OccurrenceId, string>();
  const held = new Map<OccurrenceId, Held>();
  for (const place of fields.places) {
    if (place.occurrence === null) continue;
    const at = fit(place.occurrence);
    if (place.field === 'pass') passes.set(at, fields.one('pass', '', place.occurrence) ?? 0);
    const swap = place.field === 'hostedBy' ? fields.one('hostedBy', '', place.occurrence) : null;
    if (swap !== null) swaps.set(at, swap);
    const [first] = place.field === 'held' ? fields.all('held', '', place.occurrence) : [];
    if (first !== undefined && first.value !== null) held.set(at, { minute: first.value, client: first.client });
  }
  const told = new Map<OccurrenceId, Report>();
  for (const [occurrence, report] of reports) told.set(fit(occurrence), { ...told.get(fit(occurrence)), ...report });
  return {
    ...{ id, name: readText(part.get('name')), kind: fields.one('kind') ?? 'own', when, rule },
    exdates: [...new Set(fields.many('exdate').map(fit))].sort(),
    since: fields.one('since'),
    turns: readTurns(fields).map((turn) => turn.id),
    ...{ passes, swaps, held, reports: told },
    // that two say the same check-in was held is no conflict
    conflicts: fields.conflicts.filter(({ field }) => field !== 'held'),
  };
};

/** Groups in the order of their turns, with their keys. */
export const readTurns = (fields: Fields): readonly Placed<string>[] =>
  fields.places
    .flatMap(({ field, key, occurrence }) => {
      const order = field === 'turn' && occurrence === null ? fields.one(field, key) : null;
      return order === null ? [] : [{ id: key, order }];
    })
    .sort(byOrder);

const readReports = (doc: Y.Doc): ReadonlyMap<RhythmId, ReadonlyMap<OccurrenceId, Report>> => {
  const reports = new Map<RhythmId, Map<OccurrenceId, Report>>();
  for (const name of [...doc.share.keys()].sort()) {
    const parsed = parseReportName(name);
    if (parsed === null || !REPORT_TEXTS.includes(parsed.text)) continue;
    const words = readText(doc.getText(name));
    if (words === '') continue;
    const ofRhythm = reports.get(parsed.rhythm) ?? new Map<OccurrenceId, Report>();
    ofRhythm.set(parsed.occurrence, { ...ofRhythm.get(parsed.occurrence), [parsed.text]: words });
    reports.set(parsed.rhythm, ofRhythm);
  }
  return reports;
};
