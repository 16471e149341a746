/**
 * Checks a proof with nothing but the proof: no space, no membership, no network. Everything in it is signed or hashed,
 * or follows from what is; what is not needed has no place in it.
 */
import type { Verifier } from '../crypto/index.ts';
import { decide, type Outcome } from '../documents/agreement/decision/index.ts';
import { decodeAgreementText, type AgreementText } from '../documents/agreement/index.ts';
import { parseWord, type GroupId, type Said, type Word, type WordId } from '../documents/agreement/words.ts';
import { BytesError, fromHex, toHex, utf8 } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { decodeSigned, type Lane, type Signed, signedMessage } from '../log/signed.ts';
import { readWord } from '../log/statements.ts';
import type { DocumentId, SpaceId } from '../log/types.ts';
import { hasUnneeded, weighEvidence, type Evidence, type EvidenceError } from './evidence.ts';
import { decodeProofFile, type FileError, type ProofFile } from './file.ts';
import { hashFrozen } from './frozen.ts';
import { claimsOf, lineOf } from './line.ts';

export type ProofError =
  | FileError
  | EvidenceError
  /** bytes that are no statement, or none that belongs in a proof */
  | { readonly type: 'BadStatement' }
  /** a record or statement was changed after it was signed, or signed by somebody else */
  | { readonly type: 'BadSignature' }
  /** not in the one order, or twice */
  | { readonly type: 'NotCanonical' }
  /** the founding record is not of this space, or not there */
  | { readonly type: 'OtherSpace' }
  /** nothing shows that this is an agreement of the space */
  | { readonly type: 'NotAnAgreement' }
  /** nothing shows who signed this, or for which group */
  | { readonly type: 'UnknownSigner' }
  /** somebody signed what they had no say in */
  | { readonly type: 'NoSay' }
  | { readonly type: 'MissingProposal' }
  | { readonly type: 'MissingClosing' }
  /** positions that the closing counts, or words that it stands on, are not there */
  | { readonly type: 'MissingSignature'; readonly missing: readonly WordId[] }
  | { readonly type: 'MissingText'; readonly language: string }
  | { readonly type: 'AlteredText'; readonly language: string }
  /** what was signed is no text of an agreement, or not the one that the proposal says it is */
  | { readonly type: 'BadText'; readonly language: string }
  /** what was signed does not make it adopted */
  | { readonly type: 'NotAdopted' }
  /** it holds something that it does not need */
  | { readonly type: 'Unneeded' };

export interface Proven {
  readonly space: SpaceId;
  readonly spaceName: string;
  readonly document: DocumentId;
  readonly outcome: Extract<Outcome, { readonly type: 'adopted' }>;
  /** by language; every one of them was signed for */
  readonly texts: ReadonlyMap<string, AgreementText>;
  readonly evidence: Evidence;
  /** all that was signed about it, by id */
  readonly words: ReadonlyMap<WordId, Said>;
  readonly signatures: number;
}

export const checkProof = async (bytes: Uint8Array, verifier: Verifier): Promise<Result<Proven, ProofError>> => {
  const file = decodeProofFile(bytes);
  return file.ok ? check(file.value, verifier) : file;
};

const check = async (file: ProofFile, verifier: Verifier): Promise<Result<Proven, ProofError>> => {
  const space = file.space as SpaceId;
  const records = decodeAll(space, 'record', file.records);
  const statements = decodeAll(space, 'statement', file.statements);
  if (!records || records[0]?.id !== file.space) return err({ type: records ? 'OtherSpace' : 'BadRecord' });
  if (!statements) return err({ type: 'BadStatement' });
  if (!isAscending(records.slice(1)) || !isAscending(statements) || !isAscending(file.texts.map(byLanguage)))
    return err({ type: 'NotCanonical' });
  for (const signed of [...records, ...statements]) {
    const message = signedMessage(space, signed.lane, signed.id);
    if (!(await verifier.verify(fromHex(signed.device), message, signed.signature)))
      return err({ type: 'BadSignature' });
  }
  const evidence = weighEvidence(records, file.space);
  if (!evidence.ok) return evidence;
  if (evidence.value.documents.get(file.document as DocumentId)?.kind !== 'agreement')
    return err({ type: 'NotAnAgreement' });

  const words: Said[] = [];
  for (const statement of statements) {
    const read = readWord(statement);
    const word = read && parseWord(read.kind, read.value);
    if (!word || String(read.document) !== file.document || !KINDS.includes(word.kind))
      return err({ type: 'BadStatement' });
    const said = saidBy(statement, word, evidence.value);
    if (!said) return err({ type: 'UnknownSigner' });
    words.push(said);
  }
  const decided = decidedOn(file, words, evidence.value);
  if (!decided.ok) return decided;
  const texts = textsOf(file, decided.value.outcome);
  if (!texts.ok) return texts;
  const needed = lineOf(decided.value.outcome, decided.value.words);
  if (needed.length < words.length || hasUnneeded(records, file.space, claimsOf(needed, file.document as DocumentId)))
    return err({ type: 'Unneeded' });
  return ok({
    space,
    spaceName: evidence.value.spaceName,
    document: file.document as DocumentId,
    texts: texts.value,
    evidence: evidence.value,
    signatures: records.length + statements.length,
    ...decided.value,
  });
};

const KINDS: readonly Word['kind'][] = ['proposal', 'position', 'closing', 'leaving'];

const byLanguage = ({ language }: { readonly language: string }): { readonly id: string } => ({ id: language });

const isAscending = (items: readonly { readonly id: string }[]): boolean =>
  items.every(({ id }, at) => at === 0 || (items[at - 1]?.id ?? '') < id);

const decodeAll = (space: SpaceId, lane: Lane, all: readonly Uint8Array[]): readonly Signed[] | null => {
  try {
    return all.map((bytes) => decodeSigned(space, lane, bytes));
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};

/** The word as said by whom the evidence shows, for the group that it is about where they are shown in that one. */
const saidBy = (statement: Signed, word: Word, { signers }: Evidence): Said | null => {
  const signer = signers.get(statement.device);
  if (!signer) return null;
  const groups: readonly string[] = [...signer.groups].sort();
  const about: readonly string[] =
    word.kind === 'position' || word.kind === 'leaving' ? [word.group] : word.kind === 'proposal' ? word.parties : [];
  const group = groups.find((each) => about.includes(each)) ?? groups[0];
  if (group === undefined) return null;
  return {
    id: statement.id,
    member: signer.member,
    group: group as GroupId,
    role: signer.role,
    device: statement.device,
    number: statement.number,
    minute: statement.minute,
    word,
  };
};

type Decided = Pick<Proven, 'outcome' | 'words'>;

const decidedOn = (file: ProofFile, words: readonly Said[], evidence: Evidence): Result<Decided, ProofError> => {
  const groups = new Set([...evidence.groupNames.keys()] as string[] as GroupId[]);
  const decisions = decide(words, { groups });
  const id = file.proposal as WordId;
  const outcome = decisions.outcomes.get(id);
  if (!words.some((said) => said.id === id)) return err({ type: 'MissingProposal' });
  const missing = [...decisions.waiting.values()].flatMap((waiting) => waiting.missing);
  if (missing.length > 0) return err({ type: 'MissingSignature', missing: [...new Set(missing)].sort() });
  if (decisions.refused.size > 0 || !outcome) return err({ type: 'NoSay' });
  switch (outcome.type) {
    case 'adopted':
      return ok({ outcome, words: decisions.words });
    case 'open':
      return err({ type: 'MissingClosing' });
    case 'incomplete': {
      const ids = outcome.missing.flatMap((each) => (each.type === 'word' ? [each.id] : []));
      return ids.length > 0 ? err({ type: 'MissingSignature', missing: ids }) : err({ type: 'MissingClosing' });
    }
    case 'not-adopted':
    case 'taken-back':
      return err({ type: 'NotAdopted' });
  }
};

const textsOf = (file: ProofFile, outcome: Outcome): Result<Proven['texts'], ProofError> => {
  const read = new Map<string, AgreementText>();
  const texts = new Map(file.texts.map(({ language, text }) => [language, text]));
  for (const { language, hash } of outcome.proposal.word.texts) {
    const text = texts.get(language);
    if (text === undefined) return err({ type: 'MissingText', language });
    const bytes = utf8(text);
    if (toHex(hashFrozen(bytes)) !== hash) return err({ type: 'AlteredText', language });
    const decoded = decodeAgreementText(bytes);
    if (!decoded.ok || !isOf(decoded.value, language, outcome)) return err({ type: 'BadText', language });
    read.set(language, decoded.value);
  }
  return texts.size > read.size ? err({ type: 'Unneeded' }) : ok(read);
};

/** Does the text say of itself what the proposal says of it? Who reads the one has not read the other. */
const isOf = (text: AgreementText, language: string, { proposal }: Outcome): boolean => {
  const { parties, rule, dates, redLines } = proposal.word;
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
  return (
    text.language === language &&
    same(text.parties, [...parties].sort()) &&
    same(text.rule, rule) &&
    same(text.dates, dates) &&
    same(
      text.redLines.map(({ id, holder, lift }) => ({ id, holder, lift })),
      redLines,
    )
  );
};

const sorted = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
};
