/** `init`: starts a space, with its first member as organizer. */
import { ok } from '../../lib/result.ts';
import { foundSpace } from '../../sync/start.ts';
import type { Call } from '../arguments.ts';
import { environment } from '../environment.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { isEmpty, verifier, withVault } from '../vault-folder.ts';
import { say, words } from '../words.ts';

export const init = ({ options }: Call): Promise<Outcome> =>
  withVault(options, true, async (vault) => {
    if (!isEmpty(vault)) return refuse({ type: 'VaultInUse' });
    const { space = '', name = '', group = '' } = options;
    const founding = { space, name, group: { name: group, region: '', languages: [], timeZone: '' } };
    const replica = await foundSpace(vault.storage, founding, verifier, environment);
    if (!replica.ok) return refuse(replica.error);
    const written = await vault.write({ spaces: [{ identity: replica.value.identity, name: space }], pending: [] });
    if (!written.ok) return written;
    const { spaceId, device } = replica.value;
    const me = replica.value.me();
    await replica.value.close();
    return ok({
      json: { space, spaceId, device, member: me?.member, role: me?.role },
      text: say(words.done.init, { name, space }),
    });
  });
