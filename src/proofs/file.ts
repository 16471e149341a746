/**
 * The proof file: JSON that a person may open and read, in exactly one form, so that no byte of it can be changed and
 * stay unnoticed. What it holds is checked in ./check.ts. The format is in FORMAT.md beside this.
 */
import { fromBase64url, toBase64url, utf8 } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';

export interface ProofFile {
  /** hex of 32 bytes: the hash of the genesis record */
  readonly space: string;
  /** hex of 16 bytes */
  readonly document: string;
  /** hex of 32 bytes: the statement that froze the text */
  readonly proposal: string;
  /** one for each authoritative language, ascending by language; `text` is the canonical text as it was hashed */
  readonly texts: readonly { readonly language: string; readonly text: string }[];
  /** who is who: signed records as they travel, the founding one first */
  readonly records: readonly Uint8Array[];
  /** what was signed: proposals, positions, closings, as they travel */
  readonly statements: readonly Uint8Array[];
}

export type FileError =
  /** no JSON, or not this kind of it */
  | { readonly type: 'NotAProof' }
  /** of a later version of Weft */
  | { readonly type: 'NewerVersion' }
  /** a proof that was written otherwise than Weft writes it: something was changed */
  | { readonly type: 'NotCanonical' }
  | { readonly type: 'ProofTooLarge' };

const VERSION = 1;
const KIND = 'weft-proof';
/** bytes; the texts are at most 2 MB each */
export const MOST_FILE = 32_000_000;

export const encodeProofFile = (proof: ProofFile): Uint8Array => {
  const { space, document, proposal, texts } = proof;
  const file = {
    kind: KIND,
    version: VERSION,
    space,
    document,
    proposal,
    texts: texts.map(({ language, text }) => ({ language, text })),
    records: proof.records.map((bytes) => toBase64url(bytes)),
    statements: proof.statements.map((bytes) => toBase64url(bytes)),
  };
  return utf8(`${JSON.stringify(file, null, 1)}\n`);
};

export const decodeProofFile = (bytes: Uint8Array): Result<ProofFile, FileError> => {
  if (bytes.length > MOST_FILE) return err({ type: 'ProofTooLarge' });
  const file = parse(bytes);
  if (file === null || file['kind'] !== KIND) return err({ type: 'NotAProof' });
  const version = file['version'];
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) return err({ type: 'NotAProof' });
  if (version > VERSION) return err({ type: 'NewerVersion' });
  const space = hex(file['space'], 32);
  const document = hex(file['document'], 16);
  const proposal = hex(file['proposal'], 32);
  const texts = list(file['texts'], textOf);
  const records = list(file['records'], signedOf);
  const statements = list(file['statements'], signedOf);
  if (!space || !document || !proposal || !texts || !records || !statements) return err({ type: 'NotAProof' });
  const proof = { space, document, proposal, texts, records, statements };
  const again = encodeProofFile(proof);
  // also what JSON reads without a word: blanks, a key twice, an escape where none is needed, another field
  const isSame = again.length === bytes.length && again.every((byte, at) => byte === bytes[at]);
  return isSame ? ok(proof) : err({ type: 'NotCanonical' });
};

const MOST_ITEMS = 20_000;

const parse = (bytes: Uint8Array): Readonly<Record<string, unknown>> | null => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return fieldsOf(JSON.parse(text));
  } catch {
    // neither UTF-8 nor JSON: whatever it is, it is no proof
    return null;
  }
};

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;

const hex = (value: unknown, length: number): string | null =>
  typeof value === 'string' && value.length === length * 2 && /^[0-9a-f]+$/.test(value) ? value : null;

const list = <T>(value: unknown, read: (item: unknown) => T | null): readonly T[] | null => {
  if (!Array.isArray(value) || value.length > MOST_ITEMS) return null;
  const items: T[] = [];
  for (const item of value) {
    const one = read(item);
    if (one === null) return null;
    items.push(one);
  }
  return items;
};

const textOf = (value: unknown): { readonly language: string; readonly text: string } | null => {
  const fields = fieldsOf(value);
  const language = fields?.['language'];
  const text = fields?.['text'];
  return typeof language === 'string' && typeof text === 'string' ? { language, text } : null;
};

const signedOf = (value: unknown): Uint8Array | null => {
  if (typeof value !== 'string') return null;
  try {
    return fromBase64url(value);
  } catch {
    return null;
  }
};
