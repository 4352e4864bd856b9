import type { LimiterContext, Quota } from '../algorithm.ts';
import { ProductLimiter, refusalUs } from './product.ts';

/** What a storage holds of a key. Its times are in seconds in memory, and in milliseconds in Redis. */
export interface Counts {
  /** Units of the window before. */
  readonly previous: number;
  /** Time for which they still weigh. */
  readonly previousLeft: number;
  /** Units of this window. */
  readonly current: number;
}

/** weighed = ⌊previous · left / period⌋ + current; refused iff weighed + cost > limit, and then not counted. */
export abstract class LimitsSlidingWindow extends ProductLimiter {
  protected readonly limit: number;
  protected readonly epochUs: number;

  constructor({ limit }: Quota, fields: number, { epochUs }: LimiterContext) {
    super(fields);
    this.limit = limit;
    this.epochUs = epochUs;
  }

  protected abstract countsAt(key: number, nowUs: number): Counts;
  protected abstract weighed(counts: Counts): number;

  override waitUs(key: number, nowUs: number, cost: number): number {
    if (cost > this.limit) return Number.POSITIVE_INFINITY;
    const counts = this.countsAt(key, nowUs);
    if (cost === 0 || this.weighed(counts) + cost <= this.limit) return 0;
    return refusalUs(this.resetInUs(key, nowUs, counts));
  }

  /** Microseconds, as `get_window_stats` tells: until the oldest unit of the previous window, or the current window, goes. */
  protected abstract resetInUs(key: number, nowUs: number, counts: Counts): number;

  override remaining(key: number, nowUs: number): number {
    return Math.max(0, this.limit - this.weighed(this.countsAt(key, nowUs)));
  }

  override explain(key: number, nowUs: number): string {
    const counts = this.countsAt(key, nowUs);
    return `${this.weighed(counts)} of ${this.limit}: ${counts.current} now, ${counts.previous} before`;
  }
}

/** Until the oldest unit goes, in the unit of `expiry`, the window's length; Infinity where there is none. */
export function resetIn(
  { previous, previousLeft, current }: Counts,
  currentLeft: number,
  expiry: number,
): number {
  const previousReset = previous > 0 ? previousLeft % (expiry / previous) : Number.POSITIVE_INFINITY;
  const currentReset = current > 0 ? currentLeft % expiry : Number.POSITIVE_INFINITY;
  return Math.min(previousReset, currentReset);
}
