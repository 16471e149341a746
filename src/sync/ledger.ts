/**
 * The records and statements of a replica: each checked singly, kept in memory whole (they are few and small),
 * held back while what they name is not here.
 */
import type { Verifier } from '../crypto/index.ts';
import { BytesError, fromHex } from '../lib/bytes.ts';
import { createRecordSet, type RecordSet } from '../log/membership.ts';
import { ITEM, type PackItem } from '../log/pack.ts';
import { decodeSigned, type Lane, type Signed, signedMessage } from '../log/signed.ts';
import { readStatement } from '../log/statements.ts';
import type { DeviceId, DocumentId, RefusalType, SignedId, SpaceId, Statement } from '../log/types.ts';

export interface LedgerOutcome {
  readonly fresh: readonly Signed[];
  readonly refused: readonly RefusalType[];
  readonly hasRecords: boolean;
  /** devices of which a first record or statement was among the items, known or not */
  readonly starts: readonly DeviceId[];
}

export interface Ledger {
  readonly records: RecordSet;
  /** Looks at foreign records and statements; what is fresh and proven is in the sets when this resolves. */
  take(items: readonly PackItem[], trusted: boolean, pause?: () => Promise<void> | void): Promise<LedgerOutcome>;
  add(signed: Signed): void;
  lastStatement(device: DeviceId): Signed | undefined;
  /** understood statements about a document, in the order of (minute, id) */
  statements(document: DocumentId): readonly Statement[];
  allStatements(): readonly Signed[];
  /** how many are here, of each device (void ones too) */
  recordNumbers(): ReadonlyMap<DeviceId, number>;
  /** Records and statements that somebody with these numbers lacks, in an order in which each finds what it names. */
  beyond(records: ReadonlyMap<DeviceId, number>, statements: ReadonlyMap<DeviceId, number>): readonly Signed[];
  /** Text that differs where two replicas hold different records or statements of a device. */
  tipsOf(device: DeviceId): string;
  statementNumbers(): ReadonlyMap<DeviceId, number>;
}

/** How many may wait for what they name, before the oldest are dropped (they come again with the next exchange). */
const POOL = 5000;

/** Records placed before the screen gets its turn: each admission checks a key, which takes a millisecond or more. */
const AT_ONCE = 8;

export const itemOf = (signed: Signed): PackItem => ({
  type: signed.lane === 'record' ? ITEM.record : ITEM.statement,
  bytes: signed.bytes,
});

export const createLedger = (space: SpaceId, verifier: Verifier): Ledger => {
  const records = createRecordSet(space);
  const statementsByDevice = new Map<DeviceId, Signed[]>();
  const statementById = new Map<SignedId, Signed>();
  /** devices that signed two statements that follow the same one */
  const forked = new Set<DeviceId>();
  let pool: Signed[] = [];
  let understood: Map<DocumentId, Statement[]> | null = null;

  /** What has its place is decided by what it names alone; of two that follow the same one the lower id stands. */
  const addStatement = (signed: Signed): 'placed' | 'waiting' | 'refused' => {
    const view = records.membershipAt(signed.parents);
    const previous = signed.previous === null ? null : statementById.get(signed.previous);
    if (!view || previous === undefined) return 'waiting';
    if (!view.memberByDevice.has(signed.device)) return 'refused';
    if (previous && (previous.device !== signed.device || previous.number !== signed.number - 1)) return 'refused';
    const all = statementsByDevice.get(signed.device) ?? [];
    if (all.length !== signed.number - 1 || all.at(-1)?.id !== (signed.previous ?? undefined))
      forked.add(signed.device);
    all.push(signed);
    statementsByDevice.set(signed.device, all);
    statementById.set(signed.id, signed);
    return 'placed';
  };

  /** A device's statements on the branch that stands. */
  const chainOf = (device: DeviceId): readonly Signed[] => {
    const all = statementsByDevice.get(device) ?? [];
    if (!forked.has(device)) return all;
    const chain: Signed[] = [];
    for (;;) {
      const before = chain.at(-1)?.id ?? null;
      const rivals = all.filter((each) => each.previous === before).sort((a, b) => (a.id < b.id ? -1 : 1));
      if (!rivals[0]) return chain;
      chain.push(rivals[0]);
    }
  };

  const isKnown = (signed: Signed): boolean => records.has(signed.id) || statementById.has(signed.id);

  /** Places what can be placed, until nothing moves. */
  const settle = (): { fresh: Signed[]; refused: RefusalType[] } => {
    const fresh: Signed[] = [];
    const refused: RefusalType[] = [];
    const outcome = records.add(pool.filter((each) => each.lane === 'record'));
    fresh.push(...outcome.added);
    refused.push(...outcome.refused.map(() => 'UnknownDevice' as const));
    let statements = pool.filter((each) => each.lane === 'statement');
    statements.sort((a, b) => a.number - b.number);
    statements = statements.filter((each) => {
      const placed = addStatement(each);
      if (placed === 'placed') fresh.push(each);
      if (placed === 'refused') refused.push('NotAllowed');
      return placed === 'waiting';
    });
    pool = [...outcome.waiting, ...statements].slice(-POOL);
    if (fresh.length > 0) understood = null;
    return { fresh, refused };
  };

  const take: Ledger['take'] = async (items, trusted, pause = () => undefined) => {
    const refused: RefusalType[] = [];
    const seen = new Set(pool.map((each) => each.id));
    const candidates: Signed[] = [];
    const starts: DeviceId[] = [];
    for (const item of items) {
      const lane: Lane | null =
        item.type === ITEM.record ? 'record' : item.type === ITEM.statement ? 'statement' : null;
      if (lane === null) continue;
      try {
        const signed = decodeSigned(space, lane, item.bytes);
        if (signed.number === 1) starts.push(signed.device);
        if (isKnown(signed) || seen.has(signed.id)) continue;
        seen.add(signed.id);
        candidates.push(signed);
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
        refused.push('Malformed');
      }
    }
    const checks = candidates.map(async (signed) => {
      if (trusted) return true;
      return verifier.verify(fromHex(signed.device), signedMessage(space, signed.lane, signed.id), signed.signature);
    });
    const verdicts = await Promise.all(checks);
    const fresh: Signed[] = [];
    let unsettled = 0;
    const settleSome = (): void => {
      const settled = settle();
      fresh.push(...settled.fresh);
      refused.push(...settled.refused);
      unsettled = 0;
    };
    for (const [at, signed] of candidates.entries()) {
      if (verdicts[at]) pool.push(signed);
      else refused.push('BadSignature');
      if (++unsettled < AT_ONCE) continue;
      settleSome();
      await pause();
    }
    settleSome();
    return { fresh, refused, hasRecords: fresh.some((each) => each.lane === 'record'), starts };
  };

  const understand = (): Map<DocumentId, Statement[]> => {
    const byDocument = new Map<DocumentId, Statement[]>();
    const now = records.membership();
    for (const signed of [...statementsByDevice.keys()].flatMap(chainOf)) {
      const view = records.membershipAt(signed.parents);
      const statement = view && readStatement(signed, view, now);
      if (!statement) continue;
      const list = byDocument.get(statement.document);
      if (list) list.push(statement);
      else byDocument.set(statement.document, [statement]);
    }
    for (const list of byDocument.values()) list.sort((a, b) => a.minute - b.minute || (a.id < b.id ? -1 : 1));
    return byDocument;
  };

  const recordNumbers = (): Map<DeviceId, number> =>
    new Map(records.devices().map((device) => [device, records.of(device).length]));

  return {
    records,
    take,
    add: (signed) => {
      pool.push(signed);
      if (!settle().fresh.includes(signed)) throw new Error('an own record does not fit its space');
    },
    lastStatement: (device) => chainOf(device).at(-1),
    statements: (document) => (understood ??= understand()).get(document) ?? [],
    allStatements: () => [...statementById.values()],
    recordNumbers,
    statementNumbers: () => new Map([...statementsByDevice].map(([device, all]) => [device, all.length])),
    beyond: (recordsOf, statementsOf) => {
      // of a forked chain a number says nothing: all of it
      const start = (isForked: boolean, number: number | undefined): number => (isForked ? 0 : (number ?? 0));
      const counts = recordNumbers();
      const isNewRecord = ({ device, number: at }: Signed): boolean => {
        const number = recordsOf.get(device) ?? 0;
        return (counts.get(device) ?? 0) > number && at > start(records.isForked(device), number);
      };
      const statements = [...statementsByDevice].flatMap(([device, all]) => {
        const number = statementsOf.get(device) ?? 0;
        return all.length > number ? all.filter((each) => each.number > start(forked.has(device), number)) : [];
      });
      return [...records.all().filter(isNewRecord), ...statements];
    },
    tipsOf: (device) => {
      const tip = (all: readonly Signed[], isForked: boolean): string =>
        isForked
          ? all
              .map((each) => each.id)
              .sort()
              .join('')
          : (all.at(-1)?.id ?? '');
      return `${tip(records.of(device), records.isForked(device))}/${tip(statementsByDevice.get(device) ?? [], forked.has(device))}`;
    },
  };
};
