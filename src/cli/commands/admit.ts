/** `admit`: lets somebody in who asked with an invite of this device, and gives the answer to bring back. */
import { ok } from '../../lib/result.ts';
import { fromText, toText } from '../../log/invite.ts';
import { openInvites } from '../../sync/invites.ts';
import type { Call } from '../arguments.ts';
import { environment } from '../environment.ts';
import { textOrFile } from '../files.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { withSpace } from '../vault-folder.ts';

export const admit = async ({ positionals: [argument = ''], options }: Call): Promise<Outcome> => {
  const bytes = fromText('request', await textOrFile(argument, (text) => fromText('request', text) !== null));
  if (!bytes) return refuse({ type: 'NotARequest' });
  return withSpace(options, async ({ storage, replica, finish }) => {
    if (replica.me()?.role !== 'organizer') return refuse({ type: 'NotAllowed' });
    const invites = await openInvites(storage, replica, environment);
    if (!invites.ok) return refuse(invites.error);
    const admission = await invites.value.read(bytes);
    if (!admission.ok) return refuse(admission.error);
    const admitted = await invites.value.admit(admission.value);
    if (!admitted.ok) return refuse(admitted.error);
    const { member } = admitted.value;
    const answer = toText('answer', admitted.value.answer);
    const { name } = admission.value.request;
    const role = replica.membership().members.get(member)?.role;
    await finish();
    return ok({ json: { answer, member, name, role }, text: answer });
  });
};
