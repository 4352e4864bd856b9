import type { Quota } from '../algorithm.ts';
import { plainSchedule, type Schedule } from '../schedule.ts';
import { burstOf, ticksOf } from '../ticks.ts';
import type { BucketSettings } from './token-bucket.ts';

/** The continuous token bucket as a schedule: TAT is when the bucket will be full. */
export function bucketSchedule(quota: Quota, { initial, loose }: BucketSettings): Schedule {
  const ticks = ticksOf(quota);
  const burst = burstOf(quota);
  const newTicks = Math.max(burst - initial, 0) * ticks.perUnit;
  return { ...plainSchedule(ticks, burst * ticks.perUnit), newTicks, loose };
}
