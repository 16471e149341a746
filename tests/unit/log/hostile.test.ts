/** Readers of foreign bytes under mutation: nothing but BytesError, in little time. Seeds are printed on failure. */
import { describe, expect, it } from 'vitest';
import { BytesError, Reader, utf8, Writer } from '../../../src/lib/bytes.ts';
import { copyTables, createTables, decodeEntry, encodeEntry, type EntryBytes } from '../../../src/log/entry.ts';
import { decodePack, encodePack, ITEM } from '../../../src/log/pack.ts';
import { decodeSegment, encodeSegment } from '../../../src/log/segment.ts';
import { decodeSigned } from '../../../src/log/signed.ts';
import { endOfUnits } from '../../../src/log/text-units.ts';
import { readValue, type Value, writeValue } from '../../../src/log/value.ts';
import { readVector } from '../../../src/log/vector.ts';
import { itemOf } from '../../../src/sync/ledger.ts';
import { createLiveReader, createLiveWriter } from '../../../src/sync/live-entries.ts';
import { readPresence } from '../../../src/sync/presence.ts';
import { decodeGreeting } from '../../../src/sync/wire.ts';
import { type Chance, createChance, createRandomSpace } from './random-space.ts';
import { cutChain } from './craft.ts';

const random = createRandomSpace(5, 50);
const count = Number(process.env['WEFT_COUNT'] ?? 1) * 1000;
const first = Number(process.env['WEFT_SEED'] ?? 1);

const mutate = (bytes: Uint8Array, chance: Chance): Uint8Array => {
  let out = bytes.slice();
  for (let i = chance.below(4); i >= 0; i--) {
    const at = chance.below(out.length + 1);
    const what = chance.below(6);
    if (what === 0) out = out.slice(0, at);
    else if (what === 1) out = Uint8Array.from([...out.subarray(0, at), chance.below(256), ...out.subarray(at)]);
    else if (what === 2) out = Uint8Array.from([...out.subarray(0, at), ...out.subarray(at + 1 + chance.below(5))]);
    else if (what === 3) out.fill(0xff, at, at + 1 + chance.below(9));
    else if (at < out.length) out[at] = what === 4 ? chance.below(256) : (out[at] as number) ^ (1 << chance.below(8));
  }
  return out;
};

/** Runs a reader over mutations; what it takes must be taken in little time, what it refuses by BytesError alone. */
const hammer = (samples: readonly Uint8Array[], read: (bytes: Uint8Array, sample: number) => unknown): number => {
  let taken = 0;
  for (let round = 0; round < count; round++) {
    const seed = first * 1_000_003 + round;
    const chance = createChance(seed);
    const sample = chance.below(samples.length);
    const bytes = mutate(samples[sample] as Uint8Array, chance);
    const started = performance.now();
    try {
      read(bytes, sample);
      taken += 1;
    } catch (error) {
      if (!(error instanceof BytesError)) throw new Error(`seed ${seed}`, { cause: error });
    }
    const took = performance.now() - started;
    if (took > 2000) throw new Error(`seed ${seed} took ${took} ms`);
  }
  return taken;
};

const segments = random.chains.map((chain) => cutChain(chain, 1, chain.entries.length));

describe('foreign bytes', () => {
  it('as records and statements', () => {
    const samples = random.signed.map((each) => each.bytes);
    hammer(samples, (bytes) => decodeSigned(random.founded.space, 'record', bytes));
  });

  it('as segments', () => {
    hammer(segments.map(encodeSegment), decodeSegment);
  });

  it('as packs', () => {
    const items = [
      ...random.signed.map(itemOf),
      ...segments.map((each) => ({ type: ITEM.segment, bytes: encodeSegment(each) })),
    ];
    hammer([encodePack(items), encodePack(items.slice(0, 2)), encodePack([])], decodePack);
  });

  it('as skeletons and contents of entries', () => {
    for (const part of ['skeleton', 'content'] as const) {
      const cases: { bytes: EntryBytes; tables: ReturnType<typeof createTables> }[] = [];
      for (const chain of random.chains) {
        const tables = createTables(chain.tables.client, chain.header.minute);
        for (const entry of chain.entries) {
          const before = copyTables(tables);
          try {
            decodeEntry(tables, entry);
          } catch {
            break; // a spoilt one
          }
          cases.push({ bytes: entry, tables: before });
        }
      }
      const taken = hammer(
        cases.map(({ bytes }) => bytes[part]),
        (bytes, at) => {
          const sample = cases[at] as (typeof cases)[number];
          const entry = decodeEntry(copyTables(sample.tables), { ...sample.bytes, [part]: bytes });
          // what is taken can be written again, and is taken again as the same
          const tables = copyTables(sample.tables);
          const again = decodeEntry(
            copyTables(sample.tables),
            encodeEntry(tables, entry.document, entry.minute, entry),
          );
          expect({ ...again, minute: 0 }).toEqual({ ...entry, minute: 0 });
        },
      );
      expect(taken).toBeGreaterThan(10);
    }
  });

  it('as values', () => {
    const values: Value[] = [
      null,
      undefined,
      true,
      -3,
      0.5,
      'words',
      [1, ['x']],
      { a: { b: [null] } },
      new Uint8Array([1, 2]),
      -0,
      NaN,
    ];
    const samples = values.map((value) => {
      const to = new Writer();
      writeValue(to, value);
      return to.finish();
    });
    hammer(samples, (bytes) => {
      const value = readValue(new Reader(bytes));
      const to = new Writer();
      writeValue(to, value);
      expect(readValue(new Reader(to.finish()))).toEqual(value);
    });
  });

  it('as text counted in UTF-16 units: the same as the platform’s own decoder', () => {
    const samples = ['plain', 'é🌊كلمة', '\u0000\uffff', '😀😀'].map(utf8);
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    hammer(samples, (bytes) => {
      let text: string | null = null;
      try {
        text = strict.decode(bytes);
      } catch {
        // ill-formed: then no count of units may fit it
      }
      if (text !== null) expect(endOfUnits(bytes, 0, bytes.length, text.length)).toBe(bytes.length);
      else for (let units = 0; units <= bytes.length; units++) expect(readsAll(bytes, units)).toBe(false);
    });
  });

  it('as what comes over a link', () => {
    const writer = createLiveWriter();
    const live = writer.encode(random.signed.slice(0, 2).map(itemOf), segments);
    hammer([live], (bytes) => createLiveReader().decode(bytes));
    hammer([new Uint8Array(200), live], readPresence);
    hammer([new Uint8Array(50)], decodeGreeting);
    hammer([new Uint8Array(300), live], (bytes) => readVector(new Reader(bytes)));
  });

  it('that would open to much are refused before it is there', () => {
    const started = performance.now();
    for (let at = 0; at < 200; at++) {
      const lying = new Writer()
        .u8(1)
        .varuint(1_000_000)
        .bytes(Uint8Array.of(0xed, 0xc1, 0x01))
        .finish();
      expect(() => decodePack(lying)).toThrow(BytesError);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

const readsAll = (bytes: Uint8Array, units: number): boolean => {
  try {
    return endOfUnits(bytes, 0, bytes.length, units) === bytes.length;
  } catch (error) {
    if (error instanceof BytesError) return false;
    throw error;
  }
};
