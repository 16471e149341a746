/** A long agreement that a seed decides: clauses of paragraphs, headings, lists in lists, quotations, emphasis, links. */
import type { RichBlock, RichInline, RichItem, RichMark, RichText } from '../src/documents/rich-text/index.ts';

export const CLAUSES = 120;
export const WORDS = 30_000;

/** Small and repeatable (mulberry32). */
const createBelow = (seed: number) => {
  let state = seed >>> 0;
  return (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  };
};

const LATIN =
  'we the groups agree that each decision about money place time and speech is made where its weight falls after all who must carry it were heard with notice of seven days written record kept by two people of different groups and may be asked again'.split(
    ' ',
  );
const ARABIC = 'نحن المجموعات نتفق على أن كل قرار حول المال والمكان والوقت يتخذ حيث يقع ثقله بعد سماع الجميع'.split(
  ' ',
);
const MARKS: readonly (readonly RichMark[])[] = [
  [{ type: 'strong' }],
  [{ type: 'em' }],
  [{ type: 'strong' }, { type: 'em' }],
  [{ type: 'link', href: 'https://example.org/rules' }],
];

export const createAgreement = (seed: number): readonly RichText[] => {
  const below = createBelow(seed);
  const words = (count: number): string => {
    const from = below(12) === 0 ? ARABIC : LATIN;
    return Array.from({ length: count }, () => from[below(from.length)] ?? '').join(' ');
  };
  const inline = (count: number): readonly RichInline[] => {
    const parts: RichInline[] = [];
    let left = count;
    while (left > 0) {
      const length = Math.min(left, 3 + below(20));
      left -= length;
      const marks = below(4) === 0 ? (MARKS[below(MARKS.length)] ?? []) : [];
      parts.push({ type: 'text', text: `${words(length)}${left > 0 ? ' ' : '.'}`, marks });
      if (below(40) === 0) parts.push({ type: 'hard_break' });
    }
    return parts;
  };
  const paragraph = (count: number): RichBlock => ({ type: 'paragraph', content: inline(count) });
  const list = (count: number, depth: number): RichBlock => ({
    type: below(2) === 0 ? 'bullet_list' : 'ordered_list',
    content: Array.from({ length: 4 }, (_, index): RichItem => {
      const own = Math.max(1, Math.floor(count / 4));
      return {
        type: 'list_item',
        content: index === 1 && depth < 2 ? [paragraph(own), list(own, depth + 1)] : [paragraph(own)],
      };
    }),
  });
  const block = (count: number): RichBlock => {
    const kind = below(10);
    if (kind < 6) return paragraph(count);
    return kind < 9 ? list(count, 0) : { type: 'blockquote', content: [paragraph(count)] };
  };
  return Array.from({ length: CLAUSES }, (): RichText => {
    const blocks: RichBlock[] = [];
    const most = Math.round(((WORDS / CLAUSES) * (50 + below(100))) / 100);
    for (let count = 0; count < most;) {
      if (below(6) === 0) {
        blocks.push({ type: 'heading', level: ([2, 3, 4] as const)[below(3)] ?? 2, content: inline(5) });
        count += 5;
      }
      const size = Math.min(most - count, 20 + below(80));
      blocks.push(block(Math.max(4, size)));
      count += Math.max(4, size);
    }
    return blocks;
  });
};
