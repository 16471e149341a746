/**
 * One calendar with the variations of all groups: what its screens show. What did not change since it was read stays the
 * same object, so that five thousand actions cost a keystroke no more than the one that it is typed in.
 */
import type * as Y from 'yjs';
import { followCalendar, parseActionId } from '../../documents/calendar/index.ts';
import type { ActionId, ActionView, CalendarState, CalendarView } from '../../documents/calendar/index.ts';
import { joinVariations, overlay, readVariations, stillValid } from '../../documents/variations/index.ts';
import type { StillValid, VariationsPart, VariationView } from '../../documents/variations/index.ts';
import type { DocumentEntry, DocumentId, GroupId } from '../../log/types.ts';
import { dateOfWall, parseZoneId, UTC, zoneOf } from '../../times/index.ts';
import type { WallDate, ZoneId } from '../../times/index.ts';
import type { Company } from '../company/company.svelte.ts';
import { OpenDocument } from '../company/open-document.svelte.ts';

export type CalendarLook = { readonly type: 'opening' } | { readonly type: 'failed' } | CalendarState;

/** How one group takes part in an action. */
export interface Part {
  readonly group: GroupId;
  readonly variation: VariationView;
  /** the action as it is for this group */
  readonly action: ActionView;
  /** null: nothing to ask it */
  readonly asked: StillValid | null;
}

/** What a group said of the series that an action goes on from, and has not said of this one. */
export interface Carried {
  readonly group: GroupId;
  readonly from: ActionView;
  /** of `from` */
  readonly part: Part;
}

type Variations = ReadonlyMap<ActionId, VariationView>;

export class Calendar {
  readonly id: DocumentId;
  readonly company: Company;
  #opened: OpenDocument<CalendarState> | null = null;
  #documents = new Map<DocumentId, OpenDocument<VariationsPart>>();
  #joined = new Map<GroupId, { readonly of: readonly VariationsPart[]; readonly variations: Variations }>();
  #overlaid = new WeakMap<ActionView, WeakMap<VariationView, ActionView>>();

  constructor(company: Company, id: DocumentId) {
    this.company = company;
    this.id = id;
  }

  get #content(): OpenDocument<CalendarState> {
    this.#opened ??= new OpenDocument(this.company.world, this.id, readFollowed());
    return this.#opened;
  }

  get look(): CalendarLook {
    const { opening, view } = this.#content;
    if (opening.type === 'failed') return { type: 'failed' };
    return view ?? { type: 'opening' };
  }

  /** null while there is nothing to be shown; of a newer Weft it may be read and not changed */
  get view(): CalendarView | null {
    const { look } = this;
    return look.type === 'ready' || look.type === 'newer' ? look.calendar : null;
  }

  get entry(): DocumentEntry | undefined {
    return this.company.entry(this.id);
  }

  get doc(): Y.Doc | null {
    return this.#content.doc;
  }

  get mayWrite(): boolean {
    return this.look.type === 'ready' && this.company.mayWrite(this.id);
  }

  /** `id` as it stands in an address; null: not there, or taken out of the calendar */
  action(id: string): ActionView | null {
    const known = parseActionId(id);
    return known === null ? null : (this.view?.actions.get(known) ?? null);
  }

  // Groups -----------------------------------------------------------------------------------------------------------

  /** Documents of variations, by group, each group's in the order of their ids. */
  get #entriesByGroup(): ReadonlyMap<GroupId, readonly DocumentEntry[]> {
    const byGroup = new Map<GroupId, DocumentEntry[]>();
    for (const entry of this.company.membership.documents.values()) {
      if (entry.kind !== 'variations' || entry.parent !== this.id || entry.writers !== 'group') continue;
      const known = byGroup.get(entry.owner);
      if (known === undefined) byGroup.set(entry.owner, [entry]);
      else known.push(entry);
    }
    for (const entries of byGroup.values()) entries.sort((a, b) => (a.id < b.id ? -1 : 1));
    return byGroup;
  }

  #variationsDocument(id: DocumentId): OpenDocument<VariationsPart> {
    const known = this.#documents.get(id);
    if (known !== undefined) return known;
    const opened = new OpenDocument(this.company.world, id, readVariations);
    this.#documents.set(id, opened);
    return opened;
  }

  /** Of one group, in the order of their ids: to be changed as one. */
  openDocuments(group: GroupId): readonly OpenDocument<VariationsPart>[] {
    return (this.#entriesByGroup.get(group) ?? []).map(({ id }) => this.#variationsDocument(id));
  }

  /** How one group takes part, by action; what it said nothing about is not there. */
  variationsOf(group: GroupId): Variations {
    const parts = this.openDocuments(group).flatMap(({ view }) => (view === null ? [] : [view]));
    const known = this.#joined.get(group);
    if (known !== undefined && isSameList(known.of, parts)) return known.variations;
    const variations = keepSame(known?.variations, joinVariations(parts));
    this.#joined.set(group, { of: parts, variations });
    return variations;
  }

  /** Groups that said something about any action, by name. */
  get groups(): readonly GroupId[] {
    const name = (group: GroupId): string => this.company.groupName(group);
    return [...this.#entriesByGroup.keys()].sort((a, b) => name(a).localeCompare(name(b)) || (a < b ? -1 : 1));
  }

  /** The action as one group takes part in it; null: it said nothing, and the common frame is what it is. */
  part(action: ActionView, group: GroupId): Part | null {
    const variation = this.variationsOf(group).get(action.id);
    if (variation === undefined) return null;
    return { group, variation, action: this.#overlay(action, variation), asked: stillValid(action, variation) };
  }

  /** All groups that said how they take part, by name. */
  parts(action: ActionView): readonly Part[] {
    return this.groups.flatMap((group) => this.part(action, group) ?? []);
  }

  /**
   * A series that goes on otherwise from one of its dates is another action, of which no group has said anything. What
   * it said of the one before is not taken for an answer, and not forgotten: it is asked. null: nothing to ask it.
   */
  carried(action: ActionView, group: GroupId): Carried | null {
    if (action.follows === null || this.variationsOf(group).has(action.id)) return null;
    const { view } = this;
    const seen = new Set([action.id]);
    for (let id: ActionId | null = action.follows.action; id !== null && !seen.has(id) && seen.size < MOST_BEFORE;) {
      const from: ActionView | undefined = view?.actions.get(id) ?? view?.removedActions.get(id);
      if (from === undefined) return null;
      const part = this.part(from, group);
      if (part !== null) return part.variation.standing === 'undecided' ? null : { group, from, part };
      seen.add(id);
      id = from.follows?.action ?? null;
    }
    return null;
  }

  /** Of all groups, by name. */
  carriedTo(action: ActionView): readonly Carried[] {
    return action.follows === null ? [] : this.groups.flatMap((group) => this.carried(action, group) ?? []);
  }

  /** An action as a group sees it, its own form over the common frame. */
  as(group: GroupId | null, action: ActionView): ActionView {
    const variation = group === null ? undefined : this.variationsOf(group).get(action.id);
    return variation === undefined ? action : this.#overlay(action, variation);
  }

  #overlay(action: ActionView, variation: VariationView): ActionView {
    const byVariation = this.#overlaid.get(action) ?? new WeakMap<VariationView, ActionView>();
    this.#overlaid.set(action, byVariation);
    const known = byVariation.get(variation);
    if (known !== undefined) return known;
    const overlaid = overlay(action, variation);
    byVariation.set(variation, overlaid);
    return overlaid;
  }

  /** Is all of it open, so that what looks missing is missing? */
  get isWhole(): boolean {
    return (
      this.#content.opening.type !== 'opening' &&
      [...this.#entriesByGroup.values()]
        .flat()
        .every(({ id }) => this.#variationsDocument(id).opening.type !== 'opening')
    );
  }

  // Time -------------------------------------------------------------------------------------------------------------

  /** of this device */
  get zone(): ZoneId {
    return parseZoneId(new Intl.DateTimeFormat().resolvedOptions().timeZone) ?? UTC;
  }

  /** by this device's clock and zone */
  get today(): WallDate {
    return dateOfWall(zoneOf(this.zone).wallAt(this.company.world.now()));
  }

  /** minutes since 1970, by this device's clock */
  get minute(): number {
    return Math.floor(this.company.world.now() / 60_000);
  }
}

/** A series that went on otherwise more often than this is no series any more. */
const MOST_BEFORE = 100;

/** Reads only what changed since it was read before. */
const readFollowed = (): ((doc: Y.Doc) => CalendarState) => {
  const followed = new WeakMap<Y.Doc, ReturnType<typeof followCalendar>>();
  return (doc) => {
    const known = followed.get(doc) ?? followCalendar(doc);
    followed.set(doc, known);
    return known.read();
  };
};

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

/** Those that say the same as before are the same objects, so that what was made from them holds. */
const keepSame = (before: Variations | undefined, now: Variations): Variations => {
  if (before === undefined) return now;
  return new Map(
    [...now].map(([action, variation]) => {
      const known = before.get(action);
      return [action, known !== undefined && textOf(known) === textOf(variation) ? known : variation];
    }),
  );
};

const textOf = ({ changed, ...rest }: VariationView): string => JSON.stringify([...changed, rest]);
