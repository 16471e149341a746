/** What a newer version may have written is shown, and never touched. */
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { LOCAL } from '../../../src/log/capture.ts';
import { type EditorMode, mountEditor } from '../../../src/editor/mount.ts';
import { applyForeign } from '../../../src/sync/open-documents.ts';
import { createStage, type Device, first, paragraph, type Stage, type } from './stage.ts';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

/** What a made-up newer version writes into a text. */
const newerParts: readonly (readonly [string, (fragment: Y.XmlFragment) => void])[] = [
  ['a new block', (fragment) => fragment.insert(1, [new Y.XmlElement('table')])],
  [
    'a new block with text in a list',
    (fragment) => {
      const [list, item, block] = ['bullet_list', 'list_item', 'check'].map((name) => new Y.XmlElement(name)) as [
        Y.XmlElement,
        Y.XmlElement,
        Y.XmlElement,
      ];
      block.insert(0, [new Y.XmlText('to be done')]);
      item.insert(0, [block]);
      list.insert(0, [item]);
      fragment.insert(0, [list]);
    },
  ],
  ['a new mark', (fragment) => textOf(fragment).format(0, 3, { underline: {} })],
  ['a new attribute of a mark', (fragment) => textOf(fragment).format(0, 3, { strong: { weight: 900 } })],
  ['a new attribute of a block', (fragment) => (fragment.get(0) as Y.XmlElement).setAttribute('align', 'end')],
  ['a new inline part', (fragment) => (fragment.get(0) as Y.XmlElement).insert(1, [new Y.XmlElement('mention')])],
  ['a picture among the letters', (fragment) => textOf(fragment).insertEmbed(2, { image: 'x' })],
  ['text between blocks', (fragment) => fragment.insert(0, [new Y.XmlText()])],
  [
    'a heading of a new level',
    (fragment) => {
      const heading = new Y.XmlElement('heading');
      heading.setAttribute('level', 6 as unknown as string);
      fragment.insert(0, [heading]);
    },
  ],
];

const textOf = (fragment: Y.XmlFragment): Y.XmlText => (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;

const cloneOf = (doc: Y.Doc): { readonly doc: Y.Doc; readonly fragment: Y.XmlFragment } => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  const fragment = copy.getMap<Y.XmlFragment>('clauses').get('one');
  if (!fragment) throw new Error('the copy has no text');
  return { doc: copy, fragment };
};

/** What everything in a document is, byte for byte. */
const bytesOf = (doc: Y.Doc): string => Y.encodeStateAsUpdate(doc).join();

const poke = (device: Device): void => {
  const { editor } = device;
  editor.focus('end');
  editor.run('heading-2');
  editor.run('bullet-list');
  editor.setLink('https://example.org', 'x');
  editor.setEditable(false);
  editor.setEditable(true);
};

describe.each(newerParts)('%s', (_name, write) => {
  test('that comes while the text is open closes its editor before anything is lost', () => {
    const modes: EditorMode[] = [];
    stage = createStage(1, [paragraph('Bread and roses'), paragraph('Peace')], { onmode: (mode) => modes.push(mode) });
    const device = first(stage);
    type(device, '!');
    const newer = cloneOf(device.doc);
    newer.doc.transact(() => write(newer.fragment));
    device.origins.length = 0;
    applyForeign(device.doc, Y.encodeStateAsUpdate(newer.doc, Y.encodeStateVector(device.doc)));
    expect(modes).toEqual([{ type: 'rendered', why: 'unknown' }]);
    poke(device);
    expect(device.origins).toEqual([]);
    expect(bytesOf(device.doc)).toBe(bytesOf(newer.doc));
    expect(device.element.textContent).toContain('Peace!');
  });

  test('that is there already is never bound', () => {
    stage = createStage(1, [paragraph('Bread and roses'), paragraph('Peace')]);
    const device = first(stage);
    device.editor.destroy();
    device.doc.transact(() => write(device.fragment), LOCAL);
    const before = bytesOf(device.doc);
    device.origins.length = 0;
    const { element, fragment, undo } = device;
    const again = mountEditor(element, fragment, { label: 'Text', editable: true, origin: LOCAL, undo });
    poke({ ...device, editor: again });
    expect(again.mode).toEqual({ type: 'rendered', why: 'unknown' });
    expect([bytesOf(device.doc), device.origins]).toEqual([before, []]);
    again.destroy();
  });
});

test('a document that became newer is only shown, and bound again when it is not', () => {
  let isNewer = false;
  stage = createStage(2, [paragraph('Bread')], { isNewer: () => isNewer });
  const [one, other] = stage.devices as [Device, Device];
  isNewer = true;
  other.doc.transact(() => other.doc.getMap('root').set('schemaVersion', 2), LOCAL);
  one.take();
  expect(one.editor.mode).toEqual({ type: 'rendered', why: 'newer' });
  isNewer = false;
  other.doc.transact(() => other.doc.getMap('root').set('schemaVersion', 1), LOCAL);
  one.take();
  expect(one.editor.mode).toEqual({ type: 'bound' });
});

test('a text that was only shown is bound again when the unknown part is gone', () => {
  stage = createStage(2, [paragraph('Bread')]);
  const [one, other] = stage.devices as [Device, Device];
  other.doc.transact(() => other.fragment.insert(0, [new Y.XmlElement('table')]), 'a newer version');
  one.take();
  expect(one.editor.mode.type).toBe('rendered');
  other.doc.transact(() => other.fragment.delete(0, 1), 'a newer version');
  one.take();
  expect(one.editor.mode.type).toBe('bound');
  type(one, '!');
  expect(one.fragment.toJSON()).toBe('<paragraph>Bread!</paragraph>');
});
