/** How a space begins on a device: founded here, or joined with an answer. */
import { createSigner, sha256, type Verifier } from '../crypto/index.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { createEpoch } from '../log/epoch.ts';
import { createDeviceKeys, type DeviceKeys, deviceIdOf, type Identity } from '../log/identity.ts';
import { type AnswerError, type Invite, openAnswer, sealRequest } from '../log/invite.ts';
import { encodeRecordBody, type GroupBody, RECORD } from '../log/records.ts';
import { completeSigned, encodeEnvelope, type Envelope, idOfEnvelope, signedMessage } from '../log/signed.ts';
import type { SpaceId } from '../log/types.ts';
import { type Environment, minuteOf } from './environment.ts';
import { itemOf } from './ledger.ts';
import { type FullReplica, openReplica } from './replica.ts';
import type { ReplicaError } from './replica-types.ts';
import { createRows, packAll } from './rows.ts';
import type { Storage } from './storage.ts';

export interface Founding {
  readonly space: string;
  readonly name: string;
  readonly group: GroupBody;
}

/** Founds a space: the genesis record is stored when this resolves. Keep the replica's identity in the vault. */
export const foundSpace = async (
  storage: Storage,
  founding: Founding,
  verifier: Verifier,
  environment: Environment,
): Promise<Result<FullReplica, ReplicaError>> => {
  const { random } = environment;
  const keys = createDeviceKeys(random);
  const secret = random(32);
  const envelope: Envelope = {
    version: 1,
    type: RECORD.genesis,
    audience: new Uint8Array(0),
    device: deviceIdOf(keys),
    number: 1,
    previous: null,
    parents: [],
    minute: minuteOf(environment),
    body: encodeRecordBody({
      type: 'genesis',
      random: random(16),
      boxKey: keys.box.publicKey,
      epochHash: sha256(secret),
      spaceName: founding.space,
      name: founding.name,
      group: founding.group,
    }),
  };
  const id = idOfEnvelope(null, 'record', encodeEnvelope(envelope));
  const space = String(id) as SpaceId;
  const signature = await createSigner(keys.signing, environment.subtle).sign(signedMessage(space, 'record', id));
  const genesis = completeSigned('record', id, envelope, signature);
  const identity: Identity = { space, ...keys, epochs: [createEpoch(space, [], secret)] };
  const stored = await createRows(storage, keys.localKey, random).append(packAll([itemOf(genesis)]));
  if (!stored.ok) return stored;
  return openReplica(storage, identity, verifier, environment);
};

export interface Asking {
  readonly keys: DeviceKeys;
  readonly invite: Invite;
  readonly name: string;
  readonly group: string;
  readonly languages: readonly string[];
}

/** The newcomer's request, sealed to the organizer. */
export const askToJoin = (asking: Asking, environment: Environment): Promise<Uint8Array> =>
  sealRequest(
    asking.invite,
    {
      device: deviceIdOf(asking.keys),
      boxKey: asking.keys.box.publicKey,
      name: asking.name,
      group: asking.group,
      languages: asking.languages,
    },
    createSigner(asking.keys.signing, environment.subtle),
    environment.random(32),
  );

export type JoinError = AnswerError | ReplicaError | { readonly type: 'NotAdmitted' };

/** Opens the answer and the space with it. Nothing is stored unless the answer's records admit this device. */
export const joinSpace = async (
  storage: Storage,
  asking: Asking,
  answer: Uint8Array,
  verifier: Verifier,
  environment: Environment,
): Promise<Result<FullReplica, JoinError>> => {
  const device = deviceIdOf(asking.keys);
  const opened = await openAnswer(asking.invite, device, asking.keys.box, verifier, answer);
  if (!opened.ok) return opened;
  const { epochs, records } = opened.value;
  const { space } = asking.invite;
  const identity: Identity = { space, ...asking.keys, epochs };
  const replica = await openReplica(storage, identity, verifier, environment);
  if (!replica.ok) return replica;
  const taken = await replica.value.take([records]);
  if (!taken.ok) return taken;
  if (replica.value.me() === null) {
    await replica.value.close();
    return err({ type: 'NotAdmitted' });
  }
  return ok(replica.value);
};
