/** What the keys do, and what is made of a line that begins like a heading, a list or a quotation. */
import { baseKeymap, chainCommands } from 'prosemirror-commands';
import { inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { splitListItem } from 'prosemirror-schema-list';
import { type Command, Plugin } from 'prosemirror-state';
import type { CommandName } from './commands.ts';
import { schema } from './schema.ts';

const { nodes } = schema;

export const keyPlugins = (commands: Readonly<Record<CommandName, Command>>, askForLink: () => void): Plugin[] => {
  const link: Command = (_state, dispatch) => {
    if (dispatch) askForLink();
    return true;
  };
  const bindings: Record<string, Command> = {
    'Mod-b': commands.strong,
    'Mod-i': commands.em,
    'Mod-k': link,
    'Mod-z': swallow(commands.undo),
    'Mod-y': swallow(commands.redo),
    'Shift-Mod-z': swallow(commands.redo),
    'Mod-Alt-0': commands.paragraph,
    'Mod-Alt-2': commands['heading-2'],
    'Mod-Alt-3': commands['heading-3'],
    'Mod-Alt-4': commands['heading-4'],
    'Shift-Mod-7': commands['ordered-list'],
    'Shift-Mod-8': commands['bullet-list'],
    'Shift-Mod-9': commands.quote,
    'Mod-]': commands.sink,
    'Mod-[': commands.lift,
    'Shift-Enter': commands.break,
    'Mod-Enter': commands.break,
    Backspace: undoInputRule,
    Enter: chainCommands(splitListItem(nodes.list_item)),
  };
  return [tabPlugin(commands), keymap(bindings), keymap(baseKeymap), shortcuts()];
};

/** The browser's own undo knows nothing of what others did, so it never gets the key. */
const swallow =
  (command: Command): Command =>
  (state, dispatch, view) => {
    command(state, dispatch, view);
    return true;
  };

/** Tab moves an item in where it can, and else moves on. After Escape it moves on in any case. */
const tabPlugin = (commands: Readonly<Record<CommandName, Command>>): Plugin => {
  let isLeaving = false;
  return new Plugin({
    props: {
      handleKeyDown: (view, event) => {
        if (event.key !== 'Tab') {
          if (event.key !== 'Shift') isLeaving = event.key === 'Escape';
          return false;
        }
        if (isLeaving || event.ctrlKey || event.altKey || event.metaKey) return false;
        const command = event.shiftKey ? OUT(commands) : commands.sink;
        return command(view.state, view.dispatch, view);
      },
      handleDOMEvents: {
        blur: () => {
          isLeaving = false;
          return false;
        },
      },
    },
  });
};

/** Shift-Tab: out of an inner list, but not out of the outermost one, so that it can lead back out of the text. */
const OUT =
  (commands: Readonly<Record<CommandName, Command>>): Command =>
  (state, dispatch, view) => {
    const { $from } = state.selection;
    let depth = 0;
    for (let at = $from.depth; at > 0; at--) if ($from.node(at).type === nodes.list_item) depth += 1;
    return depth > 1 && commands.lift(state, dispatch, view);
  };

const shortcuts = (): Plugin =>
  inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,4})\s$/, nodes.heading, (match) => ({
        level: Math.min(4, Math.max(2, (match[1] ?? '').length + 1)),
      })),
      wrappingInputRule(/^\s*[-*•]\s$/, nodes.bullet_list),
      wrappingInputRule(/^\s*1[.)]\s$/, nodes.ordered_list),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    ],
  });
