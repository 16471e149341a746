/** Rich text that is only read, without the editor's code. */
import './editor.css';

export { renderRich } from './render.ts';
export {
  chooseAnchored,
  type Chosen,
  chooseSelected,
  chooseWords,
  editorAnchor,
  findStretch,
  type Stretch,
  wordsIn,
} from './words.ts';
