/** An event of a calendar file, in our words and with what says nothing to us. */
import type { Dated, OccurrenceId, When } from '../times/index.ts';

export interface FileEvent {
  readonly uid: string;
  readonly sequence: number;
  /** DTSTAMP as in the file; may be empty */
  readonly stamp: string;
  /** of its BEGIN */
  readonly line: number;
  readonly title: string;
  readonly about: string;
  /** undated: a task without a date, which has no rule and no dates of its own either */
  readonly when: When;
  /** canonical; null: none */
  readonly rule: string | null;
  readonly rdates: readonly OccurrenceId[];
  readonly exdates: readonly OccurrenceId[];
  readonly status: FileStatus | null;
  readonly place: string;
  /** CLASS is absent or PUBLIC */
  readonly isPublic: boolean;
  /** of the web */
  readonly address: string;
  /** a name of our menu of approaches; '' where it is none */
  readonly approach: string;
  readonly changed: ReadonlyMap<OccurrenceId, FileChange>;
  /** properties and components, each as it was, unfolded; lines of a component joined by line feeds */
  readonly leftovers: readonly string[];
}

export const FILE_STATUSES = ['idea', 'proposed', 'confirmed', 'postponed', 'cancelled', 'done'] as const;
export type FileStatus = (typeof FILE_STATUSES)[number];

/** What one occurrence has of its own. Absent: what the series has. */
export interface FileChange {
  readonly when?: Dated;
  readonly title?: string;
  readonly place?: string;
  readonly status?: FileStatus;
}

/** Why something in a file is left out. */
export type EventProblem =
  /** a line that is none */
  | 'BadLine'
  /** journals and busy times are no actions */
  | 'NotAnEvent'
  /** a task that is due some time, or recurs: nothing that takes place */
  | 'DatedTask'
  | 'NoStart'
  | 'BadStart'
  | 'BadEnd'
  | 'EndBeforeStart'
  | 'TooLong'
  | 'UnknownZone'
  | 'BadRule'
  | 'BadDates'
  | 'BadOccurrence'
  | 'ThisAndFuture'
  | 'Twice'
  | 'TooMany'
  /** the event is taken, without a property that is longer than a document keeps */
  | 'LongProperty';

export interface Skipped {
  readonly line: number;
  readonly problem: EventProblem;
}
