import { describe, expect, test } from 'vitest';
import { limiterOf, quota } from '../testing/limiters.ts';
import { answers, type Row } from '../testing/script.ts';
import { concurrency } from './index.ts';

const four = quota('4/1s');
const heldUs = 100_000; // each request of the tables below takes 100 ms

describe('at most 4 in flight, each for 100 ms', () => {
  test('a request that ends exactly now has given its units back', () => {
    const rows: Row[] = [
      ['0s', 2, 'passes', 2, 'until 100 ms'],
      ['30ms', 1, 'passes', 1, 'until 130 ms'],
      ['40ms', 2, 'waits 60ms', 1, 'one is free; the two of 0 ms must end'],
      ['40ms', 4, 'waits 90ms', 1, 'all must end, the last at 130 ms'],
      ['40ms', 1, 'passes', 0, 'until 140 ms'],
      ['99999us', 1, 'waits 1us', 0, 'not a microsecond early'],
      ['100ms', 2, 'passes', 0, 'exactly when told'],
      ['100ms', 0, 'passes', 0, 'a peek'],
      ['1h', 5, 'never', 4, 'five are never at once in flight'],
      ['1h', 4, 'passes', 0, 'the period plays no part, nor does rest'],
    ];
    expect(answers(limiterOf(concurrency, four), rows, heldUs)).toEqual(rows);
  });

  test('a request that takes no time holds nothing', () => {
    const rows: Row[] = [
      ['0s', 4, 'passes', 4, 'over at once'],
      ['0s', 4, 'passes', 4, 'so any number pass at one instant'],
    ];
    expect(answers(limiterOf(concurrency, four), rows, 0)).toEqual(rows);
  });

  test('units come back in the order in which requests end, not in which they began', () => {
    const limiter = limiterOf(concurrency, four);
    limiter.take(0, 0, 3, 500);
    limiter.take(0, 10, 1, 20);
    expect(limiter.waitUs(0, 20, 1)).toBe(10); // the second ends first, at 30 µs
    expect(limiter.waitUs(0, 20, 2)).toBe(480); // the first at 500 µs
    expect(limiter.remaining(0, 30)).toBe(1);
    expect(limiter.remaining(0, 500)).toBe(4);
  });

  test('its state is as large as the most requests that were ever in flight', () => {
    const limiter = limiterOf(concurrency, four);
    for (const atUs of [0, 1, 2, 1000, 2000]) {
      limiter.remaining(0, atUs);
      limiter.take(0, atUs, 1, 500);
    }
    expect(limiter.stateBytes(1)).toBe(3 * 16); // an instant and units, 8 bytes each
  });

  test('a limit of 0 admits nothing', () => {
    const rows: Row[] = [
      ['0s', 1, 'never', 0, 'nothing'],
      ['0s', 0, 'passes', 0, 'but a peek'],
    ];
    expect(answers(limiterOf(concurrency, quota('0/1s')), rows, heldUs)).toEqual(rows);
  });
});
