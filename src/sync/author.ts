/** This device's own records and statements: made, signed, stored, then counted. */
import { err, ok, type Result } from '../lib/result.ts';
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
import type { DocumentId, GroupId, MemberId } from '../log/types.ts';
import type { Core } from './core.ts';
import { minuteOf } from './environment.ts';
import type { Newcomer } from './full-replica.ts';
import { itemOf } from './ledger.ts';
import type { Replica, ReplicaError } from './replica-types.ts';
import { packAll } from './rows.ts';
import type { Sharing } from './sharing.ts';

export interface AuthorNeeds {
  readonly core: Core;
  /** Reads what other tabs of this device stored. */
  readonly catchUp: () => Promise<Result<null, ReplicaError>>;
  readonly sharing: Sharing;
  readonly done: (signed: Signed) => void;
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

export const createAuthor = ({ core, catchUp, sharing, done }: AuthorNeeds): Author => {
  const { space, device, ledger, rows, environment } = core;

  const sign = async (lane: Lane, type: number, body: Uint8Array): Promise<Signed> => {
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
    return completeSigned(lane, id, envelope, await core.signer.sign(signedMessage(space, lane, id)));
  };

  /**
   * Two of this device with one number are a fork, and other tabs sign too. So it is stored only where nothing was
   * stored since this replica looked; what was signed in vain has been nowhere but here, and is signed anew.
   */
  const publish = (lane: Lane, type: number, body: Uint8Array): Promise<Result<Signed, ReplicaError>> =>
    core.inTurn(async () => {
      for (;;) {
        if (core.ended) return err(core.ended);
        const caught = await catchUp();
        if (!caught.ok) return caught;
        const signed = await sign(lane, type, body);
        const unshared = sharing.begin();
        const stored = await rows.appendNext(packAll([...core.unstored, signed].map(itemOf)), unshared.step);
        if (!stored.ok) return stored;
        if (!stored.value) continue;
        unshared.stored();
        core.unstored = [];
        ledger.add(signed);
        done(signed);
        return ok(signed);
      }
    });
  const record = (body: RecordBody): Promise<Result<Signed, ReplicaError>> =>
    publish('record', RECORD[body.type], encodeRecordBody(body));
  const plainly = async (work: Promise<Result<Signed, ReplicaError>>): Promise<Result<null, ReplicaError>> => {
    const signed = await work;
    return signed.ok ? ok(null) : signed;
  };
  const refused = async (): Promise<Result<never, ReplicaError>> => err({ type: 'NotAllowed' });
  const isOrganizer = (): boolean => core.me()?.role === 'organizer';
  const first = (signed: Signed): string => signed.id.slice(0, 32);

  return {
    createGroup: async (group) => {
      if (!isOrganizer()) return refused();
      const done = await record({ type: 'group', id: null, group });
      return done.ok ? ok(first(done.value) as GroupId) : done;
    },
    changeGroup: (id, group) => {
      const me = core.me();
      const may = me?.role === 'organizer' || (me?.role === 'member' && me.group === id);
      return may ? plainly(record({ type: 'group', id, group })) : refused();
    },
    changeProfile: ({ name, languages }) =>
      core.me() ? plainly(record({ type: 'profile', name, languages })) : refused(),
    changeRole: (member, role, group) =>
      isOrganizer() ? plainly(record({ type: 'role', member, role, group })) : refused(),
    createDocument: async ({ kind, owner, parent, writers }) => {
      const me = core.me();
      if (!me || me.role === 'observer' || (me.role === 'member' && me.group !== owner)) return refused();
      const done = await record({ type: 'document', kind, owner, parent, writers });
      return done.ok ? ok(first(done.value) as DocumentId) : done;
    },
    approve: (document, approval) => {
      const me = core.me();
      const owner = ledger.records.membership().documents.get(document)?.owner;
      if (!me || me.role === 'observer' || me.group !== owner) return refused();
      return plainly(publish('statement', STATEMENT.approval, encodeApproval(document, approval)));
    },
    say: async (document, kind, value) => {
      if (!core.me() || !ledger.records.membership().documents.has(document)) return refused();
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
