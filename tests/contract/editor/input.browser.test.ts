/** Hands on the keys: typing, input methods, shortcuts, Tab, right-to-left, the page's policy. */
import { afterEach, describe, expect, test } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import { TextSelection } from 'prosemirror-state';
import { type CommandName, COMMANDS, type ToolbarState } from '../../../src/editor/commands.ts';
import { mountEditor } from '../../../src/editor/mount.ts';
import { NOTHING_SHOWN } from '../../../src/editor/shown.ts';
import { LOCAL } from '../../../src/log/capture.ts';
import { createStage, type Device, first, paragraph, rendered, second, seen, type Stage, type } from './stage.ts';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

const select = (device: Device, from: number, to = from): void => {
  const view = device.view();
  view.focus();
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)));
};

const text = (device: Device): string => device.view().state.doc.textContent;

/** Resolves when the editor has read what a key or an input method did to the page. */
const read = async (device: Device, expected: string): Promise<void> => expect.poll(() => text(device)).toBe(expected);

describe('keys', () => {
  test('typing goes into the document, and what begins like a list becomes one', async () => {
    stage = createStage(2, [paragraph('')]);
    select(first(stage), 1);
    await userEvent.keyboard('- Bread{Enter}and roses{Enter}{Enter}# Peace');
    stage.settle();
    expect(seen(second(stage))).toBe(
      '<ul dir="ltr"><li><p dir="auto">Bread</p></li><li><p dir="auto">and roses</p></li></ul><h3 dir="auto">Peace</h3>',
    );
  });

  test.each([
    ['1. x', '<ol dir="ltr"><li><p dir="auto">x</p></li></ol>'],
    ['> x', '<blockquote dir="ltr"><p dir="auto">x</p></blockquote>'],
    ['### x', '<h5 dir="auto">x</h5>'],
    ['{Control>}b{/Control}x', '<p dir="auto"><strong>x</strong></p>'],
    ['x{Shift>}{Enter}{/Shift}y', '<p dir="auto">x<br>y</p>'],
    ['- {Backspace}', '<p dir="auto">- </p>'],
    ['x{Control>}z{/Control}y', '<p dir="auto">y</p>'],
  ])('%s', async (keys, html) => {
    stage = createStage(1, [paragraph('')]);
    select(first(stage), 1);
    await userEvent.keyboard(keys);
    await expect.poll(() => seen(first(stage as Stage))).toBe(html);
  });

  test('Tab moves an item in, and leads on everywhere else, after Escape in a list too', async () => {
    stage = createStage(1, [
      {
        type: 'bullet_list',
        content: [
          { type: 'list_item', content: [paragraph('one')] },
          { type: 'list_item', content: [paragraph('two')] },
        ],
      },
      paragraph('outside'),
    ]);
    const device = first(stage);
    const after = document.body.appendChild(document.createElement('button'));
    after.textContent = 'after';
    const isOut = () => document.activeElement === after;
    select(device, 10);
    await userEvent.keyboard('{Tab}');
    expect(seen(device)).toContain('<li><p dir="auto">one</p><ul dir="ltr"><li><p dir="auto">two</p></li></ul></li>');
    expect(isOut()).toBe(false);
    await userEvent.keyboard('{Tab}');
    expect(isOut()).toBe(true);
    select(device, 10);
    device.editor.run('lift');
    select(device, 10);
    await userEvent.keyboard('{Escape}{Tab}');
    expect(isOut()).toBe(true);
    expect(device.view().state.doc.child(0).childCount).toBe(2);
    select(device, 20);
    await userEvent.keyboard('{Tab}');
    expect(isOut()).toBe(true);
    after.remove();
  });

  test('the link key asks the caller, with the address that is there', async () => {
    const asked: (string | null)[] = [];
    stage = createStage(1, [paragraph('Bread and roses')], { onlink: (href) => asked.push(href) });
    const device = first(stage);
    select(device, 1, 6);
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(device.editor.setLink('javascript:alert(1)')).toBe(false);
    expect(device.editor.setLink('example.org/bread')).toBe(true);
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(asked).toEqual([null, 'https://example.org/bread']);
    select(device, 3);
    expect(device.editor.setLink(null)).toBe(true);
    expect(seen(device)).toBe('<p dir="auto">Bread and roses</p>');
  });
});

describe('input methods', () => {
  test('what is being composed survives what others write in the same paragraph and in others', async () => {
    stage = createStage(2, [paragraph('Bread '), paragraph('Peace')]);
    const [one, other] = stage.devices as [Device, Device];
    select(one, 7);
    await cdp().send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    await read(one, 'Bread にPeace');
    expect(one.editor.isComposing).toBe(true);
    type(other, '!');
    stage.settle();
    await cdp().send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
    await read(one, 'Bread にほPeace!');
    type(other, 'Good ', 1);
    stage.settle();
    await cdp().send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await read(one, 'Good Bread にほんPeace!');
    expect(one.editor.isComposing).toBe(true);
    await cdp().send('Input.insertText', { text: '日本' });
    await read(one, 'Good Bread 日本Peace!');
    stage.settle();
    expect(text(other)).toBe('Good Bread 日本Peace!');
    expect(seen(one)).toBe(rendered(other));
  });

  test('words that a phone puts in whole, and replaces, come once', async () => {
    stage = createStage(2, [paragraph('')]);
    const [one, other] = stage.devices as [Device, Device];
    select(one, 1);
    for (const part of ['b', 'br', 'bre']) {
      await cdp().send('Input.imeSetComposition', {
        text: part,
        selectionStart: part.length,
        selectionEnd: part.length,
      });
    }
    await cdp().send('Input.insertText', { text: 'bread ' });
    await read(one, 'bread ');
    // a correction: the keyboard takes the word back and puts another there
    await cdp().send('Input.imeSetComposition', {
      text: 'bred',
      selectionStart: 4,
      selectionEnd: 4,
      replacementStart: 0,
      replacementEnd: 5,
    });
    await cdp().send('Input.insertText', { text: 'broad' });
    await read(one, 'broad ');
    stage.settle();
    expect(text(other)).toBe('broad ');
  });

  test('text that the page itself was given, as some keyboards do, is read from it', async () => {
    stage = createStage(1, [paragraph('Bread')]);
    const device = first(stage);
    select(device, 6);
    const node = device.view().dom.querySelector('p')?.firstChild as Text;
    node.data = 'Bread and';
    await read(device, 'Bread and');
    expect(device.fragment.toJSON()).toBe('<paragraph>Bread and</paragraph>');
  });
});

test('a paragraph runs as its own words do, beside others', () => {
  stage = createStage(1, [
    paragraph('Bread'),
    paragraph('خبز وورد'),
    { type: 'ordered_list', content: [{ type: 'list_item', content: [paragraph('خبز')] }] },
  ]);
  const device = first(stage);
  const directions = [...device.view().dom.querySelectorAll('p, ol')].map((each) => getComputedStyle(each).direction);
  expect(directions).toEqual(['ltr', 'rtl', 'rtl', 'rtl']);
  expect(seen(device)).toBe(rendered(device));
});

test('the toolbar is told where the cursor is and what can be done there', () => {
  const told: ToolbarState[] = [];
  stage = createStage(1, [paragraph('Bread'), { type: 'heading', level: 3, content: [] }], {
    ontoolbar: (state) => told.push(state),
  });
  const device = first(stage);
  const on = (state: ToolbarState | undefined, which: 'active' | 'enabled'): readonly CommandName[] =>
    COMMANDS.filter((name) => state?.[which][name]);
  select(device, 1, 4);
  device.editor.run('strong');
  expect(on(told.at(-1), 'active')).toEqual(['strong', 'paragraph']);
  expect(on(told.at(-1), 'enabled')).toContain('undo');
  expect(on(told.at(-1), 'enabled')).not.toContain('lift');
  select(device, 8);
  expect(on(told.at(-1), 'active')).toEqual(['heading-3']);
  device.editor.setEditable(false);
  expect(on(told.at(-1), 'enabled')).toEqual([]);
});

test('the editor breaks nothing of a policy without inline styles, be it with styled things pasted', async () => {
  stage = createStage(1, [paragraph('Bread and roses')]);
  const { fragment, undo, doc } = first(stage);
  const frame = document.body.appendChild(document.createElement('iframe'));
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="style-src 'self'"><body></body>`;
  await loaded;
  const page = frame.contentDocument as Document;
  const broken: string[] = [];
  for (const one of [page, document])
    one.addEventListener('securitypolicyviolation', (event) => broken.push(event.sourceFile));
  const editor = mountEditor(page.body, fragment, { label: 'Text', editable: true, origin: LOCAL, undo });
  const place = { anchor: new Uint8Array([0]), head: new Uint8Array([0]) };
  editor.show({ ...NOTHING_SHOWN, cursors: [{ id: 'b', name: 'Bob', dye: 'woad', ...place }] });
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/html', '<p style="color:red"><span style="font-weight:700">and</span> peace</p>');
  page
    .querySelector('.rich')
    ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  doc.transact(() => undefined);
  expect(fragment.toJSON()).toContain('<strong>and</strong> peace');
  // the proof that the policy holds at all
  page.body.append(Object.assign(page.createElement('p'), { innerHTML: '<b style="color:red">x</b>' }));
  await expect.poll(() => broken.length).toBe(1);
  editor.destroy();
  frame.remove();
});
