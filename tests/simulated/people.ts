/** Members of one space with real replicas and exchanges, in memory and in virtual time. */
import { createVerifier, stretch, type Verifier } from '../../src/crypto/index.ts';
import { toHex } from '../../src/lib/bytes.ts';
import { createDeviceKeys } from '../../src/log/identity.ts';
import { createMemoryStorage, type MemoryStorage } from '../../src/storage/memory.ts';
import type { Environment } from '../../src/sync/environment.ts';
import { openInvites } from '../../src/sync/invites.ts';
import { type FullReplica, openReplica } from '../../src/sync/replica.ts';
import { askToJoin, foundSpace, joinSpace } from '../../src/sync/start.ts';
import { createDice, value } from '../world.ts';
import type { Clock } from './clock.ts';

export interface Member {
  readonly replica: FullReplica;
  readonly storage: MemoryStorage;
  readonly environment: Environment;
}

export interface People {
  readonly members: readonly Member[];
  /** Waits until nobody computes anything any more. */
  readonly settle: () => Promise<void>;
  /** The same device after its process was killed: what was stored, and nothing else. */
  restart(member: Member): Promise<Member>;
}

const GROUP = { name: 'Dockers', region: 'Genoa', languages: ['it', 'en'], timeZone: 'Europe/Rome' };

export const createPeople = async (clock: Clock, count: number, seed: number): Promise<People> => {
  const { verifier, settle } = createSharedVerifier();
  const environmentOf = (number: number): Environment => ({
    random: createDice(seed * 1000 + number).random,
    // signing in JavaScript ends within its turn of the event loop, as virtual time needs it
    subtle: null,
    now: () => clock.now(),
    after: (milliseconds, run) => clock.after(milliseconds, run),
    stretch,
    breathe: () => Promise.resolve(),
  });
  const environment = environmentOf(0);
  const storage = createMemoryStorage();
  const founder = { space: 'Harbour to Hills', name: 'Alice', group: GROUP };
  const alice = value(await foundSpace(storage, founder, verifier, environment));
  const members: Member[] = [{ replica: alice, storage, environment }];
  const invites = value(await openInvites(storage, alice, environment));
  for (let number = 1; number < count; number++) {
    const invite = invites.inviteOf(value(await invites.create({ role: 'member', until: 0, isDoor: false, hubs: [] })));
    const own = environmentOf(number);
    const asking = {
      keys: createDeviceKeys(own.random),
      invite,
      name: `Member ${number}`,
      group: `Group ${number % 12}`,
      languages: [],
    };
    const request = await askToJoin(asking, own);
    const { answer } = value(await invites.admit(value(await invites.read(request))));
    const disk = createMemoryStorage();
    const replica = value(await joinSpace(disk, asking, answer, verifier, own));
    members.push({ replica, storage: disk, environment: own });
  }
  return {
    members,
    settle,
    restart: async (member) => {
      const disk = createMemoryStorage(member.storage.disk);
      const replica = value(await openReplica(disk, member.replica.identity, verifier, member.environment));
      return { ...member, storage: disk, replica };
    },
  };
};

/** Everybody's one verifier: each signature is checked once, though all ask. It knows whether somebody waits for it. */
const createSharedVerifier = (): { readonly verifier: Verifier; readonly settle: () => Promise<void> } => {
  const inner = createVerifier(crypto.subtle);
  const known = new Map<string, Promise<boolean>>();
  let pending = 0;
  let asked = 0;
  return {
    verifier: {
      native: true,
      verify: (publicKey, message, signature) => {
        asked += 1;
        const key = `${toHex(publicKey)}${toHex(signature)}${toHex(message)}`;
        const before = known.get(key);
        if (before) return before;
        pending += 1;
        const verdict = inner.verify(publicKey, message, signature).finally(() => (pending -= 1));
        known.set(key, verdict);
        return verdict;
      },
      get count() {
        return asked;
      },
    },
    settle: async () => {
      do await new Promise((resolve) => setImmediate(resolve));
      while (pending > 0);
    },
  };
};
