/** Gaps: what others said that they have, and this replica has not. */
import { deviceOf } from '../log/chain.ts';
import type { DeviceId, MemberId } from '../log/types.ts';
import { beyond, type Vector } from '../log/vector.ts';
import type { Known } from './known.ts';
import type { Missing } from './replica-types.ts';

/** Most first. Of devices that nobody knows nothing is said: anybody could make them up. */
export const missingHere = (
  known: Pick<Known, 'devices' | 'vectorOf'>,
  here: Vector,
  memberByDevice: ReadonlyMap<DeviceId, MemberId>,
): readonly Missing[] => {
  const byMember = new Map<MemberId, { most: Map<string, number>; holders: Set<MemberId> }>();
  for (const device of known.devices()) {
    const holder = memberByDevice.get(device);
    const theirs = known.vectorOf(device);
    if (holder === undefined || theirs === null) continue;
    const more = beyond(theirs, here);
    const note = (name: string, author: DeviceId, count: number): void => {
      const member = memberByDevice.get(author);
      if (member === undefined) return;
      const gap = byMember.get(member) ?? { most: new Map<string, number>(), holders: new Set<MemberId>() };
      gap.most.set(name, Math.max(gap.most.get(name) ?? 0, count));
      gap.holders.add(holder);
      byMember.set(member, gap);
    };
    for (const [author, to] of more.records) note(`r ${author}`, author, to - (here.records.get(author) ?? 0));
    for (const [author, to] of more.statements) note(`s ${author}`, author, to - (here.statements.get(author) ?? 0));
    for (const [id, to] of more.sessions) note(id, deviceOf(id), to - (here.sessions.get(id) ?? 0));
  }
  return [...byMember]
    .map(([member, { most, holders }]) => ({
      member,
      changes: [...most.values()].reduce((sum, count) => sum + count, 0),
      holders: [...holders],
    }))
    .sort((a, b) => b.changes - a.changes || (a.member < b.member ? -1 : 1));
};
