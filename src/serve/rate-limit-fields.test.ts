import fc from 'fast-check';
import { parseList } from 'structured-headers';
import { expect, test } from 'vitest';
import { parseRules } from '../sim/rule.ts';
import { parseHeaderStyles, rateLimitFields, seconds } from './rate-limit-fields.ts';

function fieldsOf(
  style: string,
  limits: string,
  standings: { remaining: number; moreInUs: number }[],
  unixUs = 0,
) {
  return rateLimitFields(parseHeaderStyles(style), parseRules(limits))(standings, unixUs);
}

const never = Number.POSITIVE_INFINITY;

test('draft: an item for each limit; what is full says no time', () => {
  const standings = [
    { remaining: 3, moreInUs: 1_000_001 },
    { remaining: 100, moreInUs: never },
  ];
  expect(fieldsOf('draft', '5/10s+100/1h,burst=7', standings)).toEqual({
    'ratelimit-policy': '"5/10s";q=5;w=10, "100/1h,burst=7";q=100;w=3600',
    ratelimit: '"5/10s";r=3;t=2, "100/1h,burst=7";r=100',
  });
});

test('a window that is no whole number of seconds is not told', () => {
  const { 'ratelimit-policy': policy } = fieldsOf('draft', '5/1500ms', [{ remaining: 5, moreInUs: never }]);
  expect(policy).toBe('"5/1500ms";q=5');
});

test('a store that does not tell leaves the policy', () => {
  const fields = rateLimitFields(parseHeaderStyles('draft,x-ratelimit'), parseRules('5/1s'));
  expect(fields(undefined, 0)).toEqual({ 'ratelimit-policy': '"5/1s";q=5;w=1' });
});

test('the older styles tell of the limit with the least remaining', () => {
  const standings = [
    { remaining: 3, moreInUs: 250_000 },
    { remaining: 2, moreInUs: 60e6 },
  ];
  expect(fieldsOf('draft-7', '5/1s+9/90s', standings)).toEqual({
    'ratelimit-policy': '5;w=1, 9;w=90',
    ratelimit: 'limit=9, remaining=2, reset=60',
  });
  expect(fieldsOf('x-ratelimit', '5/1s+9/90s', standings, 1_764_000_000_500_000)).toEqual({
    'x-ratelimit-limit': '9',
    'x-ratelimit-remaining': '2',
    'x-ratelimit-reset': '1764000061',
  });
});

test('whatever the limits and the state, the draft fields are structured fields that say the same', () => {
  const limit = fc.record({ limit: fc.nat(1e6), periodUs: fc.integer({ min: 1, max: 1e9 }) });
  const count = fc.nat(Number.MAX_SAFE_INTEGER);
  fc.assert(
    fc.property(limit, count, count, ({ limit, periodUs }, remaining, moreInUs) => {
      const { ratelimit } = fieldsOf('draft', `${limit}/${periodUs}us`, [{ remaining, moreInUs }]);
      const [[, parameters]] = parseList(ratelimit);
      expect(parameters.get('r')).toBe(Math.min(remaining, 999_999_999_999_999));
      expect(Number(parameters.get('t')) * 1e6).toBeGreaterThanOrEqual(moreInUs);
    }),
  );
});

test.each([
  [0, 0],
  [1, 1],
  [1_000_000, 1],
  [1_000_001, 2],
])('%i µs are %i whole seconds, never too few', (us, expected) => expect(seconds(us)).toBe(expected));
