import { describe, expect, test } from 'vitest';
import { limiterOf, quota } from '../testing/limiters.ts';
import { admittedOf, answers, type Row, times } from '../testing/script.ts';
import { fixedWindow } from './index.ts';

const fiveASecond = quota('5/1s');

describe('a fixed window of 5/1s', () => {
  test('counts from each whole second since 1970', () => {
    const rows: Row[] = [
      ['250ms', 3, 'passes', 2, 'three of five'],
      ['900ms', 3, 'waits 100ms', 2, 'the whole cost must fit; what is refused takes nothing'],
      ['900ms', 2, 'passes', 0, 'exactly up to the limit'],
      ['999999us', 1, 'waits 1us', 0, 'the last microsecond still belongs to the window'],
      ['1s', 5, 'passes', 0, 'and the first of the next one does not'],
      ['1000001us', 1, 'waits 999999us', 0, 'a window is its period long, no longer'],
      ['1h', 5, 'passes', 0, 'a long rest earns one window'],
      ['1h', 1, 'waits 1s', 0, 'and no more than one'],
    ];
    expect(answers(limiterOf(fixedWindow, fiveASecond), rows)).toEqual(rows);
  });

  test('forgets at the edge: 2N pass within 1 µs', () => {
    const edgeUs = [...times(5, () => 999_999), ...times(5, () => 1_000_000)];
    expect(admittedOf(limiterOf(fixedWindow, fiveASecond), edgeUs)).toBe(10);
  });

  test('lets 200 of 100/1m pass within 2 s around a minute', () => {
    const aroundUs = [...times(150, () => 59_000_000), ...times(150, () => 61_000_000)];
    expect(admittedOf(limiterOf(fixedWindow, quota('100/1m')), aroundUs)).toBe(200);
  });

  test('a cost above the limit never conforms, a peek always does', () => {
    const rows: Row[] = [
      ['0s', 6, 'never', 5, 'six can not fit into five'],
      ['0s', 5, 'passes', 0, 'and took nothing'],
      ['0s', 0, 'passes', 0, 'a peek passes where nothing is left'],
      ['0s', 6, 'never', 0, 'still never, not until the window ends'],
    ];
    expect(answers(limiterOf(fixedWindow, fiveASecond), rows)).toEqual(rows);
  });

  test('a limit of 0 admits nothing, ever, but peeks', () => {
    const rows: Row[] = [
      ['0s', 1, 'never', 0, 'no window has room'],
      ['1s', 0, 'passes', 0, 'nothing asked, nothing refused'],
    ];
    expect(answers(limiterOf(fixedWindow, quota('0/1s')), rows)).toEqual(rows);
  });

  test('count_rejected: refused units use up the window as well', () => {
    const rows: Row[] = [
      ['100ms', 4, 'passes', 1, 'four of five'],
      ['200ms', 2, 'waits 800ms', 0, 'refused, and counted: six of five'],
      ['300ms', 1, 'waits 700ms', 0, 'which would have fitted otherwise'],
      ['400ms', 0, 'passes', 0, 'a peek still passes'],
      ['1s', 5, 'passes', 0, 'the debt does not outlive the window'],
      ['2s', 6, 'never', 0, 'a cost that never fits counts too'],
      ['2500ms', 1, 'waits 500ms', 0, 'and uses up the window'],
    ];
    expect(answers(limiterOf(fixedWindow, fiveASecond, { count_rejected: true }), rows)).toEqual(rows);
  });
});

describe('windows aligned to the epoch', () => {
  test('a run that starts 250 ms before 1970 has its first edge at 250 ms', () => {
    const rows: Row[] = [
      ['0s', 5, 'passes', 0, 'the window of 23:59:59'],
      ['249999us', 1, 'waits 1us', 0, 'ends with the year'],
      ['250ms', 5, 'passes', 0, 'and 1970 begins'],
      ['1249999us', 1, 'waits 1us', 0, 'a whole second later'],
    ];
    expect(answers(limiterOf(fixedWindow, fiveASecond, {}, -250_000), rows)).toEqual(rows);
  });

  test('a run that starts 999999 µs into a second has its first edge at 1 µs', () => {
    const rows: Row[] = [
      [0, 5, 'passes', 0, 'the last microsecond of a second'],
      [1, 5, 'passes', 0, 'the first of the next'],
    ];
    expect(answers(limiterOf(fixedWindow, fiveASecond, {}, 1_764_000_000_999_999), rows)).toEqual(rows);
  });

  test('weeks begin on Thursdays, as 1970 did', () => {
    const limiter = limiterOf(fixedWindow, quota('1/1w'));
    expect(limiter.waitUs(0, 0, 1)).toBe(0);
    limiter.take(0, 4 * 86_400e6, 1, 0); // a Monday
    expect(limiter.waitUs(0, 4 * 86_400e6, 1)).toBe(3 * 86_400e6);
  });
});

describe('align=first', () => {
  const fromFirst = { align: 'first' };

  test('a window starts at the first admitted request after the last window', () => {
    const rows: Row[] = [
      ['700ms', 0, 'passes', 5, 'a peek opens no window'],
      ['750ms', 6, 'never', 5, 'nor does a request that is refused'],
      ['800ms', 5, 'passes', 0, 'the window is 800 ms to 1800 ms'],
      ['1s', 1, 'waits 800ms', 0, 'the whole second means nothing here'],
      ['1799999us', 1, 'waits 1us', 0, 'still inside'],
      ['1800ms', 1, 'passes', 4, 'the next window opens at the first request after'],
      ['2799999us', 4, 'passes', 0, 'inside the window of 1800 ms'],
      ['10s', 5, 'passes', 0, 'a rest of many windows; this one is 10 s to 11 s'],
      ['10500ms', 1, 'waits 500ms', 0, 'not aligned to the windows before'],
    ];
    expect(answers(limiterOf(fixedWindow, fiveASecond, fromFirst), rows)).toEqual(rows);
  });

  test('with count_rejected a refused request opens the window too, and never lengthens it', () => {
    const rows: Row[] = [
      ['300ms', 6, 'never', 0, 'opens the window of 300 ms, and fills it'],
      ['1299999us', 1, 'waits 1us', 0, 'refused inside it'],
      ['1300ms', 5, 'passes', 0, 'but over on time'],
    ];
    const limiter = limiterOf(fixedWindow, fiveASecond, { ...fromFirst, count_rejected: true });
    expect(answers(limiter, rows)).toEqual(rows);
  });
});
