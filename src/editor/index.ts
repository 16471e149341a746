/** The editor of rich text, as a chunk of its own: load it by `import()`. For text that is only read: reading.ts. */
import './editor.css';

export { type Anchor, anchorOf, rangeOf } from './anchor.ts';
export { type Clause, type Clauses, mountClauses } from './clauses.ts';
export { type CommandName, COMMANDS, type ToolbarState } from './commands.ts';
export { type Editor, type EditorMode, type EditorOptions, mountEditor, type OwnCursor } from './mount.ts';
export { renderRich } from './render.ts';
export { DYES, type Dye, NOTHING_SHOWN, type PersonCursor, type Shown, type Thread } from './shown.ts';
