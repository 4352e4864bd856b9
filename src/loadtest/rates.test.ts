import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RatePiece } from '../traffic/arrivals/model.ts';
import { executorOf, instantsUs } from './rates.ts';

const piece = (startUs: number, stopUs: number, from: number, to = from): RatePiece => ({
  startUs,
  stopUs,
  from,
  to,
});

describe('executors of k6', () => {
  test.each([
    [
      'a steady rate',
      [piece(0, 10e6, 50)],
      { executor: 'constant-arrival-rate', rate: 50, timeUnit: '1s', duration: '10s' },
    ],
    [
      'a rate that is whole only by the minute',
      [piece(0, 1.5e6, 0.5)],
      { executor: 'constant-arrival-rate', rate: 30, timeUnit: '1m', duration: '1.5s' },
    ],
    [
      'a ramp, then a jump',
      [piece(0, 4e6, 0, 20), piece(4e6, 6e6, 5)],
      {
        executor: 'ramping-arrival-rate',
        startRate: 0,
        timeUnit: '1s',
        stages: [
          { target: 20, duration: '4s' },
          { target: 5, duration: '0s' },
          { target: 5, duration: '2s' },
        ],
      },
    ],
  ])('%s', (_, pieces, executor) => {
    expect(executorOf(pieces)).toEqual(executor);
  });
});

describe('instants', () => {
  test('are even at a steady rate', () => {
    expect(instantsUs([piece(1e6, 2e6, 4)])).toEqual([1e6, 1.25e6, 1.5e6, 1.75e6]);
  });

  test('are as many as the rate brings, in order, within its time', () => {
    const rates = fc.tuple(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 1, max: 5 }),
    );
    fc.assert(
      fc.property(fc.array(rates, { minLength: 1, maxLength: 5 }), (parts) => {
        let startUs = 0;
        const pieces = parts.map(([from, to, seconds]) => {
          const one = piece(startUs, startUs + seconds * 1e6, from, to);
          startUs = one.stopUs;
          return one;
        });
        const instants = instantsUs(pieces);
        const brought = parts.reduce((sum, [from, to, seconds]) => sum + ((from + to) / 2) * seconds, 0);
        expect(Math.abs(instants.length - brought)).toBeLessThanOrEqual(1);
        expect(instants).toEqual([...instants].sort((a, b) => a - b));
        expect(instants.every((us) => us >= 0 && us <= startUs)).toBe(true);
      }),
    );
  });
});
