import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BytesError,
  compareBytes,
  concat,
  equalBytes,
  fromHex,
  Reader,
  toHex,
  utf8,
  Writer,
} from '../../../src/lib/bytes.ts';

const reading = (bytes: readonly number[]) => new Reader(Uint8Array.from(bytes));

describe('bytes', () => {
  it('come back as they were written, of every kind', () => {
    const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(
        number,
        fc.nat(0xffff),
        fc.nat(0xffffffff),
        fc.uint8Array(),
        fc.string({ unit: 'binary' }),
        (big, u16, u32, block, text) => {
          const bytes = new Writer(1)
            .u8(7)
            .u16(u16)
            .u32(u32)
            .u64(big)
            .varuint(big)
            .block(block)
            .text(text)
            .bytes(block)
            .finish();
          const from = new Reader(bytes);
          expect(from.u8()).toBe(7);
          expect(from.u16()).toBe(u16);
          expect(from.u32()).toBe(u32);
          expect(from.u64()).toBe(big);
          expect(from.varuint()).toBe(big);
          expect(from.block(1000)).toEqual(block);
          expect(from.text(4000)).toBe(text);
          expect(from.bytes(block.length)).toEqual(block);
          from.done();
        },
      ),
    );
  });

  it('have one form for each number: whatever is read is written the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 10 }), (bytes) => {
        const from = new Reader(bytes);
        let value: number;
        try {
          value = from.varuint();
        } catch (error) {
          expect(error).toBeInstanceOf(BytesError);
          return;
        }
        expect(new Writer().varuint(value).finish()).toEqual(bytes.subarray(0, from.at));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a needless last byte', [0x80, 0x00]],
    ['a needless last byte after much', [0xff, 0xff, 0x00]],
    ['54 bits', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f]],
    ['no end', [0x80, 0x80]],
    ['nine bytes', [0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x01]],
  ])('refuse a varuint of %s', (_why, bytes) => {
    expect(() => reading(bytes).varuint()).toThrow(BytesError);
  });

  it('take a varuint of 53 bits and no more', () => {
    const most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f];
    expect(reading(most).varuint()).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => new Writer().varuint(Number.MAX_SAFE_INTEGER + 1)).toThrow(BytesError);
    expect(() => new Writer().varuint(-1)).toThrow(BytesError);
    expect(() => new Writer().varuint(0.5)).toThrow(BytesError);
  });

  it('refuse a u64 over 53 bits', () => {
    expect(() => reading([0, 0x20, 0, 0, 0, 0, 0, 0]).u64()).toThrow('integer over 53 bits');
    expect(reading([0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).u64()).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('are never read past their end', () => {
    const from = reading([1, 2, 3]);
    expect(() => from.bytes(4)).toThrow('unexpected end');
    expect(() => from.bytes(-1)).toThrow('unexpected end');
    expect(() => from.u32()).toThrow('unexpected end');
    expect(() => reading([5, 1]).block(100)).toThrow('unexpected end');
    expect(() => reading([5, 1, 2, 3, 4, 5]).block(4)).toThrow('block over its limit');
    expect(() => new Reader(Uint8Array.of(1, 2, 3), 0, 2).bytes(3)).toThrow('unexpected end');
  });

  it('must be read to their end', () => {
    const from = reading([1, 2]);
    from.u8();
    expect(() => from.done()).toThrow('trailing bytes');
    from.u8();
    expect(() => from.done()).not.toThrow();
  });

  it.each([
    ['cut short', [1, 0xc3]],
    ['overlong', [2, 0xc0, 0x80]],
    ['a surrogate', [3, 0xed, 0xa0, 0x80]],
    ['beyond Unicode', [4, 0xf4, 0x90, 0x80, 0x80]],
  ])('refuse text that is %s', (_why, bytes) => {
    expect(() => reading(bytes).text(10)).toThrow('ill-formed UTF-8');
  });

  it('keep a byte order mark that somebody typed', () => {
    expect(new Reader(new Writer().text('\ufeffx').finish()).text(10)).toBe('\ufeffx');
  });

  it('are compared byte by byte, the shorter first', () => {
    const ordered = ['', '00', '0000', '01', '7f', '80', 'ff', 'ff00'].map(fromHex);
    for (let i = 0; i < ordered.length; i++) {
      for (let j = 0; j < ordered.length; j++) {
        const [a, b] = [ordered[i] as Uint8Array, ordered[j] as Uint8Array];
        expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(i - j));
        expect(equalBytes(a, b)).toBe(i === j);
      }
    }
  });

  it('join, and are seen as hex', () => {
    expect(toHex(concat(utf8('a'), new Uint8Array(0), Uint8Array.of(255)))).toBe('61ff');
    expect(() => fromHex('6')).toThrow();
  });
});
