/**
 * Reads one agreement again and again: only the bodies that changed since are read anew, and what did not change is the
 * same object as before, so that a long text costs a keystroke no more than the clause that it is typed in.
 */
import type * as Y from 'yjs';
import { asFragment, readRich } from '../rich-text/index.ts';
import type { RichText } from '../rich-text/index.ts';
import { readAgreementBy } from './read.ts';
import type { AgreementState, ClauseView } from './read.ts';
import { clausesOf } from './schema.ts';

export interface FollowedAgreement {
  /** as `readAgreement(doc)` */
  readonly read: () => AgreementState;
  readonly stop: () => void;
}

export const followAgreement = (doc: Y.Doc): FollowedAgreement => {
  const clauses = clausesOf(doc);
  const bodies = new WeakMap<Y.XmlFragment, RichText>();
  const changed = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const { target } of events) {
      const fragment = fragmentAround(target);
      if (fragment !== null) bodies.delete(fragment);
    }
  };
  const bodyOf = (fragment: Y.XmlFragment): RichText => {
    const known = bodies.get(fragment);
    if (known !== undefined) return known;
    const rich = readRich(fragment);
    bodies.set(fragment, rich);
    return rich;
  };
  let viewById: ReadonlyMap<string, ClauseView> = new Map();
  const sameAsBefore = (view: ClauseView): ClauseView => {
    const before = viewById.get(view.id);
    return before !== undefined && before.heading === view.heading && before.body === view.body ? before : view;
  };

  clauses.observeDeep(changed);
  return {
    read: () => {
      const state = readAgreementBy(doc, bodyOf);
      if (state.type === 'empty') return state;
      const { agreement } = state;
      const shown = agreement.clauses.map(sameAsBefore);
      const removed = agreement.removedClauses.map(sameAsBefore);
      viewById = new Map([...shown, ...removed].map((view) => [view.id, view]));
      return { ...state, agreement: { ...agreement, clauses: shown, removedClauses: removed } };
    },
    stop: () => clauses.unobserveDeep(changed),
  };
};

/** The body that a changed type is in, or is: the outermost, since a stranger may put fragments in fragments. */
const fragmentAround = (target: Y.AbstractType<unknown>): Y.XmlFragment | null => {
  let found: Y.XmlFragment | null = null;
  for (let type: Y.AbstractType<unknown> | null = target; type !== null; type = type.parent)
    found = asFragment(type) ?? found;
  return found;
};
