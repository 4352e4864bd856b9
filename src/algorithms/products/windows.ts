/** Products that count in windows: each is a `WindowCounter` with its own traits. */
import * as z from 'zod';
import type { Quota } from '../algorithm.ts';
import { defineProduct, requirePeriod, wholeUnits } from './product.ts';
import { WindowCounter } from './window-counter.ts';

const dayUs = 86_400e6;
const envoyUnits = {
  SECOND: 1e6,
  MINUTE: 60e6,
  HOUR: 3600e6,
  DAY: dayUs,
  WEEK: 7 * dayUs,
  MONTH: 30 * dayUs,
  YEAR: 365 * dayUs,
};
export const kongPeriods = { second: 1e6, minute: 60e6, hour: 3600e6, day: dayUs };
const none = z.strictObject({});
const periodOf = ({ periodUs }: Quota) => periodUs;

export const envoyGlobal = defineProduct({
  name: 'envoy-global',
  title: 'Envoy global rate limit (envoyproxy/ratelimit)',
  idea: 'INCRBY on a key that carries the start of its window in whole seconds since 1970; over the limit is refused.',
  weakness:
    'Twice the limit at the edge of two windows. Refused requests count, and the whole cost of a request is added even where ' +
    'only a part of it was left.',
  sources: ['envoyproxy/ratelimit src/limiter, src/redis and src/utils, July 2026'],
  params: none,
  ttlUs: ({ periodUs }) => periodUs + 300e6, // and up to 300 s at random, so that keys do not expire together
  create(quota, _, context) {
    requirePeriod(quota, envoyUnits, 'envoyproxy/ratelimit');
    return new WindowCounter(quota, { anchor: 'epoch', refused: 'count', grainUs: 1e6 }, context);
  },
});

export const kong = defineProduct({
  name: 'kong',
  title: 'Kong rate-limiting (open source)',
  idea: 'Counts in calendar windows of UTC by a clock of whole seconds, and refuses when nothing is left.',
  weakness:
    'Twice the limit at the edge of two windows. With the policies local and cluster the count is raised after the decision, so ' +
    'concurrent requests overshoot; with redis refused requests count.',
  sources: ['Kong/kong kong/plugins/rate-limiting/handler.lua and policies/init.lua, July 2026'],
  params: z.strictObject({
    policy: z
      .enum(['local', 'cluster', 'redis'])
      .default('local')
      .describe('where counters are; with redis (and sync_rate −1) refused requests count'),
  }),
  ttlUs: periodOf,
  create(quota, { policy }, context) {
    requirePeriod(quota, kongPeriods, 'Kong');
    return new WindowCounter(
      quota,
      { anchor: 'epoch', refused: policy === 'redis' ? 'count' : 'nothing', grainUs: 1e6 },
      context,
    );
  },
});

export const expressRateLimit = defineProduct({
  name: 'express-rate-limit',
  title: 'express-rate-limit (Node.js)',
  idea: 'Counts in windows that start at the first hit of a key; hits above the limit are refused.',
  weakness:
    'Twice the limit at the edge of two windows. Refused hits count, Retry-After is in whole seconds, and each process has its own counters.',
  sources: [
    'express-rate-limit/express-rate-limit source/memory-store.ts and rate-limit.ts, v8, August 2026',
  ],
  params: none,
  ttlUs: periodOf,
  create(quota, _, context) {
    wholeUnits(quota, 1000, 'express-rate-limit');
    return new WindowCounter(
      quota,
      { anchor: 'first hit', refused: 'count', grainUs: 1000, toldInUs: 1e6 },
      context,
    );
  },
});

export const limitsFixedWindow = defineProduct({
  name: 'limits-fixed-window',
  title: 'Python limits, FixedWindowRateLimiter',
  idea: 'A counter that lives for the period from its first hit; what takes it above the limit is refused, and counts.',
  weakness: 'Twice the limit at the edge of two windows. Refused hits count.',
  sources: ['alisaifee/limits limits/storage/memory.py and resources/redis/lua_scripts, v5, June 2026'],
  params: z.strictObject({
    storage: z
      .enum(['memory', 'redis'])
      .default('memory')
      .describe('redis: by the millisecond, and a window lasts through the instant of its end'),
  }),
  ttlUs: periodOf,
  create(quota, { storage }, context) {
    wholeUnits(quota, 1e6, 'limits');
    const inRedis = storage === 'redis';
    return new WindowCounter(
      quota,
      { anchor: 'first hit', refused: 'count', grainUs: inRedis ? 1000 : 1, endsInside: inRedis },
      context,
    );
  },
});

export const gubernatorTokenBucket = defineProduct({
  name: 'gubernator-token-bucket',
  title: 'gubernator TOKEN_BUCKET',
  idea:
    'Named a token bucket, it is a window from the first hit: nothing comes back until it ends. What asks for more than is left ' +
    'is refused and takes nothing.',
  weakness: 'Twice the limit at the edge of two windows.',
  sources: ['gubernator-io/gubernator algorithms.go, April 2026'],
  params: none,
  ttlUs: periodOf,
  create(quota, _, context) {
    wholeUnits(quota, 1000, 'gubernator');
    return new WindowCounter(
      quota,
      { anchor: 'first hit', refused: 'open', grainUs: 1000, endsInside: true },
      context,
    );
  },
});
