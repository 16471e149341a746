import { describe, expect, it } from 'vitest';
import { createVerifier } from '../../../src/crypto/index.ts';
import { decodeAgreementText } from '../../../src/documents/agreement/index.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import { DEFAULT_RULE } from '../../../src/documents/agreement/rule.ts';
import { checkProof } from '../../../src/proofs/check.ts';
import { decodeProofFile, encodeProofFile, type ProofFile } from '../../../src/proofs/file.ts';
import { carry, value } from '../../world.ts';
import { adopted, groupOf, positionOf, proofBy, proposalOf, say, textOf } from './adopted.ts';

const verifier = createVerifier(crypto.subtle);
const check = (bytes: Uint8Array) => checkProof(bytes, verifier);
const errorOf = async (bytes: Uint8Array): Promise<string> => {
  const checked = await check(bytes);
  return checked.ok ? 'accepted' : checked.error.type;
};
const changed = async (bytes: Uint8Array, change: (file: ProofFile) => Partial<ProofFile>): Promise<string> => {
  const file = value(decodeProofFile(bytes));
  return errorOf(encodeProofFile({ ...file, ...change(file) }));
};

const world = async () => {
  const made = await adopted();
  const { alice, document, proposal, text } = made;
  return { ...made, proof: value(proofBy(alice, document, proposal, new Map([['en', text]]))) };
};

describe('a proof', () => {
  it('shows text, rule, groups and positions to somebody who knows no space', async () => {
    const { proof, bob, text, proposal } = await world();
    const proven = value(await check(proof));
    expect(proven.spaceName).toBe('Harbour to Hills');
    expect(proven.texts.get('en')).toEqual(value(decodeAgreementText(utf8(text))));
    expect(proven.outcome).toMatchObject({ type: 'adopted', way: 'ordinary' });
    expect(proven.outcome.proposal.id).toBe(proposal);
    expect(proven.outcome.tally.standAside).toEqual([groupOf(bob)]);
    expect(proven.evidence.groupNames.get(groupOf(bob) as never)).toBe('Hill Farmers');
    // the proposal, three positions, the closing
    expect(proven.words.size).toBe(5);
  });

  it('holds nothing else of the space: no comment, nobody who did not sign, no other document', async () => {
    const { proof } = await world();
    const file = value(decodeProofFile(proof));
    // genesis, two groups, Bob’s admission, the agreement; Chidi’s word is on paper, Olga only watches
    expect(file.records).toHaveLength(5);
    expect(file.statements).toHaveLength(5);
    const bytes = Buffer.concat([...file.records, ...file.statements]).toString('utf8');
    expect(bytes).not.toContain('Olga');
    expect(bytes).not.toContain('Ready?');
  });

  it('is refused, whichever one byte of it is changed', async () => {
    const { proof } = await world();
    const accepted: number[] = [];
    for (let at = 0; at < proof.length; at++) {
      const altered = proof.slice();
      altered[at] = (altered[at] ?? 0) ^ (at % 2 === 0 ? 1 : 2);
      if ((await check(altered)).ok) accepted.push(at);
    }
    expect(accepted).toEqual([]);
  });

  it('is refused by name with any signature, text or record taken out', async () => {
    const { proof, positions, closing, proposal, text } = await world();
    const { statements, records } = value(decodeProofFile(proof));
    const without = <T>(all: readonly T[], at: number): readonly T[] => all.filter((_, index) => index !== at);
    const errors: string[] = [];
    for (const at of statements.keys())
      errors.push(await changed(proof, (file) => ({ statements: without(file.statements, at) })));
    const order = [...positions, closing, proposal].sort();
    const wanted = order.map((id) =>
      id === proposal ? 'MissingProposal' : id === closing ? 'MissingClosing' : 'MissingSignature',
    );
    expect(errors).toEqual(wanted);
    for (const at of records.keys())
      expect(await changed(proof, (file) => ({ records: without(file.records, at) }))).toMatch(
        /^(OtherSpace|NoAuthority|UnknownSigner|NotAnAgreement|NoSay)$/,
      );
    expect(await changed(proof, () => ({ texts: [] }))).toBe('MissingText');
    expect(await changed(proof, () => ({ texts: [{ language: 'en', text: `${text} ` }] }))).toBe('AlteredText');
  });

  it('is refused with anything in it that it does not need', async () => {
    const { proof, alice } = await world();
    const all = alice.replica.signed();
    const file = value(decodeProofFile(proof));
    const has = (list: readonly Uint8Array[], bytes: Uint8Array): boolean =>
      list.some((each) => Buffer.compare(each, bytes) === 0);
    for (const record of all.records.filter(({ bytes }) => !has(file.records, bytes))) {
      const ids = new Map(all.records.map((each) => [Buffer.from(each.bytes).toString('hex'), each.id]));
      const idOf = (bytes: Uint8Array): string => ids.get(Buffer.from(bytes).toString('hex')) ?? '';
      const [first, ...rest] = file.records;
      const records = [first as Uint8Array, ...[...rest, record.bytes].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))];
      expect(await changed(proof, () => ({ records }))).toMatch(/^(Unneeded|BadRecord|NoAuthority)$/);
    }
    expect(await changed(proof, () => ({ texts: [...file.texts, { language: 'fr', text: 'Plus' }] }))).toBe('Unneeded');
  });

  it('is refused where the text is not the one that the proposal says it is', async () => {
    const { alice, document } = await adopted();
    const other = textOf('Charter', [groupOf(alice)]);
    const proposal = await say(
      alice,
      document,
      proposalOf(other, [groupOf(alice)], { rule: { ...DEFAULT_RULE, quorum: 1 } }),
    );
    const agreed = await say(alice, document, positionOf(proposal, other, groupOf(alice)));
    const closing = { kind: 'closing', proposal, emergency: false, replaces: null } as const;
    await say(alice, document, { ...closing, counted: [agreed] });
    expect(await errorOf(value(proofBy(alice, document, proposal, new Map([['en', other]]))))).toBe('BadText');
  });

  it('is not made of what is open, not adopted, or not all here', async () => {
    const { alice, bob, document, text, proposal } = await adopted();
    expect(proofBy(alice, document, proposal, new Map())).toEqual({ ok: false, error: { type: 'Incomplete' } });
    expect(proofBy(bob, document, proposal, new Map([['en', text]]))).toEqual({
      ok: false,
      error: { type: 'NotAdopted' },
    });
    const open = await say(alice, document, proposalOf(text, [groupOf(alice)]));
    expect(proofBy(alice, document, open, new Map([['en', text]]))).toMatchObject({ error: { type: 'NotAdopted' } });
  });

  it('carries what an amendment amends, so that its rule is known', async () => {
    const { alice, bob, document, proposal } = await world();
    await carry(alice, bob);
    const parties = [groupOf(alice), groupOf(bob)];
    const after = textOf('Charter, second', parties);
    const second = await say(alice, document, proposalOf(after, parties, { change: 'major', amends: proposal }));
    const agreed = await say(alice, document, positionOf(second, after, groupOf(alice)));
    await carry(alice, bob);
    const too = await say(bob, document, positionOf(second, after, groupOf(bob)));
    await carry(bob, alice);
    const closing = { kind: 'closing', proposal: second, emergency: false, replaces: null } as const;
    await say(alice, document, { ...closing, counted: [agreed, too].sort() });
    const proven = value(await check(value(proofBy(alice, document, second, new Map([['en', after]])))));
    expect(proven.outcome.proposal.word.amends).toBe(proposal);
    expect(proven.words.size).toBe(9);
  });

  it('is refused where it is no proof at all, of a later version, or too large', async () => {
    const { proof } = await world();
    const text = new TextDecoder().decode(proof);
    expect(await errorOf(utf8('{}'))).toBe('NotAProof');
    expect(await errorOf(utf8('not even JSON'))).toBe('NotAProof');
    expect(await errorOf(Uint8Array.of(0xff, 0xfe))).toBe('NotAProof');
    expect(await errorOf(utf8(text.replace('"version": 1', '"version": 2')))).toBe('NewerVersion');
    expect(await errorOf(utf8(`${text} `))).toBe('NotCanonical');
    expect(await errorOf(utf8(text.replace('"kind"', '"extra": 1, "kind"')))).toBe('NotCanonical');
    expect(await errorOf(new Uint8Array(32_000_001))).toBe('ProofTooLarge');
  });
});
