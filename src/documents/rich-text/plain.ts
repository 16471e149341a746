/** Rich text as plain text: for comparing, searching and measuring. An empty line between blocks, a sign before items. */
import type { RichBlock, RichPart, RichText } from './types.ts';

export const plainRich = (rich: RichText): string =>
  rich
    .map(plainBlock)
    .filter((text) => text !== '')
    .join('\n\n');

/** The words alone, of any part, known or not; breaks as line ends. */
export const wordsOf = (parts: readonly RichPart[]): string =>
  parts
    .map((part) => {
      if (part.type === 'text') return part.text;
      return part.type === 'hard_break' ? '\n' : wordsOf(part.content);
    })
    .join('');

const plainBlock = (block: RichBlock): string => {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'unknown':
      return wordsOf(block.content);
    case 'blockquote':
      return plainRich(block.content);
    case 'bullet_list':
    case 'ordered_list':
      return block.content
        .map((item, at) => {
          const sign = block.type === 'bullet_list' ? '• ' : `${at + 1}. `;
          const text = item.type === 'list_item' ? item.content.map(plainBlock).join('\n') : wordsOf([item]);
          return sign + text.replaceAll('\n', `\n${' '.repeat(sign.length)}`);
        })
        .join('\n');
  }
};
