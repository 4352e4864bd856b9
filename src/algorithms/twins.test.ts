/** Algorithms that are the same in other words, and each algorithm beside its plainest form. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Algorithm, Quota } from './algorithm.ts';
import { fixedWindow } from './fixed-window/index.ts';
import { gcra } from './gcra/index.ts';
import { leakyBucket } from './leaky-bucket/index.ts';
import { leakyBucketQueue } from './leaky-bucket-queue/index.ts';
import { slidingWindowCounter } from './sliding-window-counter/index.ts';
import { slidingWindowLog } from './sliding-window-log/index.ts';
import { holdsFor } from './testing/law.ts';
import { decideAllByHand, limiterOf, type Request } from './testing/limiters.ts';
import * as models from './testing/models.ts';
import { traffic } from './testing/traffic.ts';
import { tokenBucket } from './token-bucket/index.ts';

interface Setting {
  readonly quota: Quota;
  readonly epochUs: number;
  readonly requests: Request[];
}

/** Any quota, most of whose limits do not divide the period, and a run that starts at any time. */
const settings: fc.Arbitrary<Setting> = fc
  .record({
    quota: fc.record({
      limit: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 999_983 })),
      periodUs: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 86_400_000_000 })),
      burst: fc.integer({ min: 1, max: 12 }),
    }),
    epochUs: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(1_764_000_000_123_457)),
    startUs: fc.constantFrom(0, 1, 1_760_000_000_000_000),
  })
  .chain(({ quota, epochUs, startUs }) =>
    fc.record({
      quota: fc.constant(quota),
      epochUs: fc.constant(epochUs),
      requests: traffic(quota, { epochUs, startUs, maxLength: 40 }),
    }),
  );

const tries = 200;

describe.each([
  ['token bucket', tokenBucket, {}],
  ['leaky bucket', leakyBucket, {}],
  ['queue with nodelay', leakyBucketQueue, { nodelay: true }],
] as const)('GCRA and %s', (_, twin, params) => {
  test('agree on every decision, wait and remaining', () => {
    holdsFor(
      settings,
      ({ quota, requests }) => {
        const one = limiterOf(gcra, quota);
        const other = limiterOf(twin as Algorithm, quota, params);
        for (const request of requests) {
          expect(decideAllByHand(other, [request])).toEqual(decideAllByHand(one, [request]));
          expect(other.remaining(0, request.atUs)).toBe(one.remaining(0, request.atUs));
        }
      },
      tries,
    );
  });
});

test('GCRA with a tolerance of (burst − 1) · T is GCRA with that burst, where T is whole', () => {
  const wholeT = fc.record({
    emissionUs: fc.integer({ min: 1, max: 1e6 }),
    burst: fc.integer({ min: 1, max: 9 }),
  });
  const chosen = wholeT.chain(({ emissionUs, burst }) => {
    const quota = { limit: 3, periodUs: 3 * emissionUs, burst };
    return fc.record({ quota: fc.constant(quota), requests: traffic(quota) });
  });
  holdsFor(
    chosen,
    ({ quota, requests }) => {
      const tolerance = `${((quota.burst - 1) * quota.periodUs) / quota.limit}us`;
      const byTolerance = limiterOf(gcra, { ...quota, burst: 99 }, { tolerance });
      expect(decideAllByHand(byTolerance, requests)).toEqual(
        decideAllByHand(limiterOf(gcra, quota), requests),
      );
    },
    tries,
  );
});

describe.each([false, true])('beside its plainest form, refused requests counted: %s,', (countRejected) => {
  const params = { count_rejected: countRejected };

  test('the window aligned to the epoch', () => {
    agrees(fixedWindow, params, ({ quota, epochUs }) =>
      models.alignedWindowModel(quota, { epochUs, countRejected }),
    );
  });
  test('the window from the first request', () => {
    const fromFirst = { ...params, align: 'first' };
    agrees(fixedWindow, fromFirst, ({ quota, epochUs }) =>
      models.windowFromFirstModel(quota, { epochUs, countRejected }),
    );
  });
  test('the sliding log with an exclusive edge', () => {
    agrees(slidingWindowLog, params, ({ quota }) => models.logModel(quota, false, countRejected));
  });
  test('the sliding log with an inclusive edge', () => {
    const inclusive = { ...params, edge: 'inclusive' };
    agrees(slidingWindowLog, inclusive, ({ quota }) => models.logModel(quota, true, countRejected));
  });
  test.each(['down', 'none', 'nearest'] as const)(
    'the sliding counter of two buckets, rounding: %s',
    (rounding) => {
      agrees(slidingWindowCounter, { ...params, rounding }, ({ quota, epochUs }) =>
        models.twoBucketModel(quota, { epochUs, countRejected, rounding }),
      );
    },
  );
});

describe.each([
  { initial: 99, loose: false },
  { initial: 0, loose: false },
  { initial: 2, loose: true },
])('beside its plainest form, %o,', (tokens) => {
  const params = { initial: tokens.initial, conformance: tokens.loose ? 'loose' : 'strict' };

  test('the token bucket', () => {
    agrees(tokenBucket, params, ({ quota }) => models.tokenModel(quota, tokens));
  });
  test('the token bucket with interval refill', () => {
    const interval = { ...params, refill: 'interval' };
    agrees(tokenBucket, interval, ({ quota }) => models.intervalModel(quota, tokens));
  });
  test('the token bucket that is refilled at multiples of the period', () => {
    const aligned = { ...params, refill: 'aligned' };
    agrees(tokenBucket, aligned, ({ quota, epochUs }) =>
      models.intervalModel(quota, { ...tokens, alignedBy: epochUs }),
    );
  });
});

function agrees(
  algorithm: Algorithm,
  params: object,
  modelOf: (setting: Setting) => (request: Request) => boolean,
) {
  const exact = settings.filter(({ quota }) => quota.limit * quota.periodUs < Number.MAX_SAFE_INTEGER);
  holdsFor(
    exact,
    (setting) => {
      const limiter = limiterOf(algorithm, setting.quota, params, setting.epochUs);
      const admitted = decideAllByHand(limiter, setting.requests).map(({ waitUs }) => waitUs === 0);
      expect(admitted).toEqual(setting.requests.map(modelOf(setting)));
    },
    tries,
  );
}
