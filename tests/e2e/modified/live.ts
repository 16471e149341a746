/** A device without screens in a page: joins over the network and stays connected. */
import type * as Y from 'yjs';
import { createBrowserEnvironment } from '../../../src/app/environment.ts';
import { createJoinLive } from '../../../src/app/live/join-live.ts';
import type { LiveParts } from '../../../src/app/live/parts.ts';
import { createVerifier, openRandom, sealRandom, sha256 } from '../../../src/crypto/index.ts';
import { createWordValue, parseWord, type Word } from '../../../src/documents/agreement/words.ts';
import { fromHex } from '../../../src/lib/bytes.ts';
import { LOCAL } from '../../../src/log/capture.ts';
import { roomOf, roomPasswordOf } from '../../../src/log/epoch.ts';
import { createDeviceKeys } from '../../../src/log/identity.ts';
import { decodeInvite, fromText } from '../../../src/log/invite.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { createMemoryStorage } from '../../../src/storage/memory.ts';
import { createExchange, type Exchange } from '../../../src/sync/exchange.ts';
import type { FullReplica } from '../../../src/sync/replica.ts';
import { askToJoin, joinSpace } from '../../../src/sync/start.ts';
import { createTabsTransport } from '../../../src/transports/tabs.ts';
import { createWebrtcTransport } from '../../../src/transports/webrtc.ts';

const environment = createBrowserEnvironment();
const hash = (bytes: Uint8Array): Uint8Array => sha256(bytes);
const parts: LiveParts = {
  environment,
  locks: null,
  tabs: (room) => createTabsTransport({ room, random: environment.random, hash }),
  network: async ({ password, ...room }) => {
    const key = fromHex(password);
    return createWebrtcTransport({
      ...room,
      hash,
      sealSignal: (plain) => sealRandom(key, plain, environment.random),
      openSignal: (sealed) => openRandom(key, sealed),
    });
  },
};

const expected = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

export const createLive = () => {
  let replica: FullReplica | null = null;
  let exchange: Exchange | null = null;
  const here = (): FullReplica => {
    if (!replica) throw new Error('not in yet');
    return replica;
  };
  const first = (wanted: string): DocumentId => {
    const entry = [...here().membership().documents.values()].find(({ kind }) => kind === wanted);
    if (!entry) throw new Error(`no ${wanted} yet`);
    return entry.id;
  };
  const agreement = (): DocumentId => first('agreement');
  return {
    origin: LOCAL,
    join: async (text: string, name: string, group: string): Promise<string> => {
      const bytes = fromText('invite', text);
      if (!bytes) throw new Error('no invite');
      const invite = expected(decodeInvite(bytes));
      const asking = { keys: createDeviceKeys(environment.random), invite, name, group, languages: [] };
      const verifier = createVerifier(environment.subtle);
      const joinLive = createJoinLive(
        parts,
        async () => verifier,
        () => [],
      );
      const request = await askToJoin(asking, environment);
      const answer = expected(await joinLive(asking, request, new AbortController().signal));
      replica = expected(await joinSpace(createMemoryStorage(), asking, answer, verifier, environment));
      const epoch = replica.identity.epochs.at(-1);
      if (!epoch) throw new Error('no epoch');
      exchange = createExchange(replica, environment, {
        peers: () => undefined,
        presence: () => undefined,
        dropped: () => undefined,
      });
      const room = {
        room: roomOf(epoch),
        password: roomPasswordOf(epoch),
        signaling: invite.hubs,
        maxConns: 8,
      } as const;
      (await parts.network(room)).start(exchange);
      return replica.me()?.role ?? 'nobody';
    },
    first: async (wanted: 'talking-points' | 'agreement'): Promise<Y.Doc> =>
      expected(await here().openDocument(first(wanted))),
    flush: async () => expected(await here().flush()),
    /** All words about the first agreement, those too that count nowhere. */
    words: (): readonly { readonly id: string; readonly word: Word }[] =>
      here()
        .statements(agreement())
        .flatMap((said) => {
          const word = said.type === 'word' ? parseWord(said.kind, said.value) : null;
          return word === null ? [] : [{ id: said.id, word }];
        }),
    say: async (word: Word): Promise<string> =>
      expected(await here().say(agreement(), word.kind, expected(createWordValue(word)))),
    state: () => ({
      own: [...here().vector().sessions].filter(([id]) => id.startsWith(here().device)).length,
      peers: exchange?.peers().filter(({ device }) => device !== null).length ?? 0,
      incoming: exchange?.peers().reduce((sum, peer) => sum + peer.incoming, 0) ?? 0,
    }),
  };
};
