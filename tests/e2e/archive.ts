/** A member without a browser who has written a great deal: by request, answer and bundle, as the command line does. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createVerifier, sha256 } from '../../src/crypto/index.ts';
import { toHex } from '../../src/lib/bytes.ts';
import { addPoint, createPalette, createPointId } from '../../src/documents/talking-points/index.ts';
import { LOCAL } from '../../src/log/capture.ts';
import { createDeviceKeys } from '../../src/log/identity.ts';
import { decodeInvite, fromText, toText } from '../../src/log/invite.ts';
import { createMemoryStorage } from '../../src/storage/memory.ts';
import { makeBundle } from '../../src/sync/bundles.ts';
import { askToJoin, joinSpace } from '../../src/sync/start.ts';
import { createEnvironment, value } from '../world.ts';

/** Words that hardly deflate: hexadecimal of hashes. */
const words = (seed: string, length: number): string => {
  let text = '';
  for (let at = 0; text.length < length; at++) text += `${toHex(sha256(new TextEncoder().encode(`${seed} ${at}`)))} `;
  return text.slice(0, length);
};

export const createArchive = async (inviteText: string) => {
  const environment = { ...createEnvironment(7), now: () => Date.now() };
  const bytes = fromText('invite', inviteText);
  if (!bytes) throw new Error('no invite');
  const invite = value(decodeInvite(bytes));
  const asking = {
    keys: createDeviceKeys(environment.random),
    invite,
    name: 'Archive',
    group: 'Library',
    languages: [],
  };
  return {
    writeRequest: async (path: string) => writeFileSync(path, toText('request', await askToJoin(asking, environment))),
    /** Opens the answer, writes `volumes` palettes of `points` points of `length` characters, and saves them as a bundle. */
    writeBundle: async (answerPath: string, path: string, volumes: number, points: number, length: number) => {
      const answer = fromText('answer', readFileSync(answerPath, 'utf8'));
      if (!answer) throw new Error('no answer');
      const verifier = createVerifier(environment.subtle);
      const replica = value(await joinSpace(createMemoryStorage(), asking, answer, verifier, environment));
      const group = replica.me()?.group;
      if (!group) throw new Error('not in');
      for (let volume = 1; volume <= volumes; volume++) {
        const id = value(
          await replica.createDocument({ kind: 'talking-points', owner: group, parent: null, writers: 'members' }),
        );
        const doc = value(await replica.openDocument(id));
        value(createPalette(doc, LOCAL, { title: `Volume ${volume}`, sourceLanguage: 'en' }));
        for (let point = 1; point <= points; point++) {
          const message = `Point ${point} ${words(`${volume}/${point}`, length)}`;
          value(addPoint(doc, LOCAL, { id: createPointId(environment.random(16)), texts: { message } }));
        }
        value(await replica.flush());
      }
      const bundle = value(await makeBundle(replica, { recipients: 'space', base: null }, environment));
      const parts: Uint8Array[] = [];
      for await (const part of bundle.bytes()) parts.push(part);
      writeFileSync(path, Buffer.concat(parts));
    },
  };
};
