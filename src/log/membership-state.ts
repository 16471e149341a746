/** The space as a set of records says it is, and what one record adds to that. */
import type { RecordBody } from './records.ts';
import { rankOf } from './records.ts';
import type { Signed } from './signed.ts';
import type {
  DeviceId,
  DocumentEntry,
  DocumentId,
  Door,
  Group,
  GroupId,
  InviteId,
  Member,
  Membership,
  MemberId,
} from './types.ts';

export interface MembershipState extends Membership {
  readonly groups: Map<GroupId, Group>;
  readonly members: Map<MemberId, Member>;
  readonly memberByDevice: Map<DeviceId, MemberId>;
  readonly boxKeyByDevice: Map<DeviceId, Uint8Array>;
  readonly documents: Map<DocumentId, DocumentEntry>;
  readonly doors: Map<InviteId, Door>;
  spaceName: string;
}

export const copyState = (state: MembershipState): MembershipState => ({
  spaceName: state.spaceName,
  groups: new Map(state.groups),
  members: new Map(state.members),
  memberByDevice: new Map(state.memberByDevice),
  boxKeyByDevice: new Map(state.boxKeyByDevice),
  documents: new Map(state.documents),
  doors: new Map(state.doors),
});

export const emptyState = (): MembershipState => ({
  spaceName: '',
  groups: new Map(),
  members: new Map(),
  memberByDevice: new Map(),
  boxKeyByDevice: new Map(),
  documents: new Map(),
  doors: new Map(),
});

/** Lets an allowed record of somebody who is in do what it says. */
export const applyRecord = (state: MembershipState, record: Signed, body: RecordBody): void => {
  const first = record.id.slice(0, 32);
  const authorId = state.memberByDevice.get(record.device);
  switch (body.type) {
    case 'genesis': {
      // one record makes a member and a group: the halves of its hash name them
      const group = record.id.slice(32) as GroupId;
      const member = first as MemberId;
      state.spaceName = body.spaceName;
      state.groups.set(group, { id: group, ...body.group });
      state.members.set(member, {
        id: member,
        name: body.name,
        role: 'organizer',
        group,
        languages: [],
        devices: [record.device],
      });
      state.memberByDevice.set(record.device, member);
      state.boxKeyByDevice.set(record.device, body.boxKey);
      return;
    }
    case 'admit': {
      if (state.memberByDevice.has(body.device)) return;
      const door = state.doors.get(body.invite);
      if (door) state.doors.set(door.id, { ...door, admitted: door.admitted + 1 });
      const member = first as MemberId;
      state.members.set(member, {
        id: member,
        name: body.name,
        role: body.role,
        group: body.group,
        languages: [],
        devices: [body.device],
      });
      state.memberByDevice.set(body.device, member);
      state.boxKeyByDevice.set(body.device, body.boxKey);
      return;
    }
    case 'door': {
      const known = state.doors.get(body.invite);
      if (body.revoked) {
        if (known) state.doors.set(known.id, { ...known, revoked: true });
      } else if (!known) {
        const { invite, role, until, most } = body;
        state.doors.set(invite, { id: invite, role, until, most, admitted: 0, author: record.device, revoked: false });
      }
      return;
    }
    case 'profile': {
      const member = authorId === undefined ? undefined : state.members.get(authorId);
      if (member) state.members.set(member.id, { ...member, name: body.name, languages: body.languages });
      return;
    }
    case 'group': {
      const id = body.id ?? (first as GroupId);
      state.groups.set(id, { id, ...body.group });
      return;
    }
    case 'role': {
      const member = state.members.get(body.member);
      if (!member) return;
      const role = rankOf(body.role) > rankOf(member.role) ? body.role : member.role;
      state.members.set(member.id, { ...member, role, group: body.group });
      return;
    }
    case 'document': {
      const id = first as DocumentId;
      const { kind, owner, parent, writers } = body;
      if (authorId === undefined) return;
      state.documents.set(id, { id, kind, owner, parent, writers, author: authorId, minute: record.minute });
    }
  }
};
