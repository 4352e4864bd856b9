import { formatDuration } from '../../units.ts';
import type { Limiter, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';
import type { BucketSettings } from './token-bucket.ts';

/**
 * Token bucket whose whole limit is added at once, after each full period since the key's first request. The refill
 * clock keeps its phase while the bucket is full, as Bucket4j's intervally refill and Upstash's token bucket do.
 */
export class IntervalTokenBucket implements Limiter {
  #tokens = new Float64Array(0);
  #refilledAtUs = new Float64Array(0); // NaN until the key's first request
  readonly #quota: Quota;
  readonly #initial: number;
  readonly #loose: boolean;

  constructor(quota: Quota, { initial, loose }: BucketSettings) {
    this.#quota = quota;
    this.#initial = Math.min(initial, quota.burst);
    this.#loose = loose;
  }

  reserve(keys: number): void {
    this.#tokens = grown(this.#tokens, keys);
    this.#refilledAtUs = grown(this.#refilledAtUs, keys, Number.NaN);
  }

  decide({ timeUs, key, cost, length }: ArrivalBatch, { allowed, retryAfterUs }: DecisionBatch): void {
    for (let row = 0; row < length; row++) {
      const waitUs = this.waitUs(key[row], timeUs[row], cost[row]);
      allowed[row] = waitUs === 0 ? 1 : 0;
      if (waitUs === 0) this.take(key[row], timeUs[row], cost[row]);
      else retryAfterUs[row] = waitUs;
    }
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    this.#refill(key, nowUs);
    const needed = this.#loose && cost > 1 ? 1 : cost;
    const lacking = needed - this.#tokens[key];
    if (lacking <= 0 || cost === 0) return 0;
    if (needed > this.#quota.burst) return Number.POSITIVE_INFINITY;
    const periods = Math.ceil(lacking / this.#quota.limit);
    return this.#refilledAtUs[key] + periods * this.#quota.periodUs - nowUs;
  }

  take(key: number, nowUs: number, cost: number): number {
    this.#refill(key, nowUs);
    this.#tokens[key] -= cost;
    return 0;
  }

  refuse(): void {}

  remaining(key: number, nowUs: number): number {
    this.#refill(key, nowUs);
    return Math.max(0, this.#tokens[key]);
  }

  explain(key: number, nowUs: number): string {
    this.#refill(key, nowUs);
    const nextUs = this.#refilledAtUs[key] + this.#quota.periodUs - nowUs;
    return `${this.#tokens[key]} of ${this.#quota.burst} tokens, the next ${this.#quota.limit} in ${formatDuration(nextUs)}`;
  }

  stateBytes(keys: number): number {
    return keys * 16;
  }

  #refill(key: number, nowUs: number): void {
    const { limit, periodUs, burst } = this.#quota;
    const elapsedUs = nowUs - this.#refilledAtUs[key];
    if (elapsedUs < periodUs) return;
    if (Number.isNaN(elapsedUs)) {
      this.#tokens[key] = this.#initial;
      this.#refilledAtUs[key] = nowUs;
      return;
    }
    const periods = Math.floor(elapsedUs / periodUs);
    this.#tokens[key] = Math.min(burst, this.#tokens[key] + periods * limit);
    this.#refilledAtUs[key] += periods * periodUs;
  }
}
