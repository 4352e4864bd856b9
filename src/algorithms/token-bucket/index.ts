import * as z from 'zod';
import { countOrZero } from '../../fields.ts';
import { defineAlgorithm, type Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import { optimistic, readThenWrite } from '../dynamodb/dynamodb.ts';
import { scheduleSequences } from '../dynamodb/schedule.ts';
import { wholeState } from '../memcached/memcached.ts';
import { drainingState, hashValue, unixUsText } from '../redis/state.ts';
import { scheduleStep } from '../schedule.ts';
import { burstOf, ticksOf, timeToRestUs } from '../ticks.ts';
import intervalLua from './interval.lua';
import { IntervalTokenBucket } from './interval.ts';
import { intervalStep } from './interval-step.ts';
import { naive } from './naive.ts';
import { bucketSchedule } from './schedule.ts';
import tokenBucketLua from './token-bucket.lua';
import { type BucketSettings, TokenBucket } from './token-bucket.ts';

export const tokenBucket = defineAlgorithm({
  name: 'token-bucket',
  title: 'Token bucket',
  idea:
    'Each key owns a bucket that holds up to burst tokens and is refilled at limit / period. A request takes its cost ' +
    'in tokens, or is refused and takes none.',
  weakness:
    'A full bucket and its refill pass burst + limit units in one period: twice the limit when the burst equals it. ' +
    'With refill=interval the whole limit comes at once, and two bursts can meet at a refill.',
  sources: [
    'J. Turner, New directions in communications, IEEE Communications Magazine 24(10), 1986',
    'RFC 3290 section 5 (strict and loose conformance)',
  ],
  usedBy: [
    'Stripe',
    'AWS API Gateway',
    'Envoy local rate limit',
    'x/time/rate',
    'Bucket4j',
    'Spring Cloud Gateway',
  ],
  params: z.strictObject({
    refill: z
      .enum(['continuous', 'interval', 'aligned'])
      .default('continuous')
      .describe(
        'continuous: a token every period / limit; interval: the whole limit after each period since the first request; aligned: at multiples of the period since 1970',
      ),
    initial: countOrZero.optional().describe('tokens in a new bucket; a full one if not given'),
    conformance: z
      .enum(['strict', 'loose'])
      .default('strict')
      .describe(
        'strict: the whole cost must be there; loose: one token is enough, and the balance may go below zero',
      ),
  }),
  variants: [{ name: 'interval refill', params: { refill: 'interval' } }],
  needsDurations: false,
  holdsBack: false,
  ttlUs: (quota, { refill }) =>
    refill === 'continuous'
      ? timeToRestUs(quota)
      : Math.ceil(quota.burst / Math.max(quota.limit, 1)) * quota.periodUs,
  create: (quota, { refill, ...params }, context) =>
    refill === 'continuous'
      ? new TokenBucket(quota, settingsOf(quota, params))
      : new IntervalTokenBucket(quota, { ...settingsOf(quota, params), refill }, context),
  redis: {
    lua: ({ refill }) => (refill === 'continuous' ? tokenBucketLua : intervalLua),
    settings: (quota, { refill, initial, conformance }, { epochUs }) => {
      const burst = burstOf(quota);
      const { limit, periodUs: period } = quota;
      const { perUnit, perUs } = ticksOf(quota);
      const aligned = refill === 'aligned' ? 1 : 0;
      const pace =
        refill === 'continuous'
          ? { perUnit, perUs }
          : { limit, period, aligned, alignment: alignmentUs(epochUs, period) };
      const loose = conformance === 'loose' ? 1 : 0;
      return { ...pace, burst, initial: Math.min(initial ?? burst, burst), loose };
    },
    state: (quota, { refill, initial }) => {
      const draining = drainingState(quota);
      if (refill !== 'continuous') {
        return {
          forgotten: { when: 'idle', us: restUs(quota) },
          value: (requests) =>
            hashValue({ tokens: Math.max(quota.burst - Math.round(requests), 0), refilledAt: unixUsText }),
        };
      }
      const opens = initial !== undefined && initial < quota.burst; // remembered until it is full, however little was taken
      return opens ? { ...draining, forgotten: { when: 'idle', us: timeToRestUs(quota) } } : draining;
    },
    naive,
  },
  memcached: (quota, { refill, ...params }, context) => {
    const settings = settingsOf(quota, params);
    return wholeState(
      refill === 'continuous'
        ? scheduleStep(bucketSchedule(quota, settings))
        : intervalStep(quota, { ...settings, refill }, context),
    );
  },
  dynamodb: (quota, { refill, ...params }, context) => {
    const settings = settingsOf(quota, params);
    if (refill === 'continuous') return scheduleSequences(bucketSchedule(quota, settings));
    const step = intervalStep(quota, { ...settings, refill }, context);
    return { atomic: optimistic(step), 'read-then-write': readThenWrite(step) };
  },
});

/** How long a bucket that is filled at once keeps its phase: a period after it is full. */
function restUs({ limit, burst, periodUs }: Quota): number {
  return (Math.ceil(burst / Math.max(limit, 1)) + 1) * periodUs;
}

function settingsOf(
  { burst }: Quota,
  {
    initial,
    conformance,
  }: { readonly initial?: number | undefined; readonly conformance: 'strict' | 'loose' },
): BucketSettings {
  return { initial: initial ?? burst, loose: conformance === 'loose' };
}
