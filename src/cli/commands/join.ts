/** `join INVITE`: asks, and keeps the keys that it asks with. `join --answer`: comes in with what was answered. */
import { ok, type Result } from '../../lib/result.ts';
import { createDeviceKeys } from '../../log/identity.ts';
import { decodeInvite, fromText, toText } from '../../log/invite.ts';
import { askToJoin, joinSpace } from '../../sync/start.ts';
import type { PendingJoin } from '../../sync/vault.ts';
import type { Call, Options } from '../arguments.ts';
import { environment } from '../environment.ts';
import { textOrFile } from '../files.ts';
import { type Outcome, type Problem, refuse } from '../outcome.ts';
import { type VaultFolder, verifier, withVault } from '../vault-folder.ts';
import { say, words } from '../words.ts';

export const join = ({ positionals: [invite = ''], options }: Call): Promise<Outcome> =>
  options.answer === undefined ? ask(invite, options) : enter(options.answer, options);

const ask = async (argument: string, options: Options): Promise<Outcome> => {
  const bytes = fromText('invite', await textOrFile(argument, (text) => fromText('invite', text) !== null));
  if (!bytes) return refuse({ type: 'NotAnInvite' });
  const invite = decodeInvite(bytes);
  if (!invite.ok) return refuse(invite.error);
  return withVault(options, true, async (vault) => {
    if (vault.content.spaces.length > 0) return refuse({ type: 'VaultInUse' });
    const { name = '', group = '' } = options;
    const keys = createDeviceKeys(environment.random);
    const asking: PendingJoin = { keys, invite: invite.value, name: name.trim(), group: group.trim(), languages: [] };
    const request = toText('request', await askToJoin(asking, environment));
    const written = await vault.write({ ...vault.content, pending: [...vault.content.pending, asking] });
    return written.ok ? ok({ json: { request }, text: request }) : written;
  });
};

const enter = async (argument: string, options: Options): Promise<Outcome> => {
  const answer = fromText('answer', await textOrFile(argument, (text) => fromText('answer', text) !== null));
  if (!answer) return refuse({ type: 'NotAnAnswer' });
  return withVault(options, false, async (vault) => {
    const { pending, spaces } = vault.content;
    if (pending.length === 0 || spaces.length > 0) return refuse({ type: 'NothingAsked' });
    let refused: Result<never, Problem> = refuse({ type: 'NotForMe' });
    for (const asking of pending) {
      const replica = await joinSpace(vault.storage, asking, answer, verifier, environment);
      if (replica.ok) return settle(vault, asking, replica.value);
      refused = refuse(replica.error);
      if (replica.error.type !== 'NotForMe') break;
    }
    return refused;
  });
};

type Joined = Extract<Awaited<ReturnType<typeof joinSpace>>, { readonly ok: true }>['value'];

const settle = async (vault: VaultFolder, { name }: PendingJoin, replica: Joined): Promise<Outcome> => {
  const space = replica.membership().spaceName;
  const written = await vault.write({ spaces: [{ identity: replica.identity, name: space }], pending: [] });
  if (!written.ok) return written;
  const { spaceId, device } = replica;
  const me = replica.me();
  await replica.close();
  return ok({
    json: { space, spaceId, device, member: me?.member, role: me?.role },
    text: say(words.done.joined, { name, space, role: me?.role ?? '' }),
  });
};
