/** What every storage adapter must do. A world is one place to keep things in, new and empty for each test. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Storage, StorageError } from '../../src/sync/storage.ts';
import type { Result } from '../../src/lib/result.ts';

export interface StorageWorld {
  /** Opens the same place again and again. */
  open(): Promise<Result<Storage, StorageError>>;
  /** The next commit, in this world, meets a real failure after it has begun to write. */
  failNextCommit(): void;
  readonly failure: StorageError['type'];
  /** Somebody else takes the place away from the open storage. */
  takeAway(): Promise<void>;
  /** May two be open at once, as in two tabs? */
  readonly sharing: boolean;
  clean(): Promise<void>;
}

export const value = <T>(result: Result<T, StorageError>): T => {
  if (!result.ok) throw new Error(`storage said ${JSON.stringify(result.error)}`);
  return result.value;
};

const bytes = (...numbers: number[]): Uint8Array => new Uint8Array(numbers);

/** the same for the same seed, and different at every place */
const patterned = (length: number, seed: number): Uint8Array => {
  const out = new Uint8Array(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[i] = state >>> 24;
  }
  return out;
};

export const describeStorage = (name: string, createWorld: () => Promise<StorageWorld>): void => {
  describe(`storage: ${name}`, () => {
    let world: StorageWorld;
    let opened: Storage[];

    const open = async (): Promise<Storage> => {
      const storage = value(await world.open());
      opened.push(storage);
      return storage;
    };

    beforeEach(async () => {
      world = await createWorld();
      opened = [];
    });
    afterEach(async () => {
      for (const storage of opened) await storage.close();
      await world.clean();
    });

    test('gives back what was put, and null for what was not', async () => {
      const storage = await open();
      value(await storage.commit({ puts: [{ key: 'a', value: bytes(1, 2, 3) }] }));
      expect(value(await storage.get('a'))).toEqual(bytes(1, 2, 3));
      expect(value(await storage.get('b'))).toBeNull();
    });

    test('puts, deletes and puts again, each over a restart', async () => {
      for (const put of [bytes(1), null, bytes(2), bytes()]) {
        const storage = await open();
        value(await storage.commit(put ? { puts: [{ key: 'k', value: put }] } : { deletes: ['k'] }));
        await storage.close();
        const again = await open();
        expect(value(await again.get('k'))).toEqual(put);
        await again.close();
      }
    });

    test('works a step in the order puts, deletes, appends, drops; of two puts the later holds', async () => {
      const storage = await open();
      const [first = 0] = value(await storage.commit({ appends: [{ log: 'l', value: bytes(1) }] }));
      value(
        await storage.commit({
          puts: [
            { key: 'twice', value: bytes(1) },
            { key: 'twice', value: bytes(2) },
            { key: 'deleted', value: bytes(3) },
          ],
          deletes: ['deleted', 'never there'],
          drops: [
            { log: 'l', seqs: [first, first + 1000] },
            { log: 'no such log', seqs: [1, 2] },
            { log: 'l', seqs: [] },
          ],
        }),
      );
      expect(value(await storage.get('twice'))).toEqual(bytes(2));
      expect(value(await storage.get('deleted'))).toBeNull();
      expect(value(await storage.rows('l', 0, 10))).toEqual([]);
    });

    test('takes an empty step', async () => {
      const storage = await open();
      expect(value(await storage.commit({}))).toEqual([]);
      expect(value(await storage.commit({ puts: [], deletes: [], appends: [], drops: [] }))).toEqual([]);
      expect(value(await storage.list(''))).toEqual([]);
    });

    test('lists by prefix in the order of UTF-16 code units, edge characters included', async () => {
      const storage = await open();
      const keys = ['', 'a', 'a/', 'a/1', 'a/10', 'a/2', 'a/\u0000', 'a/\uffff', 'a/\uffff\uffff', 'a/\uffffx', 'a0'];
      keys.push(
        'b',
        '\u00e9',
        'e\u0301',
        '\ud83d\ude00',
        '\ud83d\ude01',
        '\uffff',
        '\uffff\uffff',
        '%2F',
        '..',
        'A',
        '\uffee',
      );
      value(await storage.commit({ puts: keys.map((key, index) => ({ key, value: bytes(index) })) }));

      const prefixes = [
        '',
        'a',
        'a/',
        'a/1',
        'a/\uffff',
        '\uffff',
        '\uffff\uffff',
        '\ud83d',
        '\ud83d\ude00',
        'zz',
        '.',
      ];
      for (const prefix of prefixes) {
        const expected = keys.filter((key) => key.startsWith(prefix)).sort();
        const found = value(await storage.list(prefix));
        expect(found.map(({ key }) => key)).toEqual(expected);
        expect(found.map((pair) => pair.value)).toEqual(expected.map((key) => bytes(keys.indexOf(key))));
      }
    });

    test('gives rows in order, after a seq, and at most as many as asked', async () => {
      const storage = await open();
      const append = (log: string, n: number) => ({ log, value: bytes(n) });
      const seqs = [
        ...value(await storage.commit({ appends: [append('a', 1), append('b', 2), append('a', 3)] })),
        ...value(await storage.commit({ appends: [append('a', 4), append('a\u0000', 5)] })),
      ];
      const [one = 0, , three = 0, four = 0] = seqs;
      expect([...seqs].sort((x, y) => x - y)).toEqual(seqs);

      const row = (seq: number, n: number) => ({ seq, value: bytes(n) });
      expect(value(await storage.rows('a', 0, 10))).toEqual([row(one, 1), row(three, 3), row(four, 4)]);
      expect(value(await storage.rows('a', 0, 2))).toEqual([row(one, 1), row(three, 3)]);
      expect(value(await storage.rows('a', one, 1))).toEqual([row(three, 3)]);
      expect(value(await storage.rows('a', four, 10))).toEqual([]);
      expect(value(await storage.rows('a', 0, 0))).toEqual([]);
      expect(value(await storage.rows('', 0, 10))).toEqual([]);
      expect(value(await storage.rows('a', 0, Infinity))).toHaveLength(3);
    });

    test('gives rows by seq in the order asked, null for one that is missing or of another log', async () => {
      const storage = await open();
      const seqs = value(
        await storage.commit({
          appends: [
            { log: 'a', value: bytes(1) },
            { log: 'b', value: bytes(2) },
            { log: 'a', value: bytes(3) },
          ],
        }),
      );
      const [one = 0, two = 0, three = 0] = seqs;
      expect(value(await storage.rowsAt('a', [three, 999_999, one, three, two]))).toEqual([
        { seq: three, value: bytes(3) },
        null,
        { seq: one, value: bytes(1) },
        { seq: three, value: bytes(3) },
        null,
      ]);
      expect(value(await storage.rowsAt('a', []))).toEqual([]);
    });

    test('drops rows of the log named and of no other', async () => {
      const storage = await open();
      const appends = [...'abab'].map((log, index) => ({ log, value: bytes(index) }));
      const seqs = value(await storage.commit({ appends }));
      value(await storage.commit({ drops: [{ log: 'a', seqs: seqs.slice(0, 2) }] }));
      expect(value(await storage.rows('a', 0, 10)).map(({ seq }) => seq)).toEqual([seqs[2]]);
      expect(value(await storage.rows('b', 0, 10)).map(({ seq }) => seq)).toEqual([seqs[1], seqs[3]]);
    });

    test('never gives a seq twice, after drops and restarts', async () => {
      let highest = 0;
      for (let round = 0; round < 4; round++) {
        const storage = await open();
        const appends = [1, 2, 3].map((n) => ({ log: 'l', value: bytes(n) }));
        const seqs = value(await storage.commit({ appends }));
        for (const seq of seqs) {
          expect(seq).toBeGreaterThan(highest);
          highest = seq;
        }
        value(await storage.commit({ drops: [{ log: 'l', seqs }] }));
        expect(value(await storage.rows('l', 0, 10))).toEqual([]);
        await storage.close();
      }
    });

    test('changes nothing where a step fails, and takes the next one', async () => {
      const storage = await open();
      const before = value(
        await storage.commit({
          puts: [
            { key: 'kept', value: bytes(1) },
            { key: 'changed', value: bytes(1) },
          ],
          appends: [{ log: 'l', value: bytes(1) }],
        }),
      );
      world.failNextCommit();
      const failed = await storage.commit({
        puts: [
          { key: 'changed', value: bytes(2) },
          { key: 'new', value: bytes(2) },
        ],
        deletes: ['kept'],
        appends: [{ log: 'l', value: bytes(2) }],
        drops: [{ log: 'l', seqs: before }],
      });
      expect(failed).toMatchObject({ ok: false, error: { type: world.failure } });

      const expectUnchanged = async (looked: Storage): Promise<void> => {
        expect(value(await looked.list(''))).toEqual([
          { key: 'changed', value: bytes(1) },
          { key: 'kept', value: bytes(1) },
        ]);
        expect(value(await looked.rows('l', 0, 10))).toEqual([{ seq: before[0], value: bytes(1) }]);
      };
      await expectUnchanged(storage);
      await storage.close();
      const again = await open();
      await expectUnchanged(again);
      value(await again.commit({ deletes: ['kept'] }));
      expect(value(await again.get('kept'))).toBeNull();
    });

    test('stores the exact bytes of a view and nothing around it', async () => {
      const storage = await open();
      const buffer = patterned(4096, 1);
      const view = buffer.subarray(100, 110);
      const [seq = 0] = value(
        await storage.commit({ puts: [{ key: 'v', value: view }], appends: [{ log: 'l', value: view }] }),
      );
      const [row] = value(await storage.rowsAt('l', [seq]));
      for (const found of [value(await storage.get('v')), row?.value]) {
        expect(found).toEqual(buffer.slice(100, 110));
        expect(found?.constructor).toBe(Uint8Array);
        expect(found?.buffer.byteLength).toBe(10);
      }
    });

    test('keeps the bytes of the moment of the call, and gives copies', async () => {
      const storage = await open();
      const given = bytes(1, 2, 3);
      const pending = storage.commit({ puts: [{ key: 'k', value: given }] });
      given.fill(9);
      value(await pending);
      value(await storage.get('k'))?.fill(8);
      expect(value(await storage.get('k'))).toEqual(bytes(1, 2, 3));
    });

    test('keeps values of 5 MB', async () => {
      const storage = await open();
      const large = patterned(5_000_000, 7);
      const [seq = 0] = value(
        await storage.commit({ puts: [{ key: 'large', value: large }], appends: [{ log: 'l', value: large }] }),
      );
      await storage.close();
      const again = await open();
      const [row] = value(await again.rowsAt('l', [seq]));
      for (const found of [value(await again.get('large')), row?.value])
        // compared by hand: a failure need not print megabytes
        expect(found?.length === large.length && found.every((byte, i) => byte === large[i])).toBe(true);
    });

    test('keeps 10,000 rows, gives them page by page, and drops every other one', async () => {
      const storage = await open();
      const written = Array.from({ length: 10_000 }, (_, i) => patterned(40 + (i % 60), i));
      const seqs = value(await storage.commit({ appends: written.map((row) => ({ log: 'many', value: row })) }));
      expect(new Set(seqs).size).toBe(10_000);
      await storage.close();

      const again = await open();
      const read: Uint8Array[] = [];
      for (let after = 0; ;) {
        const page = value(await again.rows('many', after, 1000));
        read.push(...page.map((row) => row.value));
        const last = page.at(-1);
        if (!last) break;
        after = last.seq;
      }
      // as text: comparing thousands of arrays byte by byte takes an assertion library seconds
      expect(read.map(String)).toEqual(written.map(String));

      const odd = seqs.filter((_, index) => index % 2 === 1);
      value(await again.commit({ drops: [{ log: 'many', seqs: odd }] }));
      const left = value(await again.rows('many', 0, 10_000));
      expect(left.map(({ seq }) => seq)).toEqual(seqs.filter((_, index) => index % 2 === 0));
      expect(value(await again.rowsAt('many', [seqs[1] ?? 0, seqs[2] ?? 0]))).toEqual([
        null,
        { seq: seqs[2], value: written[2] },
      ]);
    });

    test('keeps the order of commits that were not waited for', async () => {
      const storage = await open();
      const commits = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          storage.commit({ puts: [{ key: 'last', value: bytes(i) }], appends: [{ log: 'l', value: bytes(i) }] }),
        ),
      );
      const seqs = commits.flatMap(value);
      expect(value(await storage.rows('l', 0, 100))).toEqual(seqs.map((seq, i) => ({ seq, value: bytes(i) })));
      expect(value(await storage.get('last'))).toEqual(bytes(49));
    });

    test('tells once that it is gone, and then gives nothing but that', async () => {
      const storage = await open();
      let told = 0;
      storage.onGone(() => told++);
      await world.takeAway();
      const gone = { ok: false, error: { type: 'StorageGone' } };
      expect(await storage.commit({ puts: [{ key: 'k', value: bytes(1) }] })).toEqual(gone);
      expect(await storage.commit({})).toEqual(gone);
      expect(told).toBe(1);

      let late = 0;
      storage.onGone(() => late++);
      await Promise.resolve();
      expect(late).toBe(1);
      await storage.close();
      expect(told).toBe(1);
    });

    test('says that it is gone after its own close, without telling anybody', async () => {
      const storage = await open();
      let told = 0;
      storage.onGone(() => told++);
      await storage.close();
      await storage.close();
      const gone = { ok: false, error: { type: 'StorageGone' } };
      expect(await storage.get('k')).toEqual(gone);
      expect(await storage.list('')).toEqual(gone);
      expect(await storage.rows('l', 0, 1)).toEqual(gone);
      expect(await storage.rowsAt('l', [1])).toEqual(gone);
      expect(await storage.commit({ deletes: ['k'] })).toEqual(gone);
      expect(await storage.commitAfter('l', 0, { deletes: ['k'] })).toEqual(gone);
      expect(told).toBe(0);
    });

    test('commits after a row only where none is beyond it, and else does nothing', async () => {
      const storage = await open();
      const append = (last: number, log = 'l') =>
        storage.commitAfter(log, last, {
          puts: [{ key: 'last', value: bytes(last) }],
          appends: [{ log: 'l', value: bytes(1) }],
        });
      const [first = 0] = value(await append(0)) ?? [];
      expect(value(await append(0))).toBeNull();
      expect(value(await append(first - 1))).toBeNull();
      expect(value(await storage.get('last'))).toEqual(bytes(0));
      // another log's rows say nothing of this one
      const [second = 0] = value(await append(0, 'm')) ?? [];
      expect(value(await append(first))).toBeNull();
      const [third = 0] = value(await append(second)) ?? [];
      value(await storage.commit({ drops: [{ log: 'l', seqs: [third] }] }));
      expect(value(await append(second))).toHaveLength(1);
      expect(value(await storage.rows('l', 0, 9))).toHaveLength(3);
    });

    test('lets only one of several that go on from the same row come first', async () => {
      const one = await open();
      const two = world.sharing ? await open() : one;
      const add = async (storage: Storage, number: number): Promise<void> => {
        for (;;) {
          const last = value(await storage.rows('l', 0, 100)).at(-1);
          const next = bytes((last?.value[0] ?? 0) + 1, number);
          if (value(await storage.commitAfter('l', last?.seq ?? 0, { appends: [{ log: 'l', value: next }] }))) return;
        }
      };
      await Promise.all(Array.from({ length: 40 }, (_, number) => add(number % 2 ? one : two, number)));
      const rows = value(await one.rows('l', 0, 100)).map((row) => [...row.value]);
      expect(rows.map(([place]) => place)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
      expect(new Set(rows.map(([, number]) => number)).size).toBe(40);
    });

    test('lets two be open at once without mixing their steps, or refuses the second', async () => {
      const one = await open();
      if (!world.sharing) {
        expect(await world.open()).toEqual({ ok: false, error: { type: 'StorageFailed', name: 'Locked' } });
        value(await one.commit({ puts: [{ key: 'k', value: bytes(1) }] }));
        await one.close();
        expect(value(await (await open()).get('k'))).toEqual(bytes(1));
        return;
      }
      const two = await open();
      const committing = Array.from({ length: 40 }, (_, i) =>
        (i % 2 ? one : two).commit({
          puts: [
            { key: 'x', value: bytes(i) },
            { key: 'y', value: bytes(i) },
          ],
          appends: [
            { log: 'l', value: bytes(i) },
            { log: 'l', value: bytes(i) },
          ],
        }),
      );
      const seqs = (await Promise.all(committing)).flatMap(value);
      expect(new Set(seqs).size).toBe(80);
      const rows = value(await two.rows('l', 0, 100));
      expect(value(await one.rows('l', 0, 100))).toEqual(rows);
      expect(rows).toHaveLength(80);
      for (let i = 0; i < rows.length; i += 2) expect(rows[i]?.value).toEqual(rows[i + 1]?.value);
      expect(value(await one.get('x'))).toEqual(value(await two.get('y')));
    });
  });
};
