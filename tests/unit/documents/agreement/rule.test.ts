import { describe, expect, it } from 'vitest';
import { DEFAULT_RULE, meetsThreshold, parseRule } from '../../../../src/documents/agreement/rule.ts';

describe('a rule', () => {
  it('is read as it was written', () => {
    const rule = {
      method: 'majority',
      threshold: { parts: 3, of: 4 },
      share: 'parties',
      mostStandAsides: 2,
      quorum: 5,
      standing: 'adopters',
      emergency: { allowed: true, groups: 2, hours: 48, reviewDays: 14 },
    };
    expect(parseRule(rule)).toEqual(rule);
    expect(parseRule(JSON.parse(JSON.stringify(DEFAULT_RULE)))).toEqual(DEFAULT_RULE);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a field too many', { ...DEFAULT_RULE, more: 1 }],
    ['a field missing', { method: 'consent' }],
    ['an unknown method', { ...DEFAULT_RULE, method: 'lot' }],
    ['an unknown standing', { ...DEFAULT_RULE, standing: 'some' }],
    ['an unknown share', { ...DEFAULT_RULE, share: 'all' }],
    ['a broken limit of groups that stand aside', { ...DEFAULT_RULE, mostStandAsides: -1 }],
    ['a threshold below one half', { ...DEFAULT_RULE, threshold: { parts: 1, of: 3 } }],
    ['a threshold above all', { ...DEFAULT_RULE, threshold: { parts: 4, of: 3 } }],
    ['a broken number', { ...DEFAULT_RULE, quorum: 1.5 }],
    ['a quorum below none', { ...DEFAULT_RULE, quorum: -1 }],
    ['an emergency of nobody', { ...DEFAULT_RULE, emergency: { allowed: true, groups: 0, hours: 1, reviewDays: 1 } }],
    [
      'numbers of an emergency that is not allowed',
      { ...DEFAULT_RULE, emergency: { allowed: false, groups: 1, hours: 1, reviewDays: 1 } },
    ],
  ])('is refused with %s', (_, value) => {
    expect(parseRule(value)).toBeNull();
  });

  it('never reads minus nothing', () => {
    expect(Object.is(parseRule({ ...DEFAULT_RULE, quorum: -0 })?.quorum, 0)).toBe(true);
  });
});

describe('a threshold', () => {
  it('of one half takes more than half', () => {
    expect(meetsThreshold({ parts: 1, of: 2 }, 2, 4)).toBe(false);
    expect(meetsThreshold({ parts: 2, of: 4 }, 2, 4)).toBe(false);
    expect(meetsThreshold({ parts: 1, of: 2 }, 3, 5)).toBe(true);
  });

  it('above one half is met exactly at its share', () => {
    expect(meetsThreshold({ parts: 2, of: 3 }, 4, 6)).toBe(true);
    expect(meetsThreshold({ parts: 2, of: 3 }, 3, 5)).toBe(false);
    expect(meetsThreshold({ parts: 1, of: 1 }, 5, 6)).toBe(false);
  });

  it('is not met by nobody', () => {
    expect(meetsThreshold({ parts: 1, of: 2 }, 0, 0)).toBe(false);
  });
});
