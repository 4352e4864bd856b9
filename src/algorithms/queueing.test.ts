/** Poisson traffic on each limiter refuses, and delays, what queueing theory says: a million arrivals each, seeded. */
import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import type { Limiter } from './algorithm.ts';
import { ArrivalBatch, DecisionBatch } from './batch.ts';
import { concurrency } from './concurrency/index.ts';
import { fixedWindow } from './fixed-window/index.ts';
import { leakyBucketQueue } from './leaky-bucket-queue/index.ts';
import { slidingWindowLog } from './sliding-window-log/index.ts';
import { limiterOf, quota } from './testing/limiters.ts';
import { erlangB, md1k, md1WaitWithin, windowLoss } from './testing/queueing.ts';
import { tokenBucket } from './token-bucket/index.ts';

const arrivalCount = 1_000_000;
const batchSize = 10_000;
const secondUs = 1e6;

interface Outcome {
  readonly refused: number;
  /** Of the admitted, in seconds. */
  readonly delays: readonly number[];
}

/** Exponential numbers of mean 1, the same for every case. */
function exponentials(seed: string): Float64Array {
  const random = seedrandom(seed);
  return Float64Array.from({ length: arrivalCount }, () => -Math.log1p(-random()));
}

const gaps = exponentials('gaps');
const durations = exponentials('durations');

/** Poisson arrivals of one key, `perSecond` of them; each keeps its slot for an exponential time of this mean. */
function poisson(limiter: Limiter, perSecond: number, meanDurationUs = 0): Outcome {
  const arrivals = new ArrivalBatch(batchSize);
  arrivals.length = batchSize;
  arrivals.cost.fill(1);
  const decisions = new DecisionBatch(batchSize);
  const delays: number[] = [];
  let nowUs = 0;
  for (let first = 0; first < arrivalCount; first += batchSize) {
    for (let row = 0; row < batchSize; row++) {
      nowUs += (gaps[first + row] * secondUs) / perSecond;
      arrivals.timeUs[row] = Math.round(nowUs);
      arrivals.durationUs[row] = Math.round(durations[first + row] * meanDurationUs);
    }
    limiter.decide(arrivals, decisions);
    for (let row = 0; row < batchSize; row++) {
      if (decisions.allowed[row] === 1) delays.push(decisions.delayUs[row] / secondUs);
    }
  }
  return { refused: 1 - delays.length / arrivalCount, delays };
}

/** Four standard errors, three times as wide because neighbours are correlated: at most 0.006 here. */
function tolerance(p: number): number {
  return 3 * 4 * Math.sqrt((p * (1 - p)) / arrivalCount);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('what tokens a bucket lacks is the work in an M/D/1/K queue, K = burst', () => {
  test.each([
    [0.5, 1, 0.333333],
    [0.8, 5, 0.03529],
    [1, 10, 0.050847],
    [1.1, 20, 0.092904],
    [2, 5, 0.500253],
  ])('load %d, burst %d: %d are refused', (rho, burst, published) => {
    const { loss } = md1k(rho, burst);
    expect(loss).toBeCloseTo(published, 6);
    const { refused } = poisson(limiterOf(tokenBucket, quota('1/1s', burst)), rho);
    expect(Math.abs(refused - loss)).toBeLessThan(tolerance(loss));
  });
});

describe('a sliding log is a loss system, M/D/L/L: Erlang B', () => {
  test.each([
    [0.8, 10, 0.121661],
    [1, 10, 0.214582],
    [1.5, 10, 0.410341],
    [1, 100, 0.0757],
  ])('load %d of a limit of %d: %d are refused', (load, limit, published) => {
    const loss = erlangB(load * limit, limit);
    expect(loss).toBeCloseTo(published, 6);
    const { refused } = poisson(limiterOf(slidingWindowLog, quota(`${limit}/1s`)), load * limit);
    expect(Math.abs(refused - loss)).toBeLessThan(tolerance(loss));
  });
});

describe('a concurrency limit is one too, for durations of any distribution', () => {
  test.each([
    [10, 10, 0.214582],
    [2, 5, 0.036697],
  ])('%d busy on average without a limit, %d at most: %d are refused', (a, limit, published) => {
    const loss = erlangB(a, limit);
    expect(loss).toBeCloseTo(published, 6);
    const { refused } = poisson(limiterOf(concurrency, quota(`${limit}/1s`)), a, secondUs);
    expect(Math.abs(refused - loss)).toBeLessThan(tolerance(loss));
  });
});

describe('a fixed window refuses what exceeds the limit in it', () => {
  test.each([
    [0.8, 10, 0.053233],
    [1, 10, 0.12511],
    [1, 100, 0.039861],
    [1.5, 100, 0.333333],
  ])('load %d of a limit of %d: %d are refused', (load, limit, published) => {
    const loss = windowLoss(load * limit, limit);
    expect(loss).toBeCloseTo(published, 6);
    const { refused } = poisson(limiterOf(fixedWindow, quota(`${limit}/1s`)), load * limit);
    expect(Math.abs(refused - loss)).toBeLessThan(tolerance(loss));
  });
});

describe('a queue that is never full is M/D/1', () => {
  test.each([0.5, 0.8])('load %d: the mean wait is ρ / (2 (1 − ρ)), and Crommelin gives the rest', (rho) => {
    const { delays, refused } = poisson(limiterOf(leakyBucketQueue, quota('1/1s', 1e6)), rho);
    expect(refused).toBe(0);
    expect(mean(delays) / (rho / (2 * (1 - rho)))).toBeCloseTo(1, 1);
    for (const t of [0, 1, 2.5, 6]) {
      const within = delays.filter((delay) => delay <= t + 1e-6).length / delays.length; // rounded up to a microsecond
      expect(Math.abs(within - md1WaitWithin(rho, t))).toBeLessThan(0.004);
    }
  });

  test('Crommelin’s formula gives the quantiles that were published', () => {
    expect(md1WaitWithin(0.5, 3.3363)).toBeCloseTo(0.99, 4);
    expect(md1WaitWithin(0.8, 5.0115)).toBeCloseTo(0.9, 4);
  });
});

describe('a queue of K places loses and delays as M/D/1/K', () => {
  test.each([
    [0.8, 5, 1.2097],
    [1, 10, 4.3363],
    [1.5, 5, 2.9572],
  ])('load %d, %d places: the mean wait is %d intervals, the longest (K − 1)', (rho, places, published) => {
    const { loss, meanWait } = md1k(rho, places);
    expect(meanWait).toBeCloseTo(published, 4);
    const { delays, refused } = poisson(limiterOf(leakyBucketQueue, quota('1/1s', places)), rho);
    expect(Math.abs(refused - loss)).toBeLessThan(tolerance(loss));
    expect(Math.abs(mean(delays) / meanWait - 1)).toBeLessThan(0.02);
    const longest = delays.reduce((most, delay) => Math.max(most, delay), 0);
    expect(longest).toBeLessThanOrEqual(places - 1);
    expect(longest).toBeGreaterThan(places - 1.01);
  });
});
