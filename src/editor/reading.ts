/** Rich text that is only read, without the editor's code. */
import './editor.css';

export { renderRich } from './render.ts';
export { anchorAt, anchorOfSelection, editorAnchor, findStretch, signAnchor, type Stretch, wordsIn } from './words.ts';
