/**
 * One process at a time in a folder: a file `lock` with the owner's process id and, where the system tells (Linux),
 * the boot and the moment in which that process started, because ids are used again.
 * A lock whose owner has ended is taken over. Node has no file locks, so two processes that take over at the same
 * moment are told apart by looking at what was moved away, and every commit asks `isHeld` before it counts.
 */
import { constants, copyFile, link, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, unlinkIfThere } from './step-file.ts';

export interface FolderLock {
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** Locks of this process by their full text, for systems where only the process id is known. */
const heldHere = new Set<string>();
let serial = 0;

/** null: a living process holds it. Throws the file system's errors. */
export const takeFolderLock = async (path: string): Promise<FolderLock | null> => {
  const lock = join(path, 'lock');
  const mine = join(path, `lock.${process.pid}.${++serial}`);
  const text = `${process.pid} ${serial} ${await birthOf(process.pid)}`;
  await writeFile(mine, text, { mode: 0o600 });
  heldHere.add(text);
  let taken: FolderLock | null = null;
  try {
    taken = await contend(lock, mine, text);
  } finally {
    if (!taken) heldHere.delete(text);
    await unlinkIfThere(mine);
  }
  return taken;
};

const contend = async (lock: string, mine: string, text: string): Promise<FolderLock | null> => {
  // each round is lost only to another process that is taking the same lock
  for (let round = 0; round < 10; round++) {
    if (await linkNew(mine, lock)) return createLock(lock, text);
    const found = await readOrNull(lock);
    if (found === null) continue;
    if (await isAlive(found)) return null;
    await moveAway(lock, `${mine}.old`, found);
  }
  return null;
};

const createLock = (lock: string, text: string): FolderLock => ({
  isHeld: async () => (await readOrNull(lock)) === text,
  release: async () => {
    heldHere.delete(text);
    if ((await readOrNull(lock)) === text) await unlinkIfThere(lock);
  },
});

/** Removes the dead lock; puts back what somebody living has put there since we looked. */
const moveAway = async (lock: string, aside: string, dead: string): Promise<void> => {
  try {
    await rename(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readOrNull(aside)) !== dead) await linkNew(aside, lock);
  await unlinkIfThere(aside);
};

const isAlive = async (text: string): Promise<boolean> => {
  const [pid = '', , ...birth] = text.split(' ');
  const id = Number(pid);
  // killed before it had written its name, or not ours
  if (!Number.isSafeInteger(id) || id <= 0) return false;
  if (id === process.pid) return heldHere.has(text);
  try {
    process.kill(id, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return birth.join(' ') === (await birthOf(id));
};

/** Boot and start of a process; the same empty text for all where the system does not tell. */
const birthOf = async (pid: number): Promise<string> => {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // field 22, counted after the command's name, which may hold spaces and parentheses
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot.trim()} ${start ?? ''}`;
  } catch {
    return '';
  }
};

/** A link appears with its text already in it, or not at all; false where the name is taken. */
const linkNew = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) throw error;
  }
  // a stick has no links, as a rule
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

const readOrNull = async (file: string): Promise<string | null> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};
