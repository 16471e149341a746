import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { ok } from '../../src/lib/result.ts';
import { openFolderStorage } from '../../src/storage/folder.ts';
import { createMemoryDisk, createMemoryStorage } from '../../src/storage/memory.ts';
import type { MemoryStorage } from '../../src/storage/memory.ts';
import { describeStorage } from './storage.ts';

describeStorage('memory', async () => {
  const disk = createMemoryDisk();
  let newest: MemoryStorage | undefined;
  return {
    open: async () => {
      newest = createMemoryStorage(disk);
      return ok(newest);
    },
    failNextCommit: () => newest?.failNext({ type: 'QuotaFull' }),
    failure: 'QuotaFull',
    takeAway: async () => newest?.takeAway(),
    sharing: true,
    clean: async () => undefined,
  };
});

describeStorage('folder', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'weft-storage-'));
  const folder = join(parent, 'vault');
  return {
    open: () => openFolderStorage(folder),
    failNextCommit: () => {
      // the disk is found to be full when the bytes have been handed over and are to be made safe
      const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
      vi.spyOn(fileHandlePrototype, 'datasync').mockRejectedValueOnce(full);
    },
    failure: 'QuotaFull',
    takeAway: () => rename(folder, join(parent, 'elsewhere')),
    sharing: false,
    clean: async () => {
      vi.restoreAllMocks();
      await rm(parent, { recursive: true });
    },
  };
});

const anyHandle = await open(tmpdir(), 'r');
// the class of file handles has no name of its own to import
const fileHandlePrototype = Object.getPrototypeOf(anyHandle) as typeof anyHandle;
await anyHandle.close();
