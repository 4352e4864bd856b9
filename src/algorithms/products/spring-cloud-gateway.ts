import * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { ticksOf } from '../ticks.ts';
import { defineProduct, ProductLimiter, refusalUs, wholeUnits } from './product.ts';

/** Fields of a key's record. */
const fields = 2;
const tokens = 0;
const second = 1; // seconds since 1970

/**
 * A token bucket by the clock of whole seconds of Redis. The product refills whole tokens each second; a limit by another
 * period is set as replenishRate N / g with requestedTokens P / g, where g divides both. A refusal writes the refilled
 * bucket. Keys live for ⌊2 · capacity / rate⌋ seconds; a key that is gone is full, and where
 * that is 0 s nothing is kept, and nothing refused but what is above the capacity.
 */
class SpringCloudGateway extends ProductLimiter {
  readonly #replenishRate: number;
  readonly #requestedTokens: number;
  readonly #capacity: number;
  readonly #forgets: boolean;
  readonly #epochUs: number;

  constructor(quota: Quota, { epochUs }: LimiterContext) {
    super(fields);
    const { replenishRate, requestedTokens, capacity } = settingsOf(quota);
    this.#replenishRate = replenishRate;
    this.#requestedTokens = requestedTokens;
    this.#capacity = capacity;
    this.#forgets = 2 * capacity < replenishRate; // a time to live of 0 s: the script writes nothing
    this.#epochUs = epochUs;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    const lacking = cost * this.#requestedTokens - this.#filled(key, nowUs);
    if (cost === 0 || lacking <= 0) return 0;
    if (cost * this.#requestedTokens > this.#capacity) return Number.POSITIVE_INFINITY;
    const dueS = this.#second(nowUs) + Math.ceil(lacking / this.#replenishRate);
    return refusalUs(dueS * 1e6 - (this.#epochUs + nowUs));
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost > 0) this.#write(key, nowUs, this.#filled(key, nowUs) - cost * this.#requestedTokens);
    return 0;
  }

  override refuse(key: number, nowUs: number): void {
    this.#write(key, nowUs, this.#filled(key, nowUs));
  }

  override remaining(key: number, nowUs: number): number {
    return Math.floor(this.#told(key, nowUs) / this.#requestedTokens);
  }

  override explain(key: number, nowUs: number): string {
    return `${this.#filled(key, nowUs)} of ${this.#capacity} tokens, ${this.#requestedTokens} for a request`;
  }

  #second(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1e6);
  }

  #filled(key: number, nowUs: number): number {
    return this.#forgets ? this.#capacity : this.#refilled(key, nowUs);
  }

  /** The last decision of this second is told also where nothing is kept of it. */
  #told(key: number, nowUs: number): number {
    const isNow = this.records[key * fields + second] === this.#second(nowUs);
    return isNow ? this.#refilled(key, nowUs) : this.#filled(key, nowUs);
  }

  #refilled(key: number, nowUs: number): number {
    const left = this.records[key * fields + tokens];
    if (Number.isNaN(left)) return this.#capacity;
    const passedS = this.#second(nowUs) - this.records[key * fields + second];
    return Math.min(this.#capacity, left + passedS * this.#replenishRate);
  }

  #write(key: number, nowUs: number, left: number): void {
    this.records[key * fields + tokens] = left;
    this.records[key * fields + second] = this.#second(nowUs);
  }
}

/** How a limit is written in the product's settings. */
function settingsOf(quota: Quota) {
  const seconds = wholeUnits(quota, 1e6, 'Spring Cloud Gateway');
  const { perUnit: requestedTokens, perUs: replenishRate } = ticksOf({ ...quota, periodUs: seconds });
  return { replenishRate, requestedTokens, capacity: quota.burst * requestedTokens };
}

export const springCloudGateway = defineProduct({
  name: 'spring-cloud-gateway',
  title: 'Spring Cloud Gateway RedisRateLimiter',
  idea: 'A token bucket in a Lua script that knows time in whole seconds: the tokens of a second come at its start.',
  weakness:
    'A full bucket at the end of a second and the refill at the start of the next pass within an instant: between 10 and 20 pass in ' +
    'the first second of 10/1s.',
  sources: [
    'spring-cloud/spring-cloud-gateway RedisRateLimiter.java and request_rate_limiter.lua, August 2026',
    'spring-cloud/spring-cloud-gateway#368 (more than the rate in the first second)',
  ],
  params: z.strictObject({}),
  ttlUs(quota) {
    const { capacity, replenishRate } = settingsOf(quota);
    return Math.floor((2 * capacity) / replenishRate) * 1e6;
  },
  create: (quota, _, context) => new SpringCloudGateway(quota, context),
});
