import { describe, expect, test } from 'vitest';
import { plan } from '../plan.ts';
import { planOptions } from '../testing/options.ts';
import { axes } from './axes.ts';
import { ceilingsOf } from './ceilings.ts';
import { whatIf } from './index.ts';
import { sizedAlong } from './reach.ts';

describe.each(['rps', 'keys', 'window'] as const)('what if: %s', (name) => {
  test('a size reaches exactly to where another begins', async () => {
    const options = await planOptions({ ratePerSecond: 60_000, keys: 200, exponent: 0.5 });
    const { reaches, points } = whatIf(name, options);
    let edges = 0;
    for (const [at, { cluster, from, to, next, fits }] of reaches.entries()) {
      const sizedAt = sizedAlong(
        axes[name],
        options.selections.filter(({ algorithm }) => algorithm !== 'concurrency')[at],
        options,
      );
      const clusterAt = (value: number) => {
        const { fits, node, shards } = sizedAt(value);
        return fits ? { node, shards } : null;
      };
      if (from !== null) {
        edges++;
        expect(clusterAt(from)).toEqual(cluster);
        expect(clusterAt(from - 1)).not.toEqual(cluster);
      } else expect(clusterAt(points[0].at)).toEqual(cluster);
      if (to !== null) {
        edges++;
        expect(clusterAt(to)).toEqual(cluster);
        expect(clusterAt(to + 1)).toEqual(next);
        expect(next).not.toEqual(cluster);
      } else expect(clusterAt(points.at(-1)!.at)).toEqual(cluster);
      if (fits && fits.to !== null) {
        expect(sizedAt(fits.to).fits).toBe(true);
        expect(sizedAt(fits.to + 1).fits).toBe(false);
      }
    }
    if (name !== 'window') expect(edges).toBeGreaterThan(0);
  });

  test('is the plan itself at what was asked for', async () => {
    const options = await planOptions({ algorithms: 'gcra,sliding-window-log' });
    const { asked, points } = whatIf(name, options);
    const there = points.find(({ at }) => at === asked)!;
    const { rows } = plan(options);
    expect(there.rows).toMatchObject(
      rows.map(({ algorithm, fits, node, shards, usd_per_month, memory: { keys_alive, data_bytes } }) => {
        return { algorithm, fits, node, shards, usd_per_month, keys_alive, data_bytes };
      }),
    );
  });
});

test('a single key has no fewer', async () => {
  const { points } = whatIf('keys', await planOptions({ ratePerSecond: 1, keys: 1, exponent: 1 }));
  expect(points[0].at).toBeLessThan(1);
  expect(points[0].rows).toEqual(points.find(({ at }) => at === 1)!.rows);
});

test('where CPU breaks first, it breaks at the rate that the plan says', async () => {
  const options = await planOptions({ algorithms: 'gcra' });
  const [{ breaks_first }] = plan(options).rows;
  expect(breaks_first.what).toBe('cpu');
  const [{ to }] = whatIf('rps', options).reaches;
  expect(to).toBe(Math.floor(options.demand.ratePerSecond * breaks_first.at_ratio));
});

test('the hottest key ends what any cluster can take: its share of what one shard may', async () => {
  const options = await planOptions({ algorithms: 'gcra' });
  const [{ hottest_key }] = plan(options).rows;
  const [{ fits }] = whatIf('rps', options).reaches;
  const bound = options.demand.ratePerSecond / hottest_key.ratio;
  expect(fits!.to).toBeLessThanOrEqual(bound);
  expect(fits!.to).toBeGreaterThan(0.9 * bound);
});

test('a longer window at the same rate keeps more of a fixed window, and nothing more of a bucket', async () => {
  const options = await planOptions({ algorithms: 'fixed-window,gcra', limit: '60/1m' });
  const { points } = whatIf('window', options);
  const dataOf = (row: number) => points.map(({ rows }) => rows[row].data_bytes);
  expect(dataOf(0)).toEqual([...dataOf(0)].sort((a, b) => a - b));
  expect(new Set(dataOf(0)).size).toBe(points.length);
  expect(dataOf(1).at(-1)! / dataOf(1)[0]).toBeCloseTo(1, 1);
});

describe('ceilings', () => {
  test('are of all algorithms, and rise with the cluster', async () => {
    const options = await planOptions({ algorithms: 'gcra' });
    const ceilings = ceilingsOf(plan(options).rows, options);
    expect(ceilings.length).toBeGreaterThan(5);
    for (const { one_shard_per_s, chosen_per_s, any_per_s } of ceilings) {
      expect(one_shard_per_s).toBeLessThan(chosen_per_s!);
      expect(chosen_per_s).toBeLessThan(any_per_s!);
    }
  });

  test('of the row that was chosen: the rate at which it breaks', async () => {
    const options = await planOptions({ algorithms: 'gcra' });
    const { rows } = plan(options);
    const [{ chosen_per_s }] = ceilingsOf(rows, options);
    expect(chosen_per_s).toBe(Math.floor(options.demand.ratePerSecond * rows[0].breaks_first.at_ratio));
  });
});
