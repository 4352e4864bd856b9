import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { FitResult, FittedLimiter } from '../loadtest/fit/result.ts';
import { renderFit } from './fit-text.ts';

const limiter = (algorithm: string, variant: string, limit: string): FittedLimiter => ({
  algorithm,
  variant,
  limit,
  window_phase_us: null,
  explained: 99,
  explained_ratio: 0.99,
  unexplained: 1,
  answers_uneven_us: null,
  forgets_after_us: null,
  like_first: false,
});

const result: FitResult = {
  schema: 'ratelimit.fit/1',
  version: '0',
  recording: {
    format: 'test',
    requests: 100,
    keys: 1,
    admitted: 60,
    refused: 40,
    duration_us: 6e6,
    answers_uneven_us: null,
  },
  tried: 2,
  fits: [
    limiter('gcra', '', '10/1s'),
    limiter(
      'sliding-window-counter',
      'sub_windows=10 rounding=nearest count_rejected=true',
      '100/1500ms,burst=20',
    ),
    limiter('sliding-window-counter', 'sub_windows=10 rounding=none count_rejected=true', '7/1s'),
  ],
  against: [],
  against_by_1ms: 0,
  notes: [],
};

test('no line is wider than 80 columns, and rows can be told apart', () => {
  const lines = renderFit(result).split('\n');
  expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
  expect(lines.filter((line) => line.includes('rounding=nearest'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('rounding=none'))).toHaveLength(1);
});
