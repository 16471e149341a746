/** Rich text as plain text: for comparing, searching and measuring. An empty line between blocks, a sign before items. */
import type { RichBlock, RichPart, RichRun, RichText } from './types.ts';

export const plainRich = (rich: RichText): string => plainBlocks(rich, (run) => run.text);

/** The same with the address of each link behind its words, for when a changed address is a change. */
export const plainRichWithLinks = (rich: RichText): string =>
  plainBlocks(rich, ({ text, marks }) => {
    const link = marks.find((mark) => mark.type === 'link');
    return link === undefined ? text : `${text} (${link.href})`;
  });

/** The words alone, of any part, known or not; breaks as line ends. */
export const wordsOf = (parts: readonly RichPart[], write: Write = (run) => run.text): string =>
  parts
    .map((part) => {
      if (part.type === 'text') return write(part);
      return part.type === 'hard_break' ? '\n' : wordsOf(part.content, write);
    })
    .join('');

type Write = (run: RichRun) => string;

const plainBlocks = (rich: RichText, write: Write): string =>
  rich
    .map((block) => plainBlock(block, write))
    .filter((text) => text !== '')
    .join('\n\n');

const plainBlock = (block: RichBlock, write: Write): string => {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'unknown':
      return wordsOf(block.content, write);
    case 'blockquote':
      return plainBlocks(block.content, write);
    case 'bullet_list':
    case 'ordered_list':
      return block.content
        .map((item, at) => {
          const sign = block.type === 'bullet_list' ? '• ' : `${at + 1}. `;
          const text =
            item.type === 'list_item'
              ? item.content.map((part) => plainBlock(part, write)).join('\n')
              : wordsOf([item], write);
          return sign + text.replaceAll('\n', `\n${' '.repeat(sign.length)}`);
        })
        .join('\n');
  }
};
