import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { type Quantiles, UsDistribution } from './quantiles.ts';

/** Mostly zeros and small numbers, as delays are; up to a month. */
const delays = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.nat(3000) },
    { weight: 2, arbitrary: fc.nat(60e6) },
    { weight: 1, arbitrary: fc.nat({ max: 2 ** 31 - 1 }).map((us) => us * 1200) },
  ),
  { minLength: 1, maxLength: 300, size: 'max' },
);

/** Nearest rank: the smallest value that at least the share of all do not exceed. */
function byHand(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
  return {
    count: sorted.length,
    p50Us: at(0.5),
    p90Us: at(0.9),
    p99Us: at(0.99),
    p999Us: at(0.999),
    maxUs: sorted[sorted.length - 1],
  };
}

function distributionOf(values: readonly number[]): UsDistribution {
  const distribution = new UsDistribution();
  for (const us of values) distribution.record(us);
  return distribution;
}

describe('UsDistribution', () => {
  test('knows nothing of nothing', () => expect(new UsDistribution().quantiles()).toBeNull());

  test('all zeros are quantiles of zero', () =>
    expect(distributionOf([0, 0, 0]).quantiles()).toEqual(byHand([0, 0, 0])));

  test('quantiles are within 0.1 % of the nearest rank; count and maximum are exact', () => {
    holdsFor(
      delays,
      (values) => {
        const measured = distributionOf(values).quantiles();
        const wanted = byHand(values);
        expect(measured).toMatchObject({ count: wanted.count, maxUs: wanted.maxUs });
        for (const name of ['p50Us', 'p90Us', 'p99Us', 'p999Us'] as const) {
          expect(Math.abs(measured![name] - wanted[name])).toBeLessThanOrEqual(wanted[name] / 1000);
        }
      },
      200,
    );
  });

  test('up to 2 ms every quantile is exact', () => {
    holdsFor(fc.array(fc.nat(2000), { minLength: 1, maxLength: 50 }), (values) => {
      expect(distributionOf(values).quantiles()).toEqual(byHand(values));
    });
  });
});
