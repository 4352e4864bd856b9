import fc from 'fast-check';
import { mean, variance } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { ArrivalBatch } from '../algorithms/batch.ts';
import type { RequestsByKey } from './source.ts';
import { type StreamInput, streamSchema } from './stream-spec.ts';
import { SyntheticTraffic } from './synthetic.ts';
import { type Row, readAll, rowOf, standardErrors } from './testing.ts';

function traffic(stream: StreamInput, { seed = 1, durationUs = 10e6 } = {}) {
  return new SyntheticTraffic({ seed, durationUs, streams: [streamSchema.parse(stream)] });
}

function byKeyOf(source: SyntheticTraffic): RequestsByKey {
  const byKey = source.byKey();
  if (!byKey) throw new Error('these requests are only to be had in the order of time');
  return byKey;
}

interface Stretch {
  readonly rows: readonly Row[];
  readonly untilUs: number;
}

/** All requests, stretch by stretch, read in batches of so many rows. */
function stretchesOf(source: SyntheticTraffic, capacity = 1000): Stretch[] {
  const byKey = byKeyOf(source);
  const batch = new ArrivalBatch(capacity);
  const stretches: Stretch[] = [];
  let rows: Row[] = [];
  while (byKey.next(batch, capacity)) {
    for (let row = 0; row < batch.length; row++) rows.push(rowOf(batch, row));
    if (byKey.isMidStretch) continue;
    stretches.push({ rows, untilUs: byKey.stretch.stopUs });
    rows = [];
  }
  return stretches;
}

const rate = fc.constantFrom('3/s', '900/s', '20k/s', '70k/s');
const arrivals: fc.Arbitrary<StreamInput['arrivals']> = fc.oneof(
  rate.map((rate) => ({ model: 'poisson' as const, rate })),
  rate.map((peak) => ({ model: 'spike' as const, base: '0/s', peak, at: '2s', width: '1234567us' })),
  fc.tuple(rate, rate).map(([first, last]) => ({
    model: 'step' as const,
    steps: [
      { at: '1s', rate: first },
      { at: '1500001us', rate: '0/s' },
      { at: '2s', rate: last },
    ],
  })),
);
const keys = fc.oneof(
  fc.constant({ model: 'single' } as const),
  fc.integer({ min: 1, max: 3000 }).map((count) => ({ model: 'uniform', count }) as const),
  fc
    .tuple(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(0, 1, 3))
    .map(([count, exponent]) => ({ model: 'zipf', count, exponent }) as const),
  fc.constantFrom(0, 0.3, 1).map((share) => ({ model: 'hot', count: 40, hot: 3, share }) as const),
);
const streams = fc.record({
  arrivals,
  keys,
  start: fc.constantFrom('0s', '1100001us'),
  costs: fc.constantFrom(1, 7),
});
const seeds = fc.integer({ min: 0, max: 1000 });

describe('requests by key', () => {
  test('are those in the order of time, sorted by key within stretches of time', () => {
    return fc.assert(
      fc.asyncProperty(streams, seeds, fc.integer({ min: 1, max: 5000 }), async (stream, seed, capacity) => {
        const options = { seed, durationUs: 4e6 };
        const stretches = stretchesOf(traffic(stream, options), capacity);
        let fromUs = 0;
        for (const { rows, untilUs } of stretches) {
          expect(rows).toEqual([...rows].sort((a, b) => a.key - b.key || a.timeUs - b.timeUs));
          expect(rows.every(({ timeUs }) => timeUs >= fromUs && timeUs < untilUs)).toBe(true);
          fromUs = untilUs;
        }
        const sorted = stretches
          .flatMap(({ rows }) => rows)
          .sort((a, b) => a.timeUs - b.timeUs || a.key - b.key);
        expect(await readAll(traffic(stream, options), 997)).toEqual(sorted);
      }),
      { numRuns: 40 },
    );
  });

  test('come in stretches of up to 64 requests for each key', () => {
    const stretches = stretchesOf(
      traffic({ arrivals: { model: 'poisson', rate: '40k/s' }, keys: { model: 'uniform', count: 2000 } }),
      65_536,
    );
    expect(stretches.map(({ untilUs }) => untilUs)).toEqual([2.5e6, 5e6, 7.5e6, 10e6]);
    for (const { rows } of stretches) expect(standardErrors(rows.length, 100_000, 100_000)).toBeLessThan(4);
  });

  const web: StreamInput = {
    arrivals: { model: 'poisson', rate: '9/s' },
    keys: { model: 'zipf', count: 50 },
  };
  test.each<[string, StreamInput]>([
    ['evenly spaced', { ...web, arrivals: { model: 'constant', rate: '9/s' } }],
    ['in bursts', { ...web, arrivals: { model: 'on-off', rate: '9/s', on: '1s', off: '1s' } }],
    ['of clients', { arrivals: { model: 'greedy', clients: 3, rate: '9/s' } }],
    ['of keys that come and go', { ...web, keys: { model: 'churn', alive: 5, lifetime: '1s' } }],
    ['with costs that are drawn', { ...web, costs: { model: 'geometric', mean: 2 } }],
    ['with durations that are drawn', { ...web, durations: { model: 'exponential', mean: '1s' } }],
  ])('%s are only to be had in the order of time', (_, stream) => {
    expect(traffic(stream).byKey()).toBeUndefined();
  });

  test('of far more keys than requests are only to be had in the order of time', () => {
    const of = (count: string) => traffic({ ...web, keys: { model: 'zipf', count } });
    expect(of('1M').byKey()).toBeDefined();
    expect(of('2M').byKey()).toBeUndefined();
  });

  test('of several streams are only to be had in the order of time, of one that sends they are', () => {
    const streams = [web, { ...web, start: '20s' }].map((stream) => streamSchema.parse(stream));
    expect(new SyntheticTraffic({ seed: 1, durationUs: 30e6, streams }).byKey()).toBeUndefined();
    expect(new SyntheticTraffic({ seed: 1, durationUs: 10e6, streams }).byKey()).toBeDefined();
  });
});

describe('Poisson requests made key by key', () => {
  const zipf = {
    arrivals: { model: 'poisson', rate: '30k/s' },
    keys: { model: 'zipf', count: 1000 },
  } as const;
  const rows = stretchesOf(traffic(zipf, { durationUs: 20e6 })).flatMap(({ rows }) => rows);
  const gapsOf = (timesUs: readonly number[]) => timesUs.slice(1).map((timeUs, at) => timeUs - timesUs[at]);

  test('come to each key as often as its rank says', () => {
    const weightOfAll = Array.from({ length: 1000 }, (_, rank) => 1 / (rank + 1)).reduce((a, b) => a + b);
    const counts = new Array<number>(1000).fill(0);
    for (const { key } of rows) counts[key]++;
    // The sum of squared standard errors of 1000 independent Poisson counts is 1000 on average, its variance 2000 and 1/mean each.
    const expected = counts.map((_, rank) => 600_000 / (rank + 1) / weightOfAll);
    const chiSquare = counts.reduce(
      (sum, count, rank) => sum + (count - expected[rank]) ** 2 / expected[rank],
      0,
    );
    const spread = expected.reduce((sum, each) => sum + 2 + 1 / each, 0);
    expect(standardErrors(chiSquare, 1000, spread)).toBeLessThan(4);
  });

  test.each([0, 7, 300])('have exponential gaps at key %i', (key) => {
    const gaps = gapsOf(rows.filter((row) => row.key === key).map(({ timeUs }) => timeUs));
    const meanUs = mean(gaps);
    expect(standardErrors(variance(gaps), meanUs ** 2, (8 * meanUs ** 4) / gaps.length)).toBeLessThan(4);
  });

  test('have exponential gaps all together, and keys that do not depend on the ones before', async () => {
    const inTime = await readAll(traffic(zipf, { durationUs: 20e6 }));
    const gaps = gapsOf(inTime.map(({ timeUs }) => timeUs));
    const meanUs = 1e6 / 30e3;
    expect(standardErrors(mean(gaps), meanUs, meanUs ** 2 / gaps.length)).toBeLessThan(4);
    expect(standardErrors(variance(gaps), meanUs ** 2, (8 * meanUs ** 4) / gaps.length)).toBeLessThan(4);
    const share = rows.filter(({ key }) => key === 0).length / rows.length;
    const twice = inTime.filter(({ key }, at) => key === 0 && inTime[at + 1]?.key === 0).length;
    expect(
      standardErrors(twice, share ** 2 * rows.length, share ** 2 * rows.length * (1 + 2 * share)),
    ).toBeLessThan(4);
  });

  test('are as many in each second as a Poisson process has', () => {
    const counts = new Array<number>(2000).fill(0);
    for (const { timeUs } of rows) counts[Math.floor(timeUs / 10_000)]++;
    expect(standardErrors(variance(counts) / mean(counts), 1, 2 / counts.length)).toBeLessThan(4);
  });

  test('come no later for many requests a microsecond', () => {
    const stream: StreamInput = {
      arrivals: { model: 'poisson', rate: '7.3M/s' },
      keys: { model: 'uniform', count: 9 },
    };
    const many = stretchesOf(traffic(stream, { durationUs: 200_000 })).flatMap(({ rows }) => rows);
    expect(standardErrors(many.length, 1.46e6, 1.46e6)).toBeLessThan(4);
  });
});
