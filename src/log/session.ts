/** What a replica knows of each session: how far its proven chain goes, and what its next entry leans on. */
import { BytesError, equalBytes, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
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
  /** The beginnings of signatures that came with entries here, by number; null: none but the newest. */
  marks: Map<number, number> | null;
}

/** What comes again is known by the end of it that was signed: remembers one. */
export const noteEnd = (session: SessionState, number: number, signature: Uint8Array): void => {
  session.marks ??= new Map();
  session.marks.set(number, markOf(signature));
};

/** Is this the very signed end that is here already? */
export const isKnownEnd = (session: SessionState, number: number, signature: Uint8Array): boolean =>
  (number === session.number && equalBytes(session.signature, signature)) ||
  session.marks?.get(number) === markOf(signature);

/** 48 bits of a signature. */
const markOf = (signature: Uint8Array): number => {
  let mark = 0;
  for (let i = 0; i < 6; i++) mark = mark * 0x100 + (signature[i] ?? 0);
  return mark;
};

export const createSession = (
  id: SessionId,
  header: SessionHeader,
  head: Uint8Array,
  client: number,
): SessionState => ({
  id,
  header,
  number: 0,
  head,
  signature: new Uint8Array(64),
  tables: createTables(client, header.minute),
  spoiltFrom: 0,
  marks: null,
});

export const copySession = (session: SessionState): SessionState => ({
  ...session,
  tables: copyTables(session.tables),
  marks: session.marks && new Map(session.marks),
});

/** Long names by number: most sessions have their device, header and documents in common with others. */
const createNames = () => {
  const numbers = new Map<string, number>();
  return {
    numbers,
    of: (name: string): number => {
      let number = numbers.get(name);
      if (number === undefined) numbers.set(name, (number = numbers.size));
      return number;
    },
  };
};

/** For this device's own sealed snapshot; not a format that travels. */
export const writeSessions = (to: Writer, sessions: readonly SessionState[]): void => {
  const devices = createNames();
  const headers = createNames();
  const documents = createNames();
  const body = new Writer(65_536);
  for (const session of sessions) {
    const header = new Writer(64);
    writeHeader(header, session.header);
    body.varuint(devices.of(deviceOf(session.id))).bytes(sessionBytesOf(session.id));
    body.varuint(headers.of(toHex(header.written())));
    body.varuint(session.number).bytes(session.head).bytes(session.signature).varuint(session.spoiltFrom);
    const { tables } = session;
    body.varuint(tables.client).varuint(tables.minute).varuint(tables.documents.length);
    tables.documents.forEach((document, index) => {
      const right = tables.rights[index] ?? null;
      body.varuint(documents.of(document)).varuint(tables.clocks[index] as number);
      body.varuint(right === null ? 0 : right.client);
      if (right !== null) body.varuint(right.clock);
    });
    body.varuint(tables.clients.length);
    for (const client of tables.clients) body.varuint(client);
  }
  for (const { numbers } of [devices, headers, documents]) {
    to.varuint(numbers.size);
    for (const name of numbers.keys()) to.block(fromHex(name));
  }
  to.varuint(sessions.length).bytes(body.written());
};

export const readSessions = (from: Reader): readonly SessionState[] => {
  const blocks = (): Uint8Array[] => Array.from({ length: from.varuint() }, () => from.block(from.left));
  const nameIn = <T>(names: readonly T[]): T => {
    const name = names[from.varuint()];
    if (name === undefined) throw new BytesError('unknown name');
    return name;
  };
  const devices = blocks().map((bytes) => toHex(bytes) as DeviceId);
  const headers = blocks().map((bytes) => readHeader(new Reader(bytes)));
  const documents = blocks().map((bytes) => toHex(bytes) as DocumentId);
  const read = (): SessionState => {
    const id = sessionIdOf(nameIn(devices), from.bytes(8));
    const header = nameIn(headers);
    const number = from.varuint();
    // views: the opened snapshot stays in memory, which costs less than a copy of each
    const head = from.bytes(32);
    const signature = from.bytes(64);
    const spoiltFrom = from.varuint();
    const tables = createTables(from.varuint(), 0);
    tables.minute = from.varuint();
    for (let i = from.varuint(); i > 0; i--) {
      tables.documents.push(nameIn(documents));
      tables.clocks.push(from.varuint());
      const client = from.varuint();
      tables.rights.push(client === 0 ? null : { client, clock: from.varuint() });
    }
    for (let i = Math.min(from.varuint(), LIMIT.pack); i > 0; i--) tables.clients.push(from.varuint());
    return { id, header, number, head, signature, tables, spoiltFrom, marks: null };
  };
  return Array.from({ length: from.varuint() }, read);
};
