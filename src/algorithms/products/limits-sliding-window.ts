import * as z from 'zod';
import { LimitsSlidingInMemory } from './limits-sliding-in-memory.ts';
import { LimitsSlidingInRedis } from './limits-sliding-in-redis.ts';
import { defineProduct } from './product.ts';

export const limitsSlidingWindowCounter = defineProduct({
  name: 'limits-sliding-window-counter',
  title: 'Python limits, SlidingWindowCounterRateLimiter',
  idea:
    'Weighs the window before by the time for which it still counts. In memory windows are aligned to 1970; in Redis they start ' +
    'at the first hit, so that the two storages decide the same arrivals differently.',
  weakness:
    'It believes that the window before was spread evenly: up to twice the limit passes where it was not.',
  sources: ['alisaifee/limits limits/storage/memory.py and acquire_sliding_window.lua, v5, June 2026'],
  params: z.strictObject({
    storage: z.enum(['memory', 'redis']).default('redis').describe('where the two counters are'),
  }),
  ttlUs: ({ periodUs }) => 2 * periodUs,
  create: (quota, { storage }, context) =>
    storage === 'redis'
      ? new LimitsSlidingInRedis(quota, context)
      : new LimitsSlidingInMemory(quota, context),
});
