/** The form of a check-in: which questions it asks, and the text behind each answer. */
import type { OccurrenceId } from '../../times/index.ts';
import { parseRhythmId } from '../shape/ids.ts';
import type { RhythmId } from '../shape/ids.ts';
import type { RhythmKind } from './values.ts';
import { parseMoment } from './when.ts';

export const REPORT_TEXTS = [
  'done',
  'next',
  'blocked',
  'help',
  'incidents',
  'risks',
  'measures',
  'wellbeing',
  'keep',
  'change',
  'drop',
  'decided',
  'notes',
] as const;
export type ReportText = (typeof REPORT_TEXTS)[number];

/** What each kind asks, in order. Other answers, given while it was of another kind, are kept and shown. */
export const QUESTIONS: Readonly<Record<RhythmKind, readonly ReportText[]>> = {
  progress: ['done', 'next', 'blocked', 'help', 'notes'],
  safety: ['incidents', 'risks', 'measures', 'wellbeing', 'notes'],
  priorities: ['keep', 'change', 'drop', 'decided', 'notes'],
  own: ['decided', 'next', 'notes'],
};

export const reportName = (rhythm: RhythmId, occurrence: OccurrenceId, text: ReportText): string =>
  `${REPORT}${rhythm}/${occurrence}/${text}`;

export const parseReportName = (
  name: string,
): { readonly rhythm: RhythmId; readonly occurrence: OccurrenceId; readonly text: ReportText } | null => {
  if (!name.startsWith(REPORT)) return null;
  const [id, moment, last, ...rest] = name.slice(REPORT.length).split('/');
  const rhythm = parseRhythmId(id);
  const occurrence = parseMoment(moment);
  const text = REPORT_TEXTS.find((one) => one === last);
  return rhythm === null || occurrence === null || text === undefined || rest.length > 0
    ? null
    : { rhythm, occurrence, text };
};

const REPORT = 'report/';
