/**
 * Who signed, for whom: the fewest records of a space that show it to somebody who has no other.
 *
 * Without the other records nobody can tell what came before what, nor what was said later. So the evidence is weighed
 * without any order: somebody is an organizer, or of a group, if a record of somebody who was an organizer says so.
 * That is what such a proof shows, and it says so; that nobody was moved or removed since, it cannot show.
 */
import { err, ok, type Result } from '../lib/result.ts';
import { decodeRecordBody, type RecordBody, rankOf } from '../log/records.ts';
import type { RecordSet } from '../log/membership.ts';
import type { MembershipState } from '../log/membership-state.ts';
import type { Signed } from '../log/signed.ts';
import type { DeviceId, DocumentId, GroupId, MemberId, Role } from '../log/types.ts';

/** A person as the evidence shows them. */
export interface Signer {
  readonly member: MemberId;
  /** as they were called when they were let in */
  readonly name: string;
  readonly role: Role;
  /** every group that they are shown to have been in */
  readonly groups: ReadonlySet<GroupId>;
}

export interface Evidence {
  readonly spaceName: string;
  readonly signers: ReadonlyMap<DeviceId, Signer>;
  /** names by group; a group that was renamed has its newest known name */
  readonly groupNames: ReadonlyMap<GroupId, string>;
  readonly documents: ReadonlyMap<DocumentId, { readonly kind: string; readonly owner: GroupId }>;
}

/** What must be shown. */
export interface Claims {
  /** each device that signed, the group it is to be shown in (null: any), and the least role */
  readonly signers: readonly { readonly device: DeviceId; readonly group: GroupId | null; readonly role: Role }[];
  readonly groups: readonly GroupId[];
  readonly document: DocumentId;
}

export type EvidenceError =
  /** a record that is no record, or of a kind that proves nothing here */
  | { readonly type: 'BadRecord' }
  /** nothing shows that this record's author might say so */
  | { readonly type: 'NoAuthority' };

const KINDS: readonly RecordBody['type'][] = ['genesis', 'admit', 'role', 'group', 'document'];

/** What these records show; their signatures and ids are checked already. */
export const weighEvidence = (records: readonly Signed[], genesis: string): Result<Evidence, EvidenceError> => {
  const read: { readonly record: Signed; readonly body: RecordBody }[] = [];
  for (const record of records) {
    const body = bodyOf(record);
    if (body === null || !KINDS.includes(body.type)) return err({ type: 'BadRecord' });
    read.push({ record, body });
  }
  const members = new Map<MemberId, { name: string; role: Role; groups: Set<GroupId> }>();
  const memberByDevice = new Map<DeviceId, MemberId>();
  const groupNames = new Map<GroupId, { readonly name: string; readonly minute: number }>();
  const documents = new Map<DocumentId, { readonly kind: string; readonly owner: GroupId }>();
  let spaceName = '';
  const isAtLeast = (device: DeviceId, role: Role): boolean => {
    const id = memberByDevice.get(device);
    const member = id === undefined ? undefined : members.get(id);
    return member !== undefined && rankOf(member.role) >= rankOf(role);
  };
  const nameGroup = (id: GroupId, name: string, minute: number): void => {
    if ((groupNames.get(id)?.minute ?? -1) <= minute) groupNames.set(id, { name, minute });
  };
  /** false: its author is not shown to be allowed to say this, so far */
  const believe = ({ record, body }: (typeof read)[number]): boolean => {
    const first = record.id.slice(0, 32);
    switch (body.type) {
      case 'genesis': {
        if (record.id !== genesis) return false;
        const group = record.id.slice(32) as GroupId;
        spaceName = body.spaceName;
        nameGroup(group, body.group.name, record.minute);
        members.set(first as MemberId, { name: body.name, role: 'organizer', groups: new Set([group]) });
        memberByDevice.set(record.device, first as MemberId);
        return true;
      }
      case 'admit':
        if (!isAtLeast(record.device, 'organizer') || memberByDevice.has(body.device)) return false;
        members.set(first as MemberId, { name: body.name, role: body.role, groups: new Set([body.group]) });
        memberByDevice.set(body.device, first as MemberId);
        return true;
      case 'role': {
        const member = members.get(body.member);
        if (!member || !isAtLeast(record.device, 'organizer')) return false;
        if (rankOf(body.role) > rankOf(member.role)) member.role = body.role;
        member.groups.add(body.group);
        return true;
      }
      case 'group':
        if (body.id === null ? !isAtLeast(record.device, 'organizer') : !isAtLeast(record.device, 'member'))
          return false;
        if (body.id !== null && !groupNames.has(body.id)) return false;
        nameGroup(body.id ?? (first as GroupId), body.group.name, record.minute);
        return true;
      case 'document':
        if (!isAtLeast(record.device, 'member')) return false;
        documents.set(first as DocumentId, { kind: body.kind, owner: body.owner });
        return true;
      default:
        return false;
    }
  };
  let waiting = read;
  while (waiting.length > 0) {
    const left = waiting.filter((each) => !believe(each));
    if (left.length === waiting.length) return err({ type: 'NoAuthority' });
    waiting = left;
  }
  const signers = new Map<DeviceId, Signer>();
  for (const [device, member] of memberByDevice) {
    const found = members.get(member);
    if (found) signers.set(device, { member, ...found });
  }
  return ok({
    spaceName,
    signers,
    groupNames: new Map([...groupNames].map(([id, { name }]) => [id, name])),
    documents,
  });
};

/**
 * The records that show these claims and nothing else, ascending by id but for the founding one, which comes first.
 * null where the space itself does not bear a claim out.
 */
export const gatherEvidence = (records: RecordSet, claims: Claims): readonly Signed[] | null => {
  const now = records.membership();
  const all = records.all();
  const taken = new Map<string, Signed>();
  const genesis = records.get(records.space as never);
  if (!genesis) return null;
  taken.set(genesis.id, genesis);
  const asked = new Set<string>();
  const renames = new Set<string>();

  const take = (record: Signed | undefined, role: Role | null): boolean => {
    if (!record) return false;
    if (taken.has(record.id)) return true;
    taken.set(record.id, record);
    return role === null || show({ device: record.device, group: null, role });
  };

  /** The records that made this person what is claimed, and those that made their authors. */
  const show = (claim: Claims['signers'][number]): boolean => {
    const key = `${claim.device} ${claim.group} ${claim.role}`;
    if (asked.has(key)) return true;
    asked.add(key);
    const member = now.memberByDevice.get(claim.device);
    if (member === undefined) return false;
    if (genesis.id.startsWith(member)) {
      const own = genesis.id.slice(32);
      return claim.group === null || claim.group === own || take(moved(member, claim.group, 'observer'), 'organizer');
    }
    const admit = all.find((record) => record.id.startsWith(member) && bodyOf(record)?.type === 'admit');
    const body = admit && bodyOf(admit);
    if (body?.type !== 'admit' || !take(admit, 'organizer')) return false;
    const isInGroup = claim.group === null || claim.group === body.group;
    const isInRole = rankOf(body.role) >= rankOf(claim.role);
    if (isInGroup && isInRole) return true;
    const both = moved(member, claim.group ?? null, claim.role);
    if (both) return take(both, 'organizer');
    return (
      (isInGroup || take(moved(member, claim.group, 'observer'), 'organizer')) &&
      (isInRole || take(moved(member, null, claim.role), 'organizer'))
    );
  };

  /** A record that counted when it was made, by which this member came to this group and role. */
  const moved = (member: MemberId, group: GroupId | null, role: Role): Signed | undefined =>
    all.find((record) => {
      const body = bodyOf(record);
      if (body?.type !== 'role' || body.member !== member) return false;
      if ((group !== null && body.group !== group) || rankOf(body.role) < rankOf(role)) return false;
      const after: MembershipState | null = records.membershipAt([record.id]);
      const then = after?.members.get(member);
      return then !== undefined && then.group === body.group && rankOf(then.role) >= rankOf(body.role);
    });

  const nameGroup = (id: GroupId): boolean => {
    const name = now.groups.get(id)?.name;
    if (name === undefined) return false;
    if (
      genesis.id.slice(32) !== id &&
      !take(
        all.find((record) => record.id.startsWith(id)),
        'organizer',
      )
    )
      return false;
    const first = genesis.id.slice(32) === id ? genesis : all.find((record) => record.id.startsWith(id));
    const body = first && bodyOf(first);
    const called = body?.type === 'group' || body?.type === 'genesis' ? body.group.name : '';
    if (called === name) return true;
    const renamed = all.filter((record) => {
      const change = bodyOf(record);
      return change?.type === 'group' && change.id === id && change.group.name === name;
    });
    const last = renamed.at(-1);
    if (last) renames.add(last.id);
    return take(last, 'member');
  };

  const document = all.find((record) => record.id.startsWith(claims.document) && bodyOf(record)?.type === 'document');
  const isShown =
    take(document, 'member') && claims.groups.every(nameGroup) && claims.signers.every((claim) => show(claim));
  if (!isShown) return null;
  const rest = [...taken.values()].filter((each) => each !== genesis).sort((a, b) => (a.id < b.id ? -1 : 1));
  // one record may show what two others were taken for
  let fewest = [genesis, ...rest];
  for (const record of rest) {
    const without = fewest.filter((each) => each !== record);
    const isRename = bodyOf(record)?.type === 'group' && renames.has(record.id);
    if (!isRename && bearsOut(without, records.space, claims)) fewest = without;
  }
  return bearsOut(fewest, records.space, claims) ? fewest : null;
};

/** Do these records show all of it? */
export const bearsOut = (records: readonly Signed[], genesis: string, claims: Claims): boolean => {
  const weighed = weighEvidence(records, genesis);
  if (!weighed.ok) return false;
  const { signers, groupNames, documents } = weighed.value;
  return (
    documents.has(claims.document) &&
    claims.groups.every((group) => groupNames.has(group)) &&
    claims.signers.every(({ device, group, role }) => {
      const signer = signers.get(device);
      return (
        signer !== undefined && rankOf(signer.role) >= rankOf(role) && (group === null || signer.groups.has(group))
      );
    })
  );
};

/** Is there a record among them without which they show the same? A group's newest name counts as shown by its record. */
export const hasUnneeded = (records: readonly Signed[], genesis: string, claims: Claims): boolean =>
  records.some((record) => {
    const body = bodyOf(record);
    if (body?.type === 'group' && body.id !== null) return !claims.groups.includes(body.id);
    return bearsOut(
      records.filter((each) => each !== record),
      genesis,
      claims,
    );
  });

const bodyOf = (record: Signed): RecordBody | null => {
  try {
    return record.version === 1 && record.audience.length === 0 ? decodeRecordBody(record.type, record.body) : null;
  } catch {
    // a body that is not well made says nothing
    return null;
  }
};
