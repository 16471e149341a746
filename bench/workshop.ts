/**
 * The recorded workshop as a space: 30 people admitted by records, 200 documents, every edit typed into a Y.Doc and
 * captured, gathered five to an entry and chained as a device does it. Beside it the same edits, with the same
 * clientIDs, as plain Yjs keeps them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';
import { createSigner, createVerifier, type Signer } from '../src/crypto/index.ts';
import { captureUpdate } from '../src/log/capture.ts';
import { gatherEdits } from '../src/log/gather.ts';
import { deriveClient, firstHead, headMessage, nextHead, type SessionHeader, sessionIdOf } from '../src/log/chain.ts';
import { createTables, encodeEntry, type EntryBytes, type Tables } from '../src/log/entry.ts';
import { createDeviceKeys, deviceIdOf, type DeviceKeys, type Identity } from '../src/log/identity.ts';
import { decodeSigned } from '../src/log/signed.ts';
import type { Segment } from '../src/log/segment.ts';
import type { Edit } from '../src/log/struct.ts';
import type { DocumentId, InviteId, SessionId } from '../src/log/types.ts';
import { createMemoryStorage } from '../src/storage/memory.ts';
import type { FullReplica } from '../src/sync/replica.ts';
import { foundSpace } from '../src/sync/start.ts';
import { createDice, environment, value } from './environment.ts';

type Change = readonly [position: number, deleted: number, inserted: string];

interface Recorded {
  readonly people: number;
  readonly documents: readonly {
    readonly edits: readonly Change[];
    readonly sittings: readonly { readonly person: number; readonly first: number; readonly end: number }[];
  }[];
}

export const readWorkshop = (folder: string): Recorded =>
  JSON.parse(gunzipSync(readFileSync(join(folder, 'workshop/workshop.json.gz'))).toString('utf8')) as Recorded;

/** What plain Yjs keeps of one document. */
export interface Plain {
  /** V1 */
  readonly state: Uint8Array;
  /** one update for each 50 edits */
  readonly log: readonly Uint8Array[];
  /** what came after nine tenths of all edits, as `encodeStateAsUpdate(doc, stateVector)` gives it; null: nothing */
  readonly lastTenth: Uint8Array | null;
  readonly text: string;
}

export interface Workshop {
  readonly edits: number;
  /** the organizer's replica: all records, and no entry */
  readonly organizer: FullReplica;
  /** the same space's key on a device of somebody who has nothing yet */
  readonly newcomer: Identity;
  /** the keys of everybody who wrote, the organizer first */
  readonly people: readonly DeviceKeys[];
  readonly documents: readonly DocumentId[];
  /** what every session of it begins with */
  readonly header: SessionHeader;
  /** a segment a session, as a device that joined its rows holds them */
  readonly segments: readonly Segment[];
  /** how many entries of each session there were after nine tenths of all edits */
  readonly nineTenths: ReadonlyMap<SessionId, number>;
  readonly plain: readonly Plain[];
}

export type SessionKind = 'sitting' | 'person';

const EDITS_AN_ENTRY = 5;
const EDITS_A_BATCH = 50;
/** thirty people over two days */
const EDITS_A_MINUTE = 260;
const MINUTE = Math.floor(Date.UTC(2026, 10, 21, 9) / 60_000);
const TEXT = 'text';

interface Writing {
  readonly id: SessionId;
  readonly header: SessionHeader;
  readonly tables: Tables;
  readonly signer: Signer;
  readonly entries: EntryBytes[];
  head: Uint8Array;
}

export const createWorkshop = async (recorded: Recorded, kind: SessionKind): Promise<Workshop> => {
  const dice = createDice(kind);
  const here = environment(dice);
  const group = { name: 'Dockers', region: 'Genoa', languages: ['it'], timeZone: 'Europe/Rome' };
  const founding = { space: 'Workshop', name: 'Person 0', group };
  const organizer = value(await foundSpace(createMemoryStorage(), founding, createVerifier(crypto.subtle), here));
  const people: DeviceKeys[] = [organizer.identity];
  const { group: owner } = organizer.me() ?? {};
  if (owner === undefined) throw new Error('a founder without a group');
  for (let number = 1; number <= recorded.people; number++) {
    const keys = createDeviceKeys(dice);
    const newcomer = { device: deviceIdOf(keys), boxKey: keys.box.publicKey, name: `Person ${number}`, group: owner };
    value(await organizer.admit({ ...newcomer, role: 'member', invite: '0'.repeat(32) as InviteId }));
    people.push(keys);
  }
  // the last one admitted wrote nothing: the newcomer whose device everything comes to
  const newcomer = { ...(people.pop() as DeviceKeys), space: organizer.spaceId, epochs: organizer.identity.epochs };
  const documents: DocumentId[] = [];
  for (let i = 0; i < recorded.documents.length; i++) {
    const options = { kind: 'variant', owner, parent: null, writers: 'members' } as const;
    documents.push(value(await organizer.createDocument(options)));
  }
  const records = organizer.recordItems().length;
  if (records !== 1 + recorded.people + documents.length) throw new Error('records are missing');

  const view = newestRecords(organizer);
  const epoch = organizer.identity.epochs[0]?.id;
  if (epoch === undefined) throw new Error('a space without an epoch');
  const header: SessionHeader = { epoch, audience: new Uint8Array(0), minute: MINUTE, view };
  const writings = new Map<string, Writing>();
  const begin = async (key: string, person: DeviceKeys): Promise<Writing> => {
    const id = sessionIdOf(deviceIdOf(person), dice(8));
    const tables = createTables(await deriveClient(organizer.spaceId, id), MINUTE);
    const signer = createSigner(person.signing, crypto.subtle);
    const writing = { id, header, tables, signer, entries: [], head: firstHead(organizer.spaceId, id, header) };
    writings.set(key, writing);
    return writing;
  };

  const pages = recorded.documents.map(() => createPage());
  const nineTenths = new Map<SessionId, number>();
  const tenth = Math.floor(recorded.documents.reduce((sum, { edits }) => sum + edits.length, 0) * 0.9);
  let edits = 0;
  for (const { index, sitting } of inOrderOfTime(recorded)) {
    const changes = (recorded.documents[index] as Recorded['documents'][number]).edits;
    const page = pages[index] as Page;
    const key = kind === 'person' ? String(sitting.person) : `${index}/${sitting.first}`;
    const writing = writings.get(key) ?? (await begin(key, people[sitting.person] as DeviceKeys));
    page.doc.clientID = writing.tables.client;
    const endEntry = (): void => {
      const minute = MINUTE + Math.floor(edits / EDITS_A_MINUTE);
      for (const edit of page.takeEdits()) {
        const entry = encodeEntry(writing.tables, documents[index] as DocumentId, minute, edit);
        writing.entries.push(entry);
        writing.head = nextHead(writing.head, writing.entries.length, entry);
      }
    };
    for (let at = sitting.first; at < sitting.end; at++) {
      page.type(changes[at] as Change);
      edits += 1;
      if ((at - sitting.first) % EDITS_AN_ENTRY === EDITS_AN_ENTRY - 1 || edits === tenth) endEntry();
      if (edits !== tenth) continue;
      for (const { id, entries } of writings.values()) nineTenths.set(id, entries.length);
      for (const each of pages) each.mark();
    }
    endEntry();
  }
  const plain = pages.map((page) => page.finish());
  const segments: Segment[] = [];
  for (const { id, header: first, entries, head, signer } of writings.values()) {
    if (entries.length === 0) continue;
    const signature = await signer.sign(headMessage(organizer.spaceId, id, entries.length, head));
    segments.push({ session: id, from: 1, header: first, before: null, entries, signature });
  }
  return { edits, organizer, newcomer, people, documents, header, segments, nineTenths, plain };
};

interface Page {
  readonly doc: Y.Doc;
  type(change: Change): void;
  takeEdits(): readonly Edit[];
  /** Nine tenths of all edits are done. */
  mark(): void;
  finish(): Plain;
}

const createPage = (): Page => {
  const doc = new Y.Doc();
  const text = doc.getText(TEXT);
  let caught: Edit[] = [];
  let batch: Uint8Array[] = [];
  let marked: Uint8Array | null = null;
  let typed = false;
  const log: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => {
    caught.push(captureUpdate(update, doc.clientID));
    batch.push(update);
    typed = true;
  });
  const endBatch = (): void => {
    if (batch.length > 0) log.push(Y.mergeUpdates(batch));
    batch = [];
  };
  return {
    doc,
    type: ([position, deleted, inserted]) => {
      doc.transact(() => {
        if (deleted > 0) text.delete(position, deleted);
        if (inserted !== '') text.insert(position, inserted);
      });
      if (batch.length >= EDITS_A_BATCH) endBatch();
    },
    takeEdits: () => {
      const taken = gatherEdits(caught, doc.clientID);
      caught = [];
      return taken;
    },
    mark: () => {
      marked = Y.encodeStateVector(doc);
      typed = false;
    },
    finish: () => {
      endBatch();
      const lastTenth = typed && marked ? Y.encodeStateAsUpdate(doc, marked) : null;
      return { state: Y.encodeStateAsUpdate(doc), log, lastTenth, text: text.toJSON() };
    },
  };
};

interface Turn {
  readonly index: number;
  readonly sitting: Recorded['documents'][number]['sittings'][number];
}

/** The recording says how sittings of one document follow each other; all documents are taken to grow side by side. */
const inOrderOfTime = ({ documents }: Recorded): readonly Turn[] =>
  documents
    .flatMap(({ edits, sittings }, index) =>
      sittings.map((sitting) => ({ index, sitting, share: sitting.first / edits.length })),
    )
    .sort((a, b) => a.share - b.share || a.index - b.index);

const newestRecords = (organizer: FullReplica): SessionHeader['view'] => {
  const last = organizer.recordItems().at(-1);
  if (last === undefined) throw new Error('a space without records');
  return [decodeSigned(organizer.spaceId, 'record', last.bytes).id];
};
