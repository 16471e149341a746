/** Cursors, comments and suggestions: shown in the text, and never part of it. */
import { afterEach, describe, expect, test } from 'vitest';
import { splitBlock } from 'prosemirror-commands';
import { TextSelection } from 'prosemirror-state';
import { type Anchor, anchorOf, rangeOf, stickyPlace } from '../../../src/editor/anchor.ts';
import { type Dye, NOTHING_SHOWN } from '../../../src/editor/shown.ts';
import { createBelow, editAtRandom } from './random-edits.ts';
import { createStage, type Device, first, paragraph, second, type Stage, type } from './stage.ts';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

/** A stretch by its words, which stand in the text once. */
const around = (device: Device, words: string): Anchor => {
  const { doc } = device.view().state;
  let from = -1;
  doc.descendants((node, position) => {
    const at = node.isText ? (node.text ?? '').indexOf(words) : -1;
    if (at >= 0) from = position + at;
  });
  return anchorOf(device.fragment, { from, to: from + words.length });
};

const wordsAt = (device: Device, anchor: Anchor): string | null => {
  const range = rangeOf(device.fragment, anchor);
  return range && device.view().state.doc.textBetween(range.from, range.to, '/');
};

describe('an anchor', () => {
  test('stays with its words on every device, and takes in nothing that is typed beside them', () => {
    stage = createStage(2, [paragraph('Bread and roses'), paragraph('Peace')]);
    const anchor = around(first(stage), 'and');
    type(second(stage), 'brown ', 1);
    stage.settle();
    const at = rangeOf(first(stage).fragment, anchor)?.from ?? 0;
    type(first(stage), 'h', at);
    type(first(stage), 'y', at + 4);
    expect(wordsAt(first(stage), anchor)).toBe('and');
    stage.settle();
    expect(wordsAt(second(stage), anchor)).toBe('and');
  });

  test('is found by its quote where its paragraph was made anew', () => {
    stage = createStage(1, [paragraph('Bread and roses'), paragraph('Peace')]);
    const device = first(stage);
    const anchor = around(device, 'and');
    device.editor.focus('start');
    device.editor.run('heading-2');
    expect(rangeOf(device.fragment, anchor)).toBe(null);
    expect(device.editor.select(anchor)).toBe(false);
    expect(device.editor.select(anchor, 'and')).toBe(true);
    expect(device.editor.selected()?.quote).toBe('and');
  });

  test('of any bytes gives a range or none, and never throws', () => {
    stage = createStage(1, [paragraph('Bread')]);
    const below = createBelow(7);
    for (let i = 0; i < 2000; i++) {
      const bytes = Uint8Array.from({ length: below(20) }, () => below(below(2) === 0 ? 256 : 8));
      const range = rangeOf(first(stage).fragment, { from: bytes, to: bytes });
      if (range) expect(range.from).toBeLessThanOrEqual(first(stage).view().state.doc.content.size);
    }
  });

  test.each([21, 22, 23, 24])('is at one place on all devices and there and back at every place (seed %i)', (seed) => {
    stage = createStage(2, [paragraph('Bread and roses'), paragraph('')]);
    const below = createBelow(seed);
    for (let step = 0; step < 60; step++) editAtRandom(stage.devices[below(2)] as Device, below);
    stage.settle();
    const [one, other] = stage.devices as [Device, Device];
    const size = one.view().state.doc.content.size;
    for (let position = 0; position <= size; position++) {
      const $position = one.view().state.doc.resolve(position);
      if (!$position.parent.inlineContent) continue;
      const range = { from: position, to: position };
      const anchor = anchorOf(one.fragment, range);
      expect(rangeOf(one.fragment, anchor), `seed ${seed}, ${position}`).toEqual(range);
      expect(rangeOf(other.fragment, anchor)).toEqual(range);
    }
  });
});

describe('what is shown', () => {
  const cursor = (device: Device, position: number, name: string, dye = 'woad' as Dye) => {
    const place = stickyPlace(device.fragment, position, 'before');
    return { id: name, name, dye, anchor: place, head: place };
  };

  test('names another person’s cursor by text alone, in a colour of the list', () => {
    stage = createStage(2, [paragraph('Bread')]);
    const evil = cursor(second(stage), 3, '<img src=x onerror=alert(1)>', 'red;}' as Dye);
    first(stage).editor.show({ ...NOTHING_SHOWN, cursors: [evil] });
    const mark = first(stage).element.querySelector('.rich-cursor');
    expect(mark?.textContent).toBe('<img src=x onerror=alert(1)>');
    expect(mark?.className).not.toContain('red');
    expect(mark?.classList.contains('rich-dye-madder')).toBe(true);
    expect(first(stage).fragment.toJSON()).toBe('<paragraph>Bread</paragraph>');
  });

  test('moves with the words, whoever writes', () => {
    stage = createStage(2, [paragraph('Bread and roses')]);
    const [one, other] = stage.devices as [Device, Device];
    const anchor = around(other, 'and');
    one.editor.show({
      cursors: [cursor(other, 6, 'Bob')],
      threads: [{ id: 'c1', anchor, quote: 'and' }],
      active: 'c1',
    });
    type(one, 'Good ', 1);
    type(other, 'ough', 6);
    stage.settle();
    splitBlock(other.view().state, other.view().dispatch);
    stage.settle();
    const marked = [...one.element.querySelectorAll('.rich-comment.rich-active')].map((each) => each.textContent);
    expect(marked.join('')).toBe('and');
  });

  test('strikes the old words of a suggestion and sets the new ones beside them, outside the text', () => {
    stage = createStage(1, [paragraph('Bread and roses')]);
    const device = first(stage);
    const anchor = around(device, 'roses');
    device.editor.show({ ...NOTHING_SHOWN, threads: [{ id: 's1', anchor, replacement: 'tulip' }] });
    expect(device.element.querySelector('del')?.textContent).toBe('roses');
    expect(device.element.querySelector('ins')?.textContent).toBe('tulip');
    expect(device.fragment.toJSON()).toBe('<paragraph>Bread and roses</paragraph>');
    expect(device.editor.replaceRange(anchor, 'tulip')).toBe(true);
    expect(device.fragment.toJSON()).toBe('<paragraph>Bread and tulip</paragraph>');
    expect(device.editor.replaceRange(anchor, 'again')).toBe(false);
  });

  test('tells which threads were clicked, the innermost first', () => {
    const clicked: (readonly string[])[] = [];
    stage = createStage(1, [paragraph('Bread and roses')], { onthreads: (ids) => clicked.push(ids) });
    const device = first(stage);
    const threads = [
      { id: 'whole', anchor: around(device, 'Bread and roses') },
      { id: 'word', anchor: around(device, 'and') },
    ];
    device.editor.show({ ...NOTHING_SHOWN, threads });
    device.view().someProp('handleClick', (handle) => handle(device.view(), 8, new MouseEvent('click')));
    expect(clicked).toEqual([['word', 'whole']]);
  });
});

test('the person’s own cursor is told in places that others can read', () => {
  const told: (number | null)[] = [];
  stage = createStage(2, [paragraph('Bread and roses')], {
    oncursor: (own) =>
      told.push(own && (rangeOf(second(stage as Stage).fragment, { from: own.head, to: own.head })?.from ?? -1)),
  });
  const device = first(stage);
  device.editor.focus('end');
  const view = device.view();
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 4)));
  device.view().dom.blur();
  expect(told.at(-2)).toBe(4);
  expect(told.at(-1)).toBe(null);
});
