/** Figures that are known beforehand, through the whole run. */
import { describe, expect, test } from 'vitest';
import { md1k } from '../algorithms/testing/queueing.ts';
import { standardErrors } from '../traffic/testing.ts';
import type { Row } from './testing/batches.ts';
import { ListedTraffic, planOf, resultOf, runOn, streamed } from './testing/runs.ts';

/** `count` requests of cost 1 for each key from `fromUs` on, `everyUs` apart. */
function requests(count: number, fromUs: number, everyUs = 0, keys: readonly number[] = [0]): Row[] {
  return Array.from({ length: count }, (_, at) =>
    keys.map((key) => ({ atUs: fromUs + at * everyUs, key, cost: 1, durationUs: 0 })),
  ).flat();
}

describe('twice the limit around the edge of an aligned window', () => {
  // 100/1m: 100 just before the first minute ends, 100 just after
  const edge = [...requests(100, 60e6 - 1), ...requests(100, 60e6)];

  test('a fixed window lets exactly 2N through within an instant', async () => {
    const result = await runOn(new ListedTraffic(edge), planOf('100/1m'));
    const { admitted, accuracy, burst } = resultOf(result, 'fixed-window');
    expect(admitted).toBe(200);
    expect(accuracy).toMatchObject({ over_admitted: 100, worst_window_ratio: 2, worst_window_at_us: 60e6 });
    expect(burst).toMatchObject({ max_in_10ms: 200, max_in_window: 200, rho_per_s: 100 / 60 });
    expect(burst.sigma).toBeCloseTo(200 - 100 / 60e6, 9); // 200 units in an interval of 1 µs
  });

  test('a sliding log lets N through, and refuses nothing needlessly', async () => {
    const result = await runOn(new ListedTraffic(edge), planOf('100/1m'));
    const { admitted, accuracy } = resultOf(result, 'sliding-window-log');
    expect(admitted).toBe(100);
    expect(accuracy).toMatchObject({ over_admitted: 0, needless_rejected: 0, worst_window_ratio: 1 });
  });

  test('under the calendar contract the same 2N are right', async () => {
    const result = await runOn(new ListedTraffic(edge), planOf('100/1m', { contract: 'calendar' }));
    expect(resultOf(result, 'fixed-window').accuracy).toMatchObject({
      over_admitted: 0,
      oracle_disagreed: 0,
    });
    expect(resultOf(result, 'sliding-window-log').accuracy.needless_rejected).toBe(100);
  });
});

test.each([
  { limit: '10/1s,burst=4', rate: 10, burst: 4 },
  { limit: '10/1s,burst=25', rate: 10, burst: 25 },
  { limit: '7/1s,burst=3', rate: 7, burst: 3 },
])(
  'a token bucket under $limit that is asked all the time: burst + ⌊rate · t⌋',
  async ({ limit, rate, burst }) => {
    const everyMs = requests(10_000, 0, 1000);
    const result = await runOn(new ListedTraffic(everyMs), planOf(limit));
    const { burst: most, accuracy } = resultOf(result, 'token-bucket');
    // a window (t − 1 s, t] of requests each millisecond is 999 ms long
    expect(most.max_in_window).toBe(burst + Math.floor(rate * 0.999));
    expect(most.max_in_100ms).toBe(burst + Math.floor(rate * 0.099));
    expect(most.sigma).toBe(burst);
    expect(accuracy).toMatchObject({ over_admitted: 0, needless_rejected: 0 });
  },
);

describe('a queue', () => {
  test('is seen over time at its releases', async () => {
    const result = await runOn(new ListedTraffic(requests(9, 0)), planOf('10/1s,burst=3'));
    const { timeline } = resultOf(result, 'leaky-bucket-queue');
    const busy = timeline.admitted.flatMap((count, at) =>
      count > 0 ? [[at * timeline.bucket_us, count]] : [],
    );
    expect(busy).toEqual([
      [0, 1],
      [100e3, 1],
      [200e3, 1],
    ]);
    expect(timeline.offered[0]).toBe(9);
  });

  test('holds back (B − 1) · T at most, evenly spaced, fair to equal clients', async () => {
    const keys = [0, 1, 2, 3];
    const plan = planOf('10/1s,burst=5', { contract: 'window' });
    const result = await runOn(new ListedTraffic(requests(2000, 0, 7000, keys)), plan);
    const { latency, fairness, burst, admitted } = resultOf(result, 'leaky-bucket-queue');
    expect(latency.max_us).toBe(4 * 100e3);
    expect(fairness).toMatchObject({ jain: 1, jain_entitled: 1, starved_keys: 0 });
    expect(burst).toMatchObject({ max_in_10ms: 1, max_in_1s: 10, sigma: 1 }); // one unit each 100 ms
    expect(admitted).toBe(4 * (5 + 139)); // 13.993 s of service at 10/s, and the places at the start
  });
});

test.each([
  { rho: 0.8, burst: 5 },
  { rho: 1, burst: 10 },
  { rho: 1.5, burst: 2 },
])(
  'Poisson traffic of load $rho on a bucket of $burst refuses what M/D/1/K loses',
  async ({ rho, burst }) => {
    const rate = 1000;
    const seconds = 300;
    const source = streamed({ arrivals: { model: 'poisson', rate: `${rho * rate}/s` } }, `${seconds}s`);
    const plan = planOf(`${rate}/1s,burst=${burst}`, { algorithms: 'token-bucket,gcra,leaky-bucket' });
    const { loss } = md1k(rho, burst);
    for (const { requests, rejected } of (await runOn(source, plan, { rows: 2 ** 16 })).results) {
      expect(requests).toBeGreaterThan(rho * rate * seconds * 0.99);
      // refusals come in runs: three times the variance of independent ones
      expect(standardErrors(rejected / requests, loss, (9 * loss * (1 - loss)) / requests)).toBeLessThan(4);
    }
  },
);
