/** `verify`: checks a proof file with nothing but the file, and says what it proves. */
import { prepareHash, prepareVerifier } from '../../crypto/index.ts';
import { ok } from '../../lib/result.ts';
import { checkProof } from '../../proofs/check.ts';
import { summaryOf } from '../../proofs/summary.ts';
import type { Call } from '../arguments.ts';
import { environment } from '../environment.ts';
import { readWhole } from '../files.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { say, words } from '../words.ts';

export const verify = async ({ positionals: [path = ''] }: Call): Promise<Outcome> => {
  const bytes = await readWhole(path);
  if (!bytes.ok) return bytes;
  await prepareHash();
  const checked = await checkProof(bytes.value, await prepareVerifier(environment.subtle));
  if (!checked.ok) {
    const { error } = checked;
    return refuse({ type: error.type }, 'language' in error ? { language: error.language } : {});
  }
  const { groups, ...summary } = summaryOf(checked.value);
  const lines = groups.map(({ name, position, signer, recorded, reason }) => {
    const said = words.positions[position ?? 'none'];
    const by = recorded === null ? signer : say(words.done.recorded, { signer, ...recorded });
    return say(words.done[position === null ? 'groupSilent' : reason === '' ? 'groupLine' : 'groupReason'], {
      ...{ name, said, by, reason },
    });
  });
  const text = [
    say(words.done.proven, { title: summary.title, space: summary.spaceName, signatures: summary.signatures }),
    ...lines,
    words.done.provenNot,
  ];
  return ok({ json: { proven: true, ...summary, groups }, text: text.join('\n') });
};
