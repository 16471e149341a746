/** `import`: merges a bundle and gives the receipt. What is cut or damaged on the way keeps its whole parts. */
import { ok } from '../../lib/result.ts';
import { mergeBundle } from '../../sync/bundles.ts';
import type { Call } from '../arguments.ts';
import { environment } from '../environment.ts';
import { openFile, readPassphrase } from '../files.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { noteOf, receiptOf } from '../receipt.ts';
import { withSpace } from '../vault-folder.ts';
import { say, words } from '../words.ts';

export const importBundle = async ({ positionals: [path = ''], options }: Call): Promise<Outcome> => {
  const passphrase = await readPassphrase(options['bundle-passphrase-file']);
  if (!passphrase.ok) return passphrase;
  const file = await openFile(path);
  if (!file.ok) return file;
  const outcome = await withSpace(options, async ({ replica, finish }): Promise<Outcome> => {
    const wish = {
      acceptsLarge: options.large ?? false,
      ...(passphrase.value === null ? {} : { passphrase: passphrase.value }),
    };
    const merged = await mergeBundle(replica, file.value.source, environment, wish);
    if (!merged.ok) return refuse(merged.error);
    const { receipt, incomplete, hasLearned } = merged.value;
    const json = receiptOf(receipt, replica.membership(), incomplete);
    // what brings nothing writes nothing
    if (receipt.changes > 0 || hasLearned) await finish();
    const text = receipt.changes === 0 ? words.done.nothingNew : say(words.done.import, json);
    return ok({ json, text, ...noteOf(receipt, incomplete) });
  });
  await file.value.close();
  return outcome;
};
