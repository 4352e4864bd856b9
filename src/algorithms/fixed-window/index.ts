import * as z from 'zod';
import { defineAlgorithm } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import { hashValue, unixUsText } from '../redis/state.ts';
import { dynamodbFixedWindow } from './dynamodb.ts';
import firstRequestLua from './first-request.lua';
import fixedWindowLua from './fixed-window.lua';
import { FixedWindow } from './fixed-window.ts';
import { memcachedFixedWindow } from './memcached.ts';
import { naive } from './naive.ts';

export const fixedWindow = defineAlgorithm({
  name: 'fixed-window',
  title: 'Fixed window counter',
  idea:
    'Counts the units of each key in windows that follow one another, and refuses what would take the count of the ' +
    'current window above the limit.',
  weakness:
    'The counter forgets at the edge: a client that uses up one window at its end and the next at its start passes ' +
    'twice the limit within an instant.',
  sources: ['Redis documentation, INCR, pattern: rate limiter', 'envoyproxy/ratelimit, README'],
  usedBy: [
    'Envoy global rate limit',
    'Kong rate-limiting',
    'rate-limiter-flexible',
    'express-rate-limit',
    'GitHub',
  ],
  params: z.strictObject({
    align: z
      .enum(['epoch', 'first'])
      .default('epoch')
      .describe(
        "epoch: windows start at multiples of the period since 1970; first: at the key's first request after the last window",
      ),
    count_rejected: z.boolean().default(false).describe('whether refused requests count as well'),
  }),
  variants: [{ name: 'from first request', params: { align: 'first' } }],
  needsDurations: false,
  holdsBack: false,
  ttlUs: (quota) => quota.periodUs,
  create: (quota, params, context) => new FixedWindow(quota, params, context),
  redis: {
    lua: ({ align }) => (align === 'epoch' ? fixedWindowLua : firstRequestLua),
    settings: ({ limit, periodUs }, { align, count_rejected }, { epochUs }) => ({
      limit,
      period: periodUs,
      ...(align === 'epoch' && { alignment: alignmentUs(epochUs, periodUs) }),
      countRejected: count_rejected ? 1 : 0,
    }),
    state: ({ periodUs }, { align }) => ({
      forgotten: { when: 'idle', us: periodUs },
      value: (requests) => {
        const used = Math.round(requests);
        const window = Math.floor(Number(unixUsText) / periodUs);
        return hashValue(align === 'epoch' ? { [window]: used } : { start: unixUsText, used });
      },
    }),
    naive,
  },
  memcached: memcachedFixedWindow,
  dynamodb: dynamodbFixedWindow,
});
