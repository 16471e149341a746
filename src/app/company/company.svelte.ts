/** The open space around a document: who is here, what they may do, and what is under whose name. */
import { createSubscriber } from 'svelte/reactivity';
import {
  createActionId,
  createApproachId,
  createClauseId,
  createPointId,
  createProofId,
  createRedLineId,
  createRhythmId,
  createTermId,
  ID_BYTES,
} from '../../documents/shape/ids.ts';
import type { DocumentEntry, DocumentId, Group, GroupId, Membership, MemberId } from '../../log/types.ts';
import type { Replica } from '../../sync/replica-types.ts';
import type { OtherCursor, Presence } from '../presence-types.ts';
import { tellApart } from '../told-apart.ts';

export interface TalkWorld {
  readonly replica: Replica;
  readonly presence: Presence;
  readonly random: (length: number) => Uint8Array;
  /** milliseconds since 1970 */
  readonly now: () => number;
}

export class Company {
  readonly world: TalkWorld;
  #subscribe: () => void;
  #subscribePresence: () => void;

  constructor(world: TalkWorld) {
    this.world = world;
    this.#subscribe = createSubscriber((update) =>
      world.replica.on(({ type }) => {
        if (type === 'records' || type === 'statements') update();
      }),
    );
    this.#subscribePresence = createSubscriber((update) => world.presence.subscribe(update));
  }

  get membership(): Membership {
    this.#subscribe();
    return tellApart(this.world.replica.membership());
  }

  get me(): ReturnType<Replica['me']> {
    this.#subscribe();
    return this.world.replica.me();
  }

  /** `id` as it stands in an address. */
  entry(id: string): DocumentEntry | undefined {
    const documents: ReadonlyMap<string, DocumentEntry> = this.membership.documents;
    return documents.get(id);
  }

  statements(id: DocumentId): ReturnType<Replica['statements']> {
    this.#subscribe();
    return this.world.replica.statements(id);
  }

  mayWrite(id: DocumentId): boolean {
    this.#subscribe();
    return this.world.replica.mayWrite(id);
  }

  get mayCreate(): boolean {
    const { me } = this;
    return me !== null && me.role !== 'observer';
  }

  /** Groups that this person may make a document for. */
  get groupsToWriteFor(): readonly Group[] {
    const { me, membership } = this;
    if (me === null || me.role === 'observer') return [];
    const groups = [...membership.groups.values()];
    return [
      ...groups.filter(({ id }) => id === me.group),
      ...(me.role === 'organizer' ? groups.filter(({ id }) => id !== me.group) : []),
    ];
  }

  /** Languages of the person, own first: those of the profile, then those of the group. */
  get ownLanguages(): readonly string[] {
    const { me, membership } = this;
    if (me === null) return [];
    const own = membership.members.get(me.member)?.languages ?? [];
    return [...new Set([...own, ...(membership.groups.get(me.group)?.languages ?? [])])];
  }

  /** Languages of all groups. */
  get wantedLanguages(): readonly string[] {
    return [...new Set([...this.membership.groups.values()].flatMap(({ languages }) => languages))];
  }

  groupName(id: GroupId): string {
    return this.membership.groups.get(id)?.name ?? '';
  }

  memberName(id: MemberId): string {
    return this.membership.members.get(id)?.name ?? '';
  }

  /** Others who are in a text of this document. */
  others(id: DocumentId): readonly OtherCursor[] {
    this.#subscribePresence();
    return this.world.presence.others(id);
  }

  freshClause = () => createClauseId(this.world.random(ID_BYTES));
  freshRedLine = () => createRedLineId(this.world.random(ID_BYTES));
  freshPoint = () => createPointId(this.world.random(ID_BYTES));
  freshProof = () => createProofId(this.world.random(ID_BYTES));
  freshAction = () => createActionId(this.world.random(ID_BYTES));
  freshApproach = () => createApproachId(this.world.random(ID_BYTES));
  freshRhythm = () => createRhythmId(this.world.random(ID_BYTES));
  freshTerm = () => createTermId(this.world.random(ID_BYTES));
}
