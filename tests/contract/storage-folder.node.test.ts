/** What only a folder can suffer: other processes, ends of processes, a changed or a full disk. */
import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openFolderStorage } from '../../src/storage/folder.ts';
import type { Storage } from '../../src/sync/storage.ts';
import { value } from './storage.ts';
import { createWorkshop, killAndLook } from './storage-kill.ts';
import type { Workshop } from './storage-kill.ts';
import { expectExactly, stepAt, stepsIn } from './storage-steps.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await createWorkshop();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await workshop.clean();
});

const open = async (compactOver?: number): Promise<Storage> =>
  value(await openFolderStorage(workshop.folder, compactOver === undefined ? {} : { compactOver }));
const steps = (): string => join(workshop.folder, 'steps');
const seed = 20;

const fill = async (count: number): Promise<void> => {
  const storage = await open();
  for (let n = 1; n <= count; n++) value(await storage.commit(stepAt(seed, n)));
  await storage.close();
};

describe('a folder', () => {
  test('holds every acknowledged step and no half one after its process is killed', async () => {
    await killAndLook(workshop, 8, seed);
  }, 60_000);

  test('is refused to a second process, and given once the first is killed', async () => {
    const writer = workshop.start(seed, 1_000_000);
    await writer.lines.next();
    await writer.lines.next();
    expect(await openFolderStorage(workshop.folder)).toEqual({
      ok: false,
      error: { type: 'StorageFailed', name: 'Locked' },
    });
    await writer.kill();
    await (await open()).close();
  });

  test('is given where its lock belongs to an earlier process of the same id, or is empty', async () => {
    await fill(1);
    for (const lock of [`${process.pid} 1 another-boot 12345`, `${process.ppid} 1 another-boot 12345`, '']) {
      await writeFile(join(workshop.folder, 'lock'), lock);
      await (await open()).close();
    }
  });

  test('leaves nothing but its file when it is closed', async () => {
    await fill(3);
    expect(await readdir(workshop.folder)).toEqual(['steps']);
    expect((await stat(steps())).mode & 0o077).toBe(0);
    expect((await stat(workshop.folder)).mode & 0o077).toBe(0);
  });

  test('says that the quota is full where a file can grow no further, and keeps the steps before', async () => {
    const writer = workshop.start(seed, 1_000_000_000, 1000);
    let acknowledged = 0;
    let failed = '';
    for (let line = await writer.lines.next(); !line.done; line = await writer.lines.next())
      if (/^\d+$/.test(line.value)) acknowledged = Number(line.value);
      else failed = line.value;
    await writer.ended;
    expect(failed).toBe('QuotaFull');
    expect(acknowledged).toBeGreaterThan(5);

    const storage = await open();
    await expectExactly(storage, seed, acknowledged);
    value(await storage.commit(stepAt(seed, acknowledged + 1)));
    await storage.close();
    const again = await open();
    await expectExactly(again, seed, acknowledged + 1);
    await again.close();
  });

  test('cuts off an end that was never finished, wherever it stops', async () => {
    await fill(3);
    const before = (await stat(steps())).size;
    await fill(0);
    const storage = await open();
    value(await storage.commit({ puts: [{ key: 'step', value: new Uint8Array([0, 0, 0, 9]) }] }));
    await storage.close();
    const whole = await readFile(steps());
    expect(whole.length).toBeGreaterThan(before);
    for (let length = before; length < whole.length; length++)
      for (const end of [whole.subarray(0, length), Buffer.concat([whole.subarray(0, length), Buffer.alloc(50)])]) {
        await writeFile(steps(), end);
        const looked = await open();
        expect(await stepsIn(looked)).toBe(3);
        await looked.close();
        expect((await stat(steps())).size).toBe(before);
      }
  });

  test('is called damaged, and left as it is, where a byte in its middle has changed', async () => {
    await fill(4);
    const whole = await readFile(steps());
    // magic, length, checksum and payload of the first of four records
    for (const at of [0, 5, 9, 13, 100]) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await writeFile(steps(), changed);
      expect(await openFolderStorage(workshop.folder)).toEqual({
        ok: false,
        error: { type: 'StorageFailed', name: 'Damaged' },
      });
      expect(changed.equals(await readFile(steps()))).toBe(true);
    }
    // and its lock is not left behind
    await writeFile(steps(), whole);
    await (await open()).close();
  });

  test('gives nothing more once its lock is somebody else’s', async () => {
    const storage = await open();
    let told = 0;
    storage.onGone(() => told++);
    await writeFile(join(workshop.folder, 'lock'), 'another');
    expect(await storage.commit(stepAt(seed, 1))).toEqual({ ok: false, error: { type: 'StorageGone' } });
    expect(told).toBe(1);
    await storage.close();
    expect(await readFile(join(workshop.folder, 'lock'), 'utf8')).toBe('another');
  });

  test('is written anew without what was deleted, and keeps its seqs', async () => {
    const storage = await open(100_000);
    let written = 0;
    for (let n = 1; n <= 300; n++) {
      const step = stepAt(seed, n);
      value(await storage.commit(step));
      for (const { value } of [...(step.puts ?? []), ...(step.appends ?? [])]) written += value.length;
    }
    await expectExactly(storage, seed, 300);
    await storage.close();
    expect((await stat(steps())).size).toBeLessThan(written * 0.9);

    const again = await open(100_000);
    await expectExactly(again, seed, 300);
    expect(value(await again.commit(stepAt(seed, 301)))).toEqual([601, 602]);
    await again.close();
  });

  test('gives no seq twice, even when it was written anew without a single row', async () => {
    const storage = await open(1000);
    const row = { log: 'l', value: new Uint8Array(10) };
    const seqs = value(await storage.commit({ appends: [row, row, row] }));
    value(await storage.commit({ drops: [{ log: 'l', seqs }] }));
    for (let n = 0; n < 20; n++) value(await storage.commit({ puts: [{ key: 'same', value: new Uint8Array(500) }] }));
    await storage.close();
    expect((await stat(steps())).size).toBeLessThan(5000);

    const again = await open();
    expect(value(await again.commit({ appends: [row] }))).toEqual([4]);
    await again.close();
  });

  test('starts over beside a file that was not finished being written anew', async () => {
    await fill(3);
    await appendFile(`${steps()}.next`, 'half');
    const storage = await open();
    await expectExactly(storage, seed, 3);
    await storage.close();
    expect(await readdir(workshop.folder)).toEqual(['steps']);
  });

  test('reads a few rows without reading all of them', async () => {
    const storage = await open();
    const row = new Uint8Array(1000);
    const seqs = value(
      await storage.commit({ appends: Array.from({ length: 10_000 }, () => ({ log: 'l', value: row })) }),
    );
    await storage.close();
    const again = await open();
    const before = await bytesRead();
    value(await again.rowsAt('l', [seqs[9000] ?? 0, seqs[5] ?? 0, seqs[5000] ?? 0]));
    expect((await bytesRead()) - before).toBeLessThan(100_000);
    await again.close();
  });
});

/** What this process has read from files so far. */
const bytesRead = async (): Promise<number> =>
  Number(/rchar: (\d+)/.exec(await readFile('/proc/self/io', 'utf8'))?.[1]);
