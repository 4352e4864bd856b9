import { beforeAll, describe, expect, test } from 'vitest';
import { exported } from './exported.ts';
import { otherThan, type Samples, wrongWith } from './promtool.ts';

let rules: string;
beforeAll(async () => {
  rules = await exported('prometheus-rules', '--rps', '1k');
});

test('promtool finds nothing wrong with the rules', () => expect(wrongWith(rules)).toBe(''));

/** Two pods and two tenants, so that only sums over all of them are right. */
function requests(refusedAMinute: number, allowedAMinute: number): Samples {
  const series = (status: string, pod: string, tenant: string) =>
    `rate_limiter_requests_total{status="${status}",tenant_id="${tenant}",endpoint="",namespace="n",pod="${pod}"}`;
  const grows = (by: number) => `0+${by}x60`;
  return {
    [series('refused', 'p1', 'a')]: grows(refusedAMinute),
    [series('allowed', 'p1', 'a')]: grows(0),
    [series('allowed', 'p1', 'b')]: grows(allowedAMinute / 2),
    [series('allowed', 'p2', 'b')]: grows(allowedAMinute / 2),
    [series('invalid', 'p2', '')]: grows(10 * allowedAMinute),
  };
}

/** Of 100 decisions a minute on each of two pods, so many take between 5 and 10 ms, the others less than 1 ms. */
function latencies(slow: number): Samples {
  const buckets = { '0.001': 100 - slow, '0.005': 100 - slow, '0.01': 100, '+Inf': 100 };
  return Object.fromEntries(
    Object.entries(buckets).flatMap(([le, count]) =>
      ['p1', 'p2'].map((pod) => [
        `rate_limiter_latency_seconds_bucket{le="${le}",pod="${pod}"}`,
        `0+${count}x60`,
      ]),
    ),
  );
}

describe('alerts', () => {
  test.each<[string, Samples, number, string[]]>([
    ['16 % are refused', requests(16, 84), 20, ['HighRejectionRate']],
    ['14 % are refused', requests(14, 86), 20, []],
    ['all are refused, not yet for long', requests(100, 0), 5, []],
    ['nobody asks', requests(0, 0), 20, []],
    ['2 of 100 take more than 5 ms', latencies(2), 20, ['HighLatency']],
    ['2 of 300 take more than 5 ms', latencies(2 / 3), 20, []],
    ['2 of 100 take more than 5 ms, not yet for long', latencies(2), 2, []],
    ['Redis does not answer', { 'redis_up{instance="a"}': '1 1 0x10' }, 4, ['RedisDown']],
    ['Redis does not answer, not yet for long', { 'redis_up{instance="a"}': '1 1 1 0' }, 3, []],
    ['one of two', { 'redis_up{instance="a"}': '1x10', 'redis_up{instance="b"}': '0x10' }, 9, ['RedisDown']],
    ['Redis answers', { 'redis_up{instance="a"}': '1x10' }, 9, []],
    ['there is more traffic than was planned', requests(0, 6000), 30, ['TrafficAbovePlan']], // 10 invalid for each
    ['there is as much as was planned', requests(0, 5000), 30, []],
  ])('when %s', (_, samples, minutes, alerts) => {
    const expression = 'count by (alertname) (ALERTS{alertstate="firing"})';
    const gives = alerts.map((name) => [`{alertname="${name}"}`, 1] as const);
    expect(otherThan({ minutes, expression, gives }, rules, samples)).toBe('');
  });
});

test('rate_limiter_qps is the requests a second of each pod', () => {
  const gives = [
    ['rate_limiter_qps{namespace="n",pod="p1"}', 1 + 2],
    ['rate_limiter_qps{namespace="n",pod="p2"}', 2 + 40],
  ] as const;
  const expected = { minutes: 10, expression: 'rate_limiter_qps', gives };
  expect(otherThan(expected, rules, requests(60, 240))).toBe('');
});
