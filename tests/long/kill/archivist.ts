/** A member without a browser, on memory: writes what others import, and reads what they export with all checks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createVerifier, sha256, stretch } from '../../../src/crypto/index.ts';
import { toHex } from '../../../src/lib/bytes.ts';
import { addPoint, createPalette, createPointId, readPalette } from '../../../src/documents/talking-points/index.ts';
import { createDeviceKeys } from '../../../src/log/identity.ts';
import { decodeInvite, fromText, toText } from '../../../src/log/invite.ts';
import type { Vector } from '../../../src/log/vector.ts';
import { emptyVector } from '../../../src/log/vector.ts';
import { createMemoryStorage } from '../../../src/storage/memory.ts';
import { makeBundle, mergeBundle, readBundle } from '../../../src/sync/bundles.ts';
import type { FullReplica } from '../../../src/sync/full-replica.ts';
import { openReplica } from '../../../src/sync/replica.ts';
import { LOCAL } from '../../../src/sync/replica-types.ts';
import { askToJoin, joinSpace } from '../../../src/sync/start.ts';
import { collect, sourceOf } from '../../unit/sync/bundle-file.ts';
import { createDice, value } from '../../world.ts';

/** Each volume is written in so many sittings, each large enough for a part, and so a transaction, of its own. */
const SITTINGS = 4;
const POINTS = 8;
const LENGTH = 45_000;
export const POINTS_OF_VOLUME = SITTINGS * POINTS;

export interface Archivist {
  writeRequest(path: string): Promise<void>;
  openAnswer(path: string): Promise<void>;
  /** Writes a palette of this title, and what is new since the last one as a bundle; gives how many changes it holds. */
  writeVolume(title: string, path: string): Promise<number>;
  /** Takes in a bundle that somebody saved: it must be whole and sound. Gives how much of it was new. */
  takeIn(path: string): Promise<number>;
  /** Is anything in this bundle that is not here? */
  lacks(path: string): Promise<number>;
  /** all texts of all points that are here */
  texts(): Promise<readonly string[]>;
}

export const createArchivist = async (seed: number, inviteText: string): Promise<Archivist> => {
  const environment = {
    random: createDice(seed).random,
    subtle: crypto.subtle,
    now: () => Date.now(),
    after: (milliseconds: number, run: () => void) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    stretch,
    breathe: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  const verifier = createVerifier(environment.subtle);
  const bytes = fromText('invite', inviteText);
  if (!bytes) throw new Error('no invite');
  const asking = {
    keys: createDeviceKeys(environment.random),
    invite: value(decodeInvite(bytes)),
    name: 'Archive',
    group: 'Library',
    languages: [],
  };
  const storage = createMemoryStorage();
  let replica: FullReplica;
  let passed: Vector = emptyVector();

  const sitting = async (): Promise<void> => {
    value(await replica.snapshot());
    replica = value(await openReplica(createMemoryStorage(storage.disk), replica.identity, verifier, environment));
  };

  return {
    writeRequest: async (path) => writeFileSync(path, toText('request', await askToJoin(asking, environment))),
    openAnswer: async (path) => {
      const answer = fromText('answer', readFileSync(path, 'utf8'));
      if (!answer) throw new Error('no answer');
      replica = value(await joinSpace(storage, asking, answer, verifier, environment));
    },
    writeVolume: async (title, path) => {
      const owner = replica.me()?.group;
      if (!owner) throw new Error('not in');
      const about = { kind: 'talking-points', owner, parent: null, writers: 'members' } as const;
      const id = value(await replica.createDocument(about));
      for (let at = 0; at < SITTINGS; at++) {
        const doc = value(await replica.openDocument(id));
        if (at === 0) value(createPalette(doc, LOCAL, { title, sourceLanguage: 'en' }));
        for (let point = 1; point <= POINTS; point++) {
          const message = `${title}, ${at * POINTS + point} ${noise(`${seed} ${title} ${at} ${point}`)}`;
          value(addPoint(doc, LOCAL, { id: createPointId(environment.random(16)), texts: { message } }));
        }
        value(await replica.flush());
        await sitting();
      }
      const made = value(await makeBundle(replica, { recipients: 'space', base: passed }, environment));
      writeFileSync(path, await collect(made.bytes()));
      passed = replica.vector();
      return made.estimate.changes;
    },
    takeIn: async (path) => {
      const merged = value(await mergeBundle(replica, sourceOf(readFileSync(path)), environment));
      if (merged.incomplete) throw new Error(`a saved bundle that is not whole: ${merged.incomplete.type}`);
      // a fork would be among them
      if (merged.receipt.refused.size > 0) throw new Error(`refused: ${[...merged.receipt.refused.keys()].join()}`);
      if (replica.suspects.size > 0) throw new Error('a device that says two things');
      if (merged.receipt.waiting > 0) throw new Error('gaps in what a device wrote');
      return merged.receipt.changes;
    },
    lacks: async (path) => value(await readBundle(replica, sourceOf(readFileSync(path)), environment)).would.changes,
    texts: async () => {
      const texts: string[] = [];
      for (const { id, kind } of replica.membership().documents.values()) {
        if (kind !== 'talking-points') continue;
        const doc = value(await replica.openDocument(id));
        const palette = readPalette(doc);
        if (palette.type === 'ready') texts.push(...palette.palette.points.map(({ message }) => message));
      }
      return texts;
    },
  };
};

/** Hardly deflates. */
const noise = (seed: string): string => {
  let text = '';
  for (let at = 0; text.length < LENGTH; at++) text += toHex(sha256(new TextEncoder().encode(`${seed} ${at}`)));
  return text.slice(0, LENGTH);
};
