import * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter, refusalUs } from './product.ts';

/** Fields of a key's record. */
const fields = 2;
const tat = 0; // seconds since 2017
const refusedAt = 1; // microseconds since the run's start, of a refusal that was the last decision

const january2017 = 1_483_228_800; // seconds since 1970

/**
 * GCRA in a Lua script, in seconds since 2017 as doubles. The same operations in the same order as the script, because
 * their rounding decides ties: who comes at exactly the told time may find −1e-16 units left, and is refused.
 */
class RedisRate extends ProductLimiter {
  readonly #emissionS: number;
  readonly #burstS: number;
  readonly #epochUs: number;

  constructor({ limit, periodUs, burst }: Quota, { epochUs }: LimiterContext) {
    super(fields);
    this.#emissionS = periodUs / 1e6 / limit;
    this.#burstS = this.#emissionS * burst;
    this.#epochUs = epochUs;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    const aheadS = this.#aheadS(key, nowUs, cost);
    if (aheadS / this.#emissionS >= 0) return 0;
    return refusalUs(Math.trunc(-aheadS * 1e9) / 1000); // the Go client cuts to nanoseconds
  }

  override take(key: number, nowUs: number, cost: number): number {
    this.records[key * fields + tat] = this.#tatS(key, nowUs) + this.#emissionS * cost;
    if (cost > 0) this.records[key * fields + refusedAt] = Number.NaN;
    return 0;
  }

  override refuse(key: number, nowUs: number): void {
    this.records[key * fields + refusedAt] = nowUs;
  }

  /** A refusal is told with 0, also where fewer units would pass. */
  override remaining(key: number, nowUs: number): number {
    if (this.records[key * fields + refusedAt] === nowUs) return 0;
    return Math.max(0, Math.trunc(this.#aheadS(key, nowUs, 0) / this.#emissionS));
  }

  override explain(key: number, nowUs: number): string {
    const aheadS = this.#tatS(key, nowUs) - this.#nowS(nowUs);
    return aheadS === 0 ? 'rested: TAT is not after now' : `TAT lies ${aheadS} s after now`;
  }

  #nowS(nowUs: number): number {
    const us = this.#epochUs + nowUs;
    const seconds = Math.floor(us / 1e6);
    return seconds - january2017 + (us - seconds * 1e6) / 1e6;
  }

  #tatS(key: number, nowUs: number): number {
    const nowS = this.#nowS(nowUs);
    const tatS = this.records[key * fields + tat];
    return Number.isNaN(tatS) ? nowS : Math.max(tatS, nowS);
  }

  /** How long before now the request would have been allowed; negative when it is still to wait. */
  #aheadS(key: number, nowUs: number, cost: number): number {
    const nowS = this.#nowS(nowUs);
    const allowAtS = this.#tatS(key, nowUs) + this.#emissionS * cost - this.#burstS;
    return nowS - allowAtS;
  }
}

export const redisRate = defineProduct({
  name: 'redis-rate',
  title: 'go-redis/redis_rate (Go)',
  idea: 'GCRA in a Lua script that holds TAT in seconds as a double, by the clock of the Redis server.',
  weakness:
    'Doubles decide ties: an arrival at exactly the told time may be refused once more. A cost above the burst never passes and ' +
    'is told a finite wait all the same.',
  sources: ['go-redis/redis_rate v10 lua.go and rate.go, 2023'],
  params: z.strictObject({}),
  ttlUs: ({ limit, periodUs, burst }) => Math.ceil((burst * periodUs) / limit / 1e6) * 1e6,
  create: (quota, _, context) => new RedisRate(quota, context),
});
