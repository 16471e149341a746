/** What a toolbar or a key can do, by name; and what it may show: where the cursor is, and what can be done there. */
import { chainCommands, lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import type { Attrs, NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, wrapInList } from 'prosemirror-schema-list';
import { type Command, type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import type * as Y from 'yjs';
import { wellFormed } from '../lib/canonical-text.ts';
import { type HeadingLevel, hrefOf } from '../documents/rich-text/schema.ts';
import { schema } from './schema.ts';

export const COMMANDS = [
  'strong',
  'em',
  'paragraph',
  'heading-2',
  'heading-3',
  'heading-4',
  'bullet-list',
  'ordered-list',
  'quote',
  'sink',
  'lift',
  'break',
  'undo',
  'redo',
] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface ToolbarState {
  readonly active: Readonly<Record<CommandName, boolean>>;
  readonly enabled: Readonly<Record<CommandName, boolean>>;
  /** the address of the link that the cursor is in */
  readonly link: string | null;
  /** Is there something that could be made a link? Without a selection the address itself is written. */
  readonly canLink: boolean;
}

const { nodes, marks } = schema;

export const commandsWith = (undo: Y.UndoManager): Readonly<Record<CommandName, Command>> => ({
  strong: toggleMark(marks.strong),
  em: toggleMark(marks.em),
  paragraph: setBlockType(nodes.paragraph),
  'heading-2': toggleHeading(2),
  'heading-3': toggleHeading(3),
  'heading-4': toggleHeading(4),
  'bullet-list': toggleList(nodes.bullet_list),
  'ordered-list': toggleList(nodes.ordered_list),
  quote: (state, dispatch) =>
    isInside(state, nodes.blockquote) ? liftOut(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch),
  sink: sinkListItem(nodes.list_item),
  lift: chainCommands(liftListItem(nodes.list_item), lift),
  break: (state, dispatch) => {
    if (!state.selection.$head.parent.isTextblock) return false;
    dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create(), false).scrollIntoView());
    return true;
  },
  undo: (_state, dispatch) => step(undo.canUndo(), dispatch, () => undo.undo()),
  redo: (_state, dispatch) => step(undo.canRedo(), dispatch, () => undo.redo()),
});

const step = (can: boolean, dispatch: unknown, take: () => void): boolean => {
  if (can && dispatch) take();
  return can;
};

export const toolbarState = (
  state: EditorState,
  commands: Readonly<Record<CommandName, Command>>,
  isEditable: boolean,
): ToolbarState => {
  const all = (is: (name: CommandName) => boolean) =>
    Object.fromEntries(COMMANDS.map((name) => [name, is(name)])) as Record<CommandName, boolean>;
  return {
    active: all((name) => isActive(state, name)),
    enabled: all((name) => isEditable && commands[name](state)),
    link: linkAround(state)?.href ?? null,
    canLink: isEditable && state.selection.$head.parent.isTextblock,
  };
};

const isActive = (state: EditorState, name: CommandName): boolean => {
  const { parent } = state.selection.$from;
  switch (name) {
    case 'strong':
    case 'em':
      return hasMark(state, name);
    case 'paragraph':
      return parent.type === nodes.paragraph;
    case 'heading-2':
      return isHeading(state, 2);
    case 'heading-3':
      return isHeading(state, 3);
    case 'heading-4':
      return isHeading(state, 4);
    case 'bullet-list':
      return listAround(state)?.type === nodes.bullet_list;
    case 'ordered-list':
      return listAround(state)?.type === nodes.ordered_list;
    case 'quote':
      return isInside(state, nodes.blockquote);
    default:
      return false;
  }
};

const hasMark = ({ selection, storedMarks, doc }: EditorState, name: 'strong' | 'em'): boolean =>
  selection.empty
    ? marks[name].isInSet(storedMarks ?? selection.$from.marks()) !== undefined
    : doc.rangeHasMark(selection.from, selection.to, marks[name]);

const isHeading = ({ selection }: EditorState, level: HeadingLevel): boolean => {
  const { parent } = selection.$from;
  return parent.type === nodes.heading && parent.attrs['level'] === level;
};

const toggleHeading =
  (level: HeadingLevel): Command =>
  (state, dispatch) => {
    const [type, attrs]: [NodeType, Attrs | null] = isHeading(state, level)
      ? [nodes.paragraph, null]
      : [nodes.heading, { level }];
    return setBlockType(type, attrs)(state, dispatch);
  };

/** Into a list of this type; out of it where it is one; a list of the other type becomes this one. */
const toggleList =
  (type: NodeType): Command =>
  (state, dispatch) => {
    const list = listAround(state);
    if (list === null) return wrapInList(type)(state, dispatch);
    if (list.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup(list.position, type));
    return true;
  };

const listAround = ({ selection: { $from } }: EditorState): { type: NodeType; position: number } | null => {
  for (let depth = $from.depth; depth > 0; depth--) {
    const { type } = $from.node(depth);
    if (type === nodes.bullet_list || type === nodes.ordered_list) return { type, position: $from.before(depth) };
    if (type === nodes.blockquote) return null;
  }
  return null;
};

const isInside = ({ selection: { $from } }: EditorState, type: NodeType): boolean => {
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
  return false;
};

/** Out of the innermost quotation, with all that the selection touches in it. */
const liftOut = (state: EditorState, dispatch?: (transaction: Transaction) => void): boolean => {
  const { $from, $to } = state.selection;
  const range = $from.blockRange($to, (node) => node.type === nodes.blockquote);
  if (!range) return lift(state, dispatch);
  dispatch?.(state.tr.lift(range, range.depth - 1).scrollIntoView());
  return true;
};

interface LinkRange {
  readonly href: string;
  readonly from: number;
  readonly to: number;
}

/** The link that the cursor stands in, whole. */
const linkAround = ({ selection: { $from } }: EditorState): LinkRange | null => {
  const parent = $from.parent;
  if (!parent.isTextblock) return null;
  const start = $from.start();
  let found: LinkRange | null = null;
  let run: LinkRange | null = null;
  parent.forEach((node, offset) => {
    const href: unknown = marks.link.isInSet(node.marks)?.attrs['href'];
    const [from, to] = [start + offset, start + offset + node.nodeSize];
    run = typeof href !== 'string' ? null : run?.href === href ? { ...run, to } : { href, from, to };
    if (run !== null && run.from <= $from.pos && $from.pos <= run.to) found = run;
  });
  return found;
};

/**
 * Makes a link of what is selected, or of the link that the cursor is in; null takes it away. Where neither is, the
 * text (or the address) is written. False: the address is not one that is let in, or no text can stand here.
 */
export const setLink =
  (href: string | null, text?: string): Command =>
  (state, dispatch) => {
    if (!state.selection.$head.parent.isTextblock) return false;
    const address = href === null ? null : hrefOf(href);
    if (href !== null && address === null) return false;
    const around = linkAround(state);
    const { from, to } = state.selection.empty && around !== null ? around : state.selection;
    const { tr } = state;
    if (address === null) tr.removeMark(from, to, marks.link);
    else if (from !== to) tr.removeMark(from, to, marks.link).addMark(from, to, marks.link.create({ href: address }));
    else {
      const written = schema.text(wellFormed(text ?? '') || address, [marks.link.create({ href: address })]);
      tr.replaceSelectionWith(written, false).removeStoredMark(marks.link);
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };

/** Puts a text in the place of a stretch, with the formats that the stretch begins with. */
export const replaceStretch =
  (from: number, to: number, text: string): Command =>
  (state, dispatch) => {
    const lines = wellFormed(text).split('\n');
    const formats = state.doc.resolve(from).marksAcross(state.doc.resolve(to)) ?? [];
    const { tr } = state;
    const inline = lines.flatMap((line, index) => [
      ...(index === 0 ? [] : [nodes.hard_break.create()]),
      ...(line === '' ? [] : [schema.text(line, formats)]),
    ]);
    if (inline.length === 0) tr.deleteRange(from, to);
    else tr.replaceWith(from, to, inline);
    const end = tr.mapping.map(to);
    dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1)).scrollIntoView());
    return true;
  };
