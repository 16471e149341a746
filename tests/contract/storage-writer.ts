/**
 * A process that commits steps to a folder as fast as it can, to be killed: `writer FOLDER SEED COMPACT_OVER`.
 * It says `ready`, then the number of each step once that is acknowledged, and at last what a step failed with.
 */
import { writeSync } from 'node:fs';
import { openFolderStorage } from '../../src/storage/folder.ts';
import { stepAt, stepsIn } from './storage-steps.ts';

const [folder = '', seed = '', compactOver = ''] = process.argv.slice(2);
const say = (line: string | number): void => void writeSync(1, `${line}\n`);

say('ready');
const opened = await openFolderStorage(folder, { compactOver: Number(compactOver) });
if (opened.ok) {
  const storage = opened.value;
  for (let n = (await stepsIn(storage)) + 1; ; n++) {
    const committed = await storage.commit(stepAt(Number(seed), n));
    if (!committed.ok) {
      say(committed.error.type);
      break;
    }
    say(n);
  }
} else say(JSON.stringify(opened.error));
