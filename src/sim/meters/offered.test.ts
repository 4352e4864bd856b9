import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { quota } from '../../algorithms/testing/limiters.ts';
import { traffic } from '../../algorithms/testing/traffic.ts';
import { inBatches, testKeys } from '../testing/batches.ts';
import { cutsArbitrary } from '../testing/decided.ts';
import { KeysAlive } from './keys-alive.ts';
import { Offered } from './offered.ts';

const passes = { waitUs: 0, delayUs: 0 };

test('Offered counts requests, units, the last instant and the requests over time, wherever batches are cut', () => {
  const arbitrary = fc.tuple(traffic(quota('5/1s'), { keys: testKeys, maxLength: 40 }), cutsArbitrary);
  holdsFor(arbitrary, ([requests, cuts]) => {
    const offered = new Offered([1e6, 3e6], 'time');
    const alive = new KeysAlive(3e6);
    const decisions = requests.map(() => passes);
    inBatches(requests, decisions, cuts, (arrivals) => {
      offered.measure(arrivals);
      alive.measure(arrivals);
    });
    expect(offered).toMatchObject({
      requests: requests.length,
      keys: testKeys,
      cost: requests.reduce((sum, { cost }) => sum + cost, 0),
      lastUs: requests[requests.length - 1].atUs,
    });
    const { bucketUs, counts } = offered.overTime();
    const inBucket = (at: number) => requests.filter(({ atUs }) => Math.floor(atUs / bucketUs) === at).length;
    expect(counts).toEqual(counts.map((_, at) => inBucket(at)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(requests.length);
    expect(offered.mostKeysAlive(3e6)).toBe(alive.most);
  });
});

test('Offered of nothing is nothing', () => {
  const offered = new Offered([1e6], 'time');
  expect(offered).toMatchObject({ requests: 0, keys: 0, cost: 0, lastUs: 0 });
  expect(offered.overTime().counts).toEqual([]);
  expect(offered.mostKeysAlive(1e6)).toBe(0);
  expect(offered.mostKeysAlive(2e6)).toBe(0); // not one that was asked for
});
