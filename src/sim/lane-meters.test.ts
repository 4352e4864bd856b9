import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsFor } from '../algorithms/testing/law.ts';
import { quota } from '../algorithms/testing/limiters.ts';
import { LaneMeters, type MeterFigures } from './lane-meters.ts';
import { Demand } from './meters/fairness.ts';
import { inBatches } from './testing/batches.ts';
import { cutsArbitrary, type Decided, decided } from './testing/decided.ts';
import { planOf } from './testing/runs.ts';

const limit = '4/2s';

/** `looks`: whether batches know that their requests have one cost, which is what short cuts go by. */
function measured(rows: readonly Decided[], cuts: readonly number[], looks: boolean): MeterFigures {
  const meters = new LaneMeters(planOf(limit, { algorithms: 'gcra', contract: 'window' }), rows.length);
  const demand = new Demand();
  inBatches(rows, rows, cuts, (arrivals, decisions) => {
    if (!looks) arrivals.oneCost = undefined;
    demand.measure(arrivals);
    meters.measure(arrivals, decisions);
  });
  return meters.figures(demand);
}

test('the short cuts for requests of one cost measure what the long way does', () => {
  holdsFor(
    fc.tuple(decided(quota(limit), { delays: true }), cutsArbitrary),
    ([rows, cuts]) => {
      expect(measured(rows, cuts, true)).toEqual(measured(rows, cuts, false));
    },
    300,
  );
});

test('refused peeks are no errors, and admitted ones serve nobody', () => {
  const peek = { key: 0, cost: 0, durationUs: 0, atUs: 0, delayUs: 0, entitled: true };
  const rows = [
    { ...peek, waitUs: 1 },
    { ...peek, waitUs: 0 },
    { ...peek, cost: 1, waitUs: 1 },
  ];
  const { requests, admitted, accuracy, fairness } = measured(rows, [], true);
  expect([requests, admitted, accuracy.needless_rejected]).toEqual([3, 1, 1]);
  expect(fairness.jain).toBe(1); // of one key, which got nothing
  expect(fairness.starved_keys).toBe(1);
});
