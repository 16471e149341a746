/** A round's proof, from all that this device has. A chunk of its own: it folds the space's records once more. */
import { err, type Result } from '../../lib/result.ts';
import { createRecordSet } from '../../log/membership.ts';
import { makeProof, type MakeError } from '../../proofs/make.ts';
import type { Round } from './round.ts';

export const proofOf = (round: Round): Result<Uint8Array, MakeError> => {
  const { agreement } = round;
  const { replica } = agreement.company.world;
  const signed = replica.signed();
  const records = createRecordSet(replica.spaceId);
  records.add(signed.records);
  const texts = new Map<string, string>();
  for (const language of round.languages) {
    const look = round.text(language);
    if (look.type !== 'here') return err({ type: 'Incomplete' });
    texts.set(language, look.canonical);
  }
  const { words, id: document } = agreement;
  return makeProof({ records, statements: signed.statements, document, words, proposal: round.id, texts });
};
