/** What the command line, the docs and the planner learn from the registry. */
import { describe, expect, test } from 'vitest';
import { algorithms } from './index.ts';
import { limiterOf, quota } from './testing/limiters.ts';

function find(name: string) {
  const algorithm = algorithms.find((each) => each.name === name);
  if (!algorithm) throw new Error(`no algorithm ${name}`);
  return algorithm;
}

test('the names that users write, in the order in which they are shown', () => {
  expect(algorithms.map(({ name }) => name)).toEqual([
    'fixed-window',
    'sliding-window-log',
    'sliding-window-counter',
    'token-bucket',
    'leaky-bucket',
    'leaky-bucket-queue',
    'gcra',
    'concurrency',
  ]);
});

describe.each(algorithms.map((each) => [each.name, each] as const))('%s', (_, algorithm) => {
  test('is described, and so is each parameter', () => {
    for (const text of [algorithm.title, algorithm.idea, algorithm.weakness]) expect(text).not.toBe('');
    expect(algorithm.sources.length * algorithm.usedBy.length).toBeGreaterThan(0);
    for (const parameter of Object.values(algorithm.params.shape)) {
      expect(parameter).toHaveProperty('description', expect.stringMatching(/\w/));
    }
  });

  test('has defaults for all parameters, accepts its variants, and rejects what it does not know', () => {
    expect(algorithm.params.safeParse({}).success).toBe(true);
    for (const { params } of algorithm.variants)
      expect(algorithm.params.safeParse(params).success).toBe(true);
    expect(algorithm.params.safeParse({ brust: 3 }).success).toBe(false);
  });
});

/** After two requests of cost 2 at 250 ms and 500 ms, at 750 ms. */
test.each([
  ['fixed-window', {}, '4 of 5 used, window ends in 250000 µs'],
  ['fixed-window', { align: 'first' }, '4 of 5 used, window ends in 500000 µs'],
  ['sliding-window-log', {}, '4 of 5 used in the window, 2 stamps kept'],
  ['sliding-window-counter', {}, 'estimate 4 of 5: oldest 0 × 0.25 + 4'],
  ['token-bucket', {}, '3.5 of 5 tokens'], // lacking 2, 0.75, 2.75 and now 1.5
  ['token-bucket', { refill: 'interval' }, '1 of 5 tokens, the next 5 in 500000 µs'],
  ['leaky-bucket', {}, 'level 1.5 of 5'],
  ['leaky-bucket-queue', {}, 'backlog 1.5 of 5 places'],
  ['gcra', {}, 'TAT lies 300000 µs after now'],
  ['concurrency', {}, '2 of 5 in flight'],
])('%s %o explains itself: %s', (name, params, words) => {
  const limiter = limiterOf(find(name), quota('5/1s'), params);
  limiter.take(0, 250_000, 2, 400_000);
  limiter.take(0, 500_000, 2, 400_000);
  expect(limiter.explain(0, 750_000)).toBe(words);
});

test.each([
  ['fixed-window', 'no window open', { align: 'first' }],
  ['gcra', 'rested: TAT is not after now', {}],
  ['token-bucket', '5 of 5 tokens', {}],
])('%s explains a new key: %s', (name, words, params) => {
  expect(limiterOf(find(name), quota('5/1s'), params).explain(0, 0)).toBe(words);
});

/** How long the state of an idle key matters, for 5/1s with a burst of 3. */
test.each([
  ['fixed-window', {}, 1_000_000], // the window
  ['sliding-window-log', {}, 1_000_000], // what was logged last leaves
  ['sliding-window-log', { edge: 'inclusive' }, 1_000_001], // a microsecond later
  ['sliding-window-counter', {}, 2_000_000], // the current window becomes the previous one, which fades
  ['sliding-window-counter', { sub_windows: 10 }, 1_100_000],
  ['token-bucket', {}, 600_000], // burst · T
  ['token-bucket', { refill: 'interval' }, 1_000_000],
  ['leaky-bucket', {}, 600_000],
  ['leaky-bucket-queue', {}, 600_000],
  ['gcra', {}, 600_000],
  ['gcra', { tolerance: '50ms' }, 250_000], // T + tolerance
])('the state of %s %o matters for %d µs', (name, params, ttlUs) => {
  const algorithm = find(name);
  expect(algorithm.ttlUs(quota('5/1s', 3), algorithm.params.parse(params))).toBe(ttlUs);
});
