/** What each type of record may say, as its author saw the space. */
import { isGoodKey } from '../crypto/index.ts';
import { fromHex } from '../lib/bytes.ts';
import type { MembershipState } from './membership-state.ts';
import { rankOf, type RecordBody } from './records.ts';
import type { Signed } from './signed.ts';
import type { Member } from './types.ts';

/** The most that one door may admit. */
const DOOR_MOST = 60;

type Rule = (record: Signed, body: RecordBody, past: MembershipState) => boolean;

const authorIn = (record: Signed, past: MembershipState): Member | undefined => {
  const id = past.memberByDevice.get(record.device);
  return id === undefined ? undefined : past.members.get(id);
};
const isOrganizer = (record: Signed, past: MembershipState): boolean => authorIn(record, past)?.role === 'organizer';

/** One rule for each type; a record that its rule refuses is void for ever. */
const RULES: Record<RecordBody['type'], Rule> = {
  genesis: () => false,
  admit: (record, body, past) => {
    if (body.type !== 'admit' || !isOrganizer(record, past)) return false;
    if (past.memberByDevice.has(body.device) || !past.groups.has(body.group)) return false;
    const door = past.doors.get(body.invite);
    if (door && (door.author !== record.device || door.revoked || door.admitted >= door.most)) return false;
    if (door && rankOf(body.role) > rankOf(door.role)) return false;
    return isGoodKey(fromHex(body.device));
  },
  door: (record, body, past) => {
    if (body.type !== 'door' || !isOrganizer(record, past)) return false;
    const known = past.doors.get(body.invite);
    if (body.revoked) return known !== undefined;
    return known === undefined && body.most >= 1 && body.most <= DOOR_MOST && body.role !== 'organizer';
  },
  profile: (record, _body, past) => authorIn(record, past) !== undefined,
  group: (record, body, past) => {
    if (body.type !== 'group') return false;
    if (isOrganizer(record, past)) return body.id === null || past.groups.has(body.id);
    const author = authorIn(record, past);
    return author !== undefined && author.role === 'member' && body.id === author.group;
  },
  role: (record, body, past) => {
    if (body.type !== 'role' || !isOrganizer(record, past) || !past.groups.has(body.group)) return false;
    // lowering a role needs the cuts of a removal; until then a role only rises
    const target = past.members.get(body.member);
    return target !== undefined && rankOf(body.role) >= rankOf(target.role);
  },
  document: (record, body, past) => {
    const author = authorIn(record, past);
    if (body.type !== 'document' || author === undefined || author.role === 'observer') return false;
    if (body.parent !== null && !past.documents.has(body.parent)) return false;
    return author.role === 'organizer' ? past.groups.has(body.owner) : author.group === body.owner;
  },
};

export const isAllowed = (record: Signed, body: RecordBody, past: MembershipState, genesis: string): boolean =>
  record.id === genesis
    ? body.type === 'genesis' && record.number === 1 && record.parents.length === 0 && isGoodKey(fromHex(record.device))
    : RULES[body.type](record, body, past);
