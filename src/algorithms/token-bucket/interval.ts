import type { Limiter, LimiterContext, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';
import { burstOf } from '../ticks.ts';
import { type IntervalSettings, type Opening, openingOf } from './opening.ts';

/**
 * Token bucket whose whole limit is added at once, after each full period since the key's first request, or at multiples of the
 * period since 1970. The refill clock keeps its phase while the bucket is full, as Bucket4j's intervally refill and Upstash's token
 * bucket do.
 */
export class IntervalTokenBucket implements Limiter {
  #tokens = new Float64Array(0);
  #refilledAtUs = new Float64Array(0); // NaN until the key's first request
  readonly #limit: number;
  readonly #periodUs: number;
  readonly #burst: number;
  readonly #initial: number;
  readonly #loose: boolean;
  readonly #openingUs: Opening;

  constructor(quota: Quota, { initial, loose, refill }: IntervalSettings, context: LimiterContext) {
    this.#limit = quota.limit;
    this.#periodUs = quota.periodUs;
    this.#burst = burstOf(quota);
    this.#initial = Math.min(initial, this.#burst);
    this.#loose = loose;
    this.#openingUs = openingOf(quota, refill, context);
  }

  reserve(keys: number): void {
    this.#tokens = grown(this.#tokens, keys, this.#initial);
    this.#refilledAtUs = grown(this.#refilledAtUs, keys, Number.NaN);
  }

  decide({ timeUs, key, cost, length }: ArrivalBatch, { allowed, retryAfterUs }: DecisionBatch): void {
    for (let row = 0; row < length; row++) {
      const waitUs = this.waitUs(key[row], timeUs[row], cost[row]);
      allowed[row] = waitUs === 0 ? 1 : 0;
      if (waitUs === 0) {
        this.take(key[row], timeUs[row], cost[row]);
      } else {
        retryAfterUs[row] = waitUs;
        this.refuse(key[row], timeUs[row], cost[row]);
      }
    }
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    this.#refill(key, nowUs);
    const needed = this.#loose && cost > 1 ? 1 : cost;
    const lacking = needed - this.#tokens[key];
    if (lacking <= 0 || cost === 0) return 0;
    if (needed > this.#burst) return Number.POSITIVE_INFINITY;
    const periods = Math.ceil(lacking / this.#limit);
    return periods * this.#periodUs - this.#sinceRefillUs(key, nowUs);
  }

  take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    if (this.#isUnopened(key)) this.#refilledAtUs[key] = this.#openingUs(nowUs);
    this.#refill(key, nowUs);
    this.#tokens[key] -= cost;
    return 0;
  }

  /** The refill clock starts with the key's first request, even when that is refused. */
  refuse(key: number, nowUs: number, cost: number): void {
    if (cost > 0 && this.#isUnopened(key)) this.#refilledAtUs[key] = this.#openingUs(nowUs);
  }

  remaining(key: number, nowUs: number): number {
    this.#refill(key, nowUs);
    return Math.max(0, this.#tokens[key]);
  }

  explain(key: number, nowUs: number): string {
    this.#refill(key, nowUs);
    const nextUs = this.#periodUs - this.#sinceRefillUs(key, nowUs);
    return `${this.#tokens[key]} of ${this.#burst} tokens, the next ${this.#limit} in ${nextUs} µs`;
  }

  stateBytes(keys: number): number {
    return keys * 16;
  }

  #isUnopened(key: number): boolean {
    return Number.isNaN(this.#refilledAtUs[key]);
  }

  #sinceRefillUs(key: number, nowUs: number): number {
    return nowUs - (this.#isUnopened(key) ? this.#openingUs(nowUs) : this.#refilledAtUs[key]);
  }

  #refill(key: number, nowUs: number): void {
    const elapsedUs = nowUs - this.#refilledAtUs[key];
    if (!(elapsedUs >= this.#periodUs)) return; // nor for a key that was never opened
    const periods = Math.floor(elapsedUs / this.#periodUs);
    this.#tokens[key] = Math.min(this.#burst, this.#tokens[key] + periods * this.#limit);
    this.#refilledAtUs[key] += periods * this.#periodUs;
  }
}
