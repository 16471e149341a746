/**
 * Makes a proof of an adopted proposal from all that a device has: the text, the rule, what was signed about it and
 * about what it amends, and the fewest records that show who signed. Nothing else of the space.
 */
import { decide } from '../documents/agreement/decision/index.ts';
import type { Said, WordId } from '../documents/agreement/words.ts';
import { err, ok, type Result } from '../lib/result.ts';
import type { RecordSet } from '../log/membership.ts';
import type { Signed } from '../log/signed.ts';
import type { DocumentId } from '../log/types.ts';
import { gatherEvidence } from './evidence.ts';
import { encodeProofFile } from './file.ts';
import { claimsOf, lineOf } from './line.ts';

export interface ProofParts {
  readonly records: RecordSet;
  readonly statements: readonly Signed[];
  readonly document: DocumentId;
  /** the words about the document, as this device admits them */
  readonly words: readonly Said[];
  readonly proposal: WordId;
  /** canonical texts by language */
  readonly texts: ReadonlyMap<string, string>;
}

export type MakeError =
  /** only what was adopted can be proven */
  | { readonly type: 'NotAdopted' }
  /** some of it is not here yet */
  | { readonly type: 'Incomplete' };

export const makeProof = (parts: ProofParts): Result<Uint8Array, MakeError> => {
  const { records, document, proposal } = parts;
  const { groups } = records.membership();
  const decisions = decide(parts.words, { groups: new Set(groups.keys()) });
  const outcome = decisions.outcomes.get(proposal);
  if (outcome?.type !== 'adopted') return err({ type: 'NotAdopted' });
  const needed = lineOf(outcome, decisions.words);
  const signedById = new Map(parts.statements.map((each) => [each.id, each]));
  const statements = needed.map(({ id }) => signedById.get(id));
  const texts = outcome.proposal.word.texts.map(({ language }) => ({ language, text: parts.texts.get(language) }));
  const all = statements.filter((each) => each !== undefined);
  const found = texts.flatMap(({ language, text }) => (text === undefined ? [] : [{ language, text }]));
  if (all.length < needed.length || found.length < texts.length) return err({ type: 'Incomplete' });
  const evidence = gatherEvidence(records, claimsOf(needed, document));
  if (evidence === null) return err({ type: 'Incomplete' });
  return ok(
    encodeProofFile({
      space: records.space,
      document,
      proposal,
      texts: found.sort((a, b) => (a.language < b.language ? -1 : 1)),
      records: evidence.map(({ bytes }) => bytes),
      statements: all.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ bytes }) => bytes),
    }),
  );
};
