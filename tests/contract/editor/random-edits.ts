/** A person who does anything that an editor lets one do, as a seed decides. */
import { splitBlock, joinBackward, deleteSelection } from 'prosemirror-commands';
import { TextSelection } from 'prosemirror-state';
import type { CommandName } from '../../../src/editor/commands.ts';
import type { Device } from './stage.ts';

export type Below = (limit: number) => number;

/** Small and repeatable (Tommy Ettinger's mulberry32). */
export const createBelow = (seed: number): Below => {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  };
};

const WORDS = ['bread ', 'and ', 'roses', 'خبز وورد ', '🌹', ' ', 'é', 'x'];
const COMMANDS: readonly CommandName[] = [
  'strong',
  'em',
  'paragraph',
  'heading-2',
  'heading-3',
  'bullet-list',
  'ordered-list',
  'quote',
  'sink',
  'lift',
  'break',
];

export const editAtRandom = (device: Device, below: Below): void => {
  const { editor } = device;
  const view = device.view();
  const size = view.state.doc.content.size;
  const [a, b] = [below(size + 1), below(size + 1)];
  const { doc } = view.state;
  const near = below(3) > 0 ? Math.min(size, a + below(6)) : b;
  view.dispatch(view.state.tr.setSelection(TextSelection.between(doc.resolve(a), doc.resolve(near))));
  const kind = below(20);
  if (kind < 8) view.dispatch(view.state.tr.insertText(WORDS[below(WORDS.length)] ?? ''));
  else if (kind < 10) deleteSelection(view.state, view.dispatch);
  else if (kind < 12) splitBlock(view.state, view.dispatch);
  else if (kind === 12) joinBackward(view.state, view.dispatch, view);
  else if (kind === 13) editor.setLink(below(3) === 0 ? null : `https://example.org/${below(3)}`, 'a link');
  else if (kind === 14) editor.run(below(3) === 0 ? 'redo' : 'undo');
  else editor.run(COMMANDS[below(COMMANDS.length)] ?? 'em');
};
