import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { spellDuration } from '../../units.ts';
import type { Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter, refusalUs, wholeUnits } from './product.ts';

/** How long the host has been up when the run starts: microseconds. */
const uptimeUs = 30 * 86_400e6;

/**
 * Since 1.31: tokens are what one instant says, in seconds as a double: min(max_tokens, (now − instant) · rate). Taking
 * moves the instant forward. The same operations as Envoy, whose rounding decides ties, on a clock that counts from the boot of
 * the host: at one instant the last of a full bucket may lack 10⁻⁹ of a token, and be refused.
 */
class ContinuousEnvoyLocal extends ProductLimiter {
  readonly #perSecond: number;
  readonly #maxTokens: number;

  constructor({ limit, periodUs, burst }: Quota) {
    super(1);
    this.#perSecond = limit / (periodUs / 1e6);
    this.#maxTokens = burst;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    const tokens = this.#tokensAt(key, nowUs);
    if (cost === 0 || tokens >= cost) return 0;
    if (cost > this.#maxTokens) return Number.POSITIVE_INFINITY;
    return refusalUs(((cost - tokens) / this.#perSecond) * 1e6);
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    const left = this.#tokensAt(key, nowUs) - cost;
    this.records[key] = seconds(nowUs) - left / this.#perSecond;
    return 0;
  }

  override remaining(key: number, nowUs: number): number {
    return Math.floor(Math.max(0, this.#tokensAt(key, nowUs)));
  }

  override explain(key: number, nowUs: number): string {
    return `${Number(this.#tokensAt(key, nowUs).toFixed(3))} of ${this.#maxTokens} tokens`;
  }

  #tokensAt(key: number, nowUs: number): number {
    const emptyAt = this.records[key];
    if (Number.isNaN(emptyAt)) return this.#maxTokens;
    return Math.min(this.#maxTokens, (seconds(nowUs) - emptyAt) * this.#perSecond);
  }
}

function seconds(nowUs: number): number {
  return (uptimeUs + nowUs) / 1e6;
}

/** Fields of a key's record in the earlier generation. */
const fields = 2;
const tokens = 0;
const fill = 1; // how many fills had been when the tokens were set

/** Until 1.30: one timer adds tokens_per_fill to every bucket each fill_interval, counted from the start of the process. */
class DiscreteEnvoyLocal extends ProductLimiter {
  readonly #quota: Quota;

  constructor(quota: Quota) {
    super(fields);
    this.#quota = quota;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    const { limit, periodUs, burst } = this.#quota;
    const lacking = cost - this.#tokensAt(key, nowUs);
    if (cost === 0 || lacking <= 0) return 0;
    if (cost > burst) return Number.POSITIVE_INFINITY;
    return (this.#fills(nowUs) + Math.ceil(lacking / limit)) * periodUs - nowUs;
  }

  override take(key: number, nowUs: number, cost: number): number {
    const left = this.#tokensAt(key, nowUs) - cost;
    this.records[key * fields + tokens] = left;
    this.records[key * fields + fill] = this.#fills(nowUs);
    return 0;
  }

  override remaining(key: number, nowUs: number): number {
    return this.#tokensAt(key, nowUs);
  }

  override explain(key: number, nowUs: number): string {
    return `${this.#tokensAt(key, nowUs)} of ${this.#quota.burst} tokens`;
  }

  #fills(nowUs: number): number {
    return Math.floor(nowUs / this.#quota.periodUs);
  }

  #tokensAt(key: number, nowUs: number): number {
    const { limit, burst } = this.#quota;
    const left = this.records[key * fields + tokens];
    if (Number.isNaN(left)) return burst;
    return Math.min(burst, left + (this.#fills(nowUs) - this.records[key * fields + fill]) * limit);
  }
}

function requireFillInterval(quota: Quota): void {
  if (wholeUnits(quota, 1000, 'Envoy') >= 50) return;
  throw new UsageError(`Envoy has a fill_interval of 50ms or longer, not ${spellDuration(quota.periodUs)}`);
}

export const envoyLocal = defineProduct({
  name: 'envoy-local',
  title: 'Envoy local rate limit',
  idea:
    'A token bucket in the memory of each Envoy process. Tokens come continuously since 1.31; before, a timer added ' +
    'tokens_per_fill at once every fill_interval.',
  weakness:
    'Every process has its own bucket: n replicas admit n times the limit. In the earlier generation a burst before a fill and ' +
    'one after it follow each other at once.',
  sources: [
    'envoyproxy/envoy source/common/common/token_bucket_impl.h, 2026',
    'envoyproxy/envoy#35207 (continuous refill) and #34774 (timers that come late)',
  ],
  params: z.strictObject({
    refill: z
      .enum(['continuous', 'timer'])
      .default('continuous')
      .describe(
        'continuous: since Envoy 1.31; timer: tokens_per_fill at once every fill_interval, until 1.30',
      ),
  }),
  ttlUs: ({ limit, periodUs, burst }) => Math.ceil(burst / limit) * periodUs,
  create(quota, { refill }) {
    requireFillInterval(quota);
    return refill === 'timer' ? new DiscreteEnvoyLocal(quota) : new ContinuousEnvoyLocal(quota);
  },
});
