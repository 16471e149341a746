/**
 * Makes the vectors of this folder: `node .ci/ts.mjs tests/vectors/bundles/make.ts`. Every byte follows from seeds.
 * A published vector is never edited: this is kept to show how each was made, and to add others.
 *
 * It writes bundles by itself from FORMAT.md, not with src/log/bundle-write.ts, so that what only it can make (a wrong
 * length, an end that lies) is there too, and the writer has a twin to be compared with.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join as joinPath, resolve } from 'node:path';
import {
  boxSeal,
  CHUNK,
  createBoxKeys,
  createSealStream,
  createSigner,
  DEFAULT_COST,
  hkdf,
  seal,
  sha256,
  stretch,
} from '../../../src/crypto/index.ts';
import { concat, fromHex, toHex, utf8, Writer } from '../../../src/lib/bytes.ts';
import { LOCAL } from '../../../src/log/capture.ts';
import { bundleKeyOf } from '../../../src/log/epoch.ts';
import { encodeIdentity, type Identity } from '../../../src/log/identity.ts';
import { encodePack } from '../../../src/log/pack.ts';
import { emptyVector, type Vector, writeVector } from '../../../src/log/vector.ts';
import { createDice, found, join, paletteOf, type Person, value } from '../../world.ts';

const folder = resolve('tests/vectors/bundles');
const { random } = createDice(2026);
const PASSPHRASE = 'six words of the harbour song';

const alice = await found(1);
const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
const charlie = await join(alice, 3, 'Charlie', 'Legal clinic');
const stranger = await found(9, 'Elsewhere', 'Zoe');
const document = await paletteOf(alice);

const typeWords = async (person: Person, words: string): Promise<void> => {
  const doc = value(await person.replica.openDocument(document));
  const text = doc.getText('text');
  doc.transact(() => text.insert(text.length, words), LOCAL);
  value(await person.replica.flush());
};
await typeWords(alice, 'Every crew comes home');

/** What Bob has before he opens any of these: what the answer to his request brought him. */
const bobRecords = encodePack(bob.replica.recordItems());

const packsFor = async (person: Person, base: Vector): Promise<Uint8Array[]> => {
  const packs: Uint8Array[] = [];
  for await (const pack of person.replica.lacking(base).packs()) packs.push(pack.slice());
  return packs;
};
const plainParts = await packsFor(alice, emptyVector());
const plainVector = alice.replica.vector();

// texts that do not deflate, in sessions that are packed apart, for a bundle of several chunks and parts
for (let i = 0; i < 5; i++) {
  const noise = [...random(9000)].map((byte) => String.fromCharCode(0x4e00 + byte * 16)).join('');
  await typeWords(alice, noise);
}
const many: Uint8Array[] = [...plainParts];
many.push(...(await packsFor(alice, plainVector)));

interface Making {
  readonly identity: Identity;
  readonly parts: readonly Uint8Array[];
  /** what the end says is in the parts */
  readonly contents: Vector;
  readonly readers?: readonly Person[];
  readonly version?: readonly [number, number];
  readonly space?: string;
  readonly device?: string;
  readonly passphrase?: string;
  /** another secret signs the header */
  readonly signedBy?: Identity;
  readonly afterHeader?: Uint8Array;
  /** in place of what usually stands behind the parts */
  readonly behind?: (end: Uint8Array) => Uint8Array;
  readonly slots?: number;
}

const make = async (making: Making): Promise<Uint8Array> => {
  const { identity, parts, contents, readers } = making;
  const epoch = identity.epochs.at(-1);
  if (!epoch) throw new Error('no epoch');
  const salt = random(32);
  const stretched =
    making.passphrase === undefined ? null : await stretch(making.passphrase, salt.slice(0, 16), DEFAULT_COST);
  const check = stretched === null ? new Uint8Array(8) : hkdf(stretched, salt, 'weft1/bundle-passphrase', 8);
  const secret = concat(random(24), check);

  const slots: Uint8Array[] = [];
  if (readers)
    for (const { replica } of readers) slots.push(boxSeal(replica.identity.box.publicKey, secret, random(32)));
  else {
    const { publicKey } = createBoxKeys(random(32));
    const key = hkdf(bundleKeyOf(epoch), salt, 'weft1/bundle-slot', 32);
    slots.push(concat(publicKey, seal(key, sha256(publicKey).slice(0, 24), secret)));
  }
  while (slots.length % 8 !== 0 || slots.length < (making.slots ?? 8)) {
    slots.push(concat(createBoxKeys(random(32)).publicKey, random(48)));
  }

  const signer = createSigner((making.signedBy ?? identity).signing, null);
  const device = making.device ?? toHex(identity.signing.publicKey);
  const [version, least] = making.version ?? [1, 1];
  const to = new Writer()
    .u8(version)
    .u8(least)
    .bytes(fromHex(making.space ?? identity.space))
    .bytes(epoch.id);
  to.bytes(random(16)).varuint(20_780).bytes(fromHex(device)).u8(1);
  const members = (readers ?? []).map(({ replica }) => String(replica.me()?.member)).sort();
  to.varuint(members.length);
  for (const member of members) to.bytes(fromHex(member));
  to.varuint(1).bytes(fromHex(device)).varuint(3).varuint(0);
  if (making.afterHeader) to.bytes(making.afterHeader);
  const plainHeader = to.finish();
  const header = concat(plainHeader, await signer.sign(concat(utf8('weft1/bundle-header\0'), plainHeader)));

  const vector = new Writer();
  writeVector(vector, contents);
  const endTo = new Writer().varuint(parts.length).bytes(sha256(utf8('weft1/vector\0'), vector.finish()));
  writeVector(endTo, emptyVector());
  const plainEnd = endTo.finish();
  const endMessage = concat(utf8('weft1/bundle-end\0'), fromHex(identity.space), sha256(header), plainEnd);
  const end = concat(plainEnd, await signer.sign(endMessage));

  const usual = new Writer().u32(0).block(end).finish();
  const stream = new Writer().block(header);
  for (const part of parts) stream.u32(part.length).bytes(part);
  stream.bytes(making.behind ? making.behind(end) : usual);
  const fileKey = hkdf(concat(secret.slice(0, 24), stretched ?? new Uint8Array(0)), salt, 'weft1/bundle-file', 32);
  return sealAll(concat(salt, ...slots), fileKey, stream.finish());
};

/** Slow and simple: tries every number of zeros until the file has a Padmé size. */
const sealAll = (start: Uint8Array, fileKey: Uint8Array, plain: Uint8Array): Uint8Array => {
  const isPadme = (size: number): boolean => {
    const exponent = Math.floor(Math.log2(size));
    const bits = exponent - (Math.floor(Math.log2(exponent)) + 1);
    return size % 2 ** bits === 0;
  };
  let zeros = 0;
  while (!isPadme(start.length + plain.length + zeros + 16 * Math.ceil((plain.length + zeros) / CHUNK))) zeros++;
  const padded = concat(plain, new Uint8Array(zeros));
  const stream = createSealStream(fileKey);
  const pieces = [start];
  for (let at = 0; at < padded.length; at += CHUNK) {
    pieces.push(stream.chunk(padded.subarray(at, at + CHUNK), at + CHUNK >= padded.length));
  }
  return concat(...pieces);
};

const mine = alice.replica.identity;
const plain: Making = { identity: mine, parts: plainParts, contents: plainVector };
const manyParts: Making = { identity: mine, parts: many, contents: alice.replica.vector() };
const foreignParts = await packsFor(stranger, emptyVector());
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
const START = 32 + 8 * 80;
const SEALED = CHUNK + 16;

const good = await make(plain);
const big = await make(manyParts);
const bigTwin = await make(manyParts);

/** Charlie's, a stranger's and, with Charlie's signature, Bob's own of a far number; written from FORMAT.md. */
const said = async (): Promise<Uint8Array> => {
  const all = new Writer();
  writeVector(all, plainVector);
  const claim = async (place: number, device: string, signed: Person, vector: Uint8Array): Promise<Uint8Array> => {
    const about = new Writer().bytes(fromHex(device)).varuint(7).varuint(29_922_000).finish();
    const message = concat(
      utf8('weft1/signed-vector\0'),
      fromHex(alice.replica.spaceId),
      about,
      sha256(utf8('weft1/vector\0'), vector),
    );
    const signature = await createSigner(signed.replica.identity.signing, null).sign(message);
    return new Writer().varuint(place).bytes(about).bytes(signature).finish();
  };
  // the second vector: the first without its statements and sessions
  const first = all.finish();
  const { device } = alice.replica;
  const less = { ...emptyVector(), records: new Map([[alice.replica.device, 1]]) };
  const second = new Writer();
  writeVector(second, less);
  const sessions = [...plainVector.sessions.keys()].sort();
  const change = new Writer().varuint(1).bytes(fromHex(device)).varuint(1).varuint(0).varuint(sessions.length);
  for (const session of sessions) change.bytes(fromHex(session.slice(65))).varuint(0);
  const { replica } = charlie;
  const to = new Writer().varuint(2).bytes(first).bytes(change.finish()).varuint(3);
  to.bytes(await claim(1, replica.device, charlie, second.finish()));
  to.bytes(await claim(0, stranger.replica.device, stranger, first));
  return to.bytes(await claim(0, device, charlie, first)).finish();
};

interface Vectored {
  readonly name: string;
  readonly about: string;
  readonly bytes: Uint8Array;
  readonly expect: object;
  readonly passphrase?: string;
}

const brings = (changes: number) => ({ ok: true, changes, incomplete: null });
const refuses = (type: string, atPart?: number) => ({ ok: false, type, ...(atPart === undefined ? {} : { atPart }) });
const stops = (type: string, atPart: number, changes: number) => ({ ok: true, changes, incomplete: { type, atPart } });

const vectors: readonly Vectored[] = [
  { name: 'accept-space', about: 'for everybody in the space', bytes: good, expect: brings(4) },
  {
    name: 'accept-member',
    about: 'for Bob alone, in the second slot',
    bytes: await make({ ...plain, readers: [charlie, bob] }),
    expect: brings(4),
  },
  {
    name: 'accept-slots',
    about: 'sixteen slots',
    bytes: await make({ ...plain, slots: 16 }),
    expect: brings(4),
  },
  {
    name: 'accept-passphrase',
    about: 'asks for a passphrase too',
    bytes: await make({ ...plain, passphrase: PASSPHRASE }),
    passphrase: PASSPHRASE,
    expect: brings(4),
  },
  {
    name: 'accept-empty',
    about: 'no parts',
    bytes: await make({ ...plain, parts: [], contents: emptyVector() }),
    expect: brings(0),
  },
  { name: 'accept-chunks', about: 'several chunks and parts', bytes: big, expect: brings(9) },
  {
    name: 'accept-later-version',
    about: 'version 2, which a reader of version 1 may read: its header goes on with what that does not know',
    bytes: await make({ ...plain, version: [2, 1], afterHeader: utf8('later') }),
    expect: brings(4),
  },
  {
    name: 'accept-other-contents',
    about: 'the end says another vector than the parts have: the parts count, the vector is not believed',
    bytes: await make({ ...plain, contents: emptyVector() }),
    expect: brings(4),
  },
  {
    name: 'accept-foreign-part',
    about: 'a part holds records of another space: refused one by one, and the rest counts',
    bytes: await make({ ...plain, parts: [...foreignParts, ...plainParts] }),
    expect: brings(4),
  },
  {
    name: 'refuse-no-passphrase',
    about: 'a passphrase is needed, and none is given',
    bytes: await make({ ...plain, passphrase: PASSPHRASE }),
    expect: refuses('PassphraseNeeded'),
  },
  {
    name: 'refuse-wrong-passphrase',
    about: 'another passphrase',
    bytes: await make({ ...plain, passphrase: PASSPHRASE }),
    passphrase: 'seven words',
    expect: refuses('WrongPassphrase'),
  },
  {
    name: 'refuse-other-readers',
    about: 'for Charlie alone',
    bytes: await make({ ...plain, readers: [charlie] }),
    expect: refuses('NotForThisSpace'),
  },
  {
    name: 'refuse-other-space',
    about: 'another space’s, under its own key',
    bytes: await make({ identity: stranger.replica.identity, parts: foreignParts, contents: emptyVector() }),
    expect: refuses('NotForThisSpace'),
  },
  {
    name: 'refuse-other-space-header',
    about: 'a header of another space under this one’s key',
    bytes: await make({ ...plain, space: stranger.replica.spaceId }),
    expect: refuses('NotForThisSpace'),
  },
  { name: 'refuse-noise', about: 'random bytes', bytes: random(2048), expect: refuses('NotForThisSpace') },
  { name: 'refuse-nothing', about: 'no bytes', bytes: new Uint8Array(0), expect: refuses('NotForThisSpace') },
  {
    name: 'refuse-newer-version',
    about: 'version 2, for readers of version 2',
    bytes: await make({ ...plain, version: [2, 2] }),
    expect: refuses('NewerVersion'),
  },
  {
    name: 'refuse-header-trailing',
    about: 'a header of version 1 that goes on behind its last field',
    bytes: await make({ ...plain, afterHeader: utf8('more') }),
    expect: refuses('Damaged', 0),
  },
  {
    name: 'refuse-bad-sender',
    about: 'says that Alice made it, and Charlie signed it',
    bytes: await make({ ...plain, signedBy: charlie.replica.identity }),
    expect: refuses('BadSender'),
  },
  { name: 'refuse-flipped-salt', about: 'the first byte', bytes: flipped(good, 0), expect: refuses('NotForThisSpace') },
  { name: 'refuse-flipped-slot', about: 'in its slot', bytes: flipped(good, 100), expect: refuses('NotForThisSpace') },
  {
    name: 'refuse-flipped-chunk',
    about: 'in its only chunk',
    bytes: flipped(good, START + 50),
    expect: refuses('Damaged', 0),
  },
  { name: 'refuse-cut', about: 'the last byte is missing', bytes: good.slice(0, -1), expect: refuses('Truncated', 0) },
  {
    name: 'refuse-cut-slots',
    about: 'ends behind its slots',
    bytes: good.slice(0, START),
    expect: refuses('Truncated', 0),
  },
  {
    name: 'stop-cut-chunk',
    about: 'ends behind its first chunk: the first part is there, the second is not whole',
    bytes: big.slice(0, START + SEALED),
    expect: stops('Truncated', 1, 4),
  },
  {
    name: 'stop-flipped',
    about: 'a byte of its second chunk',
    bytes: flipped(big, START + SEALED + 5),
    expect: stops('Damaged', 1, 4),
  },
  {
    name: 'stop-spliced',
    about: 'goes on with the second chunk of another bundle of the same content',
    bytes: concat(big.slice(0, START + SEALED), bigTwin.slice(START + SEALED)),
    expect: stops('Damaged', 1, 4),
  },
  {
    name: 'stop-part-over-limit',
    about: 'a part that says it is longer than a part may be',
    bytes: await make({ ...plain, behind: () => new Writer().u32(1_048_577).finish() }),
    expect: stops('Damaged', 1, 4),
  },
  {
    name: 'stop-no-end',
    about: 'parts, and then nothing but zeros',
    bytes: await make({ ...plain, behind: () => new Uint8Array(0) }),
    expect: stops('Damaged', 1, 4),
  },
  {
    name: 'stop-other-count',
    about: 'an end that counts another number of parts',
    bytes: await make({
      ...plain,
      behind: (end) =>
        new Writer()
          .u32(0)
          .block(concat(Uint8Array.of(2), end.slice(1)))
          .finish(),
    }),
    expect: stops('Damaged', 1, 4),
  },
  {
    name: 'stop-not-zero',
    about: 'a byte in the padding that is not zero',
    bytes: await make({ ...plain, behind: (end) => new Writer().u32(0).block(end).u8(0).u8(7).finish() }),
    expect: stops('Damaged', 1, 4),
  },
  {
    name: 'stop-long-length',
    about: 'the end’s length not in its shortest form',
    bytes: await make({
      ...plain,
      behind: (end) =>
        new Writer()
          .u32(0)
          .u8((end.length & 0x7f) | 0x80)
          .u8((end.length >> 7) | 0x80)
          .u8(0)
          .bytes(end)
          .finish(),
    }),
    expect: stops('Damaged', 1, 4),
  },
  // later ones come behind, so that the dice of those before fall as they did
  {
    name: 'accept-signed-vectors',
    about: 'a part with what three devices say that they have: one with another’s signature, which is not believed',
    bytes: await make({ ...plain, parts: [...plainParts, encodePack([{ type: 4, bytes: await said() }])] }),
    expect: { ...brings(4), heard: [charlie.replica.device].sort() },
  },
  {
    name: 'accept-part',
    about: 'version 3: the second of three files, which brings what is in it',
    bytes: await make({ ...plain, version: [3, 1], afterHeader: concat(random(16), Uint8Array.of(2, 3)) }),
    expect: brings(4),
  },
  {
    name: 'refuse-no-such-part',
    about: 'version 3: the fourth of three files',
    bytes: await make({ ...plain, version: [3, 1], afterHeader: concat(random(16), Uint8Array.of(4, 3)) }),
    expect: refuses('Damaged', 0),
  },
  {
    name: 'accept-spoken',
    about: 'a passphrase of digits, in groups and in another script',
    bytes: await make({ ...plain, passphrase: '4821093755310246' }),
    passphrase: '٤٨٢١ ٠٩٣٧ ٥٥٣١ ٠٢٤٦',
    expect: brings(4),
  },
];

mkdirSync(folder, { recursive: true });
for (const { name, bytes } of vectors) writeFileSync(joinPath(folder, `${name}.bundle`), bytes);
const list = {
  reader: { identity: toHex(encodeIdentity(bob.replica.identity)), records: toHex(bobRecords) },
  text: { document, words: 'Every crew comes home' },
  vectors: vectors.map(({ name, about, passphrase, expect, bytes }) => ({
    name,
    about,
    ...(passphrase === undefined ? {} : { passphrase }),
    sha256: toHex(sha256(bytes)),
    expect,
  })),
};
writeFileSync(joinPath(folder, 'vectors.json'), `${JSON.stringify(list, null, 2)}\n`);
