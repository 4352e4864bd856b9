import { describe, expect, test } from 'vitest';
import { decideBatch } from '../algorithms/testing/limiters.ts';
import { createLimiter, createReference, longestTtlUs } from './limiters.ts';
import { planOf } from './testing/runs.ts';

const tenants = ['gold', 'silver'];
/** Keys 0 and 2 are of gold, 1 and 3 of silver. */
const tenantOf = (key: number) => key % 2;

/** Of `count` requests at once, in turn for each of the keys, how many pass for each key. */
function passed(limit: string, keys: readonly number[], tenantLimits: Record<string, string> = {}): number[] {
  const plan = planOf(limit, { algorithms: 'gcra', tenants, tenantLimits });
  const rounds = Array.from({ length: 20 }, () => keys).flat();
  const requests = rounds.map((key) => ({ atUs: 0, key, cost: 1, durationUs: 0 }));
  const counts = [createLimiter(plan.selections[0], plan), createReference(plan)].map((limiter) => {
    limiter.reserve(8);
    const decisions = decideBatch(limiter, requests, tenantOf);
    return keys.map(
      (key) => decisions.filter(({ waitUs }, row) => waitUs === 0 && requests[row].key === key).length,
    );
  });
  expect(counts[0]).toEqual(counts[1]); // at one instant, from rest, GCRA and each contract admit the same
  return counts[0];
}

describe('several limits', () => {
  test('each key has its own', () => expect(passed('5/1s', [0, 1, 2])).toEqual([5, 5, 5]));

  test('keys of a tenant share theirs', () =>
    expect(passed('4/1s,per=tenant', [0, 1, 2])).toEqual([2, 4, 2]));

  test('all keys share one', () => expect(passed('6/1s,per=global', [0, 1, 2])).toEqual([2, 2, 2]));

  test('all must pass', () => {
    expect(passed('5/1s+3/1m', [0, 1])).toEqual([3, 3]);
    expect(passed('3/1s+4/1s,per=tenant', [0, 1, 2])).toEqual([2, 3, 2]);
    expect(passed('3/1s+7/1s,per=global', [0, 1, 2])).toEqual([3, 2, 2]);
  });

  test('a limit of a tenant is in place of the default of the same scope, above or below it', () => {
    expect(passed('5/1s', [0, 1, 2, 3], { gold: '9/1s' })).toEqual([9, 5, 9, 5]);
    expect(passed('5/1s', [0, 1, 2, 3], { gold: '2/1s', silver: '0/1s' })).toEqual([2, 0, 2, 0]);
    expect(passed('8/1s,per=tenant', [0, 1, 2, 3], { gold: '2/1s,per=tenant' })).toEqual([1, 4, 1, 4]);
  });

  test('a limit of a tenant with another scope stands beside the default', () => {
    expect(passed('5/1s', [0, 1], { gold: '8/1s,per=tenant' })).toEqual([5, 5]);
    expect(passed('5/1s', [0, 1, 2, 3], { gold: '8/1s,per=tenant' })).toEqual([4, 5, 4, 5]);
    expect(passed('5/1s+8/1s,per=tenant', [0, 1, 2, 3], { gold: '7/1s' })).toEqual([4, 4, 4, 4]);
  });
});

test('an idle key is kept for the limit that needs it longest', () => {
  const plan = planOf('10/1s+600/1h', { algorithms: 'sliding-window-log,token-bucket' });
  expect(plan.selections.map((selection) => longestTtlUs(selection, plan))).toEqual([3600e6, 3600e6]);
  expect(longestTtlUs(plan.selections[1], planOf('10/1s,burst=5+60/1m,burst=2'))).toBe(2e6);
});
