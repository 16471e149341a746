/**
 * Two people may have one name. Screens then show each with their group, and where that is one too with the start of
 * their id: the same words on every device, whoever came first.
 */
import type { Member, MemberId, Membership } from '../log/types.ts';

const ID_LETTERS = 4;
/** A membership is never changed, only followed by another. */
const known = new WeakMap<Membership, Membership>();

export const tellApart = (membership: Membership): Membership => {
  const told = known.get(membership) ?? tell(membership);
  known.set(membership, told);
  return told;
};

const tell = (membership: Membership): Membership => {
  const all = [...membership.members.values()];
  const names = countBy(all, ({ name }) => spoken(name));
  if (names.size === all.length) return membership;
  const groupOf = ({ group }: Member): string => membership.groups.get(group)?.name ?? '';
  const withGroups = countBy(all, (member) => `${spoken(member.name)}\n${spoken(groupOf(member))}`);
  const shown = (member: Member): string => {
    if (names.get(spoken(member.name)) === 1) return member.name;
    const group = groupOf(member);
    const isAlone = withGroups.get(`${spoken(member.name)}\n${spoken(group)}`) === 1;
    return `${member.name} (${isAlone ? group : `${group}, ${member.id.slice(0, ID_LETTERS)}`})`;
  };
  const members = new Map<MemberId, Member>(all.map((member) => [member.id, { ...member, name: shown(member) }]));
  return { ...membership, members };
};

/** As it is heard: nobody tells people apart by capitals or spaces. */
const spoken = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

const countBy = <T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
};
