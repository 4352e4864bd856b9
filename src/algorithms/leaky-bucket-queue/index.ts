import * as z from 'zod';
import { countOrZero } from '../../fields.ts';
import { defineAlgorithm, type Quota } from '../algorithm.ts';
import { scheduleSequences } from '../dynamodb/schedule.ts';
import { wholeState } from '../memcached/memcached.ts';
import { never } from '../redis/redis.ts';
import { drainingState } from '../redis/state.ts';
import { plainSchedule, type Schedule, scheduleStep } from '../schedule.ts';
import { burstOf, ticksOf, timeToRestUs } from '../ticks.ts';
import leakyBucketQueueLua from './leaky-bucket-queue.lua';
import { LeakyBucketQueue } from './leaky-bucket-queue.ts';
import { naive } from './naive.ts';

export const leakyBucketQueue = defineAlgorithm({
  name: 'leaky-bucket-queue',
  title: 'Leaky bucket as a queue',
  idea:
    'Requests wait in a queue that is served at limit / period, one unit after another; the burst is the units that ' +
    'may be in it, with the one being served. The caller is held back instead of refused, until the queue is full.',
  weakness:
    'Smooth output is paid for in latency: the last place waits (burst − 1) emission intervals, the whole period when ' +
    'the burst equals the limit.',
  sources: [
    'nginx, ngx_http_limit_req_module',
    'A. K. Erlang, 1909, and M/D/1/K queueing theory for its loss and wait',
  ],
  usedBy: ['nginx limit_req', 'Traefik (short waits)', 'uber-go/ratelimit'],
  params: z.strictObject({
    delay: countOrZero
      .prefault(0)
      .describe('units of backlog that pass without being held back (nginx delay=)'),
    nodelay: z
      .boolean()
      .default(false)
      .describe('hold nothing back; then it is the leaky bucket as a meter (nginx nodelay)'),
  }),
  variants: [],
  needsDurations: false,
  holdsBack: true,
  ttlUs: timeToRestUs,
  create: (quota, params) => new LeakyBucketQueue(quota, undelayedUnits(params)),
  redis: {
    lua: () => leakyBucketQueueLua,
    settings: (quota, { delay, nodelay }) => {
      const { perUnit, perUs } = ticksOf(quota);
      return {
        perUnit,
        perUs,
        places: burstOf(quota) * perUnit,
        undelayed: nodelay ? never : delay * perUnit,
      };
    },
    state: drainingState,
    naive,
  },
  memcached: (quota, params) => wholeState(scheduleStep(scheduleOf(quota, undelayedUnits(params)))),
  dynamodb: (quota, params) => scheduleSequences(scheduleOf(quota, undelayedUnits(params))),
});

function undelayedUnits({ delay, nodelay }: { readonly delay: number; readonly nodelay: boolean }): number {
  return nodelay ? Number.POSITIVE_INFINITY : delay;
}

function scheduleOf(quota: Quota, undelayedUnits: number): Schedule {
  const ticks = ticksOf(quota);
  const schedule = plainSchedule(ticks, burstOf(quota) * ticks.perUnit);
  return { ...schedule, undelayedTicks: undelayedUnits * ticks.perUnit };
}
