/** The history of exchanges of one space: receipts on the device's shelf, in opaque ids, read back with the vault open. */
import { toHex } from '../../lib/bytes.ts';
import type { Identity } from '../../log/identity.ts';
import type { GroupId, Membership, MemberId } from '../../log/types.ts';
import type { DeviceShelf, ShelfReceipt } from '../shelf.ts';
import type { Whom } from './names.ts';
import { opaqueId } from './opaque.ts';

export interface PastCounts {
  readonly changes: number;
  readonly people: number;
  readonly documents: number;
}

export type Past = PastCounts & {
  readonly id: string;
  /** milliseconds since 1970 */
  readonly at: number;
} & (
    | { readonly type: 'made'; readonly whom: Whom; readonly bytes: number }
    /** `from` null: by somebody whose record is not here (any more) */
    | { readonly type: 'opened'; readonly from: MemberId | null; readonly incomplete: boolean }
    /** over a live connection; `changes` came, and `sent` were written here meanwhile */
    | { readonly type: 'met'; readonly from: MemberId | null; readonly sent: number }
  );

export type NewPast =
  | ({ readonly type: 'made'; readonly whom: Whom; readonly bytes: number } & PastCounts)
  | ({ readonly type: 'opened'; readonly from: MemberId | null; readonly incomplete: boolean } & PastCounts)
  | ({ readonly type: 'met'; readonly from: MemberId | null; readonly sent: number } & PastCounts);

const SPACE = 'exchanges';
const WHO = 'exchanged with';

export const keepPast = (
  shelf: Pick<DeviceShelf, 'addReceipt'>,
  identity: Identity,
  past: NewPast,
  minute: number,
  random: (length: number) => Uint8Array,
): void => {
  const { changes, people, documents } = past;
  shelf.addReceipt({
    id: `${opaqueId(identity, SPACE)}.${toHex(random(8))}`,
    at: minute,
    kind: `${past.type}.${opaqueId(identity, WHO, whoIn(past))}`,
    counts: { changes, people, documents, ...moreOf(past) },
  });
};

/** Newest first; those of other spaces, and what nobody here can read, are left out. */
export const readPast = (
  shelf: Pick<DeviceShelf, 'receipts'>,
  identity: Identity,
  membership: Membership,
): readonly Past[] => {
  const mine = `${opaqueId(identity, SPACE)}.`;
  const who = new Map<string, Whom>([
    [opaqueId(identity, WHO, EVERYONE), { type: 'everyone' }],
    [opaqueId(identity, WHO, BEHIND), { type: 'behind' }],
  ]);
  for (const group of membership.groups.keys()) who.set(opaqueId(identity, WHO, group), { type: 'group', group });
  for (const member of membership.members.keys()) who.set(opaqueId(identity, WHO, member), { type: 'member', member });
  return shelf
    .receipts()
    .filter(({ id }) => id.startsWith(mine))
    .flatMap((receipt) => readOne(receipt, who) ?? [])
    .reverse();
};

const moreOf = (past: NewPast): Readonly<Record<string, number>> => {
  if (past.type === 'made') return { bytes: past.bytes };
  return past.type === 'met' ? { sent: past.sent } : { incomplete: past.incomplete ? 1 : 0 };
};

const EVERYONE = 'everyone';
const BEHIND = 'behind';

const whoIn = (past: NewPast): GroupId | MemberId | typeof EVERYONE | typeof BEHIND | '' => {
  if (past.type !== 'made') return past.from ?? '';
  if (past.whom.type === 'everyone') return EVERYONE;
  if (past.whom.type === 'behind') return BEHIND;
  return past.whom.type === 'group' ? past.whom.group : past.whom.member;
};

const readOne = ({ id, at, kind, counts }: ShelfReceipt, who: ReadonlyMap<string, Whom>): Past | null => {
  const [type, whoId = ''] = kind.split('.');
  const whom = who.get(whoId);
  const of = (name: string): number => counts[name] ?? 0;
  const common = { id, at: at * 60_000, changes: of('changes'), people: of('people'), documents: of('documents') };
  if (type === 'made') return { ...common, type, whom: whom ?? { type: 'everyone' }, bytes: of('bytes') };
  const from = whom?.type === 'member' ? whom.member : null;
  if (type === 'met') return { ...common, type, from, sent: of('sent') };
  if (type !== 'opened') return null;
  return { ...common, type, from, incomplete: of('incomplete') > 0 };
};
