/** How the person's own group takes part in one action, as they work on it. */
import type * as Y from 'yjs';
import { respectOthers } from '../../documents/calendar/index.ts';
import type { ActionId, ActionView, Conflict, FieldChange, Standing } from '../../documents/calendar/index.ts';
import { changeVariation, createVariations, homeOf, reasonOf, stillHolds } from '../../documents/variations/index.ts';
import type { VariationView } from '../../documents/variations/index.ts';
import type { GroupId } from '../../log/types.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { ReplicaError } from '../../sync/replica-types.ts';
import { History } from '../company/history.svelte.ts';
import { TextBinding } from '../company/text.svelte.ts';
import type { Calendar, Part } from './calendar.svelte.ts';
import { settling } from './settle.ts';
import { OF_ITS_END, takenOver } from './take-over.ts';

/** Close it with the screen. */
export class VariationDesk {
  readonly calendar: Calendar;
  readonly action: ActionId;
  readonly group: GroupId;
  /** of the document in which this group speaks about the action */
  readonly history: History;
  readonly reason: TextBinding | null;
  #docs: readonly Y.Doc[];
  #home: Y.Doc;
  #letGo: () => void;

  constructor(calendar: Calendar, action: ActionId, group: GroupId, docs: readonly Y.Doc[], home: Y.Doc) {
    this.calendar = calendar;
    this.action = action;
    this.group = group;
    this.#docs = docs;
    this.#home = home;
    this.history = new History(home);
    this.#letGo = respectOthers(home, this.history.steps);
    const text = reasonOf(home, action);
    const document = calendar.openDocuments(group).find(({ doc }) => doc === home)?.id;
    const place = document && { document, name: `reason/${action}` };
    this.reason = text && place ? new TextBinding(text, place, this.history, calendar.company.world.presence) : null;
  }

  /** The common frame; null: not there, or taken out of the calendar */
  get frame(): ActionView | null {
    return this.calendar.view?.actions.get(this.action) ?? null;
  }

  /** null: the group has said nothing yet */
  get part(): Part | null {
    const { frame } = this;
    return frame === null ? null : this.calendar.part(frame, this.group);
  }

  get variation(): VariationView | null {
    return this.part?.variation ?? null;
  }

  setStanding(standing: Standing): boolean {
    return this.change([{ field: 'standing', value: standing }]);
  }

  /** What the group has of its own; null: it follows the common frame. Whoever has something of their own adapts. */
  change(fields: readonly FieldChange[]): boolean {
    const { frame, variation } = this;
    if (frame === null) return false;
    const isOwn = fields.some(({ field, value }) => field !== 'standing' && value !== null);
    const says = fields.some(({ field }) => field === 'standing');
    const adapts: readonly FieldChange[] =
      isOwn && !says && variation?.standing !== 'adapting' ? [{ field: 'standing', value: 'adapting' }] : [];
    return this.#apart(() => changeVariation(this.#docs, LOCAL, this.action, [...fields, ...adapts], frame).ok);
  }

  /** The person looked at what changed, and what the group said still holds. */
  stillHolds(): boolean {
    const { frame } = this;
    return frame !== null && this.#apart(() => stillHolds(this.#docs, LOCAL, frame).ok);
  }

  /** What the group said of the series before holds for this one too: from here on it stands here. */
  takeOver(): boolean {
    const { frame } = this;
    const carried = frame === null ? null : this.calendar.carried(frame, this.group);
    if (frame === null || carried === null) return false;
    const { from, part } = carried;
    const { here, there } = takenOver(from, part, frame);
    const endedOnly = part.asked?.changed.every((name) => OF_ITS_END.includes(name)) ?? true;
    return this.#apart(() => {
      if (!changeVariation(this.#docs, LOCAL, this.action, here, frame).ok) return false;
      const reason = reasonOf(this.#home, this.action);
      if (reason?.length === 0) this.#home.transact(() => reason.insert(0, part.variation.reason), LOCAL);
      // that the series before ended is no question any more; what else changed in it is
      if (there.length > 0 || part.asked !== null)
        changeVariation(this.#docs, LOCAL, from.id, there, endedOnly ? from : null);
      return true;
    });
  }

  settle(conflict: Conflict, choice: number): boolean {
    const field = settling(conflict, choice);
    return field !== null && this.change([field]);
  }

  close(): void {
    this.#letGo();
    this.history.close();
  }

  /** A step of its own for undo. */
  #apart(change: () => boolean): boolean {
    this.history.mark();
    const isDone = change();
    this.history.mark();
    return isDone;
  }
}

/** May this person say how their group takes part? */
export const maySpeakForGroup = ({ company, look }: Calendar): boolean =>
  look.type === 'ready' && company.mayCreate && company.me !== null;

/**
 * For the person's own group. Makes the group's document of variations where it has none yet: call it when they begin to
 * say something, and not when they only look.
 */
export const openVariationDesk = async (
  calendar: Calendar,
  action: ActionId,
): Promise<Result<VariationDesk, ReplicaError>> => {
  const { company } = calendar;
  const { me } = company;
  if (me === null || !maySpeakForGroup(calendar)) return err({ type: 'NotAllowed' });
  const { replica } = company.world;
  if (calendar.openDocuments(me.group).length === 0) {
    const made = await replica.createDocument({
      ...{ kind: 'variations', owner: me.group, parent: calendar.id, writers: 'group' },
    });
    if (!made.ok) return made;
    const opened = await replica.openDocument(made.value);
    if (!opened.ok) return opened;
    createVariations(opened.value, LOCAL);
  }
  const opened = await Promise.all(calendar.openDocuments(me.group).map((each) => each.opened));
  // one whose content is still on its way cannot be changed; what others of the group said there comes later
  const docs = opened.filter((doc) => doc !== null && reasonOf(doc, action) !== null) as readonly Y.Doc[];
  const home = homeOf(docs, action);
  return home === null
    ? err({ type: 'UnknownDocument' })
    : ok(new VariationDesk(calendar, action, me.group, docs, home));
};
