/**
 * Which space to open at the start: the tab's own last one, else the device's. Shelf and tab are kept in clear, so the
 * space goes by a name that says nothing to whoever has not the vault.
 */
import type { Identity } from '../log/identity.ts';
import type { VaultSpace } from '../sync/vault.ts';
import type * as Core from './core.ts';
import type { Preferences } from './preferences.svelte.ts';

type Hashing = Pick<typeof Core, 'concat' | 'sha256' | 'toHex' | 'utf8'>;

const TAB_SPACE = 'weft.space';

export const lastSpace = (
  spaces: readonly VaultSpace[],
  preferences: Pick<Preferences, 'lastSpace'>,
  hashing: Hashing,
): VaultSpace | undefined => {
  const named = (name: string | null): VaultSpace | undefined =>
    spaces.find(({ identity }) => opaqueName(identity, hashing) === name);
  return named(sessionStorage.getItem(TAB_SPACE)) ?? named(preferences.lastSpace) ?? spaces[0];
};

export const rememberSpace = (identity: Identity, preferences: Preferences, hashing: Hashing): void => {
  const name = opaqueName(identity, hashing);
  sessionStorage.setItem(TAB_SPACE, name);
  preferences.lastSpace = name;
};

const opaqueName = ({ localKey }: Identity, { concat, sha256, toHex, utf8 }: Hashing): string =>
  toHex(sha256(concat(utf8('last space'), localKey))).slice(0, 16);
