/**
 * May this fragment be bound? y-prosemirror deletes what its schema does not know, here and so everywhere. So a
 * fragment is looked through before it is bound, and again at each change from elsewhere before the binding sees it.
 */
import * as Y from 'yjs';
import { isKnown } from '../documents/rich-text/read.ts';
import { ELEMENTS, parseElementName } from '../documents/rich-text/schema.ts';

export const isBindable = (fragment: Y.XmlFragment): boolean =>
  isKnown(fragment) && fragment.toArray().every(hasNoStrayText);

/** A text between blocks says nothing while it is empty, and y-prosemirror would delete all that is around it. */
const hasNoStrayText = (child: unknown): boolean => {
  if (!(child instanceof Y.XmlElement)) return false;
  const name = parseElementName(child.nodeName);
  const content = name === null ? 'none' : ELEMENTS[name].content;
  return content === 'inline' || content === 'none' || child.toArray().every(hasNoStrayText);
};
