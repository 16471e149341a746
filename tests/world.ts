/** Small worlds for tests: people with devices of their own, on memory, with a clock and dice that a seed decides. */
import { createVerifier, sha256, stretch } from '../src/crypto/index.ts';
import type { Result } from '../src/lib/result.ts';
import { createDeviceKeys } from '../src/log/identity.ts';
import type { DocumentId, GroupId, Role } from '../src/log/types.ts';
import { createMemoryStorage, type MemoryStorage } from '../src/storage/memory.ts';
import type { Environment } from '../src/sync/environment.ts';
import { openInvites } from '../src/sync/invites.ts';
import { type FullReplica, openReplica } from '../src/sync/replica.ts';
import { askToJoin, foundSpace, joinSpace } from '../src/sync/start.ts';

/** Unwraps what a test expects to succeed. */
export const value = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(`expected success: ${JSON.stringify(result.error)}`);
  return result.value;
};

/** Bytes and numbers that a seed decides. */
export const createDice = (seed: number) => {
  let counter = 0;
  const random = (length: number): Uint8Array => {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      out.set(sha256(new TextEncoder().encode(`${seed}/${counter++}`)).subarray(0, length - at), at);
    }
    return out;
  };
  const below = (limit: number): number => {
    const [a = 0, b = 0, c = 0, d = 0] = random(4);
    return Math.floor(((a * 0x1000000 + b * 0x10000 + c * 0x100 + d) / 0x1_0000_0000) * limit);
  };
  return { random, below, pick: <T>(items: readonly T[]): T => items[below(items.length)] as T };
};

export interface TestEnvironment extends Environment {
  /** lets time pass, and runs what was planned for it */
  pass(milliseconds: number): void;
  minutes(count: number): void;
}

export const createEnvironment = (seed: number): TestEnvironment => {
  const planned = new Map<() => void, number>();
  let now = Date.UTC(2026, 10, 23, 9);
  return {
    random: createDice(seed).random,
    subtle: crypto.subtle,
    now: () => now,
    after: (milliseconds, run) => {
      const once = (): void => run();
      planned.set(once, now + milliseconds);
      return () => planned.delete(once);
    },
    stretch,
    breathe: () => Promise.resolve(),
    pass: (milliseconds) => {
      now += milliseconds;
      for (const [run, due] of [...planned]) {
        if (due > now) continue;
        planned.delete(run);
        run();
      }
    },
    minutes: (count) => {
      now += count * 60_000;
    },
  };
};

export interface Person {
  readonly replica: FullReplica;
  readonly storage: MemoryStorage;
  readonly environment: TestEnvironment;
}

const GROUP = { name: 'Dockers', region: 'Genoa', languages: ['it', 'en'], timeZone: 'Europe/Rome' };

export const found = async (seed = 1, space = 'Harbour to Hills', name = 'Alice'): Promise<Person> => {
  const environment = createEnvironment(seed);
  const storage = createMemoryStorage();
  const verifier = createVerifier(environment.subtle);
  const replica = value(await foundSpace(storage, { space, name, group: GROUP }, verifier, environment));
  return { replica, storage, environment };
};

export const join = async (
  organizer: Person,
  seed: number,
  name: string,
  group: string,
  role: Role = 'member',
): Promise<Person> => {
  const invites = value(await openInvites(organizer.storage, organizer.replica, organizer.environment));
  const invite = invites.inviteOf(value(await invites.create({ role, until: 0, isDoor: false, hubs: [] })));
  const environment = createEnvironment(seed);
  const storage = createMemoryStorage();
  const asking = { keys: createDeviceKeys(environment.random), invite, name, group, languages: [] };
  const request = await askToJoin(asking, environment);
  const { answer } = value(await invites.admit(value(await invites.read(request))));
  const verifier = createVerifier(environment.subtle);
  const replica = value(await joinSpace(storage, asking, answer, verifier, environment));
  return { replica, storage, environment };
};

/** The same device after its process was killed: what was acknowledged, and nothing else. */
export const restart = async (person: Person): Promise<Person> => {
  const storage = createMemoryStorage(person.storage.disk);
  const verifier = createVerifier(person.environment.subtle);
  const replica = value(await openReplica(storage, person.replica.identity, verifier, person.environment));
  return { ...person, storage, replica };
};

/** Brings `to` everything that `from` has and it lacks. */
export const carry = async (from: Person, to: Person) =>
  value(await to.replica.take(from.replica.lacking(to.replica.vector()).packs()));

export const paletteOf = async (person: Person, owner?: GroupId): Promise<DocumentId> => {
  const group = owner ?? person.replica.me()?.group;
  if (!group) throw new Error('nobody yet');
  return value(
    await person.replica.createDocument({ kind: 'talking-points', owner: group, parent: null, writers: 'members' }),
  );
};
