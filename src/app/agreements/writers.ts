/** Who is in which clause now, and where exactly in its text. */
import { parseAgreementPlace } from '../../documents/agreement/index.ts';
import type { DocumentId } from '../../log/types.ts';
import type { OtherCursor } from '../presence-types.ts';
import type { Agreement } from './agreement.svelte.ts';
import { LOCAL_BODY } from './local-desk.svelte.ts';

export interface Writer {
  readonly session: string;
  readonly name: string;
  readonly colour: number;
  /** id of a common clause, or of a local clause's document; null: in a text beside the clauses */
  readonly clause: string | null;
}

const writerIn = ({ session, name, colour }: OtherCursor, clause: string | null): Writer => ({
  session,
  name,
  colour,
  clause,
});

export const writersOf = (agreement: Agreement): readonly Writer[] => {
  const { company, id, localEntries } = agreement;
  const common = company.others(id).map((other) => {
    const place = parseAgreementPlace(other.text);
    return writerIn(other, place !== null && 'clause' in place ? place.clause : null);
  });
  const local = localEntries.flatMap((entry) => company.others(entry.id).map((other) => writerIn(other, entry.id)));
  return [...common, ...local];
};

/** Others' carets in the body of a common clause. */
export const inBody = (agreement: Agreement, clause: string): readonly OtherCursor[] =>
  agreement.company.others(agreement.id).filter(({ text }) => {
    const place = parseAgreementPlace(text);
    return place !== null && 'clause' in place && place.field === 'body' && place.clause === clause;
  });

/** Others' carets in the body of a local clause. */
export const inLocalBody = (agreement: Agreement, id: DocumentId): readonly OtherCursor[] =>
  agreement.company.others(id).filter(({ text }) => text === LOCAL_BODY);
