/**
 * Makes tests/vectors/proofs: `node .ci/ts.mjs tests/vectors/proofs/make.ts`. What was published is never edited: a file
 * that is there already is left as it is.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepareHash } from '../../../src/crypto/index.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import { decodeProofFile, encodeProofFile, type ProofFile } from '../../../src/proofs/file.ts';
import { adopted, groupOf, positionOf, proofBy, proposalOf, say, textOf } from '../../unit/proofs/adopted.ts';
import { carry, value } from '../../world.ts';

const folder = resolve('tests/vectors/proofs');
const vectors: Record<string, string> = {};

const put = (name: string, type: string, bytes: Uint8Array): void => {
  vectors[name] = type;
  const path = join(folder, `${name}.json`);
  if (!existsSync(path)) writeFileSync(path, bytes);
};

await prepareHash();
const { alice, bob, document, proposal, text } = await adopted();
const texts = new Map([['en', text]]);
const proof = value(proofBy(alice, document, proposal, texts));
const file = value(decodeProofFile(proof));
const plain = new TextDecoder().decode(proof);
put('accept-consent', 'accepted', proof);

const changed = (change: Partial<ProofFile>): Uint8Array => encodeProofFile({ ...file, ...change });
const without = <T>(all: readonly T[], at: number): readonly T[] => all.filter((_, index) => index !== at);
const flipped = (all: readonly Uint8Array[], at: number, byte: number): readonly Uint8Array[] =>
  all.map((bytes, index) => {
    if (index !== at) return bytes;
    const copy = bytes.slice();
    copy[byte < 0 ? copy.length + byte : byte] = (copy.at(byte) ?? 0) ^ 1;
    return copy;
  });

// an amendment by every group, in the next version
await carry(alice, bob);
const parties = [groupOf(alice), groupOf(bob)];
const after = textOf('Charter, second', parties);
const second = await say(alice, document, proposalOf(after, parties, { change: 'major', amends: proposal }));
const hers = await say(
  alice,
  document,
  positionOf(second, after, groupOf(alice), { position: 'reservations', reason: 'Soon' }),
);
await carry(alice, bob);
const his = await say(bob, document, positionOf(second, after, groupOf(bob), { conditions: 'For a year' }));
await carry(bob, alice);
await say(alice, document, {
  kind: 'closing',
  proposal: second,
  counted: [hers, his].sort(),
  emergency: false,
  replaces: null,
});
put('accept-amendment', 'accepted', value(proofBy(alice, document, second, new Map([['en', after]]))));

put('refuse-other-file', 'NotAProof', utf8('{"kind": "something else"}\n'));
put('refuse-newer-version', 'NewerVersion', utf8(plain.replace('"version": 1', '"version": 2')));
put('refuse-blank-behind', 'NotCanonical', utf8(`${plain} `));
put('refuse-field-more', 'NotCanonical', utf8(plain.replace('"version": 1,', '"version": 1,\n "note": "trust me",')));
put('refuse-other-space', 'OtherSpace', changed({ space: 'ab'.repeat(32) }));
put('refuse-no-founding-record', 'OtherSpace', changed({ records: without(file.records, 0) }));
put('refuse-other-document', 'NotAnAgreement', changed({ document: 'ab'.repeat(16) }));
put('refuse-other-proposal', 'MissingProposal', changed({ proposal: 'ab'.repeat(32) }));
put('refuse-record-signature', 'BadSignature', changed({ records: flipped(file.records, 0, -1) }));
put('refuse-no-text', 'MissingText', changed({ texts: [] }));
put(
  'refuse-text-altered',
  'AlteredText',
  changed({ texts: [{ language: 'en', text: text.replace('Three', 'Four') }] }),
);
put('refuse-text-more', 'Unneeded', changed({ texts: [...file.texts, { language: 'fr', text }] }));
put('refuse-order', 'NotCanonical', changed({ statements: [...file.statements].reverse() }));
put('refuse-statement-twice', 'NotCanonical', changed({ statements: file.statements.flatMap((each) => [each, each]) }));
put('refuse-statement-noise', 'BadStatement', changed({ statements: [Uint8Array.of(1, 2, 3)] }));

// which statement is which is said by what its absence does
const all = alice.replica.signed().statements;
const idOf = (bytes: Uint8Array): string => all.find((each) => Buffer.compare(each.bytes, bytes) === 0)?.id ?? '';
const kindOf = (id: string): string =>
  alice.replica
    .statements(document)
    .flatMap((each) => (each.id === id && each.type === 'word' ? [each.kind] : []))[0] ?? '';
for (const [kind, type] of [
  ['proposal', 'MissingProposal'],
  ['position', 'MissingSignature'],
  ['closing', 'MissingClosing'],
] as const) {
  const at = file.statements.findIndex((bytes) => kindOf(idOf(bytes)) === kind);
  put(`refuse-no-${kind}`, type, changed({ statements: without(file.statements, at) }));
  put(`refuse-${kind}-altered`, 'BadSignature', changed({ statements: flipped(file.statements, at, -1) }));
}

const comment = all.find((each) => kindOf(each.id) === 'comment');
if (!comment) throw new Error('there is a comment');
const rest = [...file.statements, comment.bytes];
rest.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
put('refuse-comment', 'BadStatement', changed({ statements: rest }));
const admits = alice.replica
  .signed()
  .records.filter(({ bytes, type }) => type === 2 && !file.records.some((each) => Buffer.compare(each, bytes) === 0));
const records = alice.replica.signed().records;
const recordId = (bytes: Uint8Array): string =>
  records.find((each) => Buffer.compare(each.bytes, bytes) === 0)?.id ?? '';
const [genesis, ...others] = file.records;
if (!genesis || !admits[0]) throw new Error('there are such records');
const more = [...others, admits[0].bytes].sort((a, b) => (recordId(a) < recordId(b) ? -1 : 1));
const named = changed({ records: [genesis, ...more] });
put('refuse-somebody-more', 'Unneeded', named);

writeFileSync(join(folder, 'vectors.json'), `${JSON.stringify(vectors, null, 1)}\n`);
console.log(`${Object.keys(vectors).length} proofs`);
