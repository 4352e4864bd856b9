import { expect, test } from 'vitest';
import { contractWords, limitSpelling, limitWords, trafficWords } from './words.ts';

const window = { kind: 'window', limit: 100, window_us: 60e6, per: 'key' } as const;

test.each([
  [contractWords(window), 'at most 100 in any trailing minute, for each key'],
  [
    contractWords({ ...window, window_us: 10e6, per: 'global' }),
    'at most 100 in any trailing 10 s, for all together',
  ],
  [
    contractWords({ ...window, kind: 'calendar', tenant: 'acme' }),
    'at most 100 in each minute of the calendar, for tenant acme',
  ],
  [
    contractWords({ kind: 'bucket', limit: 100, period_us: 60e6, burst: 20, per: 'tenant' }),
    'at most 20 at once, and 100 a minute on top, in any interval, for each tenant',
  ],
  [
    contractWords({ kind: 'all', contracts: [window, { ...window, limit: 5, window_us: 1e6 }] }),
    'at most 100 in any trailing minute, for each key; and at most 5 in any trailing second, for each key',
  ],
  [
    limitWords({ name: '', limit: { limit: 100, period_us: 60e6, burst: 20, per: 'key' } }),
    '100/1m, burst 20, for each key',
  ],
  [
    trafficWords({
      source: 'trace',
      format: 'CSV\u0007',
      requests: 12_345,
      keys: 1,
      cost: 20_000,
      duration_us: 90e6,
    }),
    '12.3k requests of 1 key in 1.5 m, 20k units in all, trace: CSV\\x07',
  ],
  [
    trafficWords({ source: 'trace', format: 'CSV', requests: 1, keys: 1, cost: 1, duration_us: 0 }),
    '1 request of 1 key in 0 µs, trace: CSV',
  ],
  [limitSpelling({ name: '', limit: { limit: 100, period_us: 60e6, burst: 100, per: 'key' } }), '100/1m'],
  [
    limitSpelling({
      name: '',
      limit: { limit: 100, period_us: 60e6, burst: 20, per: 'tenant', tenant: 'acme' },
    }),
    '100/1m,burst=20,per=tenant for acme',
  ],
])('%s', (words, expected) => {
  expect(words).toBe(expected);
});
