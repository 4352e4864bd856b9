import { expect, test } from 'vitest';
import { limiterOf, quota } from '../testing/limiters.ts';
import { admittedOf, answers, type Row, times } from '../testing/script.ts';
import { leakyBucket } from './index.ts';

test('Shopify’s bucket: 40 fit, 2 leak each second', () => {
  const rows: Row[] = [
    ['0s', 41, 'never', 40, 'more than the bucket holds'],
    ['0s', 40, 'passes', 0, 'up to the brim is no overflow'],
    ['0s', 1, 'waits 500ms', 0, 'and one more is'],
    ['499999us', 1, 'waits 1us', 0, 'not a microsecond early'],
    ['500ms', 1, 'passes', 0, 'and exactly when told'],
    ['10s', 0, 'passes', 19, 'a peek pours nothing'],
    ['10s', 20, 'waits 500ms', 19, 'what would overflow pours nothing either'],
    ['10s', 19, 'passes', 0, 'nineteen have leaked'],
    ['1d', 40, 'passes', 0, 'a long rest empties it'],
    ['1d', 1, 'waits 500ms', 0, 'and no more than that'],
  ];
  expect(answers(limiterOf(leakyBucket, quota('2/1s', 40)), rows)).toEqual(rows);
});

test('7/1m leaks a unit each 8571428 4/7 µs', () => {
  const rows: Row[] = [
    ['0s', 7, 'passes', 0, 'full'],
    ['8571428us', 1, 'waits 1us', 0, '4/7 µs early'],
    ['8571429us', 1, 'passes', 0, 'the first'],
    ['17142857us', 1, 'waits 1us', 0, '1/7 µs early'],
    ['17142858us', 1, 'passes', 0, 'the second'],
  ];
  expect(answers(limiterOf(leakyBucket, quota('7/1m')), rows)).toEqual(rows);
});

test('nginx nodelay: burst=5 there is 6 here, and the rate after that', () => {
  const limiter = limiterOf(leakyBucket, quota('10/1s', 6));
  expect(admittedOf(limiter, [...times(20, () => 0), ...times(1000, (n) => (n + 1) * 1000)])).toBe(6 + 10);
});

test('a limit of 0 admits nothing, whatever the burst', () => {
  const rows: Row[] = [
    ['0s', 1, 'never', 0, 'nothing'],
    ['1h', 0, 'passes', 0, 'but a peek'],
  ];
  expect(answers(limiterOf(leakyBucket, quota('0/1s', 3)), rows)).toEqual(rows);
});
