import { describe, expect, test } from 'vitest';
import { resultOf, row } from '../report/testing/fixture.ts';
import { parseExpectation } from '../sim/expectation.ts';
import { checkExpectations } from './expectations.ts';

const result = resultOf({
  results: [
    row('gcra', { over: 48, retry: { late_p99_us: null } }), // of 48,200 requests: 0.0996 %
    row('token-bucket', { over: 49 }), // 0.1017 %
    row('token-bucket', { variant: 'interval refill', over: 0 }),
  ],
});

/** Each check as `algorithm variant: seen`, with the mark of whether it passed. */
function seen(text: string): string[] {
  return checkExpectations(result, [parseExpectation(text)], () => '').map(
    ({ algorithm, variant, seen, passed }) =>
      `${passed ? '+' : '-'} ${[algorithm, variant].join(' ').trim()}: ${seen}`,
  );
}

describe('expectations', () => {
  test.each([
    [
      'accuracy.over_admitted_ratio <= 0.1%',
      ['+ gcra: 0.0995851%', '- token-bucket: 0.10166%', '+ token-bucket interval refill: 0%'],
    ],
    ['gcra: accuracy.over_admitted < 48', ['- gcra: 48']],
    ['gcra: accuracy.over_admitted <= 48', ['+ gcra: 48']],
    ['gcra: accuracy.over_admitted > 48', ['- gcra: 48']],
    ['gcra: accuracy.over_admitted >= 48', ['+ gcra: 48']],
    ['gcra: accuracy.over_admitted == 48', ['+ gcra: 48']],
    ['gcra: accuracy.over_admitted != 48', ['- gcra: 48']],
    [
      'token-bucket: accuracy.over_admitted == 0',
      ['- token-bucket: 49', '+ token-bucket interval refill: 0'],
    ],
    ['token-bucket:refill=interval: accuracy.over_admitted == 0', ['+ token-bucket interval refill: 0']],
    ['gcra: latency.p99 < 5ms', ['+ gcra: 0s']],
    ['traffic.requests >= 10k', ['+ : 48200']],
    ['*: traffic.requests >= 1M', ['- : 48200']],
    ['gcra: retry_after.late_p99 < 1s', ['- gcra: nothing: this figure does not exist here']],
  ])('%s', (text, expected) => expect(seen(text)).toEqual(expected));

  test('a rounding never hides what was missed', () => {
    const close = row('gcra', { fairness: { jain: 0.95 - 1e-12 } });
    const [check] = checkExpectations(
      resultOf({ results: [close] }),
      [parseExpectation('fairness.jain >= 0.95')],
      () => '',
    );
    expect(check).toMatchObject({ passed: false, seen: '0.949999999999' });
  });

  test('the mean is judged where there were several runs', () => {
    const runs = { 'fairness.jain': { mean: 0.9, ci95_low: 0.85, ci95_high: 0.95, values: [0.88, 0.92] } };
    const [check] = checkExpectations(
      resultOf({ results: [{ ...row('gcra', { fairness: { jain: 1 } }), runs }] }),
      [parseExpectation('fairness.jain >= 0.95')],
      () => '',
    );
    expect(check).toMatchObject({
      passed: false,
      seen: '0.9 (mean of 2 runs, 95 % interval 0.85 to 0.95)',
    });
  });

  test('one that concerns no row is refused: it would check nothing', () => {
    expect(() => seen('fixed-window: accuracy.over_admitted == 0')).toThrow(
      /concerns no row of this run; there are gcra, token-bucket, token-bucket:refill=interval/,
    );
  });

  test.each([
    ['latency.p99 ~ 5ms', /is not an expectation; write it like/],
    ['gcar: latency.p99 < 5ms', /no algorithm is called "gcar"; did you mean "gcra"/],
    ['all: latency.p99 < 5ms', /"all" is not one algorithm/],
    ['gcra: traffic.requests > 5', /the same for every algorithm; leave out "gcra:"/],
    ['latency.p99 < soon', /"soon" is not a duration/],
    ['', /is not an expectation/],
  ])('%s is refused', (text, message) => expect(() => parseExpectation(text)).toThrow(message));
});
