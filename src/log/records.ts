/** The bodies of records: what each type says, and its bytes. Who may say it is membership.ts's business. */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import type { DeviceId, DocumentId, GroupId, InviteId, MemberId, Role, Writers } from './types.ts';

export interface GroupBody {
  readonly name: string;
  readonly region: string;
  readonly languages: readonly string[];
  readonly timeZone: string;
}

export type RecordBody =
  | {
      readonly type: 'genesis';
      readonly random: Uint8Array;
      readonly boxKey: Uint8Array;
      /** SHA-256 of the first epoch's secret */
      readonly epochHash: Uint8Array;
      readonly spaceName: string;
      readonly name: string;
      readonly group: GroupBody;
    }
  | {
      readonly type: 'admit';
      readonly device: DeviceId;
      readonly boxKey: Uint8Array;
      readonly name: string;
      readonly group: GroupId;
      readonly role: Role;
      readonly invite: InviteId;
    }
  | {
      readonly type: 'door';
      readonly invite: InviteId;
      readonly role: Role;
      readonly until: number;
      readonly most: number;
      readonly revoked: boolean;
    }
  | { readonly type: 'profile'; readonly name: string; readonly languages: readonly string[] }
  | { readonly type: 'group'; readonly id: GroupId | null; readonly group: GroupBody }
  | { readonly type: 'role'; readonly member: MemberId; readonly role: Role; readonly group: GroupId }
  | {
      readonly type: 'document';
      readonly kind: string;
      readonly owner: GroupId;
      readonly parent: DocumentId | null;
      readonly writers: Writers;
    };

export const RECORD = { genesis: 1, admit: 2, door: 3, profile: 4, group: 5, role: 6, document: 7 } as const;

const ROLES: readonly Role[] = ['observer', 'member', 'organizer'];
const WRITERS: readonly Writers[] = ['statements', 'group', 'members'];
/** observer 0, member 1, organizer 2 */
export const rankOf = (role: Role): number => ROLES.indexOf(role);

const writeList = (to: Writer, items: readonly string[]): void => {
  to.varuint(items.length);
  for (const item of items) to.text(item);
};
const readList = (from: Reader): string[] => {
  const count = from.varuint();
  if (count > LIMIT.languages) throw new BytesError('list over its limit');
  return Array.from({ length: count }, () => from.text(LIMIT.name));
};
const writeGroup = (to: Writer, group: GroupBody): void => {
  to.text(group.name).text(group.region);
  writeList(to, group.languages);
  to.text(group.timeZone);
};
const readGroup = (from: Reader): GroupBody => ({
  name: from.text(LIMIT.name),
  region: from.text(LIMIT.name),
  languages: readList(from),
  timeZone: from.text(LIMIT.name),
});
const pick = <T>(items: readonly T[], index: number): T => {
  const item = items[index];
  if (item === undefined) throw new BytesError('unknown code');
  return item;
};
const readFlag = (from: Reader): boolean => {
  const flag = from.u8();
  if (flag > 1) throw new BytesError('not a flag');
  return flag === 1;
};
const readId = <T extends string>(from: Reader): T => toHex(from.bytes(16)) as T;

export const encodeRecordBody = (body: RecordBody): Uint8Array => {
  const to = new Writer();
  switch (body.type) {
    case 'genesis':
      to.bytes(body.random).bytes(body.boxKey).bytes(body.epochHash).text(body.spaceName).text(body.name);
      writeGroup(to, body.group);
      break;
    case 'admit':
      to.bytes(fromHex(body.device)).bytes(body.boxKey).text(body.name).bytes(fromHex(body.group));
      to.u8(rankOf(body.role)).bytes(fromHex(body.invite));
      break;
    case 'door':
      to.bytes(fromHex(body.invite)).u8(rankOf(body.role)).varuint(body.until).varuint(body.most);
      to.u8(body.revoked ? 1 : 0);
      break;
    case 'profile':
      to.text(body.name);
      writeList(to, body.languages);
      break;
    case 'group':
      to.u8(body.id === null ? 0 : 1);
      if (body.id !== null) to.bytes(fromHex(body.id));
      writeGroup(to, body.group);
      break;
    case 'role':
      to.bytes(fromHex(body.member)).u8(rankOf(body.role)).bytes(fromHex(body.group));
      break;
    case 'document':
      to.text(body.kind)
        .bytes(fromHex(body.owner))
        .u8(body.parent === null ? 0 : 1);
      if (body.parent !== null) to.bytes(fromHex(body.parent));
      to.u8(WRITERS.indexOf(body.writers));
  }
  return to.finish();
};

/** null for a type that this version does not know. Throws BytesError where a known one is malformed. */
export const decodeRecordBody = (type: number, bytes: Uint8Array): RecordBody | null => {
  const from = new Reader(bytes);
  const body = readBody(type, from);
  if (body !== null) from.done();
  return body;
};

const readBody = (type: number, from: Reader): RecordBody | null => {
  switch (type) {
    case RECORD.genesis:
      return {
        type: 'genesis',
        random: from.bytes(16),
        boxKey: from.bytes(32),
        epochHash: from.bytes(32),
        spaceName: from.text(LIMIT.name),
        name: from.text(LIMIT.name),
        group: readGroup(from),
      };
    case RECORD.admit:
      return {
        type: 'admit',
        device: toHex(from.bytes(32)) as DeviceId,
        boxKey: from.bytes(32),
        name: from.text(LIMIT.name),
        group: readId<GroupId>(from),
        role: pick(ROLES, from.u8()),
        invite: readId<InviteId>(from),
      };
    case RECORD.door:
      return {
        type: 'door',
        invite: readId<InviteId>(from),
        role: pick(ROLES, from.u8()),
        until: from.varuint(),
        most: from.varuint(),
        revoked: readFlag(from),
      };
    case RECORD.profile:
      return { type: 'profile', name: from.text(LIMIT.name), languages: readList(from) };
    case RECORD.group:
      return { type: 'group', id: readFlag(from) ? readId<GroupId>(from) : null, group: readGroup(from) };
    case RECORD.role:
      return {
        type: 'role',
        member: readId<MemberId>(from),
        role: pick(ROLES, from.u8()),
        group: readId<GroupId>(from),
      };
    case RECORD.document:
      return {
        type: 'document',
        kind: from.text(LIMIT.name),
        owner: readId<GroupId>(from),
        parent: readFlag(from) ? readId<DocumentId>(from) : null,
        writers: pick(WRITERS, from.u8()),
      };
    default:
      return null;
  }
};
