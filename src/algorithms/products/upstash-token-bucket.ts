import * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct } from './product.ts';
import { UpstashLimiter } from './upstash.ts';

/** Fields of a key's record. */
const fields = 2;
const tokens = 0; // negative where there are debts
const refilled = 1; // milliseconds since 1970

/**
 * Whole refills of `limit` tokens each period, counted from the key's first request. Up to 2.1 a request is turned away only
 * when there is no token at all: of too few it takes more than there are, is refused, and leaves a debt; and as −4 is
 * not 0, each refused request digs deeper. Since 2.2 what is refused takes nothing.
 */
class UpstashTokenBucket extends UpstashLimiter {
  readonly #burst: number;
  readonly #debts: boolean;

  constructor(quota: Quota, { debts, ephemeral_cache }: Params, context: LimiterContext) {
    super(quota, fields, ephemeral_cache, context);
    this.#burst = quota.burst;
    this.#debts = debts;
  }

  protected override admits(key: number, nowMs: number, cost: number): boolean {
    return this.left(key, nowMs) >= cost;
  }

  protected override count(key: number, nowMs: number, cost: number, allowed: boolean): void {
    const [left, refilledMs] = this.#bucket(key, nowMs);
    if (!allowed && (left === 0 || !this.#debts)) return;
    this.records[key * this.fields + tokens] = left - cost;
    this.records[key * this.fields + refilled] = refilledMs;
  }

  protected override left(key: number, nowMs: number): number {
    return this.#bucket(key, nowMs)[0];
  }

  protected override resetMs(key: number, nowMs: number): number {
    return this.#bucket(key, nowMs)[1] + this.periodMs;
  }

  protected override describe(key: number, nowMs: number): string {
    const [left, refilledMs] = this.#bucket(key, nowMs);
    return `${left} of ${this.#burst} tokens, next refill in ${refilledMs + this.periodMs - nowMs} ms`;
  }

  #bucket(key: number, nowMs: number): [tokens: number, refilledMs: number] {
    const refilledMs = this.records[key * this.fields + refilled];
    if (Number.isNaN(refilledMs)) return [this.#burst, nowMs];
    const left = this.records[key * this.fields + tokens];
    const refills = Math.max(0, Math.floor((nowMs - refilledMs) / this.periodMs));
    if (refills === 0) return [left, refilledMs];
    return [Math.min(this.#burst, left + refills * this.limit), refilledMs + refills * this.periodMs];
  }
}

interface Params {
  readonly debts: boolean;
  readonly ephemeral_cache: boolean;
}

export const upstashTokenBucket = defineProduct({
  name: 'upstash-token-bucket',
  title: 'Upstash Ratelimit tokenBucket',
  idea: 'Adds the whole refill at once after each interval, counted from the first request of a key, up to maxTokens.',
  weakness:
    'All tokens of an interval come at one instant. Until version 2.1 a refused request of a higher cost leaves a debt, and further ' +
    'refused ones add to it.',
  sources: ['upstash/ratelimit-js src/single.ts and src/lua-scripts/single.ts, v2.0.8 and v2.2.0, 2026'],
  params: z.strictObject({
    debts: z
      .boolean()
      .default(true)
      .describe(
        'whether a refused request takes tokens that are not there: true until version 2.1, false since 2.2',
      ),
    ephemeral_cache: z
      .boolean()
      .default(true)
      .describe('whether a refused key is refused in the memory of the client until the told reset'),
  }),
  ttlUs: ({ limit, periodUs, burst }) => Math.ceil(burst / limit) * periodUs,
  create: (quota, params, context) => new UpstashTokenBucket(quota, params, context),
});
