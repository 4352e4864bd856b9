import { describe, expect, test } from 'vitest';
import { limiterOf, quota } from '../testing/limiters.ts';
import { admittedOf, answers, type Row, times } from '../testing/script.ts';
import { leakyBucketQueue } from './index.ts';

const tenASecond = quota('10/1s', 6); // one each 100 ms; nginx: rate=10r/s burst=5, which does not count the first

describe('a leaky bucket as a queue', () => {
  test('holds each request back until its turn, and refuses when six are in the queue', () => {
    const rows: Row[] = [
      ['0s', 1, 'passes', 5, 'served at once'],
      ['0s', 1, 'held 100ms', 4, 'behind one'],
      ['0s', 2, 'held 200ms', 2, 'two units wait for the first of them to be due'],
      ['0s', 3, 'waits 100ms', 2, 'three do not fit; the queue takes all of a request or none'],
      ['0s', 2, 'held 400ms', 0, 'two do'],
      ['0s', 1, 'waits 100ms', 0, 'full'],
      ['99999us', 1, 'waits 1us', 0, 'until one was served'],
      ['100ms', 1, 'held 500ms', 0, 'the last place waits (burst − 1) · T'],
      ['650ms', 0, 'passes', 5, 'a peek joins no queue and is never held'],
      ['650ms', 1, 'held 50ms', 4, 'half an interval of service is left'],
      ['650ms', 7, 'never', 4, 'seven can not be in a queue of six'],
      ['1d', 1, 'passes', 5, 'a long rest'],
    ];
    expect(answers(limiterOf(leakyBucketQueue, tenASecond), rows)).toEqual(rows);
  });

  test('nginx burst=5 delay=2: two beyond the first pass at once, three wait, the seventh is refused', () => {
    const rows: Row[] = [
      ['0s', 1, 'passes', 5, 'excess 0'],
      ['0s', 1, 'passes', 4, 'excess 1'],
      ['0s', 1, 'passes', 3, 'excess 2, not above delay'],
      ['0s', 1, 'held 100ms', 2, 'excess 3'],
      ['0s', 1, 'held 200ms', 1, 'excess 4'],
      ['0s', 1, 'held 300ms', 0, 'excess 5'],
      ['0s', 1, 'waits 100ms', 0, 'excess 6 is above burst'],
      ['250ms', 1, 'held 150ms', 1, '2.5 served: 3.5 in front, less 2'],
    ];
    expect(answers(limiterOf(leakyBucketQueue, tenASecond, { delay: 2 }), rows)).toEqual(rows);
  });

  test('nginx nodelay: the same six pass at once, and the seventh is refused', () => {
    const rows: Row[] = [
      ['0s', 6, 'passes', 0, 'nothing is held back'],
      ['0s', 1, 'waits 100ms', 0, 'but places are taken'],
      ['100ms', 1, 'passes', 0, 'and given back at the rate'],
    ];
    expect(answers(limiterOf(leakyBucketQueue, tenASecond, { nodelay: true }), rows)).toEqual(rows);
  });

  test('burst=0 in nginx, 1 here: no queue at all', () => {
    const rows: Row[] = [
      ['0s', 1, 'passes', 0, 'being served'],
      ['99999us', 1, 'waits 1us', 0, 'nobody may wait'],
      ['100ms', 1, 'passes', 0, 'served'],
    ];
    expect(answers(limiterOf(leakyBucketQueue, quota('10/1s', 1)), rows)).toEqual(rows);
  });

  test('7/1m: releases come at multiples of 8571428 4/7 µs, rounded up to a microsecond, without drift', () => {
    const rows: Row[] = [
      ['0s', 1, 'passes', 6, 'due at 0'],
      ['0s', 1, 'held 8571429us', 5, 'due at 8571428 4/7 µs'],
      ['0s', 1, 'held 17142858us', 4, 'due at 17142857 1/7 µs'],
      ['1us', 1, 'held 25714285us', 3, 'due at 25714285 5/7 µs, from 1 µs on'],
    ];
    expect(answers(limiterOf(leakyBucketQueue, quota('7/1m')), rows)).toEqual(rows);
  });

  test('burst 1 serves a request at a time; a limit of 0 admits nothing', () => {
    const seconds = times(20, (n) => n * 500_000);
    expect(admittedOf(limiterOf(leakyBucketQueue, quota('1/1s')), seconds)).toBe(10);
    const rows: Row[] = [['0s', 1, 'never', 0, 'nothing, whatever the burst']];
    expect(answers(limiterOf(leakyBucketQueue, quota('0/1s', 3)), rows)).toEqual(rows);
  });
});
