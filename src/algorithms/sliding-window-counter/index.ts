import * as z from 'zod';
import { count } from '../../fields.ts';
import { defineAlgorithm, type Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import { hashValue, type RedisValue, unixUsText } from '../redis/state.ts';
import { naive } from './naive.ts';
import slidingWindowCounterLua from './sliding-window-counter.lua';
import { SlidingWindowCounter, slackUs } from './sliding-window-counter.ts';
import subWindowsLua from './sub-windows.lua';

/** Each key holds a counter for every sub-window. */
const mostSubWindows = 1000;

export const slidingWindowCounter = defineAlgorithm({
  name: 'sliding-window-counter',
  title: 'Sliding window counter',
  idea:
    'Estimates the trailing window from aligned counters: the current ones in full, the oldest in proportion to the ' +
    'part of it that the window still covers. With one sub-window these are the current and the previous window.',
  weakness:
    'It believes that the oldest counter was spread evenly. A full limit at its very end is forgotten too early: up ' +
    'to 2 × limit pass in a trailing window. More sub-windows err less on ordinary traffic, not on that.',
  sources: [
    'Cloudflare blog, How we built rate limiting capable of scaling to millions of domains, 2017',
    'Figma blog, An alternative approach to rate limiting, 2017 (sub-windows)',
  ],
  usedBy: [
    'Cloudflare',
    'Upstash slidingWindow',
    'Kong rate-limiting-advanced',
    'HAProxy stick tables',
    'go-chi/httprate',
  ],
  params: z.strictObject({
    sub_windows: count
      .refine((windows) => windows <= mostSubWindows, `must be at most ${mostSubWindows}`)
      .prefault(1)
      .describe('counters that the period is cut into; the period must divide into whole microseconds'),
    rounding: z
      .enum(['down', 'none', 'nearest'])
      .default('down')
      .describe(
        'of the estimate, before the cost is added and compared with the limit. down: a unit passes while the estimate is below the limit; none: only if it brings it to the limit at most',
      ),
    count_rejected: z.boolean().default(false).describe('whether refused requests count as well'),
  }),
  variants: [{ name: '10 sub-windows', params: { sub_windows: 10 } }],
  needsDurations: false,
  holdsBack: false,
  ttlUs: (quota, { sub_windows }) => quota.periodUs + quota.periodUs / sub_windows,
  create: (quota, params, context) => new SlidingWindowCounter(quota, params, context),
  redis: {
    lua: ({ sub_windows }) => (sub_windows === 1 ? slidingWindowCounterLua : subWindowsLua),
    settings: ({ limit, periodUs }, { sub_windows, rounding, count_rejected }, { epochUs }) => ({
      limit,
      slack: slackUs(rounding, periodUs / sub_windows),
      ...(sub_windows === 1
        ? { period: periodUs }
        : { subWindows: sub_windows, subWindow: periodUs / sub_windows }),
      alignment: alignmentUs(epochUs, periodUs),
      countRejected: count_rejected ? 1 : 0,
    }),
    state: (quota, { sub_windows }) => ({
      forgotten: { when: 'idle', us: quota.periodUs + quota.periodUs / sub_windows },
      value: (requests) => countersValue(quota, sub_windows, requests),
    }),
    naive,
  },
});

/** A counter for each sub-window that a request fell into, with the one that is leaving; a lone window has both by name. */
function countersValue({ periodUs }: Quota, subWindows: number, requests: number): RedisValue {
  const newest = Math.floor((Number(unixUsText) / periodUs) * subWindows);
  if (subWindows === 1) {
    const previous = Math.round(requests / 2);
    return hashValue({ window: newest, current: Math.round(requests) - previous, previous });
  }
  const counters = Math.min(Math.ceil(requests), subWindows + 1);
  const { entries } = hashValue({ newest, total: Math.round(requests) });
  const counter = [`${subWindows}`, `${Math.ceil(requests / counters)}`];
  return { type: 'hash', entries: [...entries, { texts: counter, times: counters }] };
}
