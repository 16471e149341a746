/** `invite`: permission to ask, as text. With `--open-until` a door: whoever brings it is admitted until then. */
import { ok } from '../../lib/result.ts';
import { encodeInvite, toText } from '../../log/invite.ts';
import type { Role } from '../../log/types.ts';
import { openInvites } from '../../sync/invites.ts';
import type { Call } from '../arguments.ts';
import { environment } from '../environment.ts';
import { type Outcome, refuse, wrongUse } from '../outcome.ts';
import { withSpace } from '../vault-folder.ts';

const ROLES: readonly Role[] = ['organizer', 'member', 'observer'];

export const invite = async ({ options }: Call): Promise<Outcome> => {
  const role = ROLES.find((each) => each === (options.role ?? 'member'));
  if (role === undefined) return wrongUse('BadOption', { option: '--role' });
  const until = options['open-until'];
  const minute = until === undefined ? 0 : Math.ceil(Date.parse(until) / 60_000);
  // a time that is over opens nothing
  if (Number.isNaN(minute) || (until !== undefined && minute * 60_000 <= environment.now())) {
    return wrongUse('BadOption', { option: '--open-until' });
  }
  return withSpace(options, async ({ storage, replica, finish }) => {
    const invites = await openInvites(storage, replica, environment);
    if (!invites.ok) return refuse(invites.error);
    const made = await invites.value.create({ role, until: minute, isDoor: until !== undefined, hubs: [] });
    if (!made.ok) return refuse(made.error);
    const text = toText('invite', encodeInvite(invites.value.inviteOf(made.value)));
    await finish();
    return ok({ json: { invite: text, role, isDoor: until !== undefined }, text });
  });
};
