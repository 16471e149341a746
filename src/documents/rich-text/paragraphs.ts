/**
 * Plain text that was pasted or typed elsewhere, as paragraphs. Where there are empty lines, they part paragraphs and
 * a single line end is a line break; where there are none, every line is a paragraph.
 */
import { canonicalText } from '../../lib/canonical-text.ts';
import type { RichInline, RichText } from './types.ts';

export const paragraphsOf = (text: string): RichText => {
  const whole = canonicalText(text);
  const blocks = whole.split(/\n{2,}/).length > 1 ? whole.split(/\n{2,}/) : whole.split('\n');
  return blocks
    .filter((block) => block.trim() !== '')
    .map((block) => ({
      type: 'paragraph',
      content: block
        .split('\n')
        .flatMap((line, at): readonly RichInline[] => [
          ...(at === 0 ? [] : [{ type: 'hard_break' } as const]),
          { type: 'text', text: line.trim(), marks: [] },
        ]),
    }));
};
