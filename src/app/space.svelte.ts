/**
 * One open space as screens see it: what its replica says, as runes. Reading a getter in markup or in an effect
 * follows it; anywhere else it is just read. Nothing is copied: membership and documents stay the replica's.
 */
import { createSubscriber } from 'svelte/reactivity';
import { language } from '../i18n/language.svelte.ts';
import type { DocumentEntry, DocumentId, Group, GroupId, Member, Membership, Statement } from '../log/types.ts';
import type { Admission, Invites, OpenInvite } from '../sync/invites.ts';
import type { FullReplica } from '../sync/replica.ts';
import type { LostText, Progress, Replica, ReplicaError, ReplicaEvent } from '../sync/replica-types.ts';
import { tellApart } from './told-apart.ts';

export type { Admission, OpenInvite } from '../sync/invites.ts';

/** `failed`: what was typed is in memory and not yet stored; it is tried again. */
export type Saving = 'saved' | 'saving' | 'failed';

export class Space {
  readonly replica: FullReplica;
  /** those that this device has made */
  readonly invites: Invites;
  /** to look around in: it is nowhere but in this tab */
  readonly isExample: boolean;

  readonly #followRecords: () => void;
  readonly #followStatements: () => void;
  readonly #followChanges: () => void;
  readonly #stop: () => void;
  #saving = $state<Saving>('saved');
  #notSaved = $state.raw<ReplicaError | null>(null);
  #openInvites = $state.raw<readonly OpenInvite[]>([]);
  #rebuilds = $state(0);
  #lost = $state.raw<readonly LostText[]>([]);
  #ended = $state.raw<ReplicaError | null>(null);

  constructor(replica: FullReplica, invites: Invites, isExample = false) {
    this.replica = replica;
    this.isExample = isExample;
    this.invites = invites;
    const follow = (...types: readonly ReplicaEvent['type'][]) =>
      createSubscriber((update) => replica.on((event) => types.includes(event.type) && update()));
    this.#followRecords = follow('records');
    this.#followStatements = follow('statements', 'records');
    this.#followChanges = follow('records', 'statements', 'documents', 'saving');
    this.#stop = replica.on((event) => this.#hear(event));
    this.#openInvites = invites.list();
  }

  /** with names that tell people apart */
  get membership(): Membership {
    this.#followRecords();
    return tellApart(this.replica.membership());
  }

  get name(): string {
    return this.membership.spaceName;
  }

  /** null until the record that admits this device is here */
  get me(): ReturnType<Replica['me']> {
    this.#followRecords();
    return this.replica.me();
  }

  /** as they call themselves */
  get myself(): Member | undefined {
    const { me } = this;
    return me ? this.replica.membership().members.get(me.member) : undefined;
  }

  get myGroup(): Group | undefined {
    const { me } = this;
    return me ? this.membership.groups.get(me.group) : undefined;
  }

  get isOrganizer(): boolean {
    return this.me?.role === 'organizer';
  }

  /** by name, as the person's language sorts */
  get members(): readonly Member[] {
    return byName([...this.membership.members.values()]);
  }

  get groups(): readonly Group[] {
    return byName([...this.membership.groups.values()]);
  }

  groupName(id: GroupId): string {
    return this.membership.groups.get(id)?.name ?? '';
  }

  /** the documents of a kind, oldest first */
  documents(kind: string): readonly DocumentEntry[] {
    return [...this.membership.documents.values()].filter((entry) => entry.kind === kind);
  }

  /** the documents below a document, oldest first: a palette's variants */
  childrenOf(parent: DocumentId): readonly DocumentEntry[] {
    return [...this.membership.documents.values()].filter((entry) => entry.parent === parent);
  }

  statements(document: DocumentId): readonly Statement[] {
    this.#followStatements();
    return this.replica.statements(document);
  }

  mayWrite(document: DocumentId): boolean {
    this.#followRecords();
    return this.replica.mayWrite(document);
  }

  get saving(): Saving {
    return this.#saving;
  }

  /** why what was typed is not stored; null once it is */
  get notSaved(): ReplicaError | null {
    return this.#notSaved;
  }

  /** why this session is over: nothing can be written any more, and the space must be opened again */
  get ended(): ReplicaError | null {
    return this.#ended;
  }

  /** how often open documents were made anew: screens that hold one begin again */
  get rebuilds(): number {
    return this.#rebuilds;
  }

  /** what the person had written in documents that were made anew, and does not stand there */
  get lost(): readonly LostText[] {
    return this.#lost;
  }

  forgetLost(): void {
    this.#lost = [];
  }

  /** undefined while there is nobody else to share with */
  get unshared(): { readonly changes: number; readonly since: number } | undefined {
    this.#followChanges();
    return this.replica.membership().members.size > 1 ? this.replica.unshared() : undefined;
  }

  /** changes that would be lost with this device, also while there is nobody else */
  get onlyHere(): number {
    this.#followChanges();
    return this.replica.unshared().changes;
  }

  /** of the groups with others in them, how many have somebody who has all that was written here; undefined while alone */
  get reach(): { readonly groups: number; readonly all: number } | undefined {
    this.#followChanges();
    const { members } = this.replica.membership();
    const reached = this.replica.reached();
    const me = this.replica.me()?.member;
    const all = new Map<GroupId, boolean>();
    for (const { id, group } of members.values()) {
      if (id !== me) all.set(group, all.get(group) === true || reached.has(id));
    }
    return all.size === 0 ? undefined : { groups: [...all.values()].filter(Boolean).length, all: all.size };
  }

  /** gaps: what others have and is not here */
  get missing(): ReturnType<Replica['missing']> {
    this.#followChanges();
    return this.replica.missing();
  }

  get progress(): readonly Progress[] {
    this.#followChanges();
    return this.replica.progress();
  }

  recent(limit: number): ReturnType<Replica['recent']> {
    this.#followChanges();
    return this.replica.recent(limit);
  }

  /** invites of this device that somebody may still use */
  get openInvites(): readonly OpenInvite[] {
    return this.#openInvites;
  }

  async createInvite(options: Parameters<Invites['create']>[0]): ReturnType<Invites['create']> {
    return this.#afterInvites(await this.invites.create(options));
  }

  async closeInvite(id: OpenInvite['id']): ReturnType<Invites['close']> {
    return this.#afterInvites(await this.invites.close(id));
  }

  async admit(admission: Admission): ReturnType<Invites['admit']> {
    return this.#afterInvites(await this.invites.admit(admission));
  }

  /** Saves, then forgets keys and documents. */
  async close(): Promise<void> {
    this.#stop();
    await this.replica.close();
  }

  #afterInvites<T>(done: T): T {
    this.#openInvites = this.invites.list();
    return done;
  }

  #hear(event: ReplicaEvent): void {
    // a door may have been filled, or closed by its time
    if (event.type === 'records') this.#openInvites = this.invites.list();
    if (event.type === 'saving') {
      this.#saving = event.saving ? 'saving' : 'saved';
      this.#notSaved = null;
    }
    // documents were made anew from the log: what screens hold is of before
    if (event.type === 'rebuilt' && event.documents.length > 0) {
      this.#rebuilds += 1;
      this.#lost = [...this.#lost, ...event.lost];
    }
    if (event.type !== 'failed') return;
    const { error } = event;
    if (error.type === 'SessionEnded' || error.type === 'StorageGone') this.#ended = error;
    else {
      this.#saving = 'failed';
      this.#notSaved = error;
    }
  }
}

const byName = <T extends { readonly name: string }>(all: T[]): readonly T[] => {
  const { compare } = new Intl.Collator(language.tag);
  return all.sort((a, b) => compare(a.name, b.name));
};
