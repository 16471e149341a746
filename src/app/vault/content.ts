/** What the vault holds, changed: each gives new content and leaves the old as it was. */
import type { SpaceId } from '../../log/types.ts';
import type { PendingJoin, VaultContent, VaultSpace } from '../../sync/vault.ts';

/** The newest question to a space replaces the one before. */
export const withPending = (content: VaultContent, pending: PendingJoin): VaultContent => ({
  ...content,
  pending: [...withoutPending(content, pending.invite.space).pending, pending],
});

export const withoutPending = (content: VaultContent, space: SpaceId): VaultContent => ({
  ...content,
  pending: content.pending.filter(({ invite }) => invite.space !== space),
});

/** A space that is on this device from now on; nothing is asked of it any more. */
export const withSpace = (content: VaultContent, entry: VaultSpace): VaultContent => ({
  spaces: [...content.spaces.filter(({ identity }) => identity.space !== entry.identity.space), entry],
  pending: withoutPending(content, entry.identity.space).pending,
});
