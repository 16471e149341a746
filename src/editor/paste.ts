/**
 * What is pasted from Word (of the desk and of the web), LibreOffice, Google Docs and web pages, as plain structure: paragraphs, headings, lists,
 * quotations, bold, italic, links that are let in. Styles are read as text and turned into elements, then removed:
 * the page's policy allows no inline style, not even in a document that is only looked at.
 */
import { wellFormed } from '../lib/canonical-text.ts';
import { layFlat, liftLists } from './paste-lists.ts';

/** Cleaned, with nothing in it but elements that the schema reads. What another such editor gave is so already. */
export const cleanPastedHtml = (html: string): string => {
  if (/<[^<>]*\sdata-pm-slice=/.test(html)) return inertStyles(wellFormed(html));
  const page = new DOMParser().parseFromString(inertStyles(wellFormed(html)), 'text/html');
  const { body } = page;
  removeUnseen(body);
  unwrapGoogle(body);
  bracketNotes(body);
  layFlat(body);
  liftLists(body);
  nameHeadings(body);
  flattenTables(body);
  marksFromStyles(body);
  breaksToParagraphs(body);
  removeEmpty(body);
  for (const element of body.querySelectorAll('*')) {
    const kept = element.tagName === 'A' ? ['href'] : [];
    for (const { name } of [...element.attributes]) if (!kept.includes(name)) element.removeAttribute(name);
  }
  return body.querySelector(BLOCKS) === null ? asSlice(body) : body.innerHTML;
};

/** Words of one line, with the blanks at their ends: said to be a slice of a paragraph, it is read as it stands. */
const asSlice = (body: HTMLElement): string => {
  // a line's end around what was copied is how the program laid out its HTML
  while (isLayout(body.firstChild)) body.firstChild.remove();
  while (isLayout(body.lastChild)) body.lastChild.remove();
  const words = body.innerHTML.replace(/[ \t\r\n\f]+/g, ' ');
  return words === '' ? '' : `<p data-pm-slice="1 1 []">${words}</p>`;
};

const isLayout = (node: Node | null): node is Text => node instanceof Text && /^\s*\n\s*$/.test(node.data);

/** Where styles lie while they are read. */
const STYLE = 'data-pasted-style';

/** Renames `style` within tags, before the browser sees it. */
const inertStyles = (html: string): string =>
  html.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(\s)style(\s*=)/gi, `$1${STYLE}$2`));

/** The value of one property of an element's own style, in lower case; empty where there is none. */
const styleOf = (element: Element, property: string): string => {
  const style = element.getAttribute(STYLE) ?? '';
  const found = style.split(';').find((each) => each.slice(0, each.indexOf(':')).trim().toLowerCase() === property);
  return found === undefined
    ? ''
    : found
        .slice(found.indexOf(':') + 1)
        .trim()
        .toLowerCase();
};

const UNSEEN =
  'head, title, meta, link, style, script, noscript, template, img, picture, svg, math, object, embed, iframe, video, audio, canvas, map, button, input, select, textarea, [hidden], xml, sdfield > sdfield';
/** What somebody's tracked change has deleted, where a comment hangs, and the end of a paragraph in Word of the web. */
const UNSAID = 'del, .msocomanchor, .EOP';

const removeUnseen = (body: HTMLElement): void => {
  for (const element of body.querySelectorAll(`${UNSEEN}, ${UNSAID}`)) element.remove();
  for (const element of body.querySelectorAll(`[${STYLE}]`)) {
    const isWordNote = /mso-element:\s*(comment|header|footer)|mso-special-character:\s*comment|mso-hide:\s*all/i.test(
      element.getAttribute(STYLE) ?? '',
    );
    if (styleOf(element, 'display') === 'none' || isWordNote) element.remove();
  }
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) (comment as Comment).remove();
};

/** Google Docs wraps everything in a bold element that says it is not bold. */
const unwrapGoogle = (body: HTMLElement): void => {
  for (const element of body.querySelectorAll('[id^="docs-internal-guid"]')) unwrap(element);
};

/** LibreOffice sets a note's number apart by its size alone; here it would run into the words. As Word has it: [1]. */
const bracketNotes = (body: HTMLElement): void => {
  for (const mark of body.querySelectorAll('.sdfootnoteanc, .sdendnoteanc')) mark.textContent = `[${mark.textContent}]`;
  for (const mark of body.querySelectorAll('.sdfootnotesym, .sdendnotesym'))
    mark.textContent = `[${mark.textContent}] `;
};

const unwrap = (element: Element): void => element.replaceWith(...element.childNodes);

const rename = (element: Element, tag: string): HTMLElement => {
  const renamed = element.ownerDocument.createElement(tag);
  const style = element.getAttribute(STYLE);
  if (style !== null) renamed.setAttribute(STYLE, style);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
};

/** The first three levels of another program are the three of ours (schema.ts: h3 to h5). */
const nameHeadings = (body: HTMLElement): void => {
  for (const element of body.querySelectorAll('h1, h2, h3, h4, h5, h6, p, div')) {
    const level = headingLevel(element);
    if (level === null) continue;
    const heading = rename(element, `h${Math.min(level, 3) + 2}`);
    // all of it is bold already, by being a heading
    for (const each of heading.querySelectorAll('b, strong')) unwrap(each);
    for (const each of heading.querySelectorAll(`[${STYLE}]`)) each.removeAttribute(STYLE);
    heading.removeAttribute(STYLE);
  }
};

const headingLevel = (element: Element): number | null => {
  const tag = /^H([1-6])$/.exec(element.tagName)?.[1];
  if (tag !== undefined) return Number(tag);
  const name = /^(?:Mso)?(?:Heading|Title|Subtitle)([1-9]?)$/i.exec(element.className.trim());
  if (name) return /subtitle/i.test(element.className) ? 2 : Number(name[1] === '' ? 1 : name[1]);
  const outline =
    element.getAttribute('role') === 'heading'
      ? (element.getAttribute('aria-level') ?? '')
      : styleOf(element, 'mso-outline-level');
  return /^[1-9]$/.test(outline) ? Number(outline) : null;
};

/** A row becomes a paragraph with its cells side by side; where a cell has several paragraphs, each stays one. */
const flattenTables = (body: HTMLElement): void => {
  const page = body.ownerDocument;
  for (const table of [...body.querySelectorAll('table')].reverse()) {
    const paragraphs: Element[] = [];
    for (const row of table.querySelectorAll('tr')) {
      const cells = [...row.querySelectorAll(':scope > td, :scope > th')].filter((cell) => textOf(cell) !== '');
      const isSimple = cells.every((cell) => cell.querySelectorAll('p, div, li, h3, h4, h5').length <= 1);
      if (!isSimple) {
        for (const cell of cells) paragraphs.push(...blocksOf(cell));
      } else if (cells.length > 0) {
        const paragraph = page.createElement('p');
        for (const cell of cells) {
          if (paragraph.firstChild) paragraph.append(' | ');
          for (const block of cell.querySelectorAll('p, div, ul, ol, li, h3, h4, h5')) unwrap(block);
          paragraph.append(...cell.childNodes);
        }
        paragraphs.push(paragraph);
      }
    }
    table.replaceWith(...paragraphs);
  }
};

const BLOCK = /^(P|DIV|UL|OL|LI|BLOCKQUOTE|H[1-6])$/;
const BLOCKS = 'p, div, ul, ol, li, blockquote, h1, h2, h3, h4, h5, h6, pre, hr';

/** What is in a cell, with loose text in a paragraph of its own. */
const blocksOf = (cell: Element): Element[] => {
  const blocks: Element[] = [];
  let loose: Element | null = null;
  for (const child of [...cell.childNodes]) {
    if (child instanceof Element && BLOCK.test(child.tagName)) {
      blocks.push(child);
      loose = null;
    } else {
      if (loose === null) blocks.push((loose = cell.ownerDocument.createElement('p')));
      loose.append(child);
    }
  }
  return blocks;
};

const BOLD = /^(bold|bolder|[6-9]00)$/;
const NOT_BOLD = /^(normal|lighter|[1-5]00)$/;

/** What styles say of bold and italic becomes elements; elements that a style takes back are unwrapped. */
const marksFromStyles = (body: HTMLElement): void => {
  for (const element of body.querySelectorAll<HTMLElement>(`[${STYLE}]`)) {
    const weight = styleOf(element, 'font-weight');
    const slant = styleOf(element, 'font-style');
    const isBoldTag = /^(B|STRONG)$/.test(element.tagName);
    const isItalicTag = /^(I|EM)$/.test(element.tagName);
    if ((isBoldTag && NOT_BOLD.test(weight)) || (isItalicTag && slant === 'normal')) {
      unwrap(element);
      continue;
    }
    if (BOLD.test(weight) && !isBoldTag) wrapInside(element, 'strong');
    if (/^(italic|oblique)/.test(slant) && !isItalicTag) wrapInside(element, 'em');
  }
};

/** Around what is in an element, block by block, since a mark cannot be around a paragraph. */
const wrapInside = (element: Element, tag: string): void => {
  const blocks = [...element.children].filter((child) => BLOCK.test(child.tagName));
  if (blocks.length > 0) {
    for (const block of blocks) wrapInside(block, tag);
    return;
  }
  const mark = element.ownerDocument.createElement(tag);
  mark.append(...element.childNodes);
  element.append(mark);
};

/** Web mail and chats write lines apart by two breaks; between blocks a break means nothing. */
const breaksToParagraphs = (body: HTMLElement): void => {
  for (const element of body.querySelectorAll('br')) {
    const parent = element.parentElement;
    const hasBlocks = parent !== null && [...parent.children].some((child) => BLOCK.test(child.tagName));
    if (hasBlocks) element.remove();
  }
};

const textOf = (element: Element): string => element.textContent.replace(/[\s\u00a0]+/g, '');

const removeEmpty = (body: HTMLElement): void => {
  for (const element of body.querySelectorAll('p, div, h3, h4, h5, li, ul, ol, blockquote'))
    if (textOf(element) === '') element.remove();
};
