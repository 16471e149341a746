/** Lists and quotations in the editor run as their first letter does (page.ts). */
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { directionOf, isDirected } from './page.ts';

const key = new PluginKey<DecorationSet>('direction');

export const directionPlugin = (): Plugin<DecorationSet> =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, state) => directions(state.doc),
      apply: (transaction, before) => (transaction.docChanged ? directions(transaction.doc) : before),
    },
    props: { decorations: (state) => key.getState(state) },
  });

const directions = (doc: Node): DecorationSet => {
  const found: Decoration[] = [];
  doc.descendants((node, position) => {
    if (node.isTextblock) return false;
    const dir = isDirected(node.type.name) ? directionOf(node.textContent) : null;
    if (dir !== null) found.push(Decoration.node(position, position + node.nodeSize, { dir }));
    return true;
  });
  return found.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, found);
};
