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
}

export interface Ledger {
  readonly records: RecordSet;
  /** Looks at foreign records and statements; what is fresh and proven is in the sets when this resolves. */
  take(items: readonly PackItem[], trusted: boolean): Promise<LedgerOutcome>;
  add(signed: Signed): void;
  lastStatement(device: DeviceId): Signed | undefined;
  /** understood statements about a document, in the order of (minute, id) */
  statements(document: DocumentId): readonly Statement[];
  allStatements(): readonly Signed[];
  recordNumbers(): ReadonlyMap<DeviceId, number>;
  statementNumbers(): ReadonlyMap<DeviceId, number>;
}

/** How many may wait for what they name, before the oldest are dropped (they come again with the next exchange). */
const POOL = 5000;

export const itemOf = (signed: Signed): PackItem => ({
  type: signed.lane === 'record' ? ITEM.record : ITEM.statement,
  bytes: signed.bytes,
});

export const createLedger = (space: SpaceId, verifier: Verifier): Ledger => {
  const records = createRecordSet(space);
  const statementsByDevice = new Map<DeviceId, Signed[]>();
  const statementById = new Map<SignedId, Signed>();
  let pool: Signed[] = [];
  let understood: Map<DocumentId, Statement[]> | null = null;

  const addStatement = (signed: Signed): 'placed' | 'waiting' | 'refused' => {
    const view = records.membershipAt(signed.parents);
    if (!view) return 'waiting';
    if (!view.memberByDevice.has(signed.device)) return 'refused';
    const chain = statementsByDevice.get(signed.device) ?? [];
    if (signed.number > chain.length + 1) return 'waiting';
    if (signed.previous !== (chain[signed.number - 2]?.id ?? null)) return 'refused';
    if (signed.number <= chain.length) return 'refused';
    chain.push(signed);
    statementsByDevice.set(signed.device, chain);
    statementById.set(signed.id, signed);
    return 'placed';
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

  const take = async (items: readonly PackItem[], trusted: boolean): Promise<LedgerOutcome> => {
    const refused: RefusalType[] = [];
    const seen = new Set(pool.map((each) => each.id));
    const candidates: Signed[] = [];
    for (const item of items) {
      const lane: Lane | null = item.type === ITEM.record ? 'record' : item.type === ITEM.statement ? 'statement' : null;
      if (lane === null) continue;
      try {
        const signed = decodeSigned(space, lane, item.bytes);
        if (isKnown(signed) || seen.has(signed.id)) continue;
        seen.add(signed.id);
        candidates.push(signed);
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
        refused.push('Malformed');
      }
    }
    const checks = candidates.map(
      (signed) =>
        trusted || verifier.verify(fromHex(signed.device), signedMessage(space, signed.lane, signed.id), signed.signature),
    );
    const verdicts = await Promise.all(checks);
    candidates.forEach((signed, at) => {
      if (verdicts[at]) pool.push(signed);
      else refused.push('BadSignature');
    });
    const settled = settle();
    refused.push(...settled.refused);
    return { fresh: settled.fresh, refused, hasRecords: settled.fresh.some((each) => each.lane === 'record') };
  };

  const understand = (): Map<DocumentId, Statement[]> => {
    const byDocument = new Map<DocumentId, Statement[]>();
    const now = records.membership();
    for (const signed of statementById.values()) {
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

  return {
    records,
    take,
    add: (signed) => {
      pool.push(signed);
      if (!settle().fresh.includes(signed)) throw new Error('an own record does not fit its space');
    },
    lastStatement: (device) => statementsByDevice.get(device)?.at(-1),
    statements: (document) => (understood ??= understand()).get(document) ?? [],
    allStatements: () => [...statementById.values()],
    recordNumbers: () => {
      const numbers = new Map<DeviceId, number>();
      for (const record of records.all()) numbers.set(record.device, Math.max(record.number, numbers.get(record.device) ?? 0));
      return numbers;
    },
    statementNumbers: () => new Map([...statementsByDevice].map(([device, chain]) => [device, chain.length])),
  };
};
