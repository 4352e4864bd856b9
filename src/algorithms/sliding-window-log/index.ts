import * as z from 'zod';
import { defineAlgorithm } from '../algorithm.ts';
import { type RedisValue, unixUsText } from '../redis/state.ts';
import { naive } from './naive.ts';
import slidingWindowLogLua from './sliding-window-log.lua';
import { SlidingWindowLog } from './sliding-window-log.ts';

export const slidingWindowLog = defineAlgorithm({
  name: 'sliding-window-log',
  title: 'Sliding window log',
  idea:
    'Keeps the instant of every admitted request of the last period, and refuses what would make more than limit units ' +
    'in the period that ends now. Exact: it is the window contract itself.',
  weakness:
    'Memory and work grow with the limit: a limit of 1000 keeps up to 1000 stamps for each key. With ' +
    'count_rejected=true a client that keeps asking above the limit is never admitted again.',
  sources: [
    'Redis documentation, sorted sets as sliding windows',
    'alisaifee/limits, MovingWindowRateLimiter',
  ],
  usedBy: ['Python limits (moving window)', 'many Redis recipes with a sorted set a key'],
  params: z.strictObject({
    edge: z
      .enum(['exclusive', 'inclusive'])
      .default('exclusive')
      .describe(
        'whether a request exactly one period old has left the window (exclusive) or still counts (inclusive)',
      ),
    count_rejected: z.boolean().default(false).describe('whether refused requests are logged as well'),
  }),
  variants: [],
  needsDurations: false,
  holdsBack: false,
  ttlUs: ({ periodUs }, { edge }) => (edge === 'exclusive' ? periodUs : periodUs + 1),
  create: (quota, params) => new SlidingWindowLog(quota, params),
  redis: {
    lua: () => slidingWindowLogLua,
    settings: ({ limit, periodUs }, { edge, count_rejected }) => ({
      limit,
      stays: edge === 'exclusive' ? periodUs : periodUs + 1,
      countRejected: count_rejected ? 1 : 0,
    }),
    state: (quota, { edge }) => ({
      forgotten: { when: 'idle', us: edge === 'exclusive' ? quota.periodUs : quota.periodUs + 1 },
      value: logValue,
    }),
    naive,
  },
});

/** An entry for each request, and once there is a past, the newest that has left the window. */
function logValue(requests: number): RedisValue {
  const times = Math.round(requests) + (requests > 1 ? 1 : 0);
  return { type: 'list', entries: [{ texts: [`${unixUsText}:${times}`], times }] };
}
