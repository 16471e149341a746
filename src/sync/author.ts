/** This device's own records and statements: made, signed, stored, then counted. */
import type { Signer } from '../crypto/index.ts';
import { err, ok, type Result } from '../lib/result.ts';
import type { Identity } from '../log/identity.ts';
import { encodeRecordBody, RECORD, type RecordBody } from '../log/records.ts';
import {
  completeSigned,
  encodeEnvelope,
  type Envelope,
  idOfEnvelope,
  type Lane,
  type Signed,
  signedMessage,
} from '../log/signed.ts';
import { encodeApproval, encodeWord, STATEMENT } from '../log/statements.ts';
import type { DeviceId, DocumentId, GroupId, InviteId, MemberId, Role, SpaceId } from '../log/types.ts';
import { type Environment, minuteOf } from './environment.ts';
import { itemOf, type Ledger } from './ledger.ts';
import type { Replica, ReplicaError } from './replica-types.ts';
import { packAll, type Rows } from './rows.ts';

export interface AuthorNeeds {
  readonly space: SpaceId;
  readonly identity: () => Identity;
  readonly device: DeviceId;
  readonly signer: Signer;
  readonly ledger: Ledger;
  readonly rows: Rows;
  readonly environment: Environment;
  readonly me: Replica['me'];
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly ended: () => ReplicaError | null;
  /** Reads what other tabs of this device stored. */
  readonly catchUp: () => Promise<Result<null, ReplicaError>>;
  readonly done: (signed: Signed) => void;
}

/** A newcomer as an organizer's device admits it. */
export interface Newcomer {
  readonly device: DeviceId;
  readonly boxKey: Uint8Array;
  readonly name: string;
  readonly group: GroupId;
  readonly role: Role;
  readonly invite: InviteId;
}

export interface Author extends Pick<
  Replica,
  | 'createGroup'
  | 'changeGroup'
  | 'changeProfile'
  | 'changeRole'
  | 'createDocument'
  | 'approve'
  | 'say'
  | 'openDoor'
  | 'closeDoor'
> {
  admit(newcomer: Newcomer): Promise<Result<MemberId, ReplicaError>>;
}

export const createAuthor = (needs: AuthorNeeds): Author => {
  const { space, device, ledger, rows, environment } = needs;

  const publish = (lane: Lane, type: number, body: Uint8Array): Promise<Result<Signed, ReplicaError>> =>
    needs.inTurn(async () => {
      const ended = needs.ended();
      if (ended) return err(ended);
      // another tab of this device may have signed the next number already: two with one number are a fork
      const caught = await needs.catchUp();
      if (!caught.ok) return caught;
      const last = lane === 'record' ? ledger.records.last(device) : ledger.lastStatement(device);
      const envelope: Envelope = {
        version: 1,
        type,
        audience: new Uint8Array(0),
        device,
        number: (last?.number ?? 0) + 1,
        previous: last?.id ?? null,
        parents: ledger.records.heads(),
        minute: minuteOf(environment),
        body,
      };
      const id = idOfEnvelope(space, lane, encodeEnvelope(envelope));
      const signature = await needs.signer.sign(signedMessage(space, lane, id));
      const signed = completeSigned(lane, id, envelope, signature);
      const stored = await rows.append(packAll([itemOf(signed)]));
      if (!stored.ok) return stored;
      ledger.add(signed);
      needs.done(signed);
      return ok(signed);
    });
  const record = (body: RecordBody): Promise<Result<Signed, ReplicaError>> =>
    publish('record', RECORD[body.type], encodeRecordBody(body));
  const plainly = async (work: Promise<Result<Signed, ReplicaError>>): Promise<Result<null, ReplicaError>> => {
    const done = await work;
    return done.ok ? ok(null) : done;
  };
  const refused = async (): Promise<Result<never, ReplicaError>> => err({ type: 'NotAllowed' });
  const isOrganizer = (): boolean => needs.me()?.role === 'organizer';
  const first = (signed: Signed): string => signed.id.slice(0, 32);

  return {
    createGroup: async (group) => {
      if (!isOrganizer()) return refused();
      const done = await record({ type: 'group', id: null, group });
      return done.ok ? ok(first(done.value) as GroupId) : done;
    },
    changeGroup: (id, group) => {
      const me = needs.me();
      const may = me?.role === 'organizer' || (me?.role === 'member' && me.group === id);
      return may ? plainly(record({ type: 'group', id, group })) : refused();
    },
    changeProfile: ({ name, languages }) =>
      needs.me() ? plainly(record({ type: 'profile', name, languages })) : refused(),
    changeRole: (member, role, group) =>
      isOrganizer() ? plainly(record({ type: 'role', member, role, group })) : refused(),
    createDocument: async ({ kind, owner, parent, writers }) => {
      const me = needs.me();
      if (!me || me.role === 'observer' || (me.role === 'member' && me.group !== owner)) return refused();
      const done = await record({ type: 'document', kind, owner, parent, writers });
      return done.ok ? ok(first(done.value) as DocumentId) : done;
    },
    approve: (document, approval) => {
      const me = needs.me();
      const owner = ledger.records.membership().documents.get(document)?.owner;
      if (!me || me.role === 'observer' || me.group !== owner) return refused();
      return plainly(publish('statement', STATEMENT.approval, encodeApproval(document, approval)));
    },
    say: async (document, kind, value) => {
      if (!needs.me() || !ledger.records.membership().documents.has(document)) return refused();
      const done = await publish('statement', STATEMENT.word, encodeWord(document, kind, value));
      return done.ok ? ok(done.value.id) : done;
    },
    openDoor: ({ invite, role, until, most }) =>
      isOrganizer() ? plainly(record({ type: 'door', invite, role, until, most, revoked: false })) : refused(),
    closeDoor: (invite) => {
      const door = ledger.records.membership().doors.get(invite);
      if (!isOrganizer() || !door) return refused();
      return plainly(
        record({ type: 'door', invite, role: door.role, until: door.until, most: door.most, revoked: true }),
      );
    },
    admit: async (newcomer) => {
      if (!isOrganizer()) return refused();
      const state = ledger.records.membership();
      const known = state.memberByDevice.get(newcomer.device);
      if (known !== undefined) return ok(known);
      const done = await record({ type: 'admit', ...newcomer });
      if (!done.ok) return done;
      const member = ledger.records.membership().memberByDevice.get(newcomer.device);
      return member === undefined ? refused() : ok(member);
    },
  };
};
