import { describe, expect, test } from 'vitest';
import { type Draw, normal, stream } from '../traffic/random.ts';
import { changeOf, isWorse } from './significance.ts';

/** P99 latencies of `runs` runs around `us`, with the noise of a shared machine: log-normal, 8 %, now and then a stall. */
function latencies(us: number, runs: number, draw: Draw): number[] {
  return Array.from({ length: runs }, () => us * Math.exp(0.08 * normal(draw)) * (draw() < 0.05 ? 3 : 1));
}

/** How many of 200 comparisons of two sets of 10 runs fail, when the second is `factor` as slow as the first. */
function failures(factor: number): number {
  const draw = stream(7, 'latencies');
  return Array.from({ length: 200 }, () => {
    const [before, now] = [latencies(4000, 10, draw), latencies(4000 * factor, 10, draw)];
    return isWorse(changeOf(before, now, 'lower'), 'lower', 0.1);
  }).filter(Boolean).length;
}

describe('a measured figure', () => {
  test('noise fails a build less than once in a hundred times', () => {
    expect(failures(1)).toBeLessThanOrEqual(2);
  });
  test('a P99 that is 20 % slower does fail it', () => expect(failures(1.2)).toBeGreaterThan(180));
  test('one that is twice as slow too, among stalls that are slower still', () => {
    expect(failures(2)).toBeGreaterThan(190);
  });
  test('an improvement never does', () => expect(failures(0.7)).toBe(0));

  /**
   * P99 in µs of 2,000 requests over loopback to a node server, recorded in turns as the runs of two builds that are the
   * same. Other programs kept both processors busy during the first five of each.
   */
  const recorded = [
    [333, 282, 301, 361, 147, 134, 120, 120, 124, 118],
    [333, 310, 271, 286, 300, 119, 121, 122, 116, 137],
  ] as const;
  const rested = recorded.map((runs) => runs.slice(5));
  const slower = (runs: readonly number[]) => runs.map((us) => us * 1.2);

  test.each([
    ['the same build, on a busy machine', recorded[0], recorded[1], false],
    ['the same build, on a machine at rest', rested[0], rested[1], false],
    ['20 % slower, on a machine at rest', rested[0], slower(rested[1]), true],
    ['20 % slower, the other way round', rested[1], slower(rested[0]), true],
  ])('recorded: %s', (_, before, now, fails) => {
    expect(isWorse(changeOf(before, now, 'lower'), 'lower', 0.1)).toBe(fails);
  });
});

describe('the change', () => {
  test('five runs that are all above five others: 1 of the 252 ways to deal them', () => {
    const { ratio, probability } = changeOf([10, 11, 12, 13, 14], [20, 21, 22, 23, 24], 'lower');
    expect(ratio).toBeCloseTo(10 / 12, 9);
    expect(probability).toBeGreaterThan(1 / 252 - 0.002);
    expect(probability).toBeLessThan(1 / 252 + 0.002);
  });

  test('equal samples have changed by nothing, by chance', () => {
    expect(changeOf([3, 3, 3, 3, 3], [3, 3, 3, 3, 3], undefined)).toEqual({ ratio: 0, probability: 1 });
  });

  test.each([
    ['throughput that fell', 'higher', [100, 101, 102, 103, 104], [70, 71, 72, 73, 74], true],
    ['throughput that rose', 'higher', [70, 71, 72, 73, 74], [100, 101, 102, 103, 104], false],
    ['neither end is good, more', undefined, [70, 71, 72, 73, 74, 75], [100, 101, 102, 103, 104, 105], true],
    ['neither end is good, less', undefined, [100, 101, 102, 103, 104, 105], [70, 71, 72, 73, 74, 75], true],
    ['certain but small', 'lower', [100, 101, 102, 103, 104], [106, 107, 108, 109, 110], false],
    ['four runs', 'lower', [10, 11, 12, 13], [20, 21, 22, 23], false],
  ] as const)('%s', (_, better, before, now, fails) => {
    expect(isWorse(changeOf(before, now, better), better, 0.1)).toBe(fails);
  });
});
