import { describe, expect, test } from 'vitest';
import { InlineEngine } from './engine.ts';
import type { RunResult } from './result.ts';
import { run } from './run.ts';
import type { Row } from './testing/batches.ts';
import { ListedTraffic, planOf, resultOf, runOn, streamed, withoutSpeed } from './testing/runs.ts';

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

const clients = {
  arrivals: { model: 'poisson', rate: '1k/s' },
  keys: { model: 'zipf', count: 50, exponent: 1 },
  durations: { model: 'exponential', mean: '80ms' },
} as const;

function secondByKey(seconds: number): Row[] {
  return Array.from({ length: seconds * 4 }, (_, at) => {
    return { atUs: at * 250e3, key: at % 3, cost: 1, durationUs: 0 };
  });
}

class WatchedEngine extends InlineEngine {
  closed = 0;
  override close(): void {
    this.closed++;
  }
}

describe('what holds in every run', () => {
  test.each(['10/1s', '10/1s,burst=20', '5/1s,per=global', '10/1s+300/1m'])('under %s', async (limit) => {
    const result = await runOn(streamed(clients, '20s'), planOf(limit));
    expect(result).toMatchObject({ schema: 'ratelimit.run/1', partial: false, seed: 1, version: '0' });
    for (const row of result.results) expectConsistent(row, result);
  });

  function expectConsistent(row: RunResult['results'][number], { traffic }: RunResult): void {
    const { requests, admitted, rejected, accuracy, fairness, latency, retry_after, timeline, burst } = row;
    expect(requests).toBe(traffic.requests);
    expect(admitted + rejected).toBe(requests);
    expect([sum(timeline.offered), sum(timeline.admitted)]).toEqual([requests, admitted]);
    expect(timeline.offered.length).toBe(timeline.admitted.length);
    expect(timeline.offered.length).toBeLessThanOrEqual(600);
    const { over_admitted, needless_rejected, oracle_disagreed } = accuracy;
    expect(accuracy.over_admitted_ratio).toBe(over_admitted / requests);
    expect(accuracy.needless_rejected_ratio).toBe(needless_rejected / requests);
    expect(accuracy.oracle_disagreed_ratio).toBe(oracle_disagreed / requests);
    expect(over_admitted).toBeLessThanOrEqual(admitted);
    expect(needless_rejected).toBeLessThanOrEqual(rejected);
    for (const ratio of [fairness.jain, fairness.jain_entitled, retry_after.admitted_when_due_ratio ?? 0]) {
      expect(ratio).toBeGreaterThanOrEqual(0);
      expect(ratio).toBeLessThanOrEqual(1 + 1e-12);
    }
    expect(retry_after.advised).toBeLessThanOrEqual(rejected);
    const { p50_us, p90_us, p99_us, p999_us, max_us } = latency;
    const rising = [0, p50_us, p90_us, p99_us, p999_us, max_us];
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    expect(burst.max_in_10ms).toBeLessThanOrEqual(burst.max_in_100ms);
    expect(burst.max_in_100ms).toBeLessThanOrEqual(burst.max_in_1s);
    expect(row.memory.bytes).toBe(Math.round(row.memory.bytes_per_key * row.memory.keys));
  }

  test.each([
    { contract: 'window', algorithm: 'sliding-window-log' },
    { contract: 'bucket', algorithm: 'token-bucket' },
    { contract: 'bucket', algorithm: 'gcra' },
    { contract: 'bucket', algorithm: 'leaky-bucket' },
    { contract: 'calendar', algorithm: 'fixed-window' },
  ] as const)(
    '$algorithm keeps the contract $contract: it is its oracle',
    async ({ contract, algorithm }) => {
      for (const limit of ['10/1s,burst=7', '7/1s,burst=9+300/1m,burst=300,per=global']) {
        const result = await runOn(streamed(clients, '20s'), planOf(limit, { contract }));
        expect(resultOf(result, algorithm).rejected).toBeGreaterThan(0);
        expect(resultOf(result, algorithm).accuracy).toMatchObject({
          over_admitted: 0,
          needless_rejected: 0,
          oracle_disagreed: 0,
        });
      }
    },
  );
});

describe('a run that ends early', () => {
  test('by an abort reports what was finished and marks it partial', async () => {
    const abort = new AbortController();
    const source = new ListedTraffic(secondByKey(100));
    const plan = planOf('1/1s', { algorithms: 'gcra' });
    const engine = new WatchedEngine(plan, 50);
    const take = engine.take.bind(engine);
    let batches = 0;
    engine.take = (batch) => {
      take(batch);
      if (++batches === 2) abort.abort();
    };
    const options = { name: 'test', version: '0', seed: 1, plan, source, engine };
    const partial = await run({ ...options, signal: abort.signal });
    expect(partial.partial).toBe(true);
    expect([source.closed, engine.closed]).toEqual([1, 1]);
    const whole = await runOn(new ListedTraffic(secondByKey(25)), plan);
    expect(withoutSpeed(partial)).toEqual({
      ...withoutSpeed(whole),
      partial: true,
      partial_reason: 'interrupted',
    });
  });

  test('before it began has no requests and no figures', async () => {
    const source = new ListedTraffic(secondByKey(1));
    const result = await runOn(source, planOf('1/1s'), { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ partial: true, traffic: { requests: 0, duration_us: 0 } });
    expect(resultOf(result, 'gcra')).toMatchObject({
      requests: 0,
      accuracy: { over_admitted_ratio: 0, worst_window_ratio: 0, worst_window_at_us: null },
      fairness: { jain: null, jain_entitled: null },
      latency: { max_us: 0 },
      retry_after: { admitted_when_due_ratio: null, late_p50_us: null },
      timeline: { offered: [], admitted: [] },
    });
    expect(source.closed).toBe(1);
  });

  test('by an error of the source closes the engine and the source', async () => {
    const source = new ListedTraffic(secondByKey(10), 20);
    const plan = planOf('1/1s');
    const engine = new WatchedEngine(plan, 8);
    await expect(run({ name: 'test', version: '0', seed: 1, plan, source, engine })).rejects.toThrow(
      'the disk is gone',
    );
    expect([source.closed, engine.closed]).toEqual([1, 1]);
  });
});

test('the result names the limits, the contract of each and the notes', async () => {
  const plan = planOf('5/1s+100/1m,burst=7,per=tenant', { algorithms: 'gcra' });
  const result = await runOn(new ListedTraffic(secondByKey(1)), plan, { notes: ['a note'] });
  const [second, minute] = [
    { limit: 5, period_us: 1e6, burst: 5, per: 'key' },
    { limit: 100, period_us: 60e6, burst: 7, per: 'tenant' },
  ];
  expect(result.scenario).toEqual({ name: 'test', limit: second, limits: [second, minute] });
  expect(result.contract).toEqual({
    kind: 'all',
    contracts: [
      { kind: 'window', limit: 5, window_us: 1e6, per: 'key' },
      { kind: 'bucket', ...minute },
    ],
  });
  expect(result.notes).toEqual(['a note']);
});
