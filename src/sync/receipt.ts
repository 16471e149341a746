/** Counting what a taking-in brought, by person and document. */
import { deviceOf } from '../log/chain.ts';
import type { Counted } from '../log/counted.ts';
import type { RecordSet } from '../log/membership.ts';
import type { Signed } from '../log/signed.ts';
import type { DeviceId, DocumentId, MemberId, Receipt, RefusalType } from '../log/types.ts';

export interface ReceiptCount {
  count(counted: readonly Counted[]): void;
  sign(signed: readonly Signed[]): void;
  refuse(type: RefusalType): void;
  add(receipt: Receipt): void;
  documents(): Iterable<DocumentId>;
  members(): readonly MemberId[];
  finish(verified: number, waiting: number): Receipt;
  /** the sum of what was added */
  sum(waiting: number): Receipt;
}

export const createReceiptCount = (records: RecordSet): ReceiptCount => {
  let changes = 0;
  let verified = 0;
  const byDevice = new Map<DeviceId, number>();
  const byMember = new Map<MemberId, number>();
  const byDocument = new Map<DocumentId, number>();
  const refused = new Map<RefusalType, number>();
  const plus = <K>(map: Map<K, number>, key: K, by: number): void => void map.set(key, (map.get(key) ?? 0) + by);
  const settle = (): void => {
    const { memberByDevice } = records.membership();
    for (const [device, count] of byDevice) {
      const member = memberByDevice.get(device);
      if (member !== undefined) plus(byMember, member, count);
    }
    byDevice.clear();
  };
  const receipt = (waiting: number): Receipt => {
    settle();
    return { changes, changesByMember: byMember, changesByDocument: byDocument, verified, waiting, refused };
  };
  return {
    count: (counted) => {
      for (const { session, document, entries } of counted) {
        changes += entries;
        plus(byDevice, deviceOf(session), entries);
        plus(byDocument, document, entries);
      }
    },
    sign: (signed) => {
      for (const each of signed) {
        changes += 1;
        plus(byDevice, each.device, 1);
      }
    },
    refuse: (type) => plus(refused, type, 1),
    add: (other) => {
      changes += other.changes;
      verified += other.verified;
      for (const [member, count] of other.changesByMember) plus(byMember, member, count);
      for (const [document, count] of other.changesByDocument) plus(byDocument, document, count);
      for (const [type, count] of other.refused) plus(refused, type, count);
    },
    documents: () => byDocument.keys(),
    members: () => {
      settle();
      return [...byMember.keys()];
    },
    finish: (count, waiting) => {
      verified = count;
      return receipt(waiting);
    },
    sum: receipt,
  };
};
