import * as z from 'zod';
import { defineAlgorithm, type Quota } from '../algorithm.ts';
import { scheduleSequences } from '../dynamodb/schedule.ts';
import { wholeState } from '../memcached/memcached.ts';
import { drainingState } from '../redis/state.ts';
import { plainSchedule, type Schedule, scheduleStep } from '../schedule.ts';
import { burstOf, ticksOf, timeToRestUs } from '../ticks.ts';
import leakyBucketLua from './leaky-bucket.lua';
import { LeakyBucket } from './leaky-bucket.ts';
import { naive } from './naive.ts';

export const leakyBucket = defineAlgorithm({
  name: 'leaky-bucket',
  title: 'Leaky bucket as a meter',
  idea:
    'Each request pours its cost into a bucket that leaks at limit / period and holds burst. What would overflow is ' +
    'refused and pours nothing. The mirror image of the token bucket: the same decisions, seen as water.',
  weakness:
    'An empty bucket takes its whole burst at once and leaks on: burst + limit units in one period, twice the limit ' +
    'when the burst equals it.',
  sources: ['ITU-T I.371, continuous-state leaky bucket', 'nginx, ngx_http_limit_req_module with nodelay'],
  usedBy: ['nginx limit_req nodelay', 'Shopify REST Admin API'],
  params: z.strictObject({}),
  variants: [],
  needsDurations: false,
  holdsBack: false,
  ttlUs: timeToRestUs,
  create: (quota) => new LeakyBucket(quota),
  redis: {
    lua: () => leakyBucketLua,
    settings: (quota) => {
      const { perUnit, perUs } = ticksOf(quota);
      return { perUnit, perUs, capacity: burstOf(quota) * perUnit };
    },
    state: drainingState,
    naive,
  },
  memcached: (quota) => wholeState(scheduleStep(scheduleOf(quota))),
  dynamodb: (quota) => scheduleSequences(scheduleOf(quota)),
});

function scheduleOf(quota: Quota): Schedule {
  const ticks = ticksOf(quota);
  return plainSchedule(ticks, burstOf(quota) * ticks.perUnit);
}
