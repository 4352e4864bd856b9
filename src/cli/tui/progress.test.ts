import { expect, test } from 'vitest';
import { progressLine } from './progress.ts';

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
