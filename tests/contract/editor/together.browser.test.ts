/** Real editors in a real Chromium: people write together, and what they see is what the documents say. */
import { initProseMirrorDoc } from 'y-prosemirror';
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRich } from '../../../src/documents/rich-text/read.ts';
import { schema } from '../../../src/editor/schema.ts';
import { LOCAL } from '../../../src/log/capture.ts';
import { createBelow, editAtRandom } from './random-edits.ts';
import { createStage, type Device, first, paragraph, rendered, second, seen, type Stage, type } from './stage.ts';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

const set = (...args: Parameters<typeof createStage>): Stage => (stage = createStage(...args));

describe('two people in one text', () => {
  test('see what the other writes', () => {
    const here = set(2, [paragraph('Bread')]);
    type(first(here), ' and roses');
    here.settle();
    expect(seen(second(here))).toBe('<p dir="auto">Bread and roses</p>');
  });

  test('the person’s edits are of the caller’s origin', () => {
    const here = set(2, [paragraph('Bread')]);
    type(first(here), '!');
    first(here).editor.run('heading-2');
    here.settle();
    expect(new Set(first(here).origins)).toEqual(new Set([LOCAL]));
    expect(second(here).origins).toEqual([]);
  });

  test('what a person writes does not come back to them from the document', () => {
    const here = set(1, [paragraph('Bread')]);
    const view = first(here).view();
    let replaced = 0;
    const { dispatch } = view;
    view.dispatch = (transaction) => {
      replaced += transaction.docChanged ? 1 : 0;
      dispatch.call(view, transaction);
    };
    type(first(here), '!');
    first(here).editor.run('heading-2');
    expect(replaced).toBe(2);
  });

  test('moving about in a text writes nothing', () => {
    const here = set(2, []);
    first(here).editor.focus('end');
    type(second(here), 'Bread');
    here.settle();
    second(here).view().dispatch(second(here).view().state.tr.delete(0, 7));
    here.settle();
    first(here).editor.focus('start');
    first(here).editor.focus('end');
    expect(first(here).origins).toEqual([]);
  });

  test('who begin in one empty paragraph apart keep both their words, once', () => {
    const here = set(2, [paragraph('')]);
    first(here).view().dispatch(first(here).view().state.tr.split(1));
    here.settle();
    type(first(here), 'bread');
    type(second(here), 'roses');
    first(here).take();
    second(here).take();
    type(first(here), '.');
    here.settle();
    const text = second(here).view().state.doc.textContent;
    expect([text.split('bread').length, text.split('roses').length]).toEqual([2, 2]);
    expect(seen(first(here))).toBe(seen(second(here)));
  });

  test('a list that both emptied apart is shown as an empty line and deleted by nobody', () => {
    const item = (text: string) => ({ type: 'list_item', content: [paragraph(text)] }) as const;
    const here = set(2, [{ type: 'bullet_list', content: [item('one'), item('two')] }]);
    for (const [index, device] of here.devices.entries()) {
      device.doc.transact(() => (device.fragment.get(0) as Y.XmlElement).delete(index, 1), LOCAL);
      device.origins.length = 0;
    }
    here.settle();
    for (const device of here.devices) {
      expect(device.origins).toEqual([]);
      expect(device.fragment.toJSON()).toBe('<bullet_list></bullet_list>');
      expect(seen(device)).toBe(rendered(device));
    }
    type(first(here), 'three', 3);
    here.settle();
    expect(seen(second(here))).toBe('<ul dir="ltr"><li><p dir="auto">three</p></li></ul>');
  });
});

describe('random edits apart', () => {
  const START = [paragraph('Bread and roses'), paragraph(''), paragraph('for everybody, and peace')];
  const from = Number(import.meta.env['VITE_EDITOR_SEED'] ?? 1);
  const seeds = Array.from({ length: Number(import.meta.env['VITE_EDITOR_RUNS'] ?? 12) }, (_, index) => from + index);

  test.each(seeds)('seed %i: three people’s documents and editors become the same', (seed) => {
    const here = set(3, START);
    const below = createBelow(seed);
    for (let step = 0; step < 120; step++) {
      const device = here.devices[below(3)] as Device;
      editAtRandom(device, below);
      if (below(4) === 0) (here.devices[below(3)] as Device).take(1 + below(5));
    }
    here.settle();
    const [one, ...others] = here.devices as [Device, ...Device[]];
    for (const device of here.devices) {
      expect(device.editor.mode, `seed ${seed}`).toEqual({ type: 'bound' });
      const fresh = initProseMirrorDoc(device.fragment, schema).doc;
      if (fresh.childCount > 0) expect(device.view().state.doc.toJSON(), `seed ${seed}`).toEqual(fresh.toJSON());
      expect(seen(device), `seed ${seed}`).toBe(rendered(device));
    }
    for (const other of others) {
      expect(readRich(other.fragment), `seed ${seed}`).toEqual(readRich(one.fragment));
      expect(Y.encodeStateVector(other.doc), `seed ${seed}`).toEqual(Y.encodeStateVector(one.doc));
      expect(seen(other), `seed ${seed}`).toBe(seen(one));
    }
  });
});

describe('undo', () => {
  test('takes back the person’s own words and puts the cursor where it was', () => {
    const here = set(2, [paragraph('Bread')]);
    first(here).editor.focus('end');
    type(first(here), ' and roses');
    here.settle();
    type(second(here), 'Peace, ', 1);
    here.settle();
    first(here).editor.focus('start');
    expect(first(here).editor.run('undo')).toBe(true);
    expect(first(here).view().state.selection.head).toBe('Peace, Bread'.length + 1);
    here.settle();
    expect(seen(second(here))).toBe('<p dir="auto">Peace, Bread</p>');
    expect(first(here).editor.run('redo')).toBe(true);
    expect(seen(first(here))).toBe('<p dir="auto">Peace, Bread and roses</p>');
    expect(first(here).editor.run('redo')).toBe(false);
  });

  test('of a paragraph leaves it where somebody else has written in it', () => {
    const here = set(2, [paragraph('Bread')]);
    const view = first(here).view();
    view.dispatch(view.state.tr.split(6));
    type(first(here), 'mine');
    here.settle();
    type(second(here), ' and yours');
    here.settle();
    first(here).editor.run('undo');
    first(here).editor.run('undo');
    here.settle();
    expect(seen(second(here))).toBe('<p dir="auto">Bread</p><p dir="auto"> and yours</p>');
    expect(seen(first(here))).toBe(seen(second(here)));
  });

  test('lives on when an editor is closed', () => {
    const here = set(1, [paragraph('Bread')]);
    type(first(here), '!');
    first(here).editor.destroy();
    first(here).undo.undo();
    expect(first(here).fragment.toJSON()).toBe('<paragraph>Bread</paragraph>');
  });
});

describe('who may not write', () => {
  test('sees what others write, selects, and changes nothing', () => {
    const here = set(2, [paragraph('Bread and roses')]);
    const { editor } = first(here);
    editor.setEditable(false);
    type(first(here), 'x', 3);
    expect(seen(first(here))).toBe('<p dir="auto">Bread and roses</p>');
    expect(editor.run('heading-2')).toBe(false);
    expect(editor.setLink('https://example.org')).toBe(false);
    type(second(here), '!');
    here.settle();
    expect(seen(first(here))).toBe('<p dir="auto">Bread and roses!</p>');
    expect(first(here).origins).toEqual([]);
    const box = first(here).view().dom;
    expect([box.getAttribute('role'), box.getAttribute('aria-readonly'), box.isContentEditable]).toEqual([
      'textbox',
      'true',
      false,
    ]);
    getSelection()?.setBaseAndExtent(
      box.querySelector('p')?.firstChild as Node,
      0,
      box.querySelector('p')?.firstChild as Node,
      5,
    );
    document.dispatchEvent(new Event('selectionchange'));
    expect(editor.selected()?.quote).toBe('Bread');
  });
});
