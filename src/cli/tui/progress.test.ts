import { expect, test } from 'vitest';
import { progressLine, progressLines } from './progress.ts';

test.each([
  [
    'nobody knows the end',
    { requests: 1.2e6, elapsedMs: 3000, ratePerSecond: 4e5 },
    '1.2M requests  400k/s  for 3 s',
  ],
  [
    'nothing came yet',
    { requests: 0, expected: 100, elapsedMs: 0, ratePerSecond: 0 },
    '░░░░░░░░░░░░░░░░░░░░░░░░ 0 %  0 of 100 requests  0/s',
  ],
  [
    'more came than expected',
    { requests: 120, expected: 100, elapsedMs: 1000, ratePerSecond: 120 },
    '████████████████████████ 100 %  120 of 100 requests  120/s  1 s left',
  ],
])('%s', (_, progress, line) => {
  expect(progressLine(progress)).toBe(line);
});

test('of a store: which row it decides, and how long that takes so far', () => {
  const progress = { requests: 10, elapsedMs: 1000, ratePerSecond: 10 };
  const live = { part: 'gcra, 1 of 2', latency: { p50Us: 151, p99Us: 7010 } };
  expect(progressLines({ ...progress, ...live }).slice(2)).toEqual([
    '',
    'gcra, 1 of 2',
    'decisions so far: P50 151 µs, P99 7.01 ms',
  ]);
  expect(progressLines(progress)).toEqual(['', progressLine(progress)]);
});
