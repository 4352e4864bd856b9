import { describe, expect, test } from 'vitest';
import { limiterOf, quota } from '../testing/limiters.ts';
import { admittedOf, answers, type Row, times } from '../testing/script.ts';
import { slidingWindowLog } from './index.ts';

const threeASecond = quota('3/1s');

describe('a sliding window log of 3/1s', () => {
  test('lets a unit in when one that is a period old has left', () => {
    const rows: Row[] = [
      ['100ms', 1, 'passes', 2, 'logged at 100 ms'],
      ['400ms', 1, 'passes', 1, 'logged at 400 ms'],
      ['900ms', 2, 'waits 200ms', 1, 'two need the one of 100 ms to leave, at 1100 ms'],
      ['900ms', 1, 'passes', 0, 'one fits'],
      ['900ms', 3, 'waits 1s', 0, 'three need all to leave, the last at 1900 ms'],
      ['1099999us', 1, 'waits 1us', 0, 'a microsecond less than a period: still in'],
      ['1100ms', 1, 'passes', 0, 'exactly one period old: gone'],
      ['1100ms', 2, 'waits 800ms', 0, '400 ms and 900 ms must go'],
      ['1d', 3, 'passes', 0, 'a long rest earns one limit'],
      ['1d', 1, 'waits 1s', 0, 'and no more'],
    ];
    expect(answers(limiterOf(slidingWindowLog, threeASecond), rows)).toEqual(rows);
  });

  test('edge=inclusive: a request exactly one period old still counts', () => {
    const rows: Row[] = [
      ['100ms', 3, 'passes', 0, 'all at once'],
      ['1099999us', 1, 'waits 2us', 0, 'until 1 µs after the period'],
      ['1100ms', 1, 'waits 1us', 0, 'exactly one period later: still in'],
      ['1100001us', 3, 'passes', 0, 'now it is gone'],
    ];
    expect(answers(limiterOf(slidingWindowLog, threeASecond, { edge: 'inclusive' }), rows)).toEqual(rows);
  });

  test('units of one request come and go together', () => {
    const rows: Row[] = [
      ['0s', 2, 'passes', 1, 'an entry of two units'],
      ['500ms', 1, 'passes', 0, 'and one of one'],
      ['600ms', 1, 'waits 400ms', 0, 'the entry of two leaves whole'],
      ['1s', 2, 'passes', 0, 'and makes room for two'],
    ];
    expect(answers(limiterOf(slidingWindowLog, threeASecond), rows)).toEqual(rows);
  });

  test('a cost above the limit never conforms; peeks are not logged; a limit of 0 admits nothing', () => {
    const rows: Row[] = [
      ['0s', 4, 'never', 3, 'four can not fit into three'],
      ['0s', 0, 'passes', 3, 'a peek'],
      ['0s', 3, 'passes', 0, 'neither took anything'],
      ['0s', 0, 'passes', 0, 'a peek passes when nothing is left'],
    ];
    expect(answers(limiterOf(slidingWindowLog, threeASecond), rows)).toEqual(rows);
    const nothing: Row[] = [['0s', 1, 'never', 0, 'a limit of 0']];
    expect(answers(limiterOf(slidingWindowLog, quota('0/1s')), nothing)).toEqual(nothing);
  });

  test('has no edge to attack: 3 of 10 around a whole second', () => {
    const aroundUs = [...times(5, () => 999_999), ...times(5, () => 1_000_000)];
    expect(admittedOf(limiterOf(slidingWindowLog, threeASecond), aroundUs)).toBe(3);
  });
});

describe('count_rejected', () => {
  const counting = { count_rejected: true };

  test('a refused request is logged, and moves the time that it was told', () => {
    const rows: Row[] = [
      ['0s', 3, 'passes', 0, 'all at once'],
      ['400ms', 1, 'waits 600ms', 0, 'what would be true had it not asked'],
      ['1s', 3, 'waits 400ms', 0, 'the refused one is in the log until 1400 ms, and this one is now as well'],
      ['1400ms', 1, 'waits 600ms', 0, 'the three of 1 s fill the window'],
      ['2399999us', 3, 'waits 1us', 0, 'the one of 1400 ms is in it'],
      ['3399999us', 3, 'passes', 0, 'a whole period of silence empties it'],
    ];
    expect(answers(limiterOf(slidingWindowLog, threeASecond, counting), rows)).toEqual(rows);
  });

  test('locks out a client for good that asks 1 % faster than the limit', () => {
    const everyUs = times(2000, (n) => Math.round((n * 1e6) / (100 * 1.01)));
    const limiter = limiterOf(slidingWindowLog, quota('100/1s'), counting);
    expect(admittedOf(limiter, everyUs)).toBe(100);
    expect(admittedOf(limiterOf(slidingWindowLog, quota('100/1s')), everyUs)).toBe(1981); // each 101st is refused
  });

  test('keeps limit + 1 units at most, whatever is thrown at it', () => {
    const limiter = limiterOf(slidingWindowLog, threeASecond, counting);
    admittedOf(
      limiter,
      times(10_000, (n) => n),
    );
    expect(limiter.explain(0, 10_000)).toBe('4 of 3 used in the window, 4 stamps kept');
    expect(limiter.stateBytes(1)).toBeLessThanOrEqual(8 * 8);
  });
});
