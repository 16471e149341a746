/** Checks a proof on a page that may know no space. A chunk of its own: only who opens one needs it. */
import { prepareHash, prepareVerifier } from '../../crypto/index.ts';
import type { Result } from '../../lib/result.ts';
import { checkProof, type ProofError, type Proven } from '../../proofs/check.ts';
import { MOST_FILE } from '../../proofs/file.ts';
import { createBrowserEnvironment } from '../environment.ts';

export type { ProofError, Proven } from '../../proofs/check.ts';
export { summaryOf, type GroupLine, type ProofSummary } from '../../proofs/summary.ts';

export const checkProofFile = async (file: File): Promise<Result<Proven, ProofError>> => {
  // not even read: a video that was picked by mistake must not fill the memory
  if (file.size > MOST_FILE) return { ok: false, error: { type: 'ProofTooLarge' } };
  await prepareHash();
  return checkProof(new Uint8Array(await file.arrayBuffer()), await prepareVerifier(createBrowserEnvironment().subtle));
};
