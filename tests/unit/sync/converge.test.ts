import { describe, expect, it } from 'vitest';
import { playHistory } from './history.ts';

describe('five devices with live links, cut links, bundles, restarts and re-packed segments', () => {
  it.each([1, 3, 4])('end with the same documents, and refuse nothing of each other (seed %i)', async (seed) => {
    const { texts, dropped, refused } = await playHistory(seed, 150);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]?.length).toBeGreaterThan(200);
    expect(dropped).toEqual([]);
    expect(refused).toEqual([]);
  });
});
