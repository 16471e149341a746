/** Files that a person names: read whole where they are small, by place where they are bundles. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { ok, type Result } from '../lib/result.ts';
import type { ByteSource } from '../sync/bundles.ts';
import { type Problem, refuse } from './outcome.ts';

export interface OpenFile {
  readonly source: ByteSource;
  close(): Promise<void>;
}

export const openFile = async (path: string): Promise<Result<OpenFile, Problem>> => {
  try {
    const file = await open(path, 'r');
    const stat = await file.stat();
    if (!stat.isFile()) {
      await file.close();
      return refuse({ type: 'FileUnreadable' }, { file: path });
    }
    const read = async (offset: number, length: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(length);
      let have = 0;
      while (have < length) {
        const { bytesRead } = await file.read(bytes, have, length - have, offset + have);
        if (bytesRead === 0) break;
        have += bytesRead;
      }
      return bytes.subarray(0, have);
    };
    return ok({ source: { size: stat.size, read }, close: () => file.close() });
  } catch {
    // whatever the system says of it, the person knows their file better
    return refuse({ type: 'FileUnreadable' }, { file: path });
  }
};

export const readWhole = async (path: string): Promise<Result<Uint8Array, Problem>> => {
  try {
    return ok(new Uint8Array(await readFile(path)));
  } catch {
    return refuse({ type: 'FileUnreadable' }, { file: path });
  }
};

/** The file is there whole, or as it was before. Rejects where `bytes` does. */
export const writeWhole = async (path: string, bytes: AsyncIterable<Uint8Array>): Promise<Result<number, Problem>> => {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  const unwritable = refuse({ type: 'FileUnwritable' }, { file: path });
  let size = 0;
  let file;
  try {
    file = await open(part, 'wx', 0o600);
  } catch {
    return unwritable;
  }
  try {
    for await (const piece of bytes) {
      await file.write(piece);
      size += piece.length;
    }
    await file.sync();
    await file.close();
    await rename(part, path);
    return ok(size);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    if (error instanceof Error && 'code' in error) return unwritable;
    throw error;
  }
};

/** A passphrase is the first line of its file. */
export const readPassphrase = async (path: string | undefined): Promise<Result<string | null, Problem>> => {
  if (path === undefined) return ok(null);
  const bytes = await readWhole(path);
  if (!bytes.ok) return bytes;
  const line = new TextDecoder().decode(bytes.value).split(/\r?\n/, 1)[0] ?? '';
  return line === '' ? refuse({ type: 'EmptyPassphrase' }, { file: path }) : ok(line);
};

/** Pasted text, or the name of a file that holds it. */
export const textOrFile = async (argument: string, isText: (text: string) => boolean): Promise<string> => {
  if (isText(argument) || argument.length > 4000) return argument;
  const bytes = await readWhole(argument);
  return bytes.ok ? new TextDecoder().decode(bytes.value) : argument;
};
