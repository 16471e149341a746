/**
 * One device's copy of one space. Everything that changes it goes through one queue, and every step is the same:
 * look (prove), store (one strict transaction), then let it count, then tell. So a killed process loses nothing that
 * was acknowledged, and nothing counts, is shown as saved or is passed on before it is stored.
 */
import type * as Y from 'yjs';
import { prepareHash, type Verifier } from '../crypto/index.ts';
import { BytesError } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { deviceOf } from '../log/chain.ts';
import type { Identity } from '../log/identity.ts';
import { mayWrite } from '../log/intake.ts';
import { decodePack, type PackItem } from '../log/pack.ts';
import { copySession } from '../log/session.ts';
import type { DocumentId, Receipt } from '../log/types.ts';
import { createAuthor } from './author.ts';
import { createCatchUp } from './catch-up.ts';
import { createCore } from './core.ts';
import type { Environment } from './environment.ts';
import type { FullReplica } from './full-replica.ts';
import { createHolding } from './holding.ts';
import { itemOf } from './ledger.ts';
import { createRebuild } from './rebuild.ts';
import { createReceiptCount } from './receipt.ts';
import type { ReplicaError } from './replica-types.ts';
import { lacking } from './serve.ts';
import { createSharing } from './sharing.ts';
import { createSignedVectors } from './signed-vectors.ts';
import type { Storage } from './storage.ts';
import { createTaking } from './taking.ts';
import { createWriting, type Writing } from './writing.ts';

export { type FullReplica, OTHER_TAB } from './full-replica.ts';

/** Times that a snapshot is tried while somebody types. */
const SNAPSHOT_TRIES = 5;

export const openReplica = async (
  storage: Storage,
  identity: Identity,
  verifier: Verifier,
  environment: Environment,
): Promise<Result<FullReplica, ReplicaError>> => {
  await prepareHash();
  const core = createCore(storage, identity, verifier, environment, {
    typed: () => writing.typed(),
    // what was typed elsewhere and before is stored first
    broken: () => void writing.flush().then(() => core.end({ type: 'SessionEnded' })),
  });
  const { space, device, rows, ledger, intake, recent, open, snapshots, inTurn } = core;
  const { records } = ledger;
  const holding = createHolding(core);
  const sharing = createSharing(core, holding);
  const signedVectors = createSignedVectors(core, sharing);
  const rebuilding = createRebuild(core, {
    flushNow: () => writing.flushNow(),
    client: () => writing.client,
    startAnew: () => writing.startAnew(),
  });
  const writing: Writing = await createWriting(core, {
    sharing,
    rebuild: rebuilding.rebuild,
  });
  const taking = createTaking(core, { holding, rebuilding, rightsChanged: writing.rightsChanged });
  const catchUp = createCatchUp(core, taking, rebuilding);

  const restored = await snapshots.restore();
  if (!restored.ok) return restored;
  const shared = await sharing.restore();
  if (!shared.ok) return shared;
  const said = await signedVectors.restore();
  if (!said.ok) return said;
  const loaded = await catchUp('loading');
  if (!loaded.ok) return loaded;
  writing.begin();

  const openDocument = async (id: DocumentId): Promise<Result<Y.Doc, ReplicaError>> => {
    if (core.ended) return err(core.ended);
    const live = open.get(id);
    if (live) return ok(live);
    if (!records.membership().documents.has(id)) return err({ type: 'UnknownDocument' });
    const stored = await snapshots.readDocument(id);
    if (!stored.ok) return stored;
    const update = intake.documents.get(id)?.takeUpdate();
    const updates = [stored.value, update].filter((each) => each !== null && each !== undefined);
    return ok(open.open(id, writing.client, updates));
  };

  const author = createAuthor({
    core,
    catchUp: () => catchUp('own'),
    sharing,
    done: (signed) => {
      taking.announce([signed], [], []);
      core.tellFresh({ items: [itemOf(signed)], segments: [], from: null });
    },
  });

  const snapshot = async (): Promise<Result<null, ReplicaError>> => {
    const noted = await sharing.store();
    if (!noted.ok) return noted;
    const said = await signedVectors.store();
    if (!said.ok) return said;
    for (let tries = 0; tries < SNAPSHOT_TRIES; tries++) {
      const flushed = await writing.flushNow();
      if (!flushed.ok) return flushed;
      const caught = await catchUp('own');
      if (!caught.ok) return caught;
      const written = await snapshots.write();
      if (!written.ok) return written;
      if (written.value === 'written') break;
    }
    return ok(null);
  };

  const takeAll = async (
    packs: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<Result<Receipt, ReplicaError>> => {
    const count = createReceiptCount(records);
    for await (const pack of packs) {
      let items: readonly PackItem[] = [];
      try {
        items = decodePack(pack);
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
        count.refuse('Malformed');
      }
      const taken = await replica.takeItems(items, null, pack);
      if (!taken.ok) return taken;
      count.add(taken.value.receipt);
      await environment.breathe();
    }
    return ok(count.sum(intake.waiting() + taking.held));
  };

  const past: FullReplica['past'] = async (documents) => {
    const flushed = await writing.flushNow();
    return flushed.ok ? core.readPast(new Set(documents)) : flushed;
  };

  const replica: FullReplica = {
    spaceId: space,
    device,
    get identity() {
      return core.identity;
    },
    verifier,
    signer: core.signer,
    me: core.me,
    membership: () => records.membership(),
    statements: (document) => ledger.statements(document),
    signed: () => ({ records: records.all(), statements: ledger.allStatements() }),
    openDocument: (id) => inTurn(() => openDocument(id)),
    mayWrite: (id) => mayWrite(device, records.membership(), records.membership(), id) === true,
    writerOf: (client) => {
      if (client === writing.client) return core.me()?.member ?? null;
      for (const session of intake.sessions.values())
        if (session.tables.client === client && !intake.voided.has(session.id))
          return records.membership().memberByDevice.get(deviceOf(session.id)) ?? null;
      return null;
    },
    ...author,
    flush: writing.flush,
    past: (documents) => inTurn(() => past(documents)),
    take: takeAll,
    takeItems: (items, from, packed) => inTurn(() => taking.take({ items, from, source: 'others', packed })),
    takeLive: (items, live, from) => inTurn(() => taking.take({ items, live, from, source: 'others' })),
    catchUp: () => inTurn(() => catchUp('own')),
    progress: sharing.progress,
    unshared: sharing.unshared,
    reached: sharing.reached,
    missing: sharing.missing,
    recent: (limit) => {
      const { memberByDevice } = records.membership();
      return recent.list(limit).flatMap((change) => {
        const member = memberByDevice.get(change.device);
        return member === undefined ? [] : [{ ...change, member }];
      });
    },
    on: core.on,
    onFresh: core.onFresh,
    recordItems: () => records.all().map(itemOf),
    vector: holding.askedVector,
    tips: holding.tips,
    suspects: holding.suspects,
    suspect: holding.suspect,
    session: (id) => {
      const found = intake.sessions.get(id);
      return found ? copySession(found) : null;
    },
    boxKeyOf: (of) => records.membership().boxKeyByDevice.get(of) ?? null,
    knownVector: sharing.knownVector,
    heard: sharing.heard,
    signedVectors,
    signVector: () => signedVectors.sign(holding.vector()),
    lacking: (theirs) => {
      core.tell({ type: 'passed' });
      const here = { space, rows, ledger, vector: holding.vector() };
      return lacking({ ...here, isForked: (session) => intake.forked.has(session) }, theirs);
    },
    snapshot: () => inTurn(snapshot),
    adopt: (next) => {
      core.identity = next;
    },
    close: async () => {
      writing.stop();
      sharing.stop();
      await replica.snapshot();
      core.fallSilent();
      await inTurn(async () => {
        core.end({ type: 'SessionEnded' });
        open.close();
      });
    },
  };
  return ok(replica);
};
