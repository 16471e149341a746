/** Who wrote what, with names: values that people apart gave one field, and the steps of a status. */
import type { ActionView, Conflict, StatusStep } from '../../documents/calendar/index.ts';
import type { MemberId } from '../../log/types.ts';
import type { Company } from '../company/company.svelte.ts';

export interface Author {
  /** null: nobody known here */
  readonly member: MemberId | null;
  /** empty where that member's record is not here */
  readonly name: string;
  readonly isMe: boolean;
}

/** Of what a session wrote, by its client. */
export const authorOf = (company: Company, client: number): Author => {
  const member = company.world.replica.writerOf(client);
  return {
    member,
    name: member === null ? '' : company.memberName(member),
    isMe: member !== null && member === company.me?.member,
  };
};

/** `values` and `authors` go together. */
export interface NamedConflict {
  readonly conflict: Conflict;
  readonly authors: readonly Author[];
}

export const namedConflicts = (company: Company, conflicts: readonly Conflict[]): readonly NamedConflict[] =>
  conflicts.map((conflict) => ({
    conflict,
    authors: conflict.values.map(({ client }) => authorOf(company, client)),
  }));

export interface NamedStep extends StatusStep {
  readonly author: Author;
}

/** What the status was and is now, oldest first. */
export const namedHistory = (company: Company, { history }: ActionView): readonly NamedStep[] =>
  history.map((step) => ({ ...step, author: authorOf(company, step.client) }));
