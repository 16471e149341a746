/** What each kind of vector is put to, and what comes out, as plain JSON. */
import * as v from 'valibot';
import { createBoxKeys, createSigningKeys, createVerifier } from '../../../src/crypto/index.ts';
import { BytesError, fromHex, toHex } from '../../../src/lib/bytes.ts';
import { createTables, decodeEntry } from '../../../src/log/entry.ts';
import { decodeIdentity } from '../../../src/log/identity.ts';
import { decodeInvite, inviteIdOf, openAnswer, openRequest } from '../../../src/log/invite.ts';
import { decodePack, ITEM } from '../../../src/log/pack.ts';
import { decodeSegment } from '../../../src/log/segment.ts';
import type { DeviceId, SpaceId } from '../../../src/log/types.ts';
import { createMemoryStorage } from '../../../src/storage/memory.ts';
import { createLedger } from '../../../src/sync/ledger.ts';
import { createLiveReader } from '../../../src/sync/live-entries.ts';
import { openReplica } from '../../../src/sync/replica.ts';
import { readDevices } from '../../../src/sync/spread.ts';
import { createEnvironment, value } from '../../world.ts';

const hex = v.pipe(v.string(), v.regex(/^([0-9a-f]{2})*$/));
const base = { name: v.pipe(v.string(), v.regex(/^(accept|refuse|wait)-/)), about: v.string(), outcome: v.unknown() };

export const vectorSchema = v.variant('kind', [
  v.object({
    ...base,
    kind: v.literal('entry'),
    client: v.number(),
    entries: v.array(v.object({ skeleton: hex, content: hex })),
  }),
  v.object({ ...base, kind: v.literal('segment'), bytes: hex }),
  v.object({ ...base, kind: v.literal('pack'), bytes: hex }),
  v.object({
    ...base,
    kind: v.literal('signed'),
    space: hex,
    records: v.array(hex),
    statements: v.array(hex),
    document: hex,
  }),
  v.object({ ...base, kind: v.literal('invite'), bytes: hex }),
  v.object({
    ...base,
    kind: v.literal('request'),
    space: hex,
    seed: hex,
    boxSecret: hex,
    inviteSecret: hex,
    bytes: hex,
  }),
  v.object({ ...base, kind: v.literal('answer'), invite: hex, device: hex, boxSecret: hex, bytes: hex }),
  v.object({
    ...base,
    kind: v.literal('live'),
    /** bodies of messages that one link brings, one after the other */
    messages: v.array(v.object({ type: v.picklist(['live', 'holds', 'prune', 'graft']), body: hex })),
  }),
  v.object({ ...base, kind: v.literal('log'), identity: hex, packs: v.array(hex) }),
]);
export type Vector = v.InferOutput<typeof vectorSchema>;

/** JSON with bytes as hex and keys in order. */
const plain = (thing: unknown): unknown =>
  JSON.parse(
    JSON.stringify(thing, (_, inner: unknown) => {
      if (inner instanceof Uint8Array) return toHex(inner);
      if (inner instanceof Map) return [...(inner as Map<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1));
      return inner;
    }),
  );

const guarded = (read: () => unknown): unknown => {
  try {
    return plain(read());
  } catch (error) {
    if (error instanceof BytesError) return { error: error.message };
    throw error;
  }
};

export const outcomeOf = async (vector: Vector): Promise<unknown> => {
  const verifier = createVerifier(null);
  switch (vector.kind) {
    case 'entry':
      return guarded(() => {
        const tables = createTables(vector.client, 100);
        const all = vector.entries.map(({ skeleton, content }) =>
          decodeEntry(tables, { skeleton: fromHex(skeleton), content: fromHex(content) }),
        );
        return all.at(-1);
      });
    case 'segment':
      return guarded(() => decodeSegment(fromHex(vector.bytes)));
    case 'pack':
      return guarded(() => decodePack(fromHex(vector.bytes)));
    case 'signed': {
      const space = vector.space as SpaceId;
      const ledger = createLedger(space, verifier);
      const items = [
        ...vector.records.map((bytes) => ({ type: ITEM.record, bytes: fromHex(bytes) })),
        ...vector.statements.map((bytes) => ({ type: ITEM.statement, bytes: fromHex(bytes) })),
      ];
      const { fresh, refused } = await ledger.take(items, false);
      const { spaceName, groups, members, documents, doors } = ledger.records.membership();
      return plain({
        placed: fresh.map((each) => each.id).sort(),
        refused: [...refused].sort(),
        state: { spaceName, groups, members, documents, doors },
        statements: ledger.statements(vector.document as never),
      });
    }
    case 'invite':
      return plain(decodeInvite(fromHex(vector.bytes)));
    case 'request': {
      const space = vector.space as SpaceId;
      const organizer = toHex(createSigningKeys(fromHex(vector.seed)).publicKey) as DeviceId;
      const secret = fromHex(vector.inviteSecret);
      const secretOf = (id: string) => (id === String(inviteIdOf(space, secret)) ? secret : null);
      const box = createBoxKeys(fromHex(vector.boxSecret));
      return plain(await openRequest(space, organizer, box, verifier, secretOf, fromHex(vector.bytes)));
    }
    case 'answer': {
      const invite = value(decodeInvite(fromHex(vector.invite)));
      const box = createBoxKeys(fromHex(vector.boxSecret));
      return plain(await openAnswer(invite, vector.device as DeviceId, box, verifier, fromHex(vector.bytes)));
    }
    case 'live':
      return guarded(() => {
        const reader = createLiveReader();
        return vector.messages.map(({ type, body }) => {
          if (type === 'live') return reader.decode(fromHex(body));
          return type === 'holds' ? reader.decodeHolds(fromHex(body)) : readDevices(fromHex(body));
        });
      });
    case 'log': {
      const identity = decodeIdentity(fromHex(vector.identity));
      const replica = value(await openReplica(createMemoryStorage(), identity, verifier, createEnvironment(1)));
      const receipt = value(await replica.take(vector.packs.map((bytes) => fromHex(bytes))));
      const texts: [string, string][] = [];
      for (const id of replica.membership().documents.keys()) {
        texts.push([
          id,
          value(await replica.openDocument(id))
            .getText('text')
            .toJSON(),
        ]);
      }
      const { waiting, refused } = receipt;
      return plain({ waiting, refused, texts: texts.sort() });
    }
  }
};
