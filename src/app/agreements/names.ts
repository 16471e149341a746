/** Groups and people by the ids that signed words have: the same ids as the log's. Empty where their records are not here. */
import type { Group, Member } from '../../log/types.ts';
import type { Company } from '../company/company.svelte.ts';

export const groupName = (company: Company, id: string): string => {
  const groups: ReadonlyMap<string, Group> = company.membership.groups;
  return groups.get(id)?.name ?? '';
};

export const memberName = (company: Company, id: string): string => {
  const members: ReadonlyMap<string, Member> = company.membership.members;
  return members.get(id)?.name ?? '';
};
