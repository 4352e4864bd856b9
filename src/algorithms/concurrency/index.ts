import * as z from 'zod';
import { defineAlgorithm } from '../algorithm.ts';
import { unixUsText } from '../redis/state.ts';
import concurrencyLua from './concurrency.lua';
import { Concurrency } from './concurrency.ts';
import { naive } from './naive.ts';

export const concurrency = defineAlgorithm({
  name: 'concurrency',
  title: 'Concurrency limit',
  idea:
    'Counts the requests of each key that are being worked on, and refuses one more than the limit. It knows no ' +
    'period: by Little’s law it admits limit / duration a second.',
  weakness:
    'It bounds work in progress, not a rate: fast requests pass at any rate, and slow ones block the key.',
  sources: ['Stripe blog, Scaling your API with rate limiters, 2017', 'Netflix concurrency-limits'],
  usedBy: ['Stripe (concurrent requests limiter)', 'GitHub REST (100 concurrent)', 'AWS Lambda'],
  params: z.strictObject({}),
  variants: [],
  needsDurations: true,
  holdsBack: false,
  ttlUs: (quota) => quota.periodUs,
  create: (quota) => new Concurrency(quota),
  redis: {
    lua: () => concurrencyLua,
    settings: ({ limit }) => ({ limit }),
    state: () => ({
      forgotten: { when: 'released' },
      value: (requests) => ({
        type: 'hash',
        entries: [{ texts: [unixUsText, '1'], times: Math.round(requests) }],
      }),
    }),
    naive,
  },
});
