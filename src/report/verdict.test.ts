import { expect, test } from 'vitest';
import type { RunResult } from '../sim/result.ts';
import { resultOf, row } from './testing/fixture.ts';
import { verdictOf } from './verdict.ts';

/** The verdict of a row that stands alone. */
function verdict(of: ReturnType<typeof row>, changes: Partial<RunResult> = {}): string {
  return verdictOf(of, resultOf({ results: [of], ...changes }));
}

test('the promise comes first: how far it was exceeded, where, and how often', () => {
  expect(verdict(row('fixed-window', { over: 14, worst: { units: 200, atUs: 59_999_400 } }))).toBe(
    'admits up to 2× the limit in a trailing minute (worst: 200 of 100, at 0:59.999): ' +
      '14 over-admissions (0.029 % of the requests); refuses nothing needlessly',
  );
});

test('a promise that was kept is said to be, with its price', () => {
  expect(verdict(row('sliding-window-counter', { needless: 1542 }))).toBe(
    'never admits more than the contract allows; refuses 3.2 % needlessly',
  );
});

test('delay, starved keys and bad advice are named when there are any', () => {
  const latency = { p50_us: 1e6, p90_us: 2e6, p99_us: 3e6, p999_us: 4e6, max_us: 59.4e6 };
  const retry = { admitted_when_due_ratio: 0.62, late_p99_us: 2.4e6 };
  expect(verdict(row('x', { latency, retry, fairness: { starved_keys: 3 } }))).toBe(
    'never admits more than the contract allows; refuses nothing needlessly; holds requests back up to 59.4 s; ' +
      'starves 3 keys; its retry advice holds for 62 % of those who follow it, else up to 2.4 s too early (P99)',
  );
});

test('a bucket contract is judged by its burst', () => {
  const contract = { kind: 'bucket', limit: 100, period_us: 60e6, burst: 20, per: 'key' } as const;
  expect(verdict(row('fixed-window', { over: 2, sigma: 104.5 }), { contract })).toMatch(
    /^admits bursts of up to 104.5 where the contract has 20: 2 over-admissions/,
  );
});

test('of several contracts none is singled out', () => {
  const window = { kind: 'window', limit: 100, window_us: 60e6, per: 'key' } as const;
  const contract = { kind: 'all', contracts: [window, { ...window, limit: 10, window_us: 1e6 }] } as const;
  expect(verdict(row('gcra', { over: 2, worst: { units: 198, atUs: 1e6 } }), { contract })).toMatch(
    /^admits up to 1.98× the limit in a trailing period \(worst: at 0:01\): 2 over-admissions/,
  );
});

test('traffic that never meets the limit proves nothing, and the verdict says so', () => {
  expect(verdict(row('gcra', { admitted: 48_200 }))).toMatch(/this traffic never reached the limit/);
});

test('a limiter that refuses everything is not praised for its accuracy alone', () => {
  expect(verdict(row('x', { admitted: 0, needless: 48_200 }))).toBe(
    'admits nothing; refuses 100 % needlessly',
  );
});

test('a limiter that refuses nothing is not said to have a limit', () => {
  expect(
    verdict(row('concurrency', { admitted: 48_200, over: 17, worst: { units: 512, atUs: 1e6 } })),
  ).toMatch(/^admits everything, up to 5.12× the limit in a trailing minute/);
});

test('no request, no verdict', () => {
  expect(verdict({ ...row('gcra'), requests: 0 })).toBe('saw no request');
});

test('rows that decide alike say so', () => {
  const [a, b] = [row('gcra', { bytesPerKey: 8 }), row('token-bucket')];
  expect(verdictOf(a, resultOf({ results: [a, b, row('fixed-window', { over: 1 })] }))).toMatch(
    /no real difference to token-bucket: they decide alike$/,
  );
});
