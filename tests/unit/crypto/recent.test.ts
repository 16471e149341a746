import { describe, expect, it } from 'vitest';
import { createRecent } from '../../../src/crypto/recent.ts';

describe('createRecent', () => {
  it('keeps as many as it may and forgets what was longest not asked for', () => {
    const forgotten: number[] = [];
    const recent = createRecent<string, number>(2, (value) => forgotten.push(value));
    recent.set('a', 1);
    recent.set('b', 2);
    expect(recent.get('a')).toBe(1);
    recent.set('c', 3);
    expect(forgotten).toEqual([2]);
    expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([1, undefined, 3]);
    expect(recent.size).toBe(2);
  });

  it('sets a key again without forgetting another', () => {
    const recent = createRecent<string, number>(2);
    recent.set('a', 1);
    recent.set('b', 2);
    recent.set('a', 3);
    expect([recent.get('a'), recent.get('b'), recent.size]).toEqual([3, 2, 2]);
    recent.set('c', 4);
    recent.delete('c');
    expect([recent.get('c'), recent.size]).toEqual([undefined, 1]);
  });
});
