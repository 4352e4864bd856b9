import { describe, expect, test } from 'vitest';
import { limiterOf, quota } from '../testing/limiters.ts';
import { admittedOf, answers, type Row, times } from '../testing/script.ts';
import { gcra } from './index.ts';

describe('GCRA', () => {
  test('100/1m with a burst of 3: one emission interval is 600 ms', () => {
    const rows: Row[] = [
      ['0s', 3, 'passes', 0, 'a full burst passes at once'],
      ['0s', 1, 'waits 600ms', 0, 'then one interval must pass'],
      ['0s', 3, 'waits 1800ms', 0, 'three for three units'],
      ['599999us', 1, 'waits 1us', 0, 'not a microsecond early'],
      ['600ms', 1, 'passes', 0, 'and exactly when told'],
      ['2s', 0, 'passes', 2, 'a peek, 1400 ms later: two intervals and a part'],
      ['2s', 3, 'waits 400ms', 2, 'refused, and TAT stays'],
      ['2s', 2, 'passes', 0, 'two pass'],
      ['2s', 4, 'never', 0, 'four can not conform to a burst of three'],
      ['1h', 3, 'passes', 0, 'a long rest gives back the burst'],
      ['1h', 1, 'waits 600ms', 0, 'and no more than the burst'],
    ];
    expect(answers(limiterOf(gcra, quota('100/1m', 3)), rows)).toEqual(rows);
  });

  test('7/1m does not divide the minute: T = 8571428 4/7 µs, and the rest is kept', () => {
    const rows: Row[] = [
      ['0s', 7, 'passes', 0, 'the burst'],
      ['8571428us', 1, 'waits 1us', 0, '4/7 µs early'],
      ['8571429us', 1, 'passes', 0, 'the first unit, 3/7 µs late'],
      ['17142857us', 1, 'waits 1us', 0, '1/7 µs early'],
      ['17142858us', 1, 'passes', 0, 'the second'],
      ['25714285us', 1, 'waits 1us', 0, '5/7 µs early'],
      ['25714286us', 1, 'passes', 0, 'the third: T rounded up would come a microsecond later'],
      ['1m', 4, 'passes', 0, 'after a minute it is seven, exactly'],
      ['1m', 1, 'waits 8571429us', 0, 'not one more'],
    ];
    expect(answers(limiterOf(gcra, quota('7/1m')), rows)).toEqual(rows);
  });

  test('70000/1s is a unit each 14 2/7 µs, not each 14 µs, which would be 2 % too many', () => {
    const rows: Row[] = [
      [0, 1, 'passes', 0, 'burst 1'],
      [14, 1, 'waits 1us', 0, '2/7 µs early'],
      [15, 1, 'passes', 0, 'TAT is now 29 2/7 µs'],
      [29, 1, 'waits 1us', 0, '2/7 µs early'],
      [30, 1, 'passes', 0, 'a late arrival is not made up for with burst 1'],
    ];
    expect(answers(limiterOf(gcra, quota('70000/1s', 1)), rows)).toEqual(rows);
    const everyUs = times(100_000, (us) => us);
    expect(admittedOf(limiterOf(gcra, quota('70000/1s', 2)), everyUs)).toBe(7001);
  });

  test('tolerance instead of burst: a cell may be that early, whatever the burst says', () => {
    const rows: Row[] = [
      ['0s', 1, 'passes', 0, 'TAT is 100 ms'],
      ['49999us', 1, 'waits 1us', 0, '50001 µs early'],
      ['50ms', 1, 'passes', 0, '50 ms early, as tolerated'],
      ['50ms', 2, 'never', 0, 'two cells would be 100 ms early even when rested'],
    ];
    expect(answers(limiterOf(gcra, quota('10/1s', 10), { tolerance: '50ms' }), rows)).toEqual(rows);
    const strict: Row[] = [
      ['0s', 1, 'passes', 0, 'a tolerance of 0 is a burst of 1'],
      ['99999us', 1, 'waits 1us', 0, 'never early'],
    ];
    expect(answers(limiterOf(gcra, quota('10/1s', 10), { tolerance: '0us' }), strict)).toEqual(strict);
    const burst3 = times(5, () => 0); // burst = 1 + tolerance / T
    expect(admittedOf(limiterOf(gcra, quota('10/1s'), { tolerance: '200ms' }), burst3)).toBe(3);
  });

  test.each([{ burst: 0 }, { burst: 5 }])(
    'a limit of 0 admits nothing, with a burst of $burst too',
    ({ burst }) => {
      const rows: Row[] = [
        ['0s', 1, 'never', 0, 'nothing'],
        ['1h', 1, 'never', 0, 'ever'],
        ['1h', 0, 'passes', 0, 'but a peek'],
      ];
      expect(answers(limiterOf(gcra, quota('0/1s', burst)), rows)).toEqual(rows);
      expect(answers(limiterOf(gcra, quota('0/1s', burst), { tolerance: '1s' }), rows)).toEqual(rows);
    },
  );

  test('redis_rate issue 24: 17 per 30 s, 60 calls in pairs 250 ms apart, admits 33, and 15 with burst 1', () => {
    const pairsUs = times(30, (k) => [k * 1e6, k * 1e6 + 250_000]).flat();
    expect(admittedOf(limiterOf(gcra, quota('17/30s')), pairsUs)).toBe(33);
    expect(admittedOf(limiterOf(gcra, quota('17/30s', 1)), pairsUs)).toBe(15);
  });

  test('the most that come back to back at spacing d are 1 + ⌊tolerance / (T − d)⌋ (I.371)', () => {
    const spacedUs = times(20, (n) => n * 60_000); // T = 100 ms, d = 60 ms
    const limiter = limiterOf(gcra, quota('10/1s'), { tolerance: '200ms' });
    const passes = spacedUs.map((atUs) => admittedOf(limiter, [atUs]));
    expect(passes.indexOf(0)).toBe(1 + Math.floor(200 / (100 - 60)));
  });
});
