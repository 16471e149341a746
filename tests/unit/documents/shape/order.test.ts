import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byOrder, keyBetween, LAST, parseOrder, place } from '../../../../src/documents/shape/order.ts';
import type { Placed } from '../../../../src/documents/shape/order.ts';

const apply = (list: readonly Placed<string>[], writes: readonly Placed<string>[]): Placed<string>[] => {
  const orderById = new Map([...list, ...writes].map(({ id, order }) => [id, order]));
  return [...orderById].map(([id, order]) => ({ id, order })).sort(byOrder);
};

describe('order keys', () => {
  it('there is a valid key between any two', () => {
    const key = fc.stringMatching(/^[0-9A-Za-z]{0,6}[1-9A-Za-z]$/);
    fc.assert(
      fc.property(key, key, (a, b) => {
        fc.pre(a !== b);
        const [low, high] = a < b ? [a, b] : [b, a];
        for (const [from, to] of [
          [low, high],
          ['', low],
          [high, null],
        ] as const) {
          const between = keyBetween(from, to);
          expect(parseOrder(between)).toBe(between);
          expect(between > from).toBe(true);
          if (to !== null) expect(between < to).toBe(true);
        }
      }),
    );
  });

  it('any sequence of placements gives the order that a plain list gives', () => {
    const move = fc.record({ id: fc.nat(9), before: fc.option(fc.nat(9)) });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let list: Placed<string>[] = [];
        const plain: string[] = [];
        for (const move of moves) {
          const id = String(move.id);
          const before = move.before === null || move.before === move.id ? null : String(move.before);
          list = apply(list, place(list, id, before));
          if (plain.includes(id)) plain.splice(plain.indexOf(id), 1);
          const at = before === null ? -1 : plain.indexOf(before);
          plain.splice(at === -1 ? plain.length : at, 0, id);
          expect(list.map((item) => item.id)).toEqual(plain);
        }
      }),
    );
  });

  it('finds a place between two that share a key, as merging makes them', () => {
    const list = ['a', 'b', 'c'].map((id) => ({ id, order: 'V' }));
    expect(apply(list, place(list, 'new', 'b')).map((item) => item.id)).toEqual(['a', 'new', 'b', 'c']);
  });

  it('finds a place among keys that a stranger has made unreadable', () => {
    const list = [
      { id: 'a', order: 'V' },
      { id: 'b', order: parseOrder({}) },
      { id: 'c', order: parseOrder('\u{10FFFF}') },
    ];
    expect(list[1]?.order).toBe(LAST);
    for (const before of ['a', 'b', 'c', null]) {
      const ids = apply(list, place(list, 'new', before)).map((item) => item.id);
      expect(ids.filter((id) => id !== 'new')).toEqual(['a', 'b', 'c']);
      expect(ids[ids.indexOf('new') + 1] ?? null).toBe(before ?? 'b');
    }
  });

  it('writes one key for a usual move, and keeps keys short over a thousand appends and a thousand squeezes', () => {
    let list: Placed<string>[] = [];
    for (let n = 0; n < 1000; n++) {
      const writes = place(list, `end${n}`, null);
      expect(writes.length).toBe(1);
      list = apply(list, writes);
    }
    for (let n = 0; n < 1000; n++) list = apply(list, place(list, `squeezed${n}`, 'end500'));
    expect(list.map((item) => item.id).slice(500, 502)).toEqual(['squeezed0', 'squeezed1']);
    expect(Math.max(...list.map((item) => item.order.length))).toBeLessThanOrEqual(48);
  });
});
