/**
 * This run's own session: turns the person's edits into signed entries.
 * A number is signed once: bytes that storage would not take are kept and tried again, never made anew.
 */
import { type Signer } from '../crypto/index.ts';
import { headMessage, firstHead, nextHead, type SessionHeader } from '../log/chain.ts';
import { gatherEdits } from '../log/gather.ts';
import { copyTables, encodeEntry, type EntryBytes, type Tables } from '../log/entry.ts';
import { LIMIT } from '../log/limits.ts';
import type { Segment } from '../log/segment.ts';
import { createSession, noteEnd, type SessionState } from '../log/session.ts';
import type { Edit } from '../log/struct.ts';
import type { DocumentId, SessionId, SpaceId } from '../log/types.ts';

export interface Signing {
  readonly segment: Segment;
  readonly edits: readonly { readonly document: DocumentId; readonly edit: Edit }[];
  readonly tables: Tables;
  readonly head: Uint8Array;
  readonly number: number;
}

export interface OwnSession {
  readonly id: SessionId;
  readonly client: number;
  /** null until its first entry is stored */
  readonly state: SessionState | null;
  /**
   * Signs what was typed, or gives again what was signed and not yet stored; null: nothing to do.
   * A long paste is signed in several lots, since a segment has its bounds: call again while there is work left.
   */
  sign(
    typed: ReadonlyMap<DocumentId, readonly Edit[]>,
    header: () => SessionHeader,
    minute: number,
  ): Promise<Signing | null>;
  /** something was typed that is not stored yet */
  readonly hasWork: boolean;
  stored(signing: Signing): SessionState;
}

export const createOwnSession = (space: SpaceId, id: SessionId, client: number, signer: Signer): OwnSession => {
  let state: SessionState | null = null;
  let unstored: Signing | null = null;
  let created: SessionState | null = null;
  const waiting: { readonly document: DocumentId; readonly edit: Edit }[] = [];
  return {
    id,
    client,
    get state() {
      return state;
    },
    get hasWork() {
      return unstored !== null || waiting.length > 0;
    },
    sign: async (typed, header, minute) => {
      for (const [document, parts] of typed) {
        for (const edit of gatherEdits(parts, client)) waiting.push({ document, edit });
      }
      if (unstored) return unstored;
      if (waiting.length === 0) return null;
      if (!state && !created) {
        const first = header();
        created = createSession(id, first, firstHead(space, id, first), client);
      }
      const base = (state ?? created) as SessionState;
      const tables = copyTables(base.tables);
      const entries: EntryBytes[] = [];
      const edits: { document: DocumentId; edit: Edit }[] = [];
      let { head, number } = base;
      for (let size = 0; waiting.length > 0 && size < LIMIT.segmentAim / 2;) {
        const next = waiting.shift();
        if (!next) break;
        const entry = encodeEntry(tables, next.document, minute, next.edit);
        size += entry.skeleton.length + entry.content.length;
        head = nextHead(head, ++number, entry);
        entries.push(entry);
        edits.push(next);
      }
      const from = base.number + 1;
      const signature = await signer.sign(headMessage(space, id, number, head));
      const isFirst = from === 1;
      unstored = {
        segment: {
          session: id,
          from,
          header: isFirst ? base.header : null,
          before: isFirst ? null : base.head,
          entries,
          signature,
        },
        edits,
        tables,
        head,
        number,
      };
      return unstored;
    },
    stored: (signing) => {
      const base = (state ?? created) as SessionState;
      base.tables = signing.tables;
      base.number = signing.number;
      base.head = signing.head;
      base.signature = signing.segment.signature;
      noteEnd(base, signing.number, signing.segment.signature);
      state = base;
      unstored = null;
      return base;
    },
  };
};
