import type { Quota } from './algorithm.ts';

/**
 * A rate as a ratio of whole numbers, so that no rate is ever rounded: a unit of cost is `perUnit` ticks, and
 * `perUs` ticks pass in a microsecond. 100/1m is 600000 ticks a unit and 1 tick a microsecond; 7/1m, which does not
 * divide the minute, is 60000000 ticks a unit and 7 a microsecond. Sums of ticks stay exact up to 2^53, that is while
 * burst × period in lowest terms is below 9·10^15; beyond that a double rounds by less than one part in 10^15.
 */
export interface Ticks {
  readonly perUnit: number;
  readonly perUs: number;
}

export function ticksOf({ limit, periodUs }: Quota): Ticks {
  if (limit === 0) return { perUnit: 1, perUs: 1 }; // any rate will do: `burstOf` is 0 and refuses everything
  const divisor = greatestCommonDivisor(limit, periodUs);
  return { perUnit: periodUs / divisor, perUs: limit / divisor };
}

/** Units that the bucket family admits at one instant: the burst, but nothing where the limit is 0. */
export function burstOf({ limit, burst }: Quota): number {
  return limit === 0 ? 0 : burst;
}

/** Whole microseconds that `ticks` take, rounded up. Most rates divide their period, and then nothing is to divide. */
export function ticksToUs(ticks: number, perUs: number): number {
  return perUs === 1 ? ticks : Math.ceil(ticks / perUs);
}

/** Period / limit: the time that one unit takes at the sustained rate; the period itself where nothing is admitted. */
export function emissionUs({ limit, periodUs }: Quota): number {
  return periodUs / Math.max(limit, 1);
}

/** How long a bucket that was drained takes to be full again. */
export function timeToRestUs(quota: Quota): number {
  return Math.max(quota.burst, 1) * emissionUs(quota);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
