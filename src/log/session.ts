/** What a replica knows of each session: how far its proven chain goes, and what its next entry leans on. */
import { fromHex, type Reader, toHex, type Writer } from '../lib/bytes.ts';
import { deviceOf, readHeader, type SessionHeader, sessionBytesOf, sessionIdOf, writeHeader } from './chain.ts';
import { copyTables, createTables, type Tables } from './entry.ts';
import { LIMIT } from './limits.ts';
import type { DeviceId, DocumentId, SessionId } from './types.ts';

export interface SessionState {
  readonly id: SessionId;
  readonly header: SessionHeader;
  /** entries proven, stored and in the chain */
  number: number;
  head: Uint8Array;
  /** the signature over that head */
  signature: Uint8Array;
  tables: Tables;
  /** the number from which entries cannot be read, though signed; 0: none */
  spoiltFrom: number;
  /** The beginnings of signatures that came with entries here, by number: what comes again is known by them. */
  readonly marks: Map<number, number>;
}

/** 48 bits of a signature. */
export const markOf = (signature: Uint8Array): number => {
  let mark = 0;
  for (let i = 0; i < 6; i++) mark = mark * 0x100 + (signature[i] ?? 0);
  return mark;
};

export const createSession = (id: SessionId, header: SessionHeader, head: Uint8Array, client: number): SessionState => ({
  id,
  header,
  number: 0,
  head,
  signature: new Uint8Array(64),
  tables: createTables(client, header.minute),
  spoiltFrom: 0,
  marks: new Map(),
});

export const copySession = (session: SessionState): SessionState => ({
  ...session,
  tables: copyTables(session.tables),
  marks: new Map(session.marks),
});

/** For this device's own sealed snapshot; not a format that travels. */
export const writeSession = (to: Writer, session: SessionState): void => {
  to.bytes(fromHex(deviceOf(session.id))).bytes(sessionBytesOf(session.id));
  writeHeader(to, session.header);
  to.varuint(session.number).bytes(session.head).bytes(session.signature).varuint(session.spoiltFrom);
  const { tables } = session;
  to.varuint(tables.client).varuint(tables.minute).varuint(tables.documents.length);
  tables.documents.forEach((document, index) => {
    const right = tables.rights[index] ?? null;
    to.bytes(fromHex(document)).varuint(tables.clocks[index] as number).varuint(right === null ? 0 : right.client);
    if (right !== null) to.varuint(right.clock);
  });
  to.varuint(tables.clients.length);
  for (const client of tables.clients) to.varuint(client);
};

export const readSession = (from: Reader): SessionState => {
  const device = toHex(from.bytes(32)) as DeviceId;
  const id = sessionIdOf(device, from.bytes(8));
  const header = readHeader(from);
  const number = from.varuint();
  const head = from.bytes(32).slice();
  const signature = from.bytes(64).slice();
  const spoiltFrom = from.varuint();
  const tables = createTables(from.varuint(), 0);
  tables.minute = from.varuint();
  for (let i = from.varuint(); i > 0; i--) {
    tables.documents.push(toHex(from.bytes(16)) as DocumentId);
    tables.clocks.push(from.varuint());
    const client = from.varuint();
    tables.rights.push(client === 0 ? null : { client, clock: from.varuint() });
  }
  for (let i = Math.min(from.varuint(), LIMIT.pack); i > 0; i--) tables.clients.push(from.varuint());
  return { id, header, number, head, signature, tables, spoiltFrom, marks: new Map([[number, markOf(signature)]]) };
};
