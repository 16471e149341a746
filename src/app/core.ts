/** What a device needs once there is somebody to use it: one chunk, fetched after the first paint. */
export { createVerifier, DEFAULT_COST, prepareHash, sha256, type Verifier } from '../crypto/index.ts';
export { concat, toHex, utf8 } from '../lib/bytes.ts';
export { createDeviceKeys, deviceIdOf } from '../log/identity.ts';
export { decodeInvite, encodeInvite, fromText, inviteIdOf, toText } from '../log/invite.ts';
export { openInvites } from '../sync/invites.ts';
export { openReplica } from '../sync/replica.ts';
export { askToJoin, foundSpace, joinSpace } from '../sync/start.ts';
export { emptyVault, readVault, vaultState, writeVault } from '../sync/vault.ts';
export { readInvite, readPassed } from './joining.ts';
