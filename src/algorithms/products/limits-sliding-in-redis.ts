import type { LimiterContext, Quota } from '../algorithm.ts';
import { type Counts, LimitsSlidingWindow, resetIn } from './limits-sliding-counts.ts';
import { wholeUnits } from './product.ts';

/** Fields of a key's record in Redis: two counters, each with the millisecond since 1970 at which it expires. */
const currentUnits = 0;
const currentExpires = 1;
const previousUnits = 2;
const previousExpires = 3;

/**
 * Windows that start at the first hit. The current counter lives for two periods; once less than one is left it is renamed
 * to be the previous one, and a new current one starts with the old one's phase.
 */
export class LimitsSlidingInRedis extends LimitsSlidingWindow {
  readonly #expiryMs: number;

  constructor(quota: Quota, context: LimiterContext) {
    super(quota, 4, context);
    this.#expiryMs = wholeUnits(quota, 1e6, 'limits') * 1000;
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    this.#shift(key, nowUs);
    const record = key * this.fields;
    if (this.#ttlMs(key, nowUs, currentExpires) >= 0) {
      this.records[record + currentUnits] += cost;
    } else {
      this.records[record + currentUnits] = cost;
      this.records[record + currentExpires] = this.#ms(nowUs) + 2 * this.#expiryMs;
    }
    return 0;
  }

  override refuse(key: number, nowUs: number, cost: number): void {
    if (cost <= this.limit) this.#shift(key, nowUs); // more than the limit is refused before the script looks
  }

  protected override countsAt(key: number, nowUs: number): Counts {
    const record = key * this.fields;
    const currentTtlMs = this.#ttlMs(key, nowUs, currentExpires);
    const units = this.records[record + currentUnits];
    if (currentTtlMs > 0 && currentTtlMs < this.#expiryMs) {
      return { previous: units, previousLeft: currentTtlMs, current: 0 };
    }
    const previousTtlMs = this.#ttlMs(key, nowUs, previousExpires);
    return {
      previous: previousTtlMs >= 0 ? this.records[record + previousUnits] : 0,
      previousLeft: Number.isNaN(previousTtlMs) ? 0 : Math.max(0, previousTtlMs),
      current: currentTtlMs >= 0 ? units : 0,
    };
  }

  protected override weighed({ previous, previousLeft, current }: Counts): number {
    return Math.floor((previous * previousLeft) / this.#expiryMs) + current;
  }

  protected override resetInUs(key: number, nowUs: number, counts: Counts): number {
    const shifted = counts.current === 0 && counts.previousLeft > 0;
    const currentLeft = shifted
      ? counts.previousLeft + this.#expiryMs
      : this.#ttlMs(key, nowUs, currentExpires);
    return resetIn(counts, currentLeft, this.#expiryMs) * 1000;
  }

  #shift(key: number, nowUs: number): void {
    const ttlMs = this.#ttlMs(key, nowUs, currentExpires);
    if (!(ttlMs > 0 && ttlMs < this.#expiryMs)) return;
    const record = key * this.fields;
    this.records[record + previousUnits] = this.records[record + currentUnits];
    this.records[record + previousExpires] = this.records[record + currentExpires];
    this.records[record + currentUnits] = 0;
    this.records[record + currentExpires] += this.#expiryMs;
  }

  /** Since 1970. */
  #ms(nowUs: number): number {
    return Math.floor((this.epochUs + nowUs) / 1000);
  }

  /** As PTTL: negative, or NaN, when there is no such counter. */
  #ttlMs(key: number, nowUs: number, expires: number): number {
    return this.records[key * this.fields + expires] - this.#ms(nowUs);
  }
}
