import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffClauses, diffRich } from '../../../../src/documents/agreement/diff.ts';
import type { DiffClause, LineDiff } from '../../../../src/documents/agreement/diff.ts';
import type { RichBlock, RichMark, RichRun, RichText } from '../../../../src/documents/rich-text/index.ts';
import type { ClauseId } from '../../../../src/documents/shape/ids.ts';

const run = (text: string, ...marks: RichMark[]): RichRun => ({ type: 'text', text, marks });
const paragraph = (...content: RichRun[]): RichBlock => ({ type: 'paragraph', content });
const list = (...items: string[]): RichBlock => ({
  type: 'bullet_list',
  content: items.map((text) => ({ type: 'list_item', content: [paragraph(run(text))] })),
});
const clause = (id: string, heading: string, ...body: RichText): DiffClause => ({ id: id as ClauseId, heading, body });

const shown = (lines: readonly LineDiff[]) =>
  lines.map(({ type, parts }) => [
    type,
    parts
      .map((part) => {
        const text = part.content.map((each) => (each.type === 'text' ? each.text : '¶')).join('');
        return part.type === 'same' ? text : part.type === 'added' ? `+${text}+` : `-${text}-`;
      })
      .join(''),
  ]);

/** One side of a diff: what a side-by-side view shows. */
const sideOf = (lines: readonly LineDiff[], without: 'added' | 'removed') =>
  lines
    .filter(({ type }) => type !== without)
    .map(({ parts }) =>
      parts
        .filter(({ type }) => type !== without)
        .flatMap(({ content }) => content)
        .flatMap((each) => (each.type === 'text' ? [...each.text].map((letter) => [letter, each.marks]) : [])),
    );

const ids = (diffs: ReturnType<typeof diffClauses>) =>
  diffs.map(({ id, type, moved }) => `${id} ${type}${moved ? ' moved' : ''}`);

describe('what changed between two texts', () => {
  it('is told word by word', () => {
    const lines = diffRich(
      [paragraph(run('We answer within two weeks.'))],
      [paragraph(run('We answer within three weeks.'))],
    );
    expect(shown(lines)).toEqual([['changed', 'We answer within -two-+three+ weeks.']]);
  });

  it('keeps formatting, and a word that only got another one is a change', () => {
    const lines = diffRich(
      [paragraph(run('No money from parties.'))],
      [paragraph(run('No '), run('money', { type: 'strong' }), run(' from parties.'))],
    );
    expect(shown(lines)).toEqual([['changed', 'No -money-+money+ from parties.']]);
    expect(lines[0]?.parts.find(({ type }) => type === 'added')?.content).toEqual([run('money', { type: 'strong' })]);
  });

  it('is told line by line in lists, and says what a line stands in', () => {
    const lines = diffRich([list('one sheep', 'two goats')], [list('one sheep', 'a third thing', 'two goats')]);
    expect(shown(lines)).toEqual([
      ['same', 'one sheep'],
      ['added', '+a third thing+'],
      ['same', 'two goats'],
    ]);
    expect(lines[1]?.shape).toEqual({ block: 'paragraph', inside: ['bullet_list'], isItem: true });
  });

  it('puts lines with little in common one after the other', () => {
    const lines = diffRich([paragraph(run('We meet monthly'))], [paragraph(run('Nobody speaks for all'))]);
    expect(shown(lines)).toEqual([
      ['removed', '-We meet monthly-'],
      ['added', '+Nobody speaks for all+'],
    ]);
  });

  it('is told clause by clause: added, removed where it stood, moved, changed', () => {
    const a = clause('a', 'Purpose', paragraph(run('Why')));
    const b = clause('b', 'Money', paragraph(run('No bribes here')));
    const c = clause('c', 'Leaving', paragraph(run('Any time')));
    const d = clause('d', 'Names', paragraph(run('Ours')));
    expect(ids(diffClauses([a, b, c], [a, b, c]))).toEqual(['a same', 'b same', 'c same']);
    expect(ids(diffClauses([a, b, c], [a, d, c]))).toEqual(['a same', 'b removed', 'd added', 'c same']);
    expect(ids(diffClauses([a, b, c, d], [d, a, b, c]))).toEqual(['d same moved', 'a same', 'b same', 'c same']);
    const changed = { ...b, heading: 'Our money' };
    expect(ids(diffClauses([b, a], [changed]))).toEqual(['b changed', 'a removed']);
    expect(ids(diffClauses([], [a]))).toEqual(['a added']);
    expect(ids(diffClauses([a], []))).toEqual(['a removed']);
  });

  it('gives both texts exactly, whatever changed', () => {
    const words = fc.constantFrom('we', 'all', 'agree', 'never', 'لا', 'money', '.', ',');
    const runs = fc
      .tuple(fc.array(words, { minLength: 1, maxLength: 5 }), fc.boolean())
      .map(([each, strong]) => run(each.join(' '), ...(strong ? [{ type: 'strong' } as const] : [])));
    const block = fc.oneof(
      fc.array(runs, { maxLength: 3 }).map((content) => paragraph(...content)),
      fc.array(words, { minLength: 1, maxLength: 3 }).map((items) => list(...items)),
    );
    const text = fc.array(block, { maxLength: 6 });
    const lettersOf = (rich: RichText) => sideOf(diffRich(rich, rich), 'added');
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffRich(before, after);
        expect(sideOf(lines, 'added')).toEqual(lettersOf(before));
        expect(sideOf(lines, 'removed')).toEqual(lettersOf(after));
      }),
      { numRuns: 500 },
    );
  });

  it('of two long texts with nothing in common does not take for ever', () => {
    const long = (word: string) =>
      Array.from({ length: 2_000 }, (_, n) => paragraph(run(`${word} ${n} ${word.repeat(20)}`)));
    const start = performance.now();
    expect(diffRich(long('a'), long('b'))).toHaveLength(4_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
