/**
 * What others changed since this person last looked, by document. A mark on the shelf says how many changes of a
 * member in a document were seen; not when, since a stick may bring today what was written a month ago.
 */
import { createSubscriber } from 'svelte/reactivity';
import type { DocumentId, MemberId } from '../../log/types.ts';
import { opaqueId } from '../exchange/opaque.ts';
import type { DeviceShelf } from '../shelf.ts';
import type { Space } from '../space.svelte.ts';

export interface Changed {
  readonly document: DocumentId;
  /** who changed most comes first */
  readonly people: readonly { readonly member: MemberId; readonly name: string; readonly changes: number }[];
  /** the newest, by its author's clock: milliseconds since 1970 */
  readonly at: number;
}

/** More than a replica keeps. */
const ALL = 1000;

export class Changes {
  readonly #space: Space;
  readonly #shelf: DeviceShelf;
  readonly #followShelf: () => void;

  constructor(space: Space, shelf: DeviceShelf) {
    this.#space = space;
    this.#shelf = shelf;
    this.#followShelf = createSubscriber((update) => shelf.onChange(update));
  }

  /** Newest first. */
  get unseen(): readonly Changed[] {
    this.#followShelf();
    const { members, documents } = this.#space.membership;
    const found: Changed[] = [];
    for (const [document, { at, byMember }] of this.#counted()) {
      if (!documents.has(document)) continue;
      const people = [...byMember]
        .map(([member, count]) => ({
          member,
          name: members.get(member)?.name ?? '',
          changes: count - this.#seen(document, member),
        }))
        .filter(({ changes }) => changes > 0)
        .sort((a, b) => b.changes - a.changes);
      if (people.length > 0) found.push({ document, people, at });
    }
    return found.sort((a, b) => b.at - a.at);
  }

  /** The person has looked at these: what comes later is new. */
  look(documents: readonly DocumentId[]): void {
    const wanted = new Set(documents);
    for (const [document, { byMember }] of this.#counted()) {
      if (!wanted.has(document)) continue;
      for (const [member, count] of byMember) {
        if (count > this.#seen(document, member)) this.#shelf.markRead(this.#mark(document, member), String(count));
      }
    }
  }

  #counted(): ReadonlyMap<DocumentId, { readonly at: number; readonly byMember: ReadonlyMap<MemberId, number> }> {
    const me = this.#space.me?.member;
    const byDocument = new Map<DocumentId, { at: number; byMember: Map<MemberId, number> }>();
    for (const { document, member, minute, changes } of this.#space.recent(ALL)) {
      if (member === me) continue;
      const known = byDocument.get(document) ?? { at: 0, byMember: new Map<MemberId, number>() };
      known.at = Math.max(known.at, minute * 60_000);
      known.byMember.set(member, (known.byMember.get(member) ?? 0) + changes);
      byDocument.set(document, known);
    }
    return byDocument;
  }

  #seen(document: DocumentId, member: MemberId): number {
    return Number(this.#shelf.readMark(this.#mark(document, member)) ?? 0);
  }

  #mark(document: DocumentId, member: MemberId): string {
    return opaqueId(this.#space.replica.identity, 'seen', `${document} ${member}`);
  }
}
