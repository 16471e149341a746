/** The Y.Text behind a name, for editors to bind to; and the name as a string, for presence. */
import type * as Y from 'yjs';
import type { OccurrenceId } from '../../times/index.ts';
import { schemaState } from '../shape/change.ts';
import { parseActionId, parseApproachId, parseRhythmId } from '../shape/ids.ts';
import type { ActionId, ApproachId, RhythmId } from '../shape/ids.ts';
import { asMap, asText } from '../shape/read.ts';
import { textsIn } from './read.ts';
import { parseReportName, reportName } from './reports.ts';
import type { ReportText } from './reports.ts';
import { ACTION_TEXTS, actionsOf, approachesOf, calendarRoot, rhythmsOf } from './schema.ts';
import type { ActionText } from './schema.ts';

export type CalendarPath =
  | { readonly calendar: 'title' }
  | { readonly approach: ApproachId }
  /** `began`: who began it, of several that were begun apart; '' where it was made with the action */
  | { readonly action: ActionId; readonly text: ActionText; readonly began: string }
  | { readonly rhythm: RhythmId }
  | { readonly rhythm: RhythmId; readonly occurrence: OccurrenceId; readonly report: ReportText };

/** null if it is not there, or the document is empty or newer. */
export const calendarTextOf = (doc: Y.Doc, path: CalendarPath): Y.Text | null => {
  if (schemaState(calendarRoot(doc)) !== 'ready') return null;
  if ('calendar' in path) return doc.getText('title');
  if ('approach' in path) return asText(asMap(approachesOf(doc).get(path.approach))?.get('name'));
  if ('action' in path) {
    const key = path.began === '' ? path.text : `${path.text}~${path.began}`;
    return asText(asMap(actionsOf(doc).get(path.action))?.get(key));
  }
  const rhythm = asMap(rhythmsOf(doc).get(path.rhythm));
  if (rhythm === null) return null;
  return 'report' in path
    ? doc.getText(reportName(path.rhythm, path.occurrence, path.report))
    : asText(rhythm.get('name'));
};

/** The texts of an action under one name: none before somebody begins it, several where people began it apart. */
export const actionTextPaths = (doc: Y.Doc, action: ActionId, text: ActionText): readonly CalendarPath[] => {
  const part = asMap(actionsOf(doc).get(action));
  if (part === null) return [];
  const keys = textsIn(part).filter(({ name }) => name === text);
  return keys.map(({ key }) => ({ action, text, began: key.slice(text.length + 1) }));
};

/** e.g. 'action/<id>/goal/' */
export const encodeCalendarPath = (path: CalendarPath): string => {
  if ('calendar' in path) return 'calendar/title';
  if ('approach' in path) return `approach/${path.approach}`;
  if ('action' in path) return `action/${path.action}/${path.text}/${path.began}`;
  return 'report' in path ? reportName(path.rhythm, path.occurrence, path.report) : `rhythm/${path.rhythm}`;
};

/** Of what a stranger sent: null unless it is the name of what there may be. */
export const parseCalendarPath = (value: unknown): CalendarPath | null => {
  if (typeof value !== 'string' || value.length > 300) return null;
  const report = parseReportName(value);
  if (report !== null) return { rhythm: report.rhythm, occurrence: report.occurrence, report: report.text };
  const [kind, first, second, third, ...rest] = value.split('/');
  if (rest.length > 0) return null;
  if (kind === 'action') {
    const action = parseActionId(first);
    const text = ACTION_TEXTS.find((name) => name === second);
    return action === null || text === undefined || !/^[\w-]{0,64}$/.test(third ?? '')
      ? null
      : { action, text, began: third ?? '' };
  }
  if (second !== undefined) return null;
  if (kind === 'calendar') return first === 'title' ? { calendar: first } : null;
  const approach = kind === 'approach' ? parseApproachId(first) : null;
  if (approach !== null) return { approach };
  const rhythm = kind === 'rhythm' ? parseRhythmId(first) : null;
  return rhythm === null ? null : { rhythm };
};
