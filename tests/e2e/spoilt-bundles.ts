/** An organizer without a browser, and the bundles that somebody could bring from them: sound, spoilt and forged ones. */
import { createPalette, addPoint, createPointId } from '../../src/documents/talking-points/index.ts';
import { concat } from '../../src/lib/bytes.ts';
import {
  BUNDLE_VERSION,
  encodeEnd,
  encodeHeader,
  endMessage,
  hashContents,
  headerMessage,
} from '../../src/log/bundle-header.ts';
import { createContents } from '../../src/log/bundle-contents.ts';
import { writeBundle } from '../../src/log/bundle-write.ts';
import { bundleKeyOf } from '../../src/log/epoch.ts';
import { encodeInvite, fromText, toText } from '../../src/log/invite.ts';
import { decodePack } from '../../src/log/pack.ts';
import { emptyVector, type Vector } from '../../src/log/vector.ts';
import { openInvites } from '../../src/sync/invites.ts';
import { LOCAL } from '../../src/sync/replica-types.ts';
import { bundleOf, collect, flip } from '../unit/sync/bundle-file.ts';
import { createDice, found, paletteOf, type Person, value } from '../world.ts';

export interface Organizer {
  readonly person: Person;
  readonly invite: string;
  /** the answer's text */
  admit(request: string): Promise<string>;
}

export const MESSAGE = 'Every crew comes home.';

/** Founds a space with one palette in it, whose title is 'Port strike'. */
export const startOrganizer = async (seed: number, space: string): Promise<Organizer> => {
  const person = await found(seed, space);
  const id = await paletteOf(person);
  const doc = value(await person.replica.openDocument(id));
  createPalette(doc, LOCAL, { title: 'Port strike', sourceLanguage: 'en' });
  const point = createPointId(createDice(seed).random(16));
  addPoint(doc, LOCAL, { id: point, value: 'safety', texts: { message: MESSAGE } });
  value(await person.replica.flush());
  const invites = value(await openInvites(person.storage, person.replica, person.environment));
  const open = value(await invites.create({ role: 'member', until: 0, isDoor: false, hubs: [] }));
  return {
    person,
    invite: toText('invite', encodeInvite(invites.inviteOf(open))),
    admit: async (request) => {
      const bytes = fromText('request', request);
      if (!bytes) throw new Error('no request');
      const { answer } = value(await invites.admit(value(await invites.read(bytes))));
      return toText('answer', answer);
    },
  };
};

export interface Bundles {
  readonly good: Uint8Array;
  readonly cutAtStart: Uint8Array;
  readonly cutLater: Uint8Array;
  readonly flippedAtStart: Uint8Array;
  readonly flippedLater: Uint8Array;
  readonly reordered: Uint8Array;
  readonly foreign: Uint8Array;
  readonly newer: Uint8Array;
  /** by somebody who has the space's key, in the organizer's name */
  readonly forged: Uint8Array;
}

export const bundlesOf = async ({ person }: Organizer): Promise<Bundles> => {
  const { replica } = person;
  const first = await packsBeyond(person, emptyVector());
  const before = replica.vector();
  // words that do not deflate: a second part that reaches over several chunks
  const [palette] = replica.membership().documents.keys();
  if (palette === undefined) throw new Error('no palette');
  const doc = value(await replica.openDocument(palette));
  for (let at = 0; at < 5; at++) {
    doc.transact(() => doc.getText('noise').insert(0, noise(at)), LOCAL);
    value(await replica.flush());
  }
  const parts = [...first, ...(await packsBeyond(person, before))];
  const good = await bundleOf(person);
  const inParts = await craft(person, parts, {});
  const stranger = await startOrganizer(9, 'Another table');
  return {
    good,
    cutAtStart: good.subarray(0, STREAM + 1000),
    cutLater: inParts.subarray(0, inParts.length - 1000),
    flippedAtStart: flip(good, STREAM + 10),
    flippedLater: flip(inParts, inParts.length - 100),
    reordered: swapChunks(good),
    foreign: await bundleOf(stranger.person),
    newer: await craft(person, parts, { leastReader: BUNDLE_VERSION + 1 }),
    forged: await craft(person, parts, { signer: stranger.person }),
  };
};

/** salt and one group of slots: where the sealed stream begins */
const STREAM = 32 + 8 * 80;
const SEALED_CHUNK = 65_536 + 16;

const swapChunks = (bytes: Uint8Array): Uint8Array => {
  const chunk = (at: number): Uint8Array =>
    bytes.subarray(STREAM + at * SEALED_CHUNK, STREAM + (at + 1) * SEALED_CHUNK);
  return concat(bytes.subarray(0, STREAM), chunk(1), chunk(0), bytes.subarray(STREAM + 2 * SEALED_CHUNK));
};

const noise = (seed: number): string =>
  [...createDice(seed).random(14_000)].map((byte) => String.fromCharCode(0x4e00 + byte * 16)).join('');

const packsBeyond = async (person: Person, base: Vector): Promise<readonly Uint8Array[]> => {
  const packs: Uint8Array[] = [];
  for await (const pack of person.replica.lacking(base).packs()) packs.push(pack.slice());
  return packs;
};

interface Craft {
  readonly leastReader?: number;
  readonly signer?: Person;
}

const craft = async (
  { replica, environment }: Person,
  parts: readonly Uint8Array[],
  { leastReader, signer }: Craft,
): Promise<Uint8Array> => {
  const { random } = environment;
  const epoch = replica.identity.epochs.at(-1);
  if (!epoch) throw new Error('no epoch');
  const sign = (message: Uint8Array): Promise<Uint8Array> => (signer?.replica ?? replica).signer.sign(message);
  const plain = encodeHeader({
    space: replica.spaceId,
    epoch: epoch.id,
    id: random(16),
    day: 20_000,
    device: replica.device,
    isWhole: true,
    readers: [],
    changes: new Map(),
    history: [],
    part: null,
  });
  if (leastReader !== undefined) plain[1] = leastReader;
  const header = concat(plain, await sign(headerMessage(plain)));
  const contents = createContents(replica.spaceId);
  for (const part of parts) contents.add(decodePack(part));
  async function* inTurn(): AsyncIterable<Uint8Array> {
    yield* parts;
  }
  const bytes = writeBundle({
    salt: random(32),
    readers: [{ type: 'space', bundleKey: bundleKeyOf(epoch) }],
    stretched: null,
    header,
    parts: inTurn(),
    end: async (count) => {
      const end = encodeEnd({ parts: count, contents: hashContents(contents.vector()), also: emptyVector() });
      return concat(end, await sign(endMessage(replica.spaceId, header, end)));
    },
    random,
  });
  return collect(bytes);
};
