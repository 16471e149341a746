/**
 * An agreement as it is put on paper, part by part, so that two languages of it stand beside each other: on the page that
 * is printed and in the file for a word processor alike.
 */
import { paragraphsOf } from '../rich-text/index.ts';
import type { RichText } from '../rich-text/index.ts';
import type { AgreementText } from './frozen-text.ts';
import { FIELDS_AFTER_CLAUSES, FIELDS_BEFORE_CLAUSES } from './markdown.ts';
import type { AgreementWords } from './markdown.ts';
import { DATES } from './schema.ts';

/** A text with the words around it in its own language. */
export interface PrintedText {
  readonly text: AgreementText;
  readonly words: AgreementWords;
}

/** What stands below the text: rows of cells, the first one its heading. In the first text's language. */
export interface PrintedTable {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** What is shown of an agreement, unit by unit, so that two languages of it stand beside each other. */
export interface PrintedPart {
  readonly unit: string;
  readonly blocks: readonly PrintedBlock[];
}
export type PrintedBlock =
  | { readonly type: 'line'; readonly style: 'Title' | 'Heading' | 'Sub' | 'Local' | 'Text'; readonly text: string }
  | { readonly type: 'labelled'; readonly label: string; readonly text: string }
  | { readonly type: 'rich'; readonly rich: RichText };

export const partsOf = ({ text, words }: PrintedText): readonly PrintedPart[] => {
  const line = (style: Extract<PrintedBlock, { type: 'line' }>['style'], said: string): PrintedBlock => ({
    type: 'line',
    style,
    text: said,
  });
  const labelled = (label: string, said: string): readonly PrintedBlock[] =>
    said === '' ? [] : [{ type: 'labelled', label, text: said }];
  const fields = (names: typeof FIELDS_BEFORE_CLAUSES): readonly PrintedPart[] =>
    text.fields
      .filter(({ name }) => names.includes(name))
      .map(({ name, text: said }) => ({
        unit: `field ${name}`,
        blocks: [line('Heading', words.field(name)), { type: 'rich', rich: paragraphsOf(said) }],
      }));
  const lines = text.redLines.map(({ id, statement, trigger, consequence, holder, lift }, at): PrintedPart => ({
    unit: `line ${id}`,
    blocks: [
      ...(at === 0 ? [line('Heading', words.redLines)] : []),
      line('Sub', statement),
      ...labelled(words.heldBy, holder === null ? words.heldByAll : words.group(holder)),
      ...labelled(words.trigger, trigger),
      ...labelled(words.consequence, consequence),
      ...labelled(words.lifted, words.lifter[lift]),
    ],
  }));
  const days = DATES.flatMap((name) => {
    const day = text.dates[name];
    return day === null ? [] : labelled(words.date[name], words.day(day));
  });
  return [
    { unit: 'title', blocks: [line('Title', text.title)] },
    { unit: 'parties', blocks: labelled(words.parties, text.parties.map(words.group).join(', ')) },
    ...fields(FIELDS_BEFORE_CLAUSES),
    ...text.clauses.map(({ id, number, group, heading, body }): PrintedPart => ({
      unit: `clause ${id}`,
      blocks: [
        line('Heading', `${number}. ${heading}`),
        ...(group === null ? [] : [line('Local', words.local(words.group(group)))]),
        { type: 'rich', rich: body },
      ],
    })),
    ...fields(FIELDS_AFTER_CLAUSES),
    ...lines,
    { unit: 'rule', blocks: [line('Heading', words.decision), ...words.rule.map((said) => line('Text', said))] },
    ...(days.length === 0 ? [] : [{ unit: 'dates', blocks: [line('Heading', words.dates), ...days] }]),
  ];
};
