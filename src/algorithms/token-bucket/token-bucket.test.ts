import { describe, expect, test } from 'vitest';
import { limiterOf, quota } from '../testing/limiters.ts';
import { admittedOf, answers, type Row, times } from '../testing/script.ts';
import { tokenBucket } from './index.ts';

const tenASecond = quota('10/1s', 4); // a token each 100 ms, at most four

describe('a token bucket', () => {
  test('10/1s with room for 4: a token each 100 ms', () => {
    const rows: Row[] = [
      ['0s', 5, 'never', 4, 'more than the bucket holds'],
      ['0s', 3, 'passes', 1, 'new buckets are full'],
      ['0s', 2, 'waits 100ms', 1, 'one token is missing; none is taken'],
      ['99999us', 2, 'waits 1us', 1, 'not a microsecond early'],
      ['100ms', 2, 'passes', 0, 'and exactly when told'],
      ['350ms', 0, 'passes', 2, 'a peek: two tokens and a half'],
      ['350ms', 2, 'passes', 0, 'half a token is left'],
      ['350ms', 1, 'waits 50ms', 0, 'the other half'],
      ['1d', 4, 'passes', 0, 'a long rest fills the bucket'],
      ['1d', 1, 'waits 100ms', 0, 'and no more'],
    ];
    expect(answers(limiterOf(tokenBucket, tenASecond), rows)).toEqual(rows);
  });

  test('7/1m does not divide the minute: the rest of the division is kept', () => {
    const rows: Row[] = [
      ['0s', 7, 'passes', 0, 'empty now'],
      ['8571428us', 1, 'waits 1us', 0, 'the first token comes at 8571428 4/7 µs'],
      ['8571429us', 1, 'passes', 0, 'so now it is there'],
      ['17142857us', 1, 'waits 1us', 0, 'the second at 17142857 1/7 µs'],
      ['17142858us', 1, 'passes', 0, 'so now'],
      ['1m', 5, 'passes', 0, 'seven in the first minute'],
    ];
    expect(answers(limiterOf(tokenBucket, quota('7/1m')), rows)).toEqual(rows);
  });

  test('initial: tokens of a new bucket, which fills from its first request on, not from a peek', () => {
    const rows: Row[] = [
      ['1s', 0, 'passes', 1, 'a peek shows the initial token and starts nothing'],
      ['5s', 2, 'waits 100ms', 1, 'the first request starts the refill, though it is refused'],
      ['5099999us', 2, 'waits 1us', 1, 'the second token'],
      ['5100ms', 2, 'passes', 0, 'has come'],
      ['6s', 4, 'passes', 0, 'from then on it is as any bucket'],
    ];
    expect(answers(limiterOf(tokenBucket, tenASecond, { initial: 1 }), rows)).toEqual(rows);
    const empty: Row[] = [['0s', 4, 'waits 400ms', 0, 'initial=0 starts empty']];
    expect(answers(limiterOf(tokenBucket, tenASecond, { initial: 0 }), empty)).toEqual(empty);
    const over: Row[] = [['0s', 4, 'passes', 0, 'a bucket never holds more than the burst']];
    expect(answers(limiterOf(tokenBucket, tenASecond, { initial: 99 }), over)).toEqual(over);
  });

  test('conformance=loose: one token is enough for any cost, and the balance goes below zero', () => {
    const rows: Row[] = [
      ['0s', 3, 'passes', 1, 'one token is left'],
      ['0s', 9, 'passes', 0, 'nine for one: eight tokens of debt'],
      ['0s', 1, 'waits 900ms', 0, 'eight to pay back and one to come'],
      ['0s', 9, 'waits 900ms', 0, 'whatever the cost'],
      ['899999us', 1, 'waits 1us', 0, 'not early'],
      ['900ms', 1, 'passes', 0, 'and when told'],
    ];
    expect(answers(limiterOf(tokenBucket, tenASecond, { conformance: 'loose' }), rows)).toEqual(rows);
  });

  test.each([{ refill: 'continuous' }, { refill: 'interval' }])(
    'a limit of 0 admits nothing: $refill',
    (params) => {
      const rows: Row[] = [
        ['0s', 1, 'never', 0, 'not even a burst of 3'],
        ['1h', 0, 'passes', 0, 'but a peek'],
        ['2h', 1, 'never', 0, 'nor later'],
      ];
      expect(answers(limiterOf(tokenBucket, quota('0/1s', 3), params), rows)).toEqual(rows);
    },
  );

  test('Stripe’s 100/s with a capacity of 500: 500 at once, 600 in a second, 1100 in six', () => {
    const until = (ms: number) => [...times(1000, () => 0), ...times(ms, (n) => (n + 1) * 1000)];
    const stripe = () => limiterOf(tokenBucket, quota('100/1s', 500));
    expect(admittedOf(stripe(), until(0))).toBe(500);
    expect(admittedOf(stripe(), until(1000))).toBe(600);
    expect(admittedOf(stripe(), until(6000))).toBe(1100);
  });

  test('spring-cloud-gateway issue 1029: 8/s, capacity 10, 30 calls', () => {
    const each = (ms: number) =>
      admittedOf(
        limiterOf(tokenBucket, quota('8/1s', 10)),
        times(30, (n) => n * ms * 1000),
      );
    expect(each(0)).toBe(10);
    expect(each(200)).toBe(30);
    expect(each(50)).toBe(21); // 10 + 1.45 s · 8/s; its own script, which counts whole seconds, admits 18
  });
});

test('refill=aligned: the limit comes at multiples of the period since 1970, whenever the first request did', () => {
  const limiter = limiterOf(tokenBucket, quota('3/1s', 5), { refill: 'aligned' }, 1_750_000);
  const rows: Row[] = [
    ['100ms', 4, 'passes', 1, '1.85 s after 1970: refills at 250 ms, 1250 ms …'],
    ['249999us', 2, 'waits 1us', 1, 'one left'],
    ['250ms', 2, 'passes', 2, 'one and three'],
    ['1250ms', 1, 'passes', 4, 'no more than five'],
  ];
  expect(answers(limiter, rows)).toEqual(rows);
});

describe('refill=interval', () => {
  const interval = { refill: 'interval' };
  const threeASecond = quota('3/1s', 5);

  test('the whole limit comes at once, each period after the first request', () => {
    const rows: Row[] = [
      ['100ms', 0, 'passes', 5, 'a peek does not start the clock'],
      ['400ms', 4, 'passes', 1, 'the first request does: refills at 1400 ms, 2400 ms …'],
      ['1399999us', 2, 'waits 1us', 1, 'nothing comes before'],
      ['1400ms', 4, 'passes', 0, 'and three at once'],
      ['1400ms', 5, 'waits 2s', 0, 'five need two refills'],
      ['3399999us', 3, 'passes', 0, 'one refill since'],
      ['3400ms', 0, 'passes', 3, 'and another, 1 µs later'],
      ['10s', 5, 'passes', 0, 'a long rest: the bucket is full, not fuller'],
      ['10s', 1, 'waits 400ms', 0, 'and the clock kept its phase: 10400 ms'],
      ['10s', 6, 'never', 0, 'more than the bucket holds'],
    ];
    expect(answers(limiterOf(tokenBucket, threeASecond, interval), rows)).toEqual(rows);
  });

  test('spring-cloud-gateway issue 1029 with refills of whole seconds admits 18', () => {
    const fiftyMsUs = times(30, (n) => n * 50_000);
    expect(admittedOf(limiterOf(tokenBucket, quota('8/1s', 10), interval), fiftyMsUs)).toBe(18);
  });

  test('initial and loose as with continuous refill', () => {
    const initial: Row[] = [
      ['2s', 0, 'passes', 0, 'a peek'],
      ['5s', 1, 'waits 1s', 0, 'refused, and it starts the clock'],
      ['5999999us', 1, 'waits 1us', 0, 'a period later'],
      ['6s', 3, 'passes', 0, 'the first refill'],
    ];
    expect(answers(limiterOf(tokenBucket, threeASecond, { ...interval, initial: 0 }), initial)).toEqual(
      initial,
    );
    const loose: Row[] = [
      ['0s', 9, 'passes', 0, 'four tokens of debt'],
      ['0s', 1, 'waits 2s', 0, 'one refill leaves a debt of one, two give two tokens'],
      ['2s', 3, 'passes', 0, 'enough for one, so for three'],
      ['2s', 1, 'waits 1s', 0, 'a debt of one'],
    ];
    expect(
      answers(limiterOf(tokenBucket, threeASecond, { ...interval, conformance: 'loose' }), loose),
    ).toEqual(loose);
  });
});
