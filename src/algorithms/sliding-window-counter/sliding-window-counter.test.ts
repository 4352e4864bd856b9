import { describe, expect, test } from 'vitest';
import { UsageError } from '../../errors.ts';
import { limiterOf, quota } from '../testing/limiters.ts';
import { admittedOf, answers, type Row, times } from '../testing/script.ts';
import { slidingWindowCounter } from './index.ts';

const fourASecond = quota('4/1s');

describe('a sliding window counter', () => {
  test('Cloudflare’s example: 42 · 45/60 + 18 = 49.5 of 50, so exactly one more passes', () => {
    const limiter = limiterOf(slidingWindowCounter, quota('50/1m'));
    const rows: Row[] = [
      ['30s', 42, 'passes', 8, 'the previous minute'],
      ['75s', 18, 'passes', 1, '15 s into this one the estimate is 49.5'],
      ['75s', 2, 'waits 714286us', 1, 'two must wait until 42 · share < 31: 15.714286 s in'],
      ['75s', 1, 'passes', 0, 'one passes: 50.5'],
      ['75s', 1, 'waits 714286us', 0, 'and no other'],
    ];
    expect(answers(limiter, rows)).toEqual(rows);
  });

  test('a unit passes while the estimate is below the limit of 4', () => {
    const rows: Row[] = [
      ['999999us', 4, 'passes', 0, 'the whole limit at the end of a window'],
      ['1s', 1, 'waits 1us', 0, 'all of it is still covered: 4 · 1'],
      ['1000001us', 1, 'passes', 0, '4 · 0.999999 is below 4'],
      ['1000001us', 1, 'waits 250ms', 0, '4 · 0.75 + 1 is 4: a microsecond more'],
      ['1250ms', 1, 'waits 1us', 0, 'exactly 4 is not below 4'],
      ['1250001us', 1, 'passes', 0, 'and now it is'],
      ['1999999us', 2, 'passes', 0, 'at the end the previous window weighs nothing'],
      ['2s', 1, 'waits 1us', 0, 'the window of 1 s, full, is now the previous one'],
      ['5s', 4, 'passes', 0, 'two windows later all is forgotten'],
    ];
    expect(answers(limiterOf(slidingWindowCounter, fourASecond), rows)).toEqual(rows);
  });

  test('the first window has no previous one, for the first key and for all others', () => {
    const limiter = limiterOf(slidingWindowCounter, fourASecond);
    for (const key of [0, 1, 7]) {
      for (const left of [3, 2, 1, 0]) {
        limiter.take(key, 100, 1, 0);
        expect(limiter.remaining(key, 100)).toBe(left);
      }
    }
  });

  test('a wait that reaches into the next window', () => {
    const rows: Row[] = [
      ['200ms', 4, 'passes', 0, 'early in the window'],
      ['300ms', 1, 'waits 700001us', 0, 'no room in this window; 1 µs into the next'],
      ['300ms', 4, 'waits 1450001us', 0, 'four · covered must fall below one: 750001 µs in'],
    ];
    expect(answers(limiterOf(slidingWindowCounter, fourASecond), rows)).toEqual(rows);
  });

  test('a cost above the limit, a peek, a limit of 0', () => {
    const rows: Row[] = [
      ['0s', 5, 'never', 4, 'five can not fit into four'],
      ['0s', 4, 'passes', 0, 'and took nothing'],
      ['0s', 0, 'passes', 0, 'a peek'],
    ];
    expect(answers(limiterOf(slidingWindowCounter, fourASecond), rows)).toEqual(rows);
    const nothing: Row[] = [['0s', 1, 'never', 0, 'a limit of 0']];
    expect(answers(limiterOf(slidingWindowCounter, quota('0/1s')), nothing)).toEqual(nothing);
  });

  test('count_rejected: refused units weigh on the window and on the next', () => {
    const rows: Row[] = [
      ['0s', 4, 'passes', 0, 'full'],
      ['500ms', 4, 'waits 1250001us', 0, 'refused and counted: 8 in this window'],
      ['1500ms', 1, 'waits 1us', 0, '8 · 0.5 is still 4'],
      ['1500001us', 1, 'waits 125ms', 0, 'the one refused at 1500 ms took the place: now 8 · share < 3'],
    ];
    const limiter = limiterOf(slidingWindowCounter, fourASecond, { count_rejected: true });
    expect(answers(limiter, rows)).toEqual(rows);
  });

  test('windows are aligned to the epoch: a run from 250 ms before 1970', () => {
    const rows: Row[] = [
      ['249999us', 4, 'passes', 0, 'the last microsecond of 1969'],
      ['250ms', 1, 'waits 1us', 0, 'all of the previous window is covered'],
      ['750ms', 2, 'passes', 0, 'half of it: 4 · 0.5 + 2'],
    ];
    expect(answers(limiterOf(slidingWindowCounter, fourASecond, {}, -250_000), rows)).toEqual(rows);
  });
});

describe('rounding', () => {
  test('none: the estimate and the cost are at most the limit', () => {
    const rows: Row[] = [
      ['0s', 4, 'passes', 0, 'the whole limit'],
      ['1249999us', 1, 'waits 1us', 0, '4 · 0.750001 + 1 is above 4'],
      ['1250ms', 1, 'passes', 0, '4 · 0.75 + 1 is 4'],
      ['1250ms', 1, 'waits 250ms', 0, 'until 4 · 0.5 + 2'],
      ['1500ms', 2, 'waits 250ms', 1, 'two more must wait until 4 · 0.25 + 1 + 2'],
      ['2s', 3, 'passes', 0, 'the one counts in full at the start of the next window'],
    ];
    expect(answers(limiterOf(slidingWindowCounter, fourASecond, { rounding: 'none' }), rows)).toEqual(rows);
  });

  test('nearest: halves are rounded up', () => {
    const rows: Row[] = [
      ['0s', 4, 'passes', 0, 'the whole limit'],
      ['1125ms', 1, 'waits 1us', 0, '4 · 0.875 is 3.5, so 4'],
      ['1125001us', 1, 'passes', 0, 'and now 3'],
      ['1125001us', 1, 'waits 250ms', 0, 'until 4 · covered is below 2.5'],
    ];
    const limiter = limiterOf(slidingWindowCounter, fourASecond, { rounding: 'nearest' });
    expect(answers(limiter, rows)).toEqual(rows);
  });
});

describe('sub_windows', () => {
  test('count in full until the oldest of them leaves, and then in proportion', () => {
    const rows: Row[] = [
      ['0s', 2, 'passes', 2, 'sub-window 0 of ten'],
      ['150ms', 2, 'passes', 0, 'sub-window 1'],
      ['1s', 1, 'waits 1us', 0, 'sub-window 0 begins to leave'],
      ['1050ms', 1, 'passes', 0, 'half of it has left: 2 · 0.5 + 2 + 1 is full again'],
      ['1050ms', 1, 'waits 1us', 0, 'until it is less than 1'],
      ['1099999us', 1, 'passes', 0, '2 · 0.00001 + 3'],
      ['1100ms', 1, 'waits 1us', 0, 'sub-window 1 begins to leave'],
      ['1d', 4, 'passes', 0, 'a long rest'],
    ];
    expect(answers(limiterOf(slidingWindowCounter, fourASecond, { sub_windows: 10 }), rows)).toEqual(rows);
  });

  test('do not lower the worst case: 2N in a trailing window, as with one', () => {
    const attackUs = (subWindowUs: number) => [
      ...times(4, () => subWindowUs - 1), // all at the end of a sub-window,
      ...times(4, () => subWindowUs + 1_000_000 - 2), // and when that weighs next to nothing, 1 µs less than W later
    ];
    const of = (sub_windows: number) => limiterOf(slidingWindowCounter, fourASecond, { sub_windows });
    expect(admittedOf(of(1), attackUs(1_000_000))).toBe(8);
    expect(admittedOf(of(10), attackUs(100_000))).toBe(8);
  });

  test('must cut the period into whole microseconds', () => {
    expect(() => limiterOf(slidingWindowCounter, fourASecond, { sub_windows: 7 })).toThrow(UsageError);
    expect(() => limiterOf(slidingWindowCounter, quota('4/7us'), { sub_windows: 7 })).not.toThrow();
  });
});
