import * as z from 'zod';
import { durationUs } from '../../fields.ts';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter, refusalUs, wholeUnits } from './product.ts';

/** Fields of a key's record. */
const fields = 2;
const consumed = 0;
const expires = 1; // milliseconds since 1970

interface Params {
  readonly store: 'memory' | 'redis';
  readonly block_duration: number;
  readonly exec_evenly: boolean;
}

/**
 * Points consumed since the first of them, for the length of the period; refused points count. The refusal that crosses the
 * limit may set the end anew, `block_duration` from now, which can be sooner than the window's own.
 */
class RateLimiterFlexible extends ProductLimiter {
  readonly #points: number;
  readonly #periodMs: number;
  readonly #blockMs: number;
  readonly #evenly: boolean;
  readonly #inRedis: boolean;
  readonly #epochUs: number;

  constructor(quota: Quota, params: Params, { epochUs }: LimiterContext) {
    super(fields);
    this.#points = quota.limit;
    this.#inRedis = params.store === 'redis';
    wholeUnits(quota, this.#inRedis ? 1e6 : 1000, 'rate-limiter-flexible');
    this.#periodMs = quota.periodUs / 1000;
    this.#blockMs = params.block_duration / 1000;
    this.#evenly = params.exec_evenly;
    this.#epochUs = epochUs;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    const points = this.#consumed(key, nowUs) + cost;
    if (cost === 0 || points <= this.#points) return 0;
    return refusalUs((this.#blocks(points, cost) ? this.#blockMs : this.#leftMs(key, nowUs)) * 1000);
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    const isFirst = !this.#isOpen(key, nowUs);
    this.#consume(key, nowUs, cost);
    return this.#evenly && !isFirst ? this.#delayMs(key, nowUs) * 1000 : 0;
  }

  override refuse(key: number, nowUs: number, cost: number): void {
    this.#consume(key, nowUs, cost);
    const blocks = this.#blocks(this.records[key * fields + consumed], cost);
    if (blocks) this.records[key * fields + expires] = this.#ms(nowUs) + this.#blockMs;
  }

  override remaining(key: number, nowUs: number): number {
    return Math.max(0, this.#points - this.#consumed(key, nowUs));
  }

  override explain(key: number, nowUs: number): string {
    if (!this.#isOpen(key, nowUs)) return 'no window open';
    return `${this.#consumed(key, nowUs)} of ${this.#points} points, ${this.#leftMs(key, nowUs)} ms to go`;
  }

  #ms(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1000);
  }

  /** A key of Redis lives through the millisecond at which it expires; a record in memory does not. */
  #isOpen(key: number, nowUs: number): boolean {
    const leftMs = this.records[key * fields + expires] - this.#ms(nowUs);
    return this.#inRedis ? leftMs >= 0 : leftMs > 0;
  }

  #consumed(key: number, nowUs: number): number {
    return this.#isOpen(key, nowUs) ? this.records[key * fields + consumed] : 0;
  }

  #leftMs(key: number, nowUs: number): number {
    return this.#isOpen(key, nowUs) ? this.records[key * fields + expires] - this.#ms(nowUs) : this.#periodMs;
  }

  #blocks(points: number, cost: number): boolean {
    return this.#blockMs > 0 && points <= this.#points + cost;
  }

  #consume(key: number, nowUs: number, cost: number): void {
    if (!this.#isOpen(key, nowUs)) {
      this.records[key * fields + consumed] = 0;
      this.records[key * fields + expires] = this.#ms(nowUs) + this.#periodMs;
    }
    this.records[key * fields + consumed] += cost;
  }

  /** Spreads what is left over the rest of the window. */
  #delayMs(key: number, nowUs: number): number {
    const leftMs = this.#leftMs(key, nowUs);
    if (leftMs <= 0) return 0;
    const delayMs = Math.ceil(leftMs / (this.remaining(key, nowUs) + 2));
    const leastMs = Math.ceil(this.#periodMs / this.#points);
    return delayMs < leastMs ? this.#consumed(key, nowUs) * leastMs : delayMs;
  }
}

export const rateLimiterFlexible = defineProduct({
  name: 'rate-limiter-flexible',
  title: 'rate-limiter-flexible (Node.js)',
  idea: 'Counts points in windows that start at the first hit of a key; what takes it above the limit is refused, and counts.',
  weakness:
    'Twice the limit at the edge of two windows. A block may end before the window would have, so blocking can admit more.',
  sources: ['animir/node-rate-limiter-flexible lib/*.js, v11, May 2026'],
  params: z.strictObject({
    store: z
      .enum(['memory', 'redis'])
      .default('memory')
      .describe('redis: windows of whole seconds that last through the millisecond of their end'),
    block_duration: durationUs
      .prefault('0s')
      .describe('how long the refusal that crosses the limit blocks the key; 0s leaves the window as it is'),
    exec_evenly: z
      .boolean()
      .default(false)
      .describe('whether admitted requests are held back to spread them over the window'),
  }),
  holdsBack: true,
  ttlUs: ({ periodUs }, { block_duration }) => Math.max(periodUs, block_duration),
  create: (quota, params, context) => new RateLimiterFlexible(quota, params, context),
});
