/** In which of the app's languages somebody can be told how to begin: what lies beside a bundle is read before any setting. */
import { languages } from '../../i18n/languages.ts';
import type { MemberId, Membership } from '../../log/types.ts';

export type Tongue = (typeof languages)[number]['tag'];

/** For each of them their own first, else their group's; in the app's own order. Whoever makes the bundle is not counted. */
export const tonguesOf = (
  membership: Pick<Membership, 'groups' | 'members'>,
  members: readonly MemberId[],
  me: MemberId | undefined,
): readonly Tongue[] => {
  const found = members.flatMap((id) => {
    const member = membership.members.get(id);
    if (!member || id === me) return [];
    const wishes = [...member.languages, ...(membership.groups.get(member.group)?.languages ?? [])];
    return wishes.map(tongueOf).find((tongue) => tongue !== undefined) ?? [];
  });
  return languages.map(({ tag }) => tag).filter((tag) => found.includes(tag));
};

/** 'ar-TN' is served by 'ar'. */
const tongueOf = (wish: string): Tongue | undefined => {
  const [primary] = wish.toLowerCase().split('-');
  return languages.find(({ tag }) => tag === primary)?.tag;
};
