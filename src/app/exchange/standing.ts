/** Who has what, group by group: a group has what any of its members is known to have, since they can pass it on. */
import type { Group, GroupId, MemberId, Membership } from '../../log/types.ts';
import type { Progress } from '../../sync/replica-types.ts';

export interface MemberStanding {
  readonly member: MemberId;
  readonly name: string;
  readonly lacks: number;
  /** of these, what was written on this device */
  readonly lacksOwn: number;
  /** milliseconds since 1970; null: never */
  readonly heard: number | null;
  readonly isHere: boolean;
}

export interface GroupStanding {
  readonly group: Group;
  /** who lacks most first */
  readonly members: readonly MemberStanding[];
  /** what the best informed of them lacks */
  readonly lacks: number;
  readonly lacksOwn: number;
  /** when any of them was last heard of; null: never */
  readonly heard: number | null;
  readonly isHere: boolean;
}

/** This device's own member is not in it. Groups that lack most come first. */
export const standingOf = (
  membership: Membership,
  progress: readonly Progress[],
  here: ReadonlySet<MemberId>,
): readonly GroupStanding[] => {
  const membersByGroup = new Map<GroupId, MemberStanding[]>();
  for (const { member: id, lacks, lacksOwn, heard } of progress) {
    const member = membership.members.get(id);
    if (!member) continue;
    const standing = {
      member: id,
      name: member.name,
      lacks,
      lacksOwn,
      heard: heard === 0 ? null : heard * 60_000,
      isHere: here.has(id),
    };
    const known = membersByGroup.get(member.group);
    if (known) known.push(standing);
    else membersByGroup.set(member.group, [standing]);
  }
  return [...membersByGroup]
    .flatMap(([id, members]): GroupStanding[] => {
      const group = membership.groups.get(id);
      return group ? [standingOfGroup(group, members)] : [];
    })
    .sort((a, b) => b.lacks - a.lacks || compare(a.group.name, b.group.name));
};

const standingOfGroup = (group: Group, members: readonly MemberStanding[]): GroupStanding => {
  const heard = Math.max(0, ...members.map((each) => each.heard ?? 0));
  return {
    group,
    members: [...members].sort((a, b) => b.lacks - a.lacks || compare(a.name, b.name)),
    lacks: Math.min(...members.map((each) => each.lacks)),
    lacksOwn: Math.min(...members.map((each) => each.lacksOwn)),
    heard: heard === 0 ? null : heard,
    isHere: members.some((each) => each.isHere),
  };
};

const compare = (a: string, b: string): number => a.localeCompare(b);

const DAY_MS = 86_400_000;

/** Fallen behind: lacks something, is not connected, and was not heard of for a day or ever. */
export const isBehind = (group: GroupStanding, now: number): boolean =>
  group.lacks > 0 && !group.isHere && (group.heard === null || now - group.heard > DAY_MS);

/** Who is known to lack something, or was never heard of. */
export const behindIn = (progress: readonly Progress[]): readonly MemberId[] =>
  progress.filter(({ lacks }) => lacks > 0).map(({ member }) => member);
