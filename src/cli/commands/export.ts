/** `export`: a bundle of everything for the whole space, or of what one member lacks for that member alone. */
import { ok, type Result } from '../../lib/result.ts';
import type { MemberId, Membership } from '../../log/types.ts';
import { type BundleWish, commonVector, makeBundle } from '../../sync/bundles.ts';
import type { Call } from '../arguments.ts';
import { environment } from '../environment.ts';
import { readPassphrase, writeWhole } from '../files.ts';
import { type Outcome, type Problem, refuse } from '../outcome.ts';
import { withSpace } from '../vault-folder.ts';
import { say, words } from '../words.ts';

export const exportBundle = async ({ positionals: [file = ''], options }: Call): Promise<Outcome> => {
  const passphrase = await readPassphrase(options['bundle-passphrase-file']);
  if (!passphrase.ok) return passphrase;
  return withSpace(options, async ({ replica }) => {
    let wish: BundleWish = { recipients: 'space', base: null };
    if (options.for !== undefined) {
      const member = findMember(replica.membership(), options.for);
      if (!member.ok) return member;
      const members = [member.value];
      wish = { recipients: { members }, base: commonVector(replica, members) };
    }
    if (passphrase.value !== null) wish = { ...wish, passphrase: passphrase.value };
    const bundle = await makeBundle(replica, wish, environment);
    if (!bundle.ok) return refuse(bundle.error);
    const written = await writeWhole(file, bundle.value.bytes());
    if (!written.ok) return written;
    const values = { bytes: written.value, ...bundle.value.estimate };
    return ok({ json: { ...values, whole: wish.base === null }, text: say(words.done.export, values) });
  });
};

/** By name, or by id where a name is not enough. */
const findMember = ({ members }: Membership, wanted: string): Result<MemberId, Problem> => {
  const plain = (name: string): string => name.normalize('NFKC').trim().toLocaleLowerCase('und');
  const found = [...members.values()].filter(({ id, name }) => id === wanted || plain(name) === plain(wanted));
  const [first] = found;
  if (!first) return refuse({ type: 'UnknownMember' }, { member: wanted });
  return found.length > 1 ? refuse({ type: 'AmbiguousMember' }, { member: wanted }) : ok(first.id);
};
