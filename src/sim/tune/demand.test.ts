import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsFor } from '../../algorithms/testing/law.ts';
import { arrivalsOf, type Row, testKeys } from '../testing/batches.ts';
import { PeakDemand, quantile } from './demand.ts';

const periodUs = 1e6;

/** Requests in time order, of few keys and short gaps, so that periods overlap. */
const rows: fc.Arbitrary<Row[]> = fc
  .array(fc.record({ gapUs: fc.nat(400_000), key: fc.nat(testKeys - 1), cost: fc.nat(3) }), { maxLength: 60 })
  .map((steps) => {
    let atUs = 0;
    return steps.map(({ gapUs, key, cost }) => {
      atUs += gapUs;
      return { atUs, key, cost, durationUs: 0 };
    });
  });

test('the demand is the most units of a key in any trailing period (t − W, t]', () => {
  holdsFor(
    rows,
    (requests) => {
      const demand = new PeakDemand(periodUs);
      demand.measure(arrivalsOf(requests));
      const most = (key: number) => {
        const own = requests.filter((request) => request.key === key);
        const sums = own.map(({ atUs }) =>
          own
            .filter((other) => other.atUs <= atUs && other.atUs > atUs - periodUs)
            .reduce((sum, { cost }) => sum + cost, 0),
        );
        return Math.max(0, ...sums);
      };
      const expected = Array.from({ length: testKeys }, (_, key) => most(key)).filter((units) => units > 0);
      expect([...demand.sorted()]).toEqual(expected.sort((a, b) => a - b));
    },
    200,
  );
});

test.each([
  [0.5, 2],
  [0.75, 3],
  [0.76, 4],
  [1, 4],
  [0, 1],
])('quantile %d of 1, 2, 3, 4 is %i', (share, value) => {
  expect(quantile(Float64Array.of(1, 2, 3, 4), share)).toBe(value);
});
