/** The invites that this device has made and that are still open, sealed in storage: only their maker can answer. */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import {
  type Invite,
  inviteIdOf,
  type JoinRequest,
  openRequest,
  type RequestError,
  sealAnswer,
} from '../log/invite.ts';
import { packAll, createRows } from './rows.ts';
import type { DeviceId, GroupId, InviteId, MemberId, Role } from '../log/types.ts';
import { type Environment, minuteOf } from './environment.ts';
import type { FullReplica } from './full-replica.ts';
import type { ReplicaError } from './replica-types.ts';
import type { Storage } from './storage.ts';

export interface OpenInvite {
  readonly id: InviteId;
  readonly secret: Uint8Array;
  readonly role: Role;
  /** minutes since 1970; 0: no end */
  readonly until: number;
  /** for everybody who comes, admitted without asking, while it is open */
  readonly isDoor: boolean;
  readonly hubs: readonly string[];
  /** whom it has let in: that device, and no other, may ask for its answer again; null: nobody yet, or a door */
  readonly usedBy: DeviceId | null;
}

export interface Admission {
  readonly request: JoinRequest;
  readonly invite: OpenInvite;
}

export interface Invites {
  /** those that somebody new may still use */
  list(): readonly OpenInvite[];
  /** those that somebody may knock with: open ones, and used ones whose answer may have been lost on its way */
  answering(): readonly OpenInvite[];
  /** The invite's text form is `toText('invite', encodeInvite(inviteOf(…)))`. */
  create(options: Pick<OpenInvite, 'role' | 'until' | 'isDoor' | 'hubs'>): Promise<Result<OpenInvite, ReplicaError>>;
  inviteOf(open: OpenInvite): Invite;
  close(id: InviteId): Promise<Result<null, ReplicaError>>;
  /** Opens a request that somebody brought; nothing is decided yet. */
  read(request: Uint8Array): Promise<Result<Admission, RequestError>>;
  /** Admits and gives the sealed answer. The group is found by name, or founded. */
  admit(
    admission: Admission,
  ): Promise<Result<{ readonly member: MemberId; readonly answer: Uint8Array }, ReplicaError>>;
}

const ROLES: readonly Role[] = ['observer', 'member', 'organizer'];
const DOOR_MOST = 60;
/** Used invites that are remembered, so that a lost answer can be given again. */
const USED_MOST = 20;

export const openInvites = async (
  storage: Storage,
  replica: FullReplica,
  environment: Environment,
): Promise<Result<Invites, ReplicaError>> => {
  const rows = createRows(storage, replica.identity.localKey, environment.random);
  const key = rows.nameOf('invites');
  let open: OpenInvite[] = [];

  const encode = (): Uint8Array => {
    const to = new Writer().varuint(open.length);
    for (const each of open) {
      to.bytes(each.secret)
        .u8(ROLES.indexOf(each.role))
        .varuint(each.until)
        .u8(each.isDoor ? 1 : 0);
      to.varuint(each.hubs.length);
      for (const hub of each.hubs) to.text(hub);
      to.block(each.usedBy === null ? new Uint8Array(0) : fromHex(each.usedBy));
    }
    return to.finish();
  };
  const decode = (bytes: Uint8Array): OpenInvite[] => {
    const from = new Reader(bytes);
    return Array.from({ length: from.varuint() }, () => {
      const secret = from.bytes(16).slice();
      const role = ROLES[from.u8()] ?? 'observer';
      const until = from.varuint();
      const isDoor = from.u8() === 1;
      const hubs = Array.from({ length: from.varuint() }, () => from.text(1000));
      const device = from.block(32);
      const usedBy = device.length === 0 ? null : (toHex(device) as DeviceId);
      return { id: inviteIdOf(replica.spaceId, secret), secret, role, until, isDoor, hubs, usedBy };
    });
  };
  const save = async (next: OpenInvite[]): Promise<Result<null, ReplicaError>> => {
    const before = open;
    open = next;
    const done = await storage.commit({ puts: [{ key, value: rows.seal(encode()) }] });
    if (!done.ok) open = before;
    return done.ok ? ok(null) : done;
  };
  const isOpen = (invite: OpenInvite): boolean => {
    if (invite.usedBy !== null) return false;
    if (invite.until > 0 && minuteOf(environment) >= invite.until) return false;
    const door = replica.membership().doors.get(invite.id);
    return !door || (!door.revoked && door.admitted < door.most);
  };

  const stored = await storage.get(key);
  if (!stored.ok) return stored;
  const plain = stored.value && rows.open(stored.value);
  try {
    if (plain) open = decode(plain);
  } catch (error) {
    if (!(error instanceof BytesError)) throw error;
  }

  /** Finds a group by the name that the newcomer gave, whatever its case and width, or founds it. */
  const groupOf = async (request: JoinRequest): Promise<Result<GroupId, ReplicaError>> => {
    const plainName = (name: string): string => name.normalize('NFKC').trim().toLocaleLowerCase('und');
    for (const group of replica.membership().groups.values()) {
      if (plainName(group.name) === plainName(request.group)) return ok(group.id);
    }
    return replica.createGroup({ name: request.group.trim(), region: '', languages: request.languages, timeZone: '' });
  };

  const invites: Invites = {
    list: () => open.filter(isOpen),
    answering: () => open.filter((each) => isOpen(each) || each.usedBy !== null),
    create: async (options) => {
      if (replica.me()?.role !== 'organizer') return err({ type: 'NotAllowed' });
      const secret = environment.random(16);
      const invite: OpenInvite = { id: inviteIdOf(replica.spaceId, secret), secret, ...options, usedBy: null };
      const used = open.filter((each) => each.usedBy !== null).slice(-USED_MOST);
      const saved = await save([...used, ...open.filter(isOpen), invite]);
      if (!saved.ok) return saved;
      if (!options.isDoor) return ok(invite);
      const { id, role, until } = invite;
      const door = await replica.openDoor({ invite: id, role, until, most: DOOR_MOST });
      return door.ok ? ok(invite) : door;
    },
    inviteOf: ({ secret, hubs }) => ({
      space: replica.spaceId,
      organizer: replica.device,
      organizerBox: replica.identity.box.publicKey,
      secret,
      hubs,
    }),
    close: async (id) => {
      const invite = open.find((each) => each.id === id);
      const saved = await save(open.filter((each) => each.id !== id));
      if (!saved.ok || !invite?.isDoor) return saved;
      return replica.closeDoor(id);
    },
    read: async (bytes) => {
      const find = (id: InviteId): OpenInvite | undefined => invites.answering().find((each) => each.id === id);
      const secretOf = (id: InviteId): Uint8Array | null => find(id)?.secret ?? null;
      const { spaceId, device, identity, verifier } = replica;
      const request = await openRequest(spaceId, device, identity.box, verifier, secretOf, bytes);
      if (!request.ok) return request;
      const invite = find(request.value.invite);
      const isAgain = invite?.usedBy === request.value.device;
      return invite && (isAgain || isOpen(invite))
        ? ok({ request: request.value, invite })
        : err({ type: 'InviteClosed' });
    },
    admit: async ({ request, invite }) => {
      const group = await groupOf(request);
      if (!group.ok) return group;
      const admitted = await replica.admit({
        device: request.device,
        boxKey: request.boxKey,
        name: request.name.trim(),
        group: group.value,
        role: invite.role,
        invite: invite.id,
      });
      if (!admitted.ok) return admitted;
      // one invite admits one person; a door stays open
      if (!invite.isDoor) {
        const used = { ...invite, usedBy: request.device };
        const saved = await save(open.map((each) => (each.id === invite.id ? used : each)));
        if (!saved.ok) return saved;
      }
      const packs = packAll(replica.recordItems());
      const records = (packs[0] ?? { bytes: new Uint8Array(0) }).bytes;
      const { identity, signer, spaceId, device } = replica;
      const answer = await sealAnswer(
        spaceId,
        device,
        request,
        { epochs: identity.epochs, records },
        signer,
        environment.random(32),
      );
      return ok({ member: admitted.value, answer });
    },
  };
  return ok(invites);
};
