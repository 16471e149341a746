/** What was changed apart, as a person looks at it: what each side did, what stands, and what was decided. */
import type * as Y from 'yjs';
import { standingAt, unsettle, writeField } from '../../documents/place/fields.ts';
import { restoreText, wordsAt } from '../../documents/place/index.ts';
import type { Plain } from '../../documents/shape/facts.ts';
import { diffWords } from '../../documents/text/diff.ts';
import type { DiffPart } from '../../documents/text/diff.ts';
import { type Apart, DECIDING, findApart, type Side } from '../../log/marks.ts';
import { docOf, type PastEdit } from '../../log/past.ts';
import type { DocumentEntry, DocumentId, MemberId } from '../../log/types.ts';
import type { Company } from '../company/company.svelte.ts';
import { type FieldApart, findApartIn, type FoundApart } from './apart-in.ts';
import type { PastByDocument } from './past-of.svelte.ts';
import { isSpokenOf, type Kept, type Settled, settledOf, settledWord } from './settled.ts';

export interface ApartSide {
  readonly mark: string;
  /** null: nobody who is known here */
  readonly member: MemberId | null;
  /** milliseconds since 1970 */
  readonly at: number;
  readonly said: Said;
}

export type Said =
  /** of a text: what a side made of the one that all began with, or what stands */
  | { readonly type: 'words'; readonly diff: readonly DiffPart[] }
  /** what a field was set to */
  | { readonly type: 'value'; readonly value: Plain };

export interface ApartText {
  readonly id: string;
  readonly document: DocumentEntry;
  readonly apart: Apart;
  readonly sides: readonly ApartSide[];
  /** what it says with all sides in it */
  readonly merged: Said;
  readonly field: FieldApart | null;
  readonly settled: Settled | null;
  /** the document as the log has it, to name the place by */
  readonly doc: Y.Doc;
}

/** What typing together left behind is only told once somebody has decided on it. Those that wait come first. */
export const apartTexts = (company: Company, past: PastByDocument): readonly ApartText[] => {
  const found = [...past].flatMap(([id, edits]) => {
    const document = company.entry(id);
    return document ? textsIn(company, document, edits) : [];
  });
  const newest = ({ apart }: ApartText): number => Math.max(...apart.sides.map(({ minute }) => minute));
  return found.sort((a, b) => Number(a.settled !== null) - Number(b.settled !== null) || newest(b) - newest(a));
};

/** What people did apart in a document, and what was decided on it. */
export const decidedOn = (company: Company, document: DocumentEntry, found: readonly FoundApart[]) => {
  const statements = company.statements(document.id);
  return found
    .map(({ apart, field }) => ({ apart, field, settled: decisionOn(company, document, apart, field) }))
    .filter(
      ({ apart, field, settled }) =>
        field?.state === 'open' || settled !== null || !apart.isTogether || isSpokenOf(apart, statements, document),
    );
};

const decisionOn = (
  company: Company,
  document: DocumentEntry,
  apart: Apart,
  field: FieldApart | null,
): Settled | null => {
  if (field?.state === 'open') return null;
  const said = settledOf(apart, company.statements(document.id), document);
  if (said !== null || field?.state !== 'closed') return said;
  // somebody wrote it again, where it stands: that was the decision
  const at = field.values.findIndex((value) => JSON.stringify(value) === JSON.stringify(field.standing));
  const mark = apart.sides[at]?.mark;
  const member = field.by === null ? null : (company.membership.memberByDevice.get(field.by.device) ?? null);
  return {
    kept: mark === undefined ? { type: 'other' } : { type: 'side', mark },
    member,
    minute: field.by?.minute ?? minuteOf(apart),
  };
};

const minuteOf = ({ sides }: Apart): number => Math.max(...sides.map(({ minute }) => minute));

const textsIn = (company: Company, document: DocumentEntry, edits: readonly PastEdit[]): readonly ApartText[] => {
  const doc = docOf(edits);
  return decidedOn(company, document, findApartIn(edits, doc)).map(({ apart, field, settled }): ApartText => {
    const { place } = apart;
    const base =
      field === null ? wordsAt(docOf(edits, [...apart.sides.flatMap(partsOf), ...apart.decided]), place) : '';
    const sides = apart.sides.map((side, at): ApartSide => ({
      mark: side.mark,
      member: company.membership.memberByDevice.get(side.device) ?? null,
      at: side.minute * 60_000,
      said:
        field === null
          ? { type: 'words', diff: diffWords(base, wordsAt(docOf(edits, partsBeside(apart, side.mark)), place)) }
          : { type: 'value', value: field.values[at] ?? null },
    }));
    const id = `${document.id} ${place} ${apart.sides.map(({ mark }) => mark).join(' ')}`;
    const merged = (): Said => {
      if (field !== null) return { type: 'value', value: field.standing };
      const words = wordsAt(settled === null ? docOf(edits, apart.decided) : doc, place);
      return { type: 'words', diff: [{ type: 'same', text: words }] };
    };
    return { id, document, apart, sides, merged: merged(), field, settled, doc };
  });
};

const partsOf = ({ parts }: Side): Side['parts'] => parts;
/** What is not of this side: what the others did, and what was decided. */
const partsBeside = ({ sides, decided }: Apart, mark: string): Side['parts'] => [
  ...sides.filter((side) => side.mark !== mark).flatMap(partsOf),
  ...decided,
];

/** Signs the decision, and makes the place say it. Gives how to take both back; null: it could not be done. */
export const settle = async (
  company: Company,
  edits: readonly PastEdit[],
  { document, apart, field }: ApartText,
  kept: Kept,
): Promise<(() => Promise<void>) | null> => {
  const { replica } = company.world;
  const opened = await replica.openDocument(document.id);
  if (!opened.ok) return null;
  const doc = opened.value;
  const { place } = apart;
  const minute = Math.floor(company.world.now() / 60_000);
  const before = standingAt(doc, place);
  const isWritten =
    field === null
      ? restoreText(
          doc,
          DECIDING,
          place,
          docOf(edits, kept.type === 'side' ? partsBeside(apart, kept.mark) : apart.decided),
        )
      : writeField(doc, DECIDING, place, valueOf(apart, field, kept), minute);
  if (!isWritten) return null;
  const isSaid = await say(company, document.id, apart, kept);
  const takeBack = async (): Promise<void> => {
    if (field?.state === 'open') unsettle(doc, DECIDING, place, field.values);
    else if (field !== null) writeField(doc, DECIDING, place, before, minute);
    else {
      const read = await replica.past([document.id]);
      const now = read.ok ? (read.value.get(document.id) ?? []) : [];
      const same = findApart(now).find((each) => each.place === place && hasSide(each.sides, apart));
      if (same) restoreText(doc, DECIDING, place, docOf(now, same.decided));
    }
    if (isSaid) await say(company, document.id, apart, null);
  };
  if (isSaid) return takeBack;
  await takeBack();
  return null;
};

const valueOf = ({ sides }: Apart, field: FieldApart, kept: Kept): Plain => {
  const at = kept.type === 'side' ? sides.findIndex(({ mark }) => mark === kept.mark) : -1;
  return at < 0 ? field.standing : (field.values[at] ?? null);
};

/** What shows both until somebody writes it again is opened by writing it where it stands. */
export const mayReopen = ({ field }: ApartText): boolean => field?.state !== 'closed';

const hasSide = (sides: readonly Side[], { sides: [first] }: Apart): boolean =>
  sides.some(({ mark }) => mark === first?.mark);

/** What was decided is open again; the text stays as it is. */
export const reopen = async (company: Company, { document, apart }: ApartText): Promise<boolean> =>
  say(company, document.id, apart, null);

const say = async (company: Company, id: DocumentId, apart: Apart, kept: Kept | null): Promise<boolean> => {
  const { kind, value } = settledWord(apart, kept);
  return (await company.world.replica.say(id, kind, value)).ok;
};
