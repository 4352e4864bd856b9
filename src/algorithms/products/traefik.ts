import * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct } from './product.ts';
import { GoRate, perSecond } from './x-time-rate.ts';

const expiry = 2; // field of a key's record, after those of GoRate: whole seconds since 1970

/**
 * Go's bucket, kept for a few seconds after the last request of a source. A request that would have to wait for its token
 * longer than half an emission interval (half a second at most) takes it, is refused, and gives it back, which may change
 * the last bit of the balance.
 *
 * A bucket is forgotten `ttl` seconds after its last request, refused ones included: 2 s where the rate is at least one a
 * second, however large the burst. A forgotten bucket is full.
 */
export class Traefik extends GoRate {
  readonly #ttlS: number;
  readonly #epochUs: number;

  constructor(quota: Quota, { epochUs }: LimiterContext) {
    super(quota, longestDelayNs(quota), 1);
    this.#ttlS = ttlSeconds(quota);
    this.#epochUs = epochUs;
  }

  override take(key: number, nowUs: number, cost: number): number {
    const delayUs = super.take(key, nowUs, cost);
    if (cost > 0) this.#keep(key, nowUs);
    return delayUs;
  }

  override refuse(key: number, nowUs: number, cost: number): void {
    const givenBack = this.tokensAt(key, nowUs) - cost + cost;
    this.setTokens(key, nowUs, givenBack);
    this.#keep(key, nowUs);
  }

  protected override tokensAt(key: number, nowUs: number): number {
    if (this.#second(nowUs) >= this.records[key * this.fields + expiry]) this.forget(key);
    return super.tokensAt(key, nowUs);
  }

  #keep(key: number, nowUs: number): void {
    this.records[key * this.fields + expiry] = this.#second(nowUs) + this.#ttlS;
  }

  #second(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1e6);
  }
}

function longestDelayNs(quota: Quota): number {
  const rate = perSecond(quota);
  return rate < 1 ? 500e6 : Math.floor(1e9 / (Math.floor(rate) * 2));
}

export function ttlSeconds(quota: Quota): number {
  const rate = perSecond(quota);
  return rate >= 1 ? 2 : 1 + Math.floor(1 / rate);
}

export const traefik = defineProduct({
  name: 'traefik',
  title: 'Traefik RateLimit middleware',
  idea:
    'A token bucket for each source. A request whose token comes within half an emission interval, half a second at most, is ' +
    'held back until then; others are refused.',
  weakness:
    'Buckets are forgotten 2 s after the last request (later where the rate is below one a second), whatever the burst: who ' +
    'drains a burst of 100 at 1/s and keeps still for 2 s has a full bucket again.',
  sources: ['traefik/traefik pkg/middlewares/ratelimiter, July 2026'],
  params: z.strictObject({}),
  holdsBack: true,
  ttlUs: (quota) => ttlSeconds(quota) * 1e6,
  create: (quota, _, context) => new Traefik(quota, context),
});
