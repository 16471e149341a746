import { describe, expect, it } from 'vitest';
import { neighbourAfter } from '../../../../src/app/company/neighbour.ts';

const shown = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

describe('one of several, moved by one place', () => {
  it('stands before what was before it when it goes up', () => {
    expect(neighbourAfter(shown, 'b', -1)).toBe('a');
    expect(neighbourAfter(shown, 'c', -1)).toBe('b');
  });

  it('stands before what is two further on when it goes down, and at the end as the last but one', () => {
    expect(neighbourAfter(shown, 'a', 1)).toBe('c');
    expect(neighbourAfter(shown, 'b', 1)).toBe(null);
  });

  it('cannot go beyond either end, nor when it is not shown', () => {
    expect(neighbourAfter(shown, 'a', -1)).toBe(undefined);
    expect(neighbourAfter(shown, 'c', 1)).toBe(undefined);
    expect(neighbourAfter(shown, 'z', 1)).toBe(undefined);
  });
});
