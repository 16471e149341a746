/** A frozen text as Markdown, for reading elsewhere. Every word that is not of the agreement comes from the caller. */
import { escapeInline, escapeMarkdown, markdownRich, paragraphsOf } from '../rich-text/index.ts';
import type { AgreementText, FrozenClause, FrozenField, FrozenRedLine } from './frozen-text.ts';
import { AGREEMENT_TEXTS, DATES } from './schema.ts';
import type { DateName, Lifter } from './schema.ts';

/** In the text's own language. */
export interface AgreementWords {
  readonly field: (name: FrozenField['name']) => string;
  /** a group's name by its id */
  readonly group: (id: string) => string;
  /** e.g. "Only for …" */
  readonly local: (group: string) => string;
  readonly parties: string;
  readonly redLines: string;
  readonly heldBy: string;
  readonly heldByAll: string;
  readonly trigger: string;
  readonly consequence: string;
  readonly lifted: string;
  readonly lifter: Readonly<Record<Lifter, string>>;
  readonly decision: string;
  /** the rule, a sentence each */
  readonly rule: readonly string[];
  readonly dates: string;
  readonly date: Readonly<Record<DateName, string>>;
  readonly day: (day: string) => string;
}

export const agreementMarkdown = (text: AgreementText, words: AgreementWords): string =>
  [
    `# ${escapeInline(text.title)}`,
    labelled(words.parties, text.parties.map(words.group).join(', ')),
    ...fieldsIn(text, FIELDS_BEFORE_CLAUSES).map((field) => writeField(field, words)),
    ...text.clauses.map((clause) => writeClause(clause, words)),
    ...fieldsIn(text, FIELDS_AFTER_CLAUSES).map((field) => writeField(field, words)),
    writeSection(
      words.redLines,
      text.redLines.map((redLine) => writeRedLine(redLine, words)),
    ),
    writeSection(words.decision, [list(words.rule.map(escapeMarkdown))]),
    writeSection(words.dates, [writeDates(text, words)]),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');

/** Where the clauses stand among the fields, wherever a text is shown, printed or exported. */
export const FIELDS_BEFORE_CLAUSES: readonly FrozenField['name'][] = ['purpose', 'sharedAsk', 'agreedFacts', 'scope'];
export const FIELDS_AFTER_CLAUSES: readonly FrozenField['name'][] = AGREEMENT_TEXTS.filter(
  (name): name is FrozenField['name'] => name !== 'title' && !FIELDS_BEFORE_CLAUSES.some((before) => before === name),
);

const fieldsIn = (text: AgreementText, names: readonly FrozenField['name'][]): readonly FrozenField[] =>
  text.fields.filter(({ name }) => names.includes(name));

const writeField = ({ name, text }: FrozenField, words: AgreementWords): string =>
  writeSection(words.field(name), [markdownRich(paragraphsOf(text))]);

const writeClause = ({ number, group, heading, body }: FrozenClause, words: AgreementWords): string =>
  [
    `## ${escapeInline(`${number}. ${heading}`)}`,
    group === null ? '' : `*${escapeInline(words.local(words.group(group)))}*`,
    // a clause's own headings begin at the second level, and stand below its own
    markdownRich(body, 1),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

const writeRedLine = (redLine: FrozenRedLine, words: AgreementWords): string =>
  [
    `### ${escapeInline(redLine.statement)}`,
    list(
      [
        labelled(words.heldBy, redLine.holder === null ? words.heldByAll : words.group(redLine.holder)),
        labelled(words.trigger, redLine.trigger),
        labelled(words.consequence, redLine.consequence),
        labelled(words.lifted, words.lifter[redLine.lift]),
      ].filter((line) => line !== ''),
    ),
  ].join('\n\n');

const writeDates = ({ dates }: AgreementText, words: AgreementWords): string =>
  list(
    DATES.flatMap((name) => {
      const day = dates[name];
      return day === null ? [] : [labelled(words.date[name], words.day(day))];
    }),
  );

const labelled = (label: string, text: string): string =>
  text === '' ? '' : `**${escapeInline(label)}** ${escapeInline(text)}`;

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

const writeSection = (heading: string, parts: readonly string[]): string => {
  const said = parts.filter((part) => part !== '');
  return said.length === 0 ? '' : [`## ${escapeInline(heading)}`, ...said].join('\n\n');
};
