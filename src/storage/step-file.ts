/**
 * The file of records behind the folder storage. It only grows at its end, one synced write a step, so a process that
 * is killed leaves whole records and at most one unfinished end, which is cut off when the file is opened again.
 * A record that cannot be read with whole records behind it is damage, never cut off.
 */
import { constants, open, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeHeader, decodePayload, encodeRecord, HEADER_LENGTH, holdsRecord } from './step-record.ts';
import type { Operation, Place } from './step-record.ts';

export class DamagedFile extends Error {
  readonly code = 'Damaged';
}

export class StepFile {
  private constructor(
    private readonly path: string,
    private handle: FileHandle,
    /** where the next record goes; everything before it is whole and synced */
    public end: number,
    /** set when the file may hold something after `end` that could not be taken back */
    private broken: Error | null = null,
  ) {}

  /** Gives every operation of the file to `onOperation`, oldest first. Throws `DamagedFile` and the system's errors. */
  static async open(path: string, onOperation: (operation: Operation<Place>) => void): Promise<StepFile> {
    await unlinkIfThere(nextPath(path));
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      await syncFolder(dirname(path));
      const { size } = await handle.stat();
      const end = await scan(handle, size, onOperation);
      if (end < size) {
        await handle.truncate(end);
        await handle.datasync();
      }
      return new StepFile(path, handle, end);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** On the disk when this resolves; when it throws, the file is as before. Gives the operations with their places. */
  async append(operations: Iterable<Operation<Uint8Array>>): Promise<Operation<Place>[]> {
    if (this.broken) throw this.broken;
    const record = encodeRecord(operations);
    try {
      await writeAll(this.handle, record, this.end);
      await this.handle.datasync();
    } catch (error) {
      await this.takeBack(error);
      throw error;
    }
    const placed = placedOperations(record, this.end);
    this.end += record.length;
    return placed;
  }

  /** The bytes of each place, in the order asked; neighbours are read together. */
  async read(places: readonly Place[]): Promise<Uint8Array[]> {
    const values: Uint8Array[] = new Array<Uint8Array>(places.length);
    for (const run of runsOf(places)) {
      const bytes = await readAll(this.handle, run.at, run.end - run.at);
      for (const index of run.indexes) {
        const { at, length } = places[index] as Place;
        // a copy of its own, so that one kept value does not keep the whole run
        values[index] = bytes.slice(at - run.at, at - run.at + length);
      }
    }
    return values;
  }

  /** Puts these operations, and nothing else, in the place of the whole file, and gives them with their places. */
  async replace(batches: AsyncIterable<readonly Operation<Uint8Array>[]>): Promise<readonly Operation<Place>[]> {
    if (this.broken) throw this.broken;
    const next = nextPath(this.path);
    const handle = await open(next, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC, 0o600);
    const placed: Operation<Place>[] = [];
    let end = 0;
    try {
      for await (const batch of batches) {
        const record = encodeRecord(batch);
        await writeAll(handle, record, end);
        for (const operation of placedOperations(record, end)) placed.push(operation);
        end += record.length;
      }
      await handle.datasync();
      await rename(next, this.path);
    } catch (error) {
      await handle.close();
      await unlinkIfThere(next);
      throw error;
    }
    await this.handle.close();
    this.handle = handle;
    this.end = end;
    try {
      await syncFolder(dirname(this.path));
    } catch (error) {
      // after a power cut the old file may be back, without what would be written now
      this.broken = asError(error);
    }
    return placed;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async takeBack(cause: unknown): Promise<void> {
    try {
      await this.handle.truncate(this.end);
      await this.handle.datasync();
    } catch {
      this.broken = asError(cause);
    }
  }
}

const nextPath = (path: string): string => `${path}.next`;

/** Bytes between two places that are cheaper to read than to leave out. */
const GAP = 4096;
const LONGEST_RUN = 1 << 20;

interface Run {
  readonly at: number;
  end: number;
  readonly indexes: number[];
}

const runsOf = (places: readonly Place[]): Run[] => {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] as Place).at - (places[b] as Place).at);
  const runs: Run[] = [];
  for (const index of order) {
    const { at, length } = places[index] as Place;
    const last = runs.at(-1);
    if (last && at - last.end <= GAP && at + length - last.at <= LONGEST_RUN) {
      last.end = Math.max(last.end, at + length);
      last.indexes.push(index);
    } else runs.push({ at, end: at + length, indexes: [index] });
  }
  return runs;
};

/** Where the last whole record ends. Reads in pieces, so that a large file does not have to fit into memory. */
const scan = async (
  handle: FileHandle,
  size: number,
  onOperation: (operation: Operation<Place>) => void,
): Promise<number> => {
  let start = 0;
  let piece: Uint8Array = new Uint8Array(0);
  const view = async (at: number, length: number): Promise<Uint8Array> => {
    if (at < start || at + length > start + piece.length) {
      piece = await readAll(handle, at, Math.min(Math.max(length, LONGEST_RUN), size - at));
      start = at;
    }
    return piece.subarray(at - start, at - start + length);
  };

  let at = 0;
  while (at < size) {
    const header = size - at < HEADER_LENGTH ? null : decodeHeader(await view(at, HEADER_LENGTH));
    const whole = header !== null && header.length <= size - at - HEADER_LENGTH;
    const operations = whole
      ? decodePayload(await view(at + HEADER_LENGTH, header.length), header.checksum, at + HEADER_LENGTH)
      : null;
    if (!whole || !operations) {
      if (holdsRecord(await readAll(handle, at + 1, size - at - 1))) throw new DamagedFile();
      return at;
    }
    for (const operation of operations) onOperation(operation);
    at += HEADER_LENGTH + header.length;
  }
  return at;
};

const placedOperations = (record: Uint8Array, at: number): Operation<Place>[] => {
  const header = decodeHeader(record);
  const placed = header && decodePayload(record.subarray(HEADER_LENGTH), header.checksum, at + HEADER_LENGTH);
  if (!placed) throw new Error('a record that does not decode');
  return placed;
};

const writeAll = async (handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> => {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
};

const readAll = async (handle: FileHandle, position: number, length: number): Promise<Uint8Array> => {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new DamagedFile();
    done += bytesRead;
  }
  return bytes;
};

/** A new name in a folder is on the disk only once the folder is. */
export const syncFolder = async (path: string): Promise<void> => {
  // Windows opens no folder, and needs it not
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // some file systems cannot; they have no better to offer
    if (codeOf(error) !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
};

export const unlinkIfThere = async (path: string): Promise<void> => {
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
};

/** The system's name of an error, such as ENOSPC; empty for anything else. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error('unknown', { cause: error }));
