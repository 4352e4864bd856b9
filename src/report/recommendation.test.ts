import { expect, test } from 'vitest';
import { recommendation } from './recommendation.ts';
import { resultOf, row } from './testing/fixture.ts';

const queueDelay = { p50_us: 1e6, p90_us: 2e6, p99_us: 3e6, p999_us: 4e6, max_us: 5e6 };

test('accuracy first, then what less memory would cost', () => {
  const results = [
    row('log', { bytesPerKey: 800 }),
    row('counter', { over: 100, needless: 141, bytesPerKey: 24 }),
  ];
  expect(recommendation(resultOf({ results }))).toEqual([
    'Most accurate: log (no wrong decision in 48.2k, 800 bytes a key).',
    'Least memory within 1 % of that: counter (24 bytes a key, 0.5 % wrong).',
  ]);
});

test('a row that never over-admits is named beside a more accurate one that does', () => {
  const results = [row('a', { over: 10 }), row('b', { needless: 20 })];
  expect(recommendation(resultOf({ results }))).toEqual([
    'Most accurate: a (0.0207 % of the decisions wrong, 10 over-admissions, 16 bytes a key).',
    'Never over-admits and refuses least needlessly: b (0.0415 %).',
  ]);
});

test('a queue does not win by accuracy alone, for it pays with delay', () => {
  const results = [row('log', { bytesPerKey: 800 }), row('queue', { latency: queueDelay, most: [1, 1, 2] })];
  expect(recommendation(resultOf({ results }))).toEqual([
    'Most accurate: log (no wrong decision in 48.2k, 800 bytes a key); queue no less, but for delays of up to 5 s.',
    'Smoothest: queue (at most 2 of a key in a second, for delays of up to 5 s).',
  ]);
});

test('rows that decide alike differ by memory only', () => {
  const results = [row('token-bucket', { bytesPerKey: 16 }), row('gcra', { bytesPerKey: 8 })];
  expect(recommendation(resultOf({ results }))).toEqual([
    'All rows decide alike on this traffic; least memory: gcra (8 bytes a key).',
  ]);
});

test('traffic below the limit recommends nothing', () => {
  const results = [row('a', { admitted: 48_200 }), row('b', { admitted: 48_200 })];
  expect(recommendation(resultOf({ results }))).toEqual([
    'This traffic never reached the limit, so it does not tell these rows apart.',
  ]);
});

test('one row is no choice', () => {
  expect(recommendation(resultOf({ results: [row('a')] }))).toEqual([]);
});
