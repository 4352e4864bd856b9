import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArrivalBatch } from '../algorithms/batch.ts';
import { holdsFor } from '../algorithms/testing/law.ts';
import { quota } from '../algorithms/testing/limiters.ts';
import { traffic } from '../algorithms/testing/traffic.ts';
import { rowsAtOnce } from './batch-rows.ts';
import { Comparison } from './comparison.ts';
import { contractKinds } from './contract.ts';
import { InlineEngine } from './engine.ts';
import { KeyOrder } from './key-order.ts';
import type { LaneResult } from './lane.ts';
import { Oracle } from './oracle.ts';
import type { ComparisonPlan } from './plan.ts';
import { allSelections } from './selection.ts';
import { arrivalsOf, type Row, testKeys } from './testing/batches.ts';
import { countByHand } from './testing/comparison-model.ts';
import { ListedTraffic, planOf, runOn, streamed, withoutSpeed } from './testing/runs.ts';

const rows = (text: string, maxLength = 60) => traffic(quota(text), { keys: testKeys, maxLength });

/** Limits of every scope, alone and together; none of them lets the queues of several keys share a limit. */
const limits = ['5/1s', '5/1s,burst=2', '7/20ms,per=tenant', '9/1s,per=global', '3/1s+9/7s'];

function countsOf({ requests, admitted, rejected, accuracy, burst, latency, retry_after }: LaneResult) {
  const { over_admitted, needless_rejected, oracle_disagreed, worst_window_ratio } = accuracy;
  return {
    requests,
    admitted,
    rejected,
    over_admitted,
    needless_rejected,
    oracle_disagreed,
    worst_window_ratio,
    max_in_window: burst.max_in_window,
    max_delay_us: latency.max_us,
    advised: retry_after.advised,
  };
}

describe('the inline engine counts what a loop over single requests counts', () => {
  const plans = [
    ...limits.flatMap((limit) =>
      contractKinds.map((contract) => ({ limit, plan: planOf(limit, { contract }) })),
    ),
    {
      limit: '4/1s with 8/1s for gold',
      plan: planOf('4/1s', { tenants: ['gold', 'silver'], tenantLimits: { gold: '8/1s' } }),
    },
    {
      limit: '9/1s,per=tenant with 2/1s of silver',
      plan: planOf('9/1s,per=tenant', {
        tenants: ['gold', 'silver'],
        tenantLimits: { silver: '2/1s,per=tenant' },
      }),
    },
  ];
  test.each(plans.map(({ limit, plan }) => [limit, plan.contracts[0], plan] as const))(
    'under %s and %s',
    (_, __, plan) => {
      holdsFor(rows('5/1s'), (rows) => {
        const engine = new InlineEngine(plan, 16);
        const oracle = new Oracle(plan);
        for (const source = new ListedTraffic(rows); source.next(engine.lend()); ) {
          oracle.judge(engine.lend());
          engine.take(engine.lend());
        }
        engine.finish().forEach((result, at) => {
          expect({ row: at, ...countsOf(result) }).toEqual({
            row: at,
            ...countByHand(plan.selections[at], plan, rows),
          });
        });
      });
    },
  );
});

describe('results do not depend on', () => {
  test('how batches are cut', () => {
    holdsFor(
      fc.tuple(rows('5/1s', 100), fc.constantFrom(...limits), fc.integer({ min: 1, max: 50 })),
      ([rows, limit, capacity]) => {
        const [small, large] = [capacity, 1000].map((rowsOfBatch) =>
          sequential(planOf(limit), rows, rowsOfBatch),
        );
        expect(small).toEqual(large);
      },
      100,
    );
  });

  test('how large batches of much traffic are', async () => {
    const stream = {
      arrivals: { model: 'poisson', rate: '10k/s' },
      keys: { model: 'zipf', count: 300, exponent: 1 },
      costs: { model: 'uniform', min: 0, max: 3 },
      durations: { model: 'exponential', mean: '80ms' },
    } as const;
    const plan = planOf('40/1s', { algorithms: allSelections() });
    const [first, ...others] = await Promise.all(
      [777, rowsAtOnce, 2 ** 15].map(async (rows) =>
        withoutSpeed(await runOn(streamed(stream, '3s'), plan, { rows })),
      ),
    );
    expect(first.traffic.requests).toBeGreaterThan(25_000);
    for (const other of others) expect(other).toEqual(first);
  });

  test('whether batches are sorted by key', () => {
    holdsFor(
      fc.tuple(rows('5/1s', 100), fc.constantFrom('5/1s', '3/1s+9/7s'), fc.integer({ min: 1, max: 100 })),
      ([rows, limit, capacity]) => {
        const plan = planOf(limit);
        const [sorted, unsorted] = [true, false].map((sort) => sequential(plan, rows, capacity, sort));
        expect(sorted).toEqual(unsorted);
      },
      100,
    );
  });

  test('which other rows are beside it', () => {
    holdsFor(fc.tuple(rows('5/1s'), fc.constantFrom(...limits)), ([rows, limit]) => {
      const together = sequential(planOf(limit), rows, 30);
      allSelections().forEach((selection, at) => {
        const [alone] = sequential(planOf(limit, { algorithms: [selection] }), rows, 30);
        expect(alone).toEqual(together[at]);
      });
    });
  });
});

test('KeyOrder puts rows in the order of keys, those of one key in their own', () => {
  holdsFor(rows('5/1s', 100), (rows) => {
    const to = new ArrivalBatch(rows.length);
    new KeyOrder(true).sort(arrivalsOf(rows), to);
    const sorted = [...rows].sort((a, b) => a.key - b.key); // sort is stable
    const columns = sorted.map((_, at) => [to.timeUs[at], to.key[at], to.cost[at], to.durationUs[at]]);
    expect(columns).toEqual(sorted.map(({ atUs, key, cost, durationUs }) => [atUs, key, cost, durationUs]));
    expect([to.length, to.keys]).toEqual([rows.length, testKeys]);
  });
});

/**
 * The lanes' results without speed, batch after batch as `run` does it, sorted or not.
 */
function sequential(plan: ComparisonPlan, rows: readonly Row[], capacity: number, sort = false) {
  const comparison = new Comparison(plan);
  const oracle = new Oracle(plan);
  const order = new KeyOrder(true);
  const source = new ListedTraffic(rows);
  const [read, sorted] = [new ArrivalBatch(capacity), new ArrivalBatch(capacity)];
  while (source.next(read)) {
    if (sort) order.sort(read, sorted);
    const batch = sort ? sorted : read;
    oracle.judge(batch);
    comparison.take(batch);
  }
  return comparison.results().map(({ throughput, ...figures }) => figures);
}
