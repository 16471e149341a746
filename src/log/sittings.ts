/** Who changed what and when: the entries of a document, put together to what one person did at a time. */
import type { Part, PastEdit } from './past.ts';
import type { SessionId } from './types.ts';

export interface Sitting<Who> {
  readonly who: Who;
  /** of its first and its last entry, by their authors' clocks */
  readonly from: number;
  readonly to: number;
  readonly edits: readonly PastEdit[];
  /** how many entries of the document stood when it was over, this person's and others' */
  readonly end: number;
  /** to leave it out */
  readonly parts: readonly Part[];
}

/** What stands further apart is another sitting, in minutes. */
const GAP = 60;

/**
 * Oldest first. People who write at the same time have a sitting each. `edits` in order; `who`: null for somebody who
 * is not known here.
 */
export const sittingsOf = <Who>(edits: readonly PastEdit[], who: (edit: PastEdit) => Who): readonly Sitting<Who>[] => {
  const open = new Map<Who, { from: number; to: number; edits: PastEdit[]; end: number }>();
  const done: Sitting<Who>[] = [];
  const close = (person: Who): void => {
    const sitting = open.get(person);
    if (!sitting) return;
    open.delete(person);
    done.push({ who: person, ...sitting, parts: partsOf(sitting.edits) });
  };
  for (const [at, edit] of edits.entries()) {
    const person = who(edit);
    const before = open.get(person);
    if (before && edit.minute - before.to > GAP) close(person);
    const sitting = open.get(person) ?? { from: edit.minute, to: edit.minute, edits: [], end: 0 };
    sitting.from = Math.min(sitting.from, edit.minute);
    sitting.to = Math.max(sitting.to, edit.minute);
    sitting.edits.push(edit);
    sitting.end = at + 1;
    open.set(person, sitting);
  }
  for (const person of [...open.keys()]) close(person);
  return done.sort((a, b) => a.end - b.end);
};

/** One stretch of numbers for each session: between them it wrote in other documents, or nothing. */
const partsOf = (edits: readonly PastEdit[]): readonly Part[] => {
  const bySession = new Map<SessionId, Part>();
  for (const { session, number } of edits) {
    const { from, to } = bySession.get(session) ?? { from: number, to: number };
    bySession.set(session, { session, from: Math.min(from, number), to: Math.max(to, number + 1) });
  }
  return [...bySession.values()];
};
