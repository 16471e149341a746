/**
 * A frozen text as a flat OpenDocument file (.fodt), which LibreOffice opens as it is: one text, or two in two languages
 * side by side, and the groups' positions below. Every word that is not of the agreement comes from the caller.
 *
 * Writer takes 'start' for left whatever the paragraph's direction is, so that right-to-left paragraphs ask for 'end'.
 */
import type { RichBlock, RichInline, RichItem } from '../rich-text/index.ts';
import { direction } from '../text/language.ts';
import type { Direction } from '../text/language.ts';
import { partsOf } from './printed.ts';
import type { PrintedBlock, PrintedTable, PrintedText } from './printed.ts';

export const agreementOdt = (
  texts: readonly [PrintedText] | readonly [PrintedText, PrintedText],
  table: PrintedTable | null = null,
): string => {
  const [first, second] = texts;
  const parts = partsOf(first);
  const way = direction(first.text.language);
  const body =
    second === undefined
      ? parts.map(({ blocks }) => blocks.map((block) => writeBlock(block, way)).join('')).join('')
      : writeSideBySide(first, second);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<office:document ${NAMESPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">`,
    STYLES,
    `<office:body><office:text>${body}${table === null ? '' : writeTable(table, way)}</office:text></office:body>`,
    '</office:document>\n',
  ].join('');
};

const writeBlock = (block: PrintedBlock, way: Direction): string => {
  switch (block.type) {
    case 'line': {
      const level = block.style === 'Title' ? 1 : block.style === 'Heading' ? 2 : block.style === 'Sub' ? 3 : null;
      const said = escape(block.text);
      return level === null
        ? `<text:p text:style-name="${block.style}-${way}">${said}</text:p>`
        : `<text:h text:outline-level="${level}" text:style-name="${block.style}-${way}">${said}</text:h>`;
    }
    case 'labelled':
      return `<text:p text:style-name="Text-${way}"><text:span text:style-name="strong">${escape(block.label)}</text:span> ${escape(block.text)}</text:p>`;
    case 'rich':
      return writeRich(block.rich, way, 'Text');
  }
};

const writeRich = (rich: readonly (RichBlock | RichItem)[], way: Direction, style: 'Text' | 'Quote'): string =>
  rich.map((block) => writeRichBlock(block, way, style)).join('');

const writeRichBlock = (block: RichBlock | RichItem, way: Direction, style: 'Text' | 'Quote'): string => {
  switch (block.type) {
    case 'paragraph':
      return `<text:p text:style-name="${style}-${way}">${writeInline(block.content)}</text:p>`;
    case 'heading':
      return `<text:h text:outline-level="${block.level + 1}" text:style-name="Sub-${way}">${writeInline(block.content)}</text:h>`;
    case 'bullet_list':
    case 'ordered_list': {
      const items = block.content.map((item) => writeRichBlock(item, way, style)).join('');
      return `<text:list text:style-name="${block.type}">${items}</text:list>`;
    }
    case 'list_item':
      return `<text:list-item>${writeRich(block.content, way, style)}</text:list-item>`;
    case 'blockquote':
      return writeRich(block.content, way, 'Quote');
    case 'unknown':
      // a frozen text holds none
      return '';
  }
};

const writeInline = (content: readonly RichInline[]): string =>
  content
    .map((part) => {
      if (part.type === 'hard_break') return '<text:line-break/>';
      if (part.type !== 'text') return '';
      return part.marks.reduceRight((inner, mark) => {
        if (mark.type === 'link')
          return `<text:a xlink:type="simple" xlink:href="${escape(mark.href)}">${inner}</text:a>`;
        return mark.type === 'unknown' ? inner : `<text:span text:style-name="${mark.type}">${inner}</text:span>`;
      }, escape(part.text));
    })
    .join('');

const writeSideBySide = (first: PrintedText, second: PrintedText): string => {
  const ways = [direction(first.text.language), direction(second.text.language)] as const;
  const others = new Map(partsOf(second).map(({ unit, blocks }) => [unit, blocks]));
  const rows = partsOf(first).map(({ unit, blocks }) => [blocks, others.get(unit) ?? []] as const);
  const cells = rows.map((row) => row.map((blocks, at) => writeCell(blocks, at === 0 ? ways[0] : ways[1])).join(''));
  return `<table:table table:style-name="two"><table:table-column table:number-columns-repeated="2"/>${cells.map(writeRow).join('')}</table:table>`;
};

const writeTable = ({ title, rows }: PrintedTable, way: Direction): string => {
  const heading = writeBlock({ type: 'line', style: 'Heading', text: title }, way);
  const columns = rows[0]?.length ?? 0;
  if (columns === 0) return '';
  const [head, ...rest] = rows.map((row) =>
    writeRow(row.map((text) => writeCell([{ type: 'line', style: 'Text', text }], way)).join('')),
  );
  return `${heading}<table:table table:style-name="positions-${way}"><table:table-column table:number-columns-repeated="${columns}"/><table:table-header-rows>${head ?? ''}</table:table-header-rows>${rest.join('')}</table:table>`;
};

const writeRow = (cells: string): string => `<table:table-row>${cells}</table:table-row>`;

const writeCell = (blocks: readonly PrintedBlock[], way: Direction): string => {
  const said = blocks.map((block) => writeBlock(block, way)).join('');
  return `<table:table-cell table:style-name="cell" office:value-type="string">${said === '' ? '<text:p/>' : said}</table:table-cell>`;
};

/** XML knows no control characters at all; line ends within a line's text are none either. */
const escape = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- these are what it looks for
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '<text:line-break/>')
    .replace(/\t/g, '<text:tab/>')
    .replace(/ {2,}/g, (blanks) => ` <text:s text:c="${blanks.length - 1}"/>`);

const NAMESPACES = [
  ['office', 'office:1.0'],
  ['style', 'style:1.0'],
  ['text', 'text:1.0'],
  ['table', 'table:1.0'],
  ['fo', 'xsl-fo-compatible:1.0'],
]
  .map(([name, path]) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${path}"`)
  // a name and no address: nothing is fetched from it
  .concat(`xmlns:xlink="${['http', '//www.w3.org/1999/xlink'].join(':')}"`)
  .join(' ');

const paragraph = (name: string, way: Direction, paragraphs: string, text: string): string =>
  `<style:style style:name="${name}-${way}" style:family="paragraph"><style:paragraph-properties fo:text-align="${way === 'rtl' ? 'end' : 'start'}" style:justify-single-word="false" style:writing-mode="${way === 'rtl' ? 'rl-tb' : 'lr-tb'}" ${paragraphs}/><style:text-properties ${text}/></style:style>`;

const size = (points: number, more = ''): string =>
  `fo:font-size="${points}pt" style:font-size-complex="${points}pt" ${more}`;
const BOLD = 'fo:font-weight="bold" style:font-weight-complex="bold"';
const ITALIC = 'fo:font-style="italic" style:font-style-complex="italic"';

const STYLES = [
  '<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt" style:font-size-complex="11pt"/></style:default-style></office:styles>',
  '<office:automatic-styles>',
  ...(['ltr', 'rtl'] as const).flatMap((way) => [
    paragraph('Title', way, 'fo:margin-bottom="0.4cm"', size(20, BOLD)),
    paragraph(
      'Heading',
      way,
      'fo:margin-top="0.5cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"',
      size(14, BOLD),
    ),
    paragraph('Sub', way, 'fo:margin-top="0.3cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"', size(12, BOLD)),
    paragraph('Local', way, 'fo:margin-bottom="0.1cm"', ITALIC),
    paragraph('Text', way, 'fo:margin-bottom="0.2cm"', size(11)),
    paragraph('Quote', way, 'fo:margin-left="1cm" fo:margin-right="1cm" fo:margin-bottom="0.2cm"', size(11)),
    `<style:style style:name="positions-${way}" style:family="table"><style:table-properties style:writing-mode="${way === 'rtl' ? 'rl-tb' : 'lr-tb'}" style:width="17cm" table:align="margins"/></style:style>`,
  ]),
  `<style:style style:name="strong" style:family="text"><style:text-properties ${BOLD}/></style:style>`,
  `<style:style style:name="em" style:family="text"><style:text-properties ${ITALIC}/></style:style>`,
  '<style:style style:name="two" style:family="table"><style:table-properties style:width="17cm" table:align="margins"/></style:style>',
  '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.15cm" fo:border-bottom="0.5pt solid #b9b2a3" style:vertical-align="top"/></style:style>',
  ...(['bullet_list', 'ordered_list'] as const).map((name) => {
    const levels = Array.from({ length: 6 }, (_, at) => {
      const indent = `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" fo:margin-left="${((at + 1) * 0.7).toFixed(1)}cm"/></style:list-level-properties>`;
      return name === 'bullet_list'
        ? `<text:list-level-style-bullet text:level="${at + 1}" text:bullet-char="•">${indent}</text:list-level-style-bullet>`
        : `<text:list-level-style-number text:level="${at + 1}" style:num-format="1" style:num-suffix=".">${indent}</text:list-level-style-number>`;
    });
    return `<text:list-style style:name="${name}">${levels.join('')}</text:list-style>`;
  }),
  '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm" fo:margin-right="2cm"/></style:page-layout>',
  '</office:automatic-styles>',
  '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"/></office:master-styles>',
].join('');
