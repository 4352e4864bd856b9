import * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter, refusalUs, wholeUnits } from './product.ts';

/** What the two storages hold: units of the window before with the time for which they still weigh, and of this one. */
interface Counts {
  readonly previous: number;
  readonly previousLeft: number;
  readonly current: number;
}

/** weighed = ⌊previous · left / period⌋ + current; refused iff weighed + cost > limit, and then not counted. */
abstract class LimitsSlidingWindow extends ProductLimiter {
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

  /** What `get_window_stats` tells: when the oldest unit of the previous window, or the current window, goes. */
  protected abstract resetInUs(key: number, nowUs: number, counts: Counts): number;

  override remaining(key: number, nowUs: number): number {
    return Math.max(0, this.limit - this.weighed(this.countsAt(key, nowUs)));
  }

  override explain(key: number, nowUs: number): string {
    const counts = this.countsAt(key, nowUs);
    return `${this.weighed(counts)} of ${this.limit}: ${counts.current} now, ${counts.previous} before`;
  }
}

/** Fields of a key's record in memory: the number of a window since 1970, what was counted in it and in the one before. */
const window = 0;
const current = 1;
const previous = 2;

/** Windows aligned to 1970, in seconds as doubles: the operations of Python in their order. */
class LimitsSlidingInMemory extends LimitsSlidingWindow {
  readonly #expiryS: number;

  constructor(quota: Quota, context: LimiterContext) {
    super(quota, 3, context);
    this.#expiryS = wholeUnits(quota, 1e6, 'limits');
  }

  override take(key: number, nowUs: number, cost: number): number {
    const { previous, current } = this.countsAt(key, nowUs);
    if (cost > 0) this.records.set([this.#window(nowUs), current + cost, previous], key * this.fields);
    return 0;
  }

  protected override countsAt(key: number, nowUs: number): Counts {
    const record = key * this.fields;
    const behind = this.#window(nowUs) - this.records[record + window];
    const now = behind === 0 ? this.records[record + current] : 0;
    const before =
      behind === 0 ? this.records[record + previous] : behind === 1 ? this.records[record + current] : 0;
    const previousLeft =
      before === 0
        ? 0
        : (1 - fraction((this.#seconds(nowUs) - this.#expiryS) / this.#expiryS)) * this.#expiryS;
    return { previous: before, previousLeft, current: now };
  }

  protected override weighed({ previous, previousLeft, current }: Counts): number {
    return Math.floor((previous * previousLeft) / this.#expiryS + current);
  }

  protected override resetInUs(_key: number, nowUs: number, counts: Counts): number {
    const currentLeft = (1 - fraction(this.#seconds(nowUs) / this.#expiryS)) * this.#expiryS + this.#expiryS;
    return resetIn(counts, currentLeft, this.#expiryS) * 1e6;
  }

  #seconds(nowUs: number): number {
    return (this.epochUs + nowUs) / 1e6;
  }

  #window(nowUs: number): number {
    return Math.floor(this.#seconds(nowUs) / this.#expiryS);
  }
}

/** Fields of a key's record in Redis: two counters, each with the millisecond since 1970 at which it expires. */
const currentUnits = 0;
const currentExpires = 1;
const previousUnits = 2;
const previousExpires = 3;

/**
 * Windows that start at the first hit. The current counter lives for two periods; once less than one is left it is renamed
 * to be the previous one, and a new current one starts with the old one's phase.
 */
class LimitsSlidingInRedis extends LimitsSlidingWindow {
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

  #ms(nowUs: number): number {
    return Math.floor((this.epochUs + nowUs) / 1000);
  }

  /** As PTTL: negative, or NaN, when there is no such counter. */
  #ttlMs(key: number, nowUs: number, expires: number): number {
    return this.records[key * this.fields + expires] - this.#ms(nowUs);
  }
}

/** Python's `x % 1`. */
function fraction(x: number): number {
  return x - Math.floor(x);
}

function resetIn({ previous, previousLeft, current }: Counts, currentLeft: number, expiry: number): number {
  const previousReset = previous > 0 ? previousLeft % (expiry / previous) : Number.POSITIVE_INFINITY;
  const currentReset = current > 0 ? currentLeft % expiry : Number.POSITIVE_INFINITY;
  return Math.min(previousReset, currentReset);
}

export const limitsSlidingWindowCounter = defineProduct({
  name: 'limits-sliding-window-counter',
  title: 'Python limits, SlidingWindowCounterRateLimiter',
  idea:
    'Weighs the window before by the time for which it still counts. In memory windows are aligned to 1970; in Redis they start ' +
    'at the first hit, so that the two storages decide the same arrivals differently.',
  weakness:
    'It believes that the window before was spread evenly: up to twice the limit passes where it was not.',
  sources: ['alisaifee/limits limits/storage/memory.py and acquire_sliding_window.lua, v5, June 2026'],
  params: z.strictObject({
    storage: z.enum(['memory', 'redis']).default('redis').describe('where the two counters are'),
  }),
  ttlUs: ({ periodUs }) => 2 * periodUs,
  create: (quota, { storage }, context) =>
    storage === 'redis'
      ? new LimitsSlidingInRedis(quota, context)
      : new LimitsSlidingInMemory(quota, context),
});
