import fc from 'fast-check';
import { mean, variance } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { ArrivalBatch } from '../algorithms/batch.ts';
import { arrivalModelOf } from './arrivals/index.ts';
import { InTimeOrder } from './in-time-order.ts';
import { keyModelOf } from './keys/index.ts';
import { oneKey, StreamPlan } from './plan.ts';
import { PoissonByKey } from './poisson-by-key.ts';
import { stream as randomStream } from './random.ts';
import { type StreamInput, streamSchema } from './stream-spec.ts';
import { type Row, rowOf, standardErrors } from './testing.ts';

function byKeyOf(stream: StreamInput, { seed = 1, durationUs = 10e6 } = {}): PoissonByKey {
  const { spec, span } = new StreamPlan(streamSchema.parse(stream), 'web', durationUs);
  const { arrivals, keys = oneKey } = spec;
  const pieces = arrivalModelOf(arrivals).rates?.(arrivals, span);
  const weights = keyModelOf(keys).weights?.(keys);
  if (!pieces || !weights) throw new Error('these requests depend on more than rates and weights');
  return new PoissonByKey({ pieces, weights, firstKey: 7 }, randomStream(seed, 'web/arrivals'));
}

interface Stretch {
  readonly rows: readonly Row[];
  readonly untilUs: number;
}

/** All requests, stretch by stretch, read in batches of so many rows. */
function stretchesOf(byKey: PoissonByKey, capacity = 1000): Stretch[] {
  const batch = new ArrivalBatch(capacity);
  const stretches: Stretch[] = [];
  while (byKey.begin()) {
    const rows: Row[] = [];
    while (byKey.isMidStretch) {
      const length = byKey.fill(batch, 0, capacity);
      for (let row = 0; row < length; row++) rows.push(rowOf(batch, row));
    }
    stretches.push({ rows, untilUs: byKey.stretch.stopUs });
  }
  return stretches;
}

function inTimeOrder(byKey: PoissonByKey, capacity = 997): Row[] {
  const arrivals = new InTimeOrder(byKey);
  const batch = new ArrivalBatch(capacity);
  const rows: Row[] = [];
  for (let length = capacity; length === capacity; ) {
    length = arrivals.fill(batch, 0, capacity);
    for (let row = 0; row < length; row++) rows.push(rowOf(batch, row));
  }
  return rows;
}

function byTimeAndKey(a: Row, b: Row): number {
  return a.timeUs - b.timeUs || a.key - b.key;
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
const streams = fc.record({ arrivals, keys, start: fc.constantFrom('0s', '1100001us') });

describe('requests by key', () => {
  test('are those in the order of time, sorted by key within stretches of time', () => {
    fc.assert(
      fc.property(
        streams,
        fc.nat(1000),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 5000 }),
        (stream, seed, capacity, other) => {
          const options = { seed, durationUs: 4e6 };
          const stretches = stretchesOf(byKeyOf(stream, options), capacity);
          let fromUs = 0;
          for (const { rows, untilUs } of stretches) {
            expect(rows).toEqual([...rows].sort((a, b) => a.key - b.key || a.timeUs - b.timeUs));
            expect(rows.every(({ timeUs }) => timeUs >= fromUs && timeUs < untilUs)).toBe(true);
            fromUs = untilUs;
          }
          const inTime = inTimeOrder(byKeyOf(stream, options), other);
          expect(inTime.every(({ timeUs }, at) => at === 0 || timeUs >= inTime[at - 1].timeUs)).toBe(true);
          const rows = stretches.flatMap(({ rows }) => rows);
          expect(inTime.sort(byTimeAndKey)).toEqual(rows.sort(byTimeAndKey));
        },
      ),
      { numRuns: 40 },
    );
  });

  function endsOf(byKey: PoissonByKey): number[] {
    const endsUs: number[] = [];
    while (byKey.begin()) endsUs.push(byKey.stretch.stopUs);
    return endsUs;
  }

  test('come in stretches of twice as many each, up to 64 for each key', () => {
    const million: StreamInput = {
      arrivals: { model: 'poisson', rate: '1M/s' },
      keys: { model: 'uniform', count: 20_000 },
    };
    const [first, second, third] = [262_144, 786_432, 1_835_008];
    const limited = [third + 1.28e6, third + 2.56e6, third + 3.84e6, 6e6];
    expect(endsOf(byKeyOf(million, { durationUs: 6e6 }))).toEqual([first, second, third, ...limited]);
    const many: StreamInput = { ...million, keys: { model: 'uniform', count: 200_000 } };
    expect(endsOf(byKeyOf(many, { durationUs: 30e6 })).slice(-3)).toEqual([16_515_072, 24_903_680, 30e6]);
  });

  test('come in no empty stretches, were they as short as a microsecond', () => {
    const byKey = byKeyOf({ arrivals: { model: 'poisson', rate: '700G/s' } }, { durationUs: 49 });
    expect(endsOf(byKey)).toEqual(Array.from({ length: 49 }, (_, at) => at + 1));
  });
});

describe('Poisson requests made key by key', () => {
  const zipf = {
    arrivals: { model: 'poisson', rate: '30k/s' },
    keys: { model: 'zipf', count: 1000 },
  } as const;
  const rows = stretchesOf(byKeyOf(zipf, { durationUs: 20e6 })).flatMap(({ rows }) => rows);
  const gapsOf = (timesUs: readonly number[]) => timesUs.slice(1).map((timeUs, at) => timeUs - timesUs[at]);

  test('come to each key as often as its rank says', () => {
    const weightOfAll = Array.from({ length: 1000 }, (_, rank) => 1 / (rank + 1)).reduce((a, b) => a + b);
    const counts = new Array<number>(1000).fill(0);
    for (const { key } of rows) counts[key - 7]++;
    // The sum of squared standard errors of 1000 independent Poisson counts is 1000 on average, its variance 2000 and 1/mean each.
    const expected = counts.map((_, rank) => 600_000 / (rank + 1) / weightOfAll);
    const chiSquare = counts.reduce(
      (sum, count, rank) => sum + (count - expected[rank]) ** 2 / expected[rank],
      0,
    );
    const spread = expected.reduce((sum, each) => sum + 2 + 1 / each, 0);
    expect(standardErrors(chiSquare, 1000, spread)).toBeLessThan(4);
  });

  test.each([7, 14, 307])('have exponential gaps at key %i', (key) => {
    const gaps = gapsOf(rows.filter((row) => row.key === key).map(({ timeUs }) => timeUs));
    const meanUs = mean(gaps);
    expect(standardErrors(variance(gaps), meanUs ** 2, (8 * meanUs ** 4) / gaps.length)).toBeLessThan(4);
  });

  test('have exponential gaps all together, and keys that do not depend on the ones before', () => {
    const inTime = inTimeOrder(byKeyOf(zipf, { durationUs: 20e6 }));
    const gaps = gapsOf(inTime.map(({ timeUs }) => timeUs));
    const meanUs = 1e6 / 30e3;
    expect(standardErrors(mean(gaps), meanUs, meanUs ** 2 / gaps.length)).toBeLessThan(4);
    expect(standardErrors(variance(gaps), meanUs ** 2, (8 * meanUs ** 4) / gaps.length)).toBeLessThan(4);
    const share = rows.filter(({ key }) => key === 7).length / rows.length;
    const twice = inTime.filter(({ key }, at) => key === 7 && inTime[at + 1]?.key === 7).length;
    expect(
      standardErrors(twice, share ** 2 * rows.length, share ** 2 * rows.length * (1 + 2 * share)),
    ).toBeLessThan(4);
  });

  test('prefer no key within a microsecond', () => {
    const stream: StreamInput = {
      arrivals: { model: 'poisson', rate: '1M/s' },
      keys: { model: 'uniform', count: 9 },
    };
    const inTime = inTimeOrder(byKeyOf(stream, { durationUs: 200_000 }));
    const pairs = inTime
      .slice(1)
      .map((row, at) => [inTime[at], row])
      .filter(([one, next]) => one.timeUs === next.timeUs && one.key !== next.key);
    expect(pairs.length).toBeGreaterThan(60_000);
    const ascending = pairs.filter(([one, next]) => one.key < next.key).length;
    expect(standardErrors(ascending, pairs.length / 2, pairs.length / 4)).toBeLessThan(4);
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
    const many = stretchesOf(byKeyOf(stream, { durationUs: 200_000 })).flatMap(({ rows }) => rows);
    expect(standardErrors(many.length, 1.46e6, 1.46e6)).toBeLessThan(4);
  });
});
