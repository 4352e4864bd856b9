import * as z from 'zod';
import { countOrZero } from '../../fields.ts';
import { defineAlgorithm } from '../algorithm.ts';
import { burstOf, ticksOf, timeToRestUs } from '../ticks.ts';
import intervalLua from './interval.lua';
import { IntervalTokenBucket } from './interval.ts';
import { naive } from './naive.ts';
import tokenBucketLua from './token-bucket.lua';
import { TokenBucket } from './token-bucket.ts';

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
      .enum(['continuous', 'interval'])
      .default('continuous')
      .describe(
        'continuous: a token every period / limit; interval: the whole limit after each period since the first request',
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
  create: (quota, params) => {
    const settings = { initial: params.initial ?? quota.burst, loose: params.conformance === 'loose' };
    return params.refill === 'continuous'
      ? new TokenBucket(quota, settings)
      : new IntervalTokenBucket(quota, settings);
  },
  redis: {
    lua: ({ refill }) => (refill === 'continuous' ? tokenBucketLua : intervalLua),
    settings: (quota, { refill, initial, conformance }) => {
      const burst = burstOf(quota);
      const { perUnit, perUs } = ticksOf(quota);
      const pace = refill === 'continuous' ? [perUnit, perUs] : [quota.limit, quota.periodUs];
      return [...pace, burst, Math.min(initial ?? burst, burst), conformance === 'loose' ? 1 : 0];
    },
    naive,
  },
});
