/** Texts that were changed apart, as a person looks at them: what each side did, what stands, and what was decided. */
import type * as Y from 'yjs';
import { isRestorable, restoreText, wordsAt } from '../../documents/place/index.ts';
import { diffWords } from '../../documents/text/diff.ts';
import type { DiffPart } from '../../documents/text/diff.ts';
import { type Apart, DECIDING, findApart, type Side } from '../../log/marks.ts';
import { docOf, type PastEdit } from '../../log/past.ts';
import type { DocumentEntry, DocumentId, MemberId } from '../../log/types.ts';
import type { Company } from '../company/company.svelte.ts';
import type { PastByDocument } from './past-of.svelte.ts';
import { isSpokenOf, type Kept, type Settled, settledOf, settledWord } from './settled.ts';

export interface ApartSide {
  readonly mark: string;
  /** null: nobody who is known here */
  readonly member: MemberId | null;
  /** milliseconds since 1970 */
  readonly at: number;
  /** what it made of the text that all sides began with */
  readonly diff: readonly DiffPart[];
}

export interface ApartText {
  readonly id: string;
  readonly document: DocumentEntry;
  readonly apart: Apart;
  readonly sides: readonly ApartSide[];
  /** what it says with all sides in it */
  readonly merged: string;
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
export const decidedOn = (company: Company, document: DocumentEntry, found: readonly Apart[]) => {
  const statements = company.statements(document.id);
  return found
    .map((apart) => ({ apart, settled: settledOf(apart, statements, document) }))
    .filter(({ apart, settled }) => settled !== null || !apart.isTogether || isSpokenOf(apart, statements, document));
};

const textsIn = (company: Company, document: DocumentEntry, edits: readonly PastEdit[]): readonly ApartText[] => {
  const found = decidedOn(company, document, findApart(edits));
  if (found.length === 0) return [];
  const doc = docOf(edits);
  return found.flatMap(({ apart, settled }): ApartText[] => {
    if (!isRestorable(doc, apart.place)) return [];
    const { place } = apart;
    const base = wordsAt(docOf(edits, [...apart.sides.flatMap(partsOf), ...apart.decided]), place);
    const sides = apart.sides.map((side) => ({
      mark: side.mark,
      member: company.membership.memberByDevice.get(side.device) ?? null,
      at: side.minute * 60_000,
      diff: diffWords(base, wordsAt(docOf(edits, partsBeside(apart, side.mark)), place)),
    }));
    const id = `${document.id} ${place} ${apart.sides.map(({ mark }) => mark).join(' ')}`;
    return [
      {
        id,
        document,
        apart,
        sides,
        merged: wordsAt(settled === null ? docOf(edits, apart.decided) : doc, place),
        settled,
        doc,
      },
    ];
  });
};

const partsOf = ({ parts }: Side): Side['parts'] => parts;
/** What is not of this side: what the others did, and what was decided. */
const partsBeside = ({ sides, decided }: Apart, mark: string): Side['parts'] => [
  ...sides.filter((side) => side.mark !== mark).flatMap(partsOf),
  ...decided,
];

/** Signs the decision, and makes the text say it. Gives how to take both back; null: it could not be done. */
export const settle = async (
  company: Company,
  edits: readonly PastEdit[],
  { document, apart }: ApartText,
  kept: Kept,
): Promise<(() => Promise<void>) | null> => {
  const { replica } = company.world;
  const opened = await replica.openDocument(document.id);
  if (!opened.ok) return null;
  const doc = opened.value;
  const wanted = docOf(edits, kept.type === 'side' ? partsBeside(apart, kept.mark) : apart.decided);
  if (!restoreText(doc, DECIDING, apart.place, wanted)) return null;
  const isSaid = await say(company, document.id, apart, kept);
  const takeBack = async (): Promise<void> => {
    const read = await replica.past([document.id]);
    const now = read.ok ? (read.value.get(document.id) ?? []) : [];
    const same = findApart(now).find(({ place, sides }) => place === apart.place && hasSide(sides, apart));
    if (same) restoreText(doc, DECIDING, apart.place, docOf(now, same.decided));
    if (isSaid) await say(company, document.id, apart, null);
  };
  if (isSaid) return takeBack;
  await takeBack();
  return null;
};

const hasSide = (sides: readonly Side[], { sides: [first] }: Apart): boolean =>
  sides.some(({ mark }) => mark === first?.mark);

/** What was decided is open again; the text stays as it is. */
export const reopen = async (company: Company, { document, apart }: ApartText): Promise<boolean> =>
  say(company, document.id, apart, null);

const say = async (company: Company, id: DocumentId, apart: Apart, kept: Kept | null): Promise<boolean> => {
  const { kind, value } = settledWord(apart, kept);
  return (await company.world.replica.say(id, kind, value)).ok;
};
