import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../algorithms/testing/law.ts';
import { countedGroups, type KeyGroup, zipfGroups } from './popularity.ts';

const keysOf = (groups: readonly KeyGroup[]) => groups.reduce((sum, { keys }) => sum + keys, 0);
const sharesOf = (groups: readonly KeyGroup[]) =>
  groups.reduce((sum, { keys, share }) => sum + keys * share, 0);

describe('popularity', () => {
  test('groups hold all keys and all requests, the busiest first', () => {
    const keysAndExponent = fc.tuple(
      fc.integer({ min: 1, max: 5e6 }),
      fc.double({ min: 0, max: 2, noNaN: true }),
    );
    holdsFor(
      keysAndExponent,
      ([keys, exponent]) => {
        const groups = zipfGroups(keys, exponent);
        expect(keysOf(groups)).toBe(keys);
        expect(sharesOf(groups)).toBeCloseTo(1, 9);
        for (let at = 1; at < groups.length; at++)
          expect(groups[at].share).toBeLessThanOrEqual(groups[at - 1].share * (1 + 1e-9));
      },
      100,
    );
  });

  test.each([0.8, 1, 1.3])('with exponent %d a rank has its share of the whole sum', (exponent) => {
    const weights = Array.from({ length: 50_000 }, (_, rank) => (rank + 1) ** -exponent);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const groups = zipfGroups(50_000, exponent);
    expect(groups[0].share).toBeCloseTo(1 / total, 6);
    let rank = 0;
    for (const { keys, share } of groups) {
      const exact = weights.slice(rank, rank + keys).reduce((sum, weight) => sum + weight, 0) / total;
      expect((keys * share) / exact).toBeCloseTo(1, 4);
      rank += keys;
    }
  });

  test('keys that were counted alike are one group; unseen ones are none', () => {
    expect(countedGroups([1, 0, 5, 1, 3])).toEqual([
      { keys: 1, share: 0.5 },
      { keys: 1, share: 0.3 },
      { keys: 2, share: 0.1 },
    ]);
  });
});
