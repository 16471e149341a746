/** The editor of rich text, as a chunk of its own: load it by `import()`. For text that is only read: reading.ts. */
import './editor.css';

export { type Anchor } from './anchor.ts';
export { type Clause, type Clauses, mountClauses } from './clauses.ts';
export { type CommandName, type ToolbarState } from './commands.ts';
export { type Editor, type EditorMode, type EditorOptions, type OwnCursor } from './mount.ts';
export { type Dye, type PersonCursor, type Shown, type Thread } from './shown.ts';
