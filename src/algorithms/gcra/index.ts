import * as z from 'zod';
import { durationUs } from '../../fields.ts';
import { defineAlgorithm, type Quota } from '../algorithm.ts';
import { scheduleSequences } from '../dynamodb/schedule.ts';
import { wholeState } from '../memcached/memcached.ts';
import { stringValue, unixUsText } from '../redis/state.ts';
import { plainSchedule, type Schedule, scheduleStep } from '../schedule.ts';
import { emissionUs, ticksOf, timeToRestUs } from '../ticks.ts';
import gcraLua from './gcra.lua';
import { Gcra, gcraTicks } from './gcra.ts';
import { naive } from './naive.ts';

export const gcra = defineAlgorithm({
  name: 'gcra',
  title: 'Generic cell rate algorithm (GCRA)',
  idea:
    'Keeps one instant for each key, the theoretical arrival time (TAT): when the next unit would be due at the ' +
    'sustained rate. A unit conforms unless it comes earlier than TAT minus the burst tolerance; each one that ' +
    'conforms moves TAT on by one emission interval.',
  weakness:
    'A rested key passes its whole burst at once and then the sustained rate, so up to burst + limit units fit into ' +
    'one period: twice the limit when the burst equals it.',
  sources: [
    'ITU-T I.371 and ATM Forum Traffic Management 4.0, generic cell rate algorithm, virtual scheduling form',
  ],
  usedBy: ['redis_rate', 'redis-cell', 'throttled', 'governor'],
  params: z.strictObject({
    tolerance: durationUs
      .optional()
      .describe('burst tolerance as a time, instead of a burst: burst = 1 + tolerance / emission interval'),
  }),
  variants: [],
  needsDurations: false,
  holdsBack: false,
  ttlUs: (quota, { tolerance }) =>
    tolerance === undefined ? timeToRestUs(quota) : tolerance + emissionUs(quota),
  create: (quota, params) => new Gcra(quota, params.tolerance),
  redis: {
    lua: () => gcraLua,
    settings: (quota, { tolerance }) => {
      const { perUnit, perUs, depthTicks } = gcraTicks(quota, tolerance);
      return { perUnit, perUs, depth: depthTicks };
    },
    state: (quota) => ({
      forgotten: { when: 'drained', us: emissionUs(quota) },
      value: () => stringValue(ticksOf(quota).perUs === 1 ? unixUsText : `${unixUsText}:0`),
    }),
    naive,
  },
  memcached: (quota, { tolerance }) => wholeState(scheduleStep(scheduleOf(quota, tolerance))),
  dynamodb: (quota, { tolerance }) => scheduleSequences(scheduleOf(quota, tolerance)),
});

function scheduleOf(quota: Quota, toleranceUs?: number): Schedule {
  const { depthTicks, ...ticks } = gcraTicks(quota, toleranceUs);
  return plainSchedule(ticks, depthTicks);
}
