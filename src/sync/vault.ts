/**
 * The vault: what this device holds for each of its spaces, sealed under the person's passphrase
 * (or, where none is set, under nothing: then whoever has the unlocked device has the space).
 */
import { type Cost, isLocked, openVault, type Random, sealVault, type Stretch } from '../crypto/index.ts';
import { BytesError, Reader, Writer } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import {
  decodeIdentity,
  type DeviceKeys,
  encodeIdentity,
  type Identity,
  readDeviceKeys,
  writeDeviceKeys,
} from '../log/identity.ts';
import { decodeInvite, encodeInvite, type Invite } from '../log/invite.ts';
import { LIMIT } from '../log/limits.ts';
import type { Storage, StorageError } from './storage.ts';

export interface VaultSpace {
  readonly identity: Identity;
  /** the space's name, as last seen */
  readonly name: string;
}

/** Asked to join, not yet answered. */
export interface PendingJoin {
  readonly keys: DeviceKeys;
  readonly invite: Invite;
  readonly name: string;
  readonly group: string;
  readonly languages: readonly string[];
}

export interface VaultContent {
  readonly spaces: readonly VaultSpace[];
  readonly pending: readonly PendingJoin[];
}

export type VaultReadError =
  | StorageError
  | { readonly type: 'PassphraseNeeded' }
  | { readonly type: 'WrongPassphrase' }
  | { readonly type: 'Malformed' };

const KEY = 'vault';

export const emptyVault: VaultContent = { spaces: [], pending: [] };

const encodeContent = (content: VaultContent): Uint8Array => {
  const to = new Writer().u8(1).varuint(content.spaces.length);
  for (const { identity, name } of content.spaces) to.block(encodeIdentity(identity)).text(name);
  to.varuint(content.pending.length);
  for (const { keys, invite, name, group, languages } of content.pending) {
    writeDeviceKeys(to, keys);
    to.block(encodeInvite(invite)).text(name).text(group).varuint(languages.length);
    for (const language of languages) to.text(language);
  }
  return to.finish();
};

const decodeContent = (bytes: Uint8Array): VaultContent => {
  const from = new Reader(bytes);
  if (from.u8() !== 1) throw new BytesError('unknown vault version');
  const spaces: VaultSpace[] = [];
  for (let i = from.varuint(); i > 0; i--) {
    spaces.push({ identity: decodeIdentity(from.block(100_000)), name: from.text(LIMIT.name) });
  }
  const pending: PendingJoin[] = [];
  for (let i = from.varuint(); i > 0; i--) {
    const keys = readDeviceKeys(from);
    const invite = decodeInvite(from.block(10_000));
    if (!invite.ok) throw new BytesError('malformed invite');
    const name = from.text(LIMIT.name);
    const group = from.text(LIMIT.name);
    const languages = Array.from({ length: from.varuint() }, () => from.text(LIMIT.name));
    pending.push({ keys, invite: invite.value, name, group, languages });
  }
  from.done();
  return { spaces, pending };
};

/** How the vault is: not there yet, open to anybody with the device, or under a passphrase. */
export const vaultState = async (storage: Storage): Promise<Result<'none' | 'open' | 'locked', StorageError>> => {
  const found = await storage.get(KEY);
  if (!found.ok) return found;
  if (found.value === null) return ok('none');
  return ok(isLocked(found.value) ? 'locked' : 'open');
};

export const readVault = async (
  storage: Storage,
  passphrase: string | null,
  stretch: Stretch,
): Promise<Result<VaultContent, VaultReadError>> => {
  const found = await storage.get(KEY);
  return found.ok ? openContent(found.value, passphrase, stretch) : found;
};

/** The vault in bytes that were read from a disk; null: there is none yet. */
export const openContent = async (
  sealed: Uint8Array | null,
  passphrase: string | null,
  stretch: Stretch,
): Promise<Result<VaultContent, Exclude<VaultReadError, StorageError>>> => {
  if (sealed === null) return ok(emptyVault);
  const opened = await openVault(sealed, passphrase, stretch);
  if (!opened.ok) return opened;
  try {
    return ok(decodeContent(opened.value));
  } catch (error) {
    if (error instanceof BytesError) return err({ type: 'Malformed' });
    throw error;
  }
};

export const writeVault = async (
  storage: Storage,
  content: VaultContent,
  passphrase: string | null,
  cost: Cost,
  random: Random,
  stretch: Stretch,
): Promise<Result<null, StorageError>> => {
  const value = await sealContent(content, passphrase, cost, random, stretch);
  const done = await storage.commit({ puts: [{ key: KEY, value }] });
  return done.ok ? ok(null) : done;
};

export const sealContent = (
  content: VaultContent,
  passphrase: string | null,
  cost: Cost,
  random: Random,
  stretch: Stretch,
): Promise<Uint8Array> => sealVault(encodeContent(content), passphrase, cost, random, stretch);
