import * as z from 'zod';
import { durationUs } from '../../fields.ts';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import { defineProduct, ProductLimiter, refusalUs } from './product.ts';

/** Fields of a key's record: the number of a window, what was counted in it and in the one before, the end of a block. */
const fields = 4;
const window = 0;
const current = 1;
const previous = 2;
const blocked = 3; // microseconds since the run's start

interface Params {
  readonly count_rejected: boolean;
  readonly mitigation: number;
}

/**
 * rate = current + previous · (period − gone) / period, not rounded, the request itself included; refused iff rate > limit. With a
 * mitigation the refusal blocks the key for so long, and blocked requests are not counted.
 */
class SlidingEstimate extends ProductLimiter {
  readonly #quota: Quota;
  readonly #params: Params;
  readonly #alignmentUs: number;

  constructor(quota: Quota, params: Params, { epochUs }: LimiterContext) {
    super(fields);
    this.#quota = quota;
    this.#params = params;
    this.#alignmentUs = alignmentUs(epochUs, quota.periodUs);
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    if (this.#isBlocked(key, nowUs)) return this.records[key * fields + blocked] - nowUs;
    if (this.#room(key, nowUs) >= cost * this.#quota.periodUs) return 0;
    if (cost > this.#quota.limit) return Number.POSITIVE_INFINITY;
    return this.#params.mitigation || this.#untilRoomUs(key, nowUs, cost);
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost > 0) this.#count(key, nowUs, cost);
    return 0;
  }

  override refuse(key: number, nowUs: number, cost: number): void {
    if (this.#isBlocked(key, nowUs)) return;
    if (this.#params.count_rejected) this.#count(key, nowUs, cost);
    if (this.#params.mitigation > 0) this.records[key * fields + blocked] = nowUs + this.#params.mitigation;
  }

  override remaining(key: number, nowUs: number): number {
    if (this.#isBlocked(key, nowUs)) return 0;
    return Math.max(0, Math.floor(this.#room(key, nowUs) / this.#quota.periodUs));
  }

  override explain(key: number, nowUs: number): string {
    const estimate = this.#quota.limit - this.#room(key, nowUs) / this.#quota.periodUs;
    const state = `estimate ${Number(estimate.toFixed(3))} of ${this.#quota.limit}`;
    return this.#isBlocked(key, nowUs) ? `${state}; blocked` : state;
  }

  #isBlocked(key: number, nowUs: number): boolean {
    return this.records[key * fields + blocked] > nowUs;
  }

  #counters(key: number, nowUs: number): [current: number, previous: number, goneUs: number] {
    const alignedUs = nowUs + this.#alignmentUs;
    const record = key * fields;
    const number = Math.floor(alignedUs / this.#quota.periodUs);
    const goneUs = alignedUs - number * this.#quota.periodUs;
    const behind = number - this.records[record + window];
    if (behind === 0) return [this.records[record + current], this.records[record + previous], goneUs];
    return [0, behind === 1 ? this.records[record + current] : 0, goneUs];
  }

  /** The limit less the estimate, in units times the period: whole numbers. */
  #room(key: number, nowUs: number): number {
    const { limit, periodUs } = this.#quota;
    const [now, before, goneUs] = this.#counters(key, nowUs);
    return (limit - now) * periodUs - before * (periodUs - goneUs);
  }

  /** In this window the previous one fades; in the next the current one does; then both are gone. */
  #untilRoomUs(key: number, nowUs: number, cost: number): number {
    const { limit, periodUs } = this.#quota;
    const [now, before, goneUs] = this.#counters(key, nowUs);
    const fadedUs = (units: number, room: number) => periodUs - Math.floor((room * periodUs) / units);
    const room = limit - now - cost;
    if (room >= 0) return refusalUs(Math.min(fadedUs(before, room), periodUs) - goneUs);
    return refusalUs(periodUs - goneUs + Math.max(0, fadedUs(now, limit - cost)));
  }

  #count(key: number, nowUs: number, cost: number): void {
    const [now, before] = this.#counters(key, nowUs);
    const number = Math.floor((nowUs + this.#alignmentUs) / this.#quota.periodUs);
    this.records[key * fields + window] = number;
    this.records[key * fields + current] = now + cost;
    this.records[key * fields + previous] = before;
  }
}

export const slidingEstimate = defineProduct({
  name: 'sliding-estimate',
  title: 'Sliding window estimate, not rounded',
  idea:
    'Two aligned counters, the earlier one weighed by the share of it that the trailing window covers. The request counts before ' +
    'the estimate is held against the limit.',
  weakness:
    'It believes that the window before was spread evenly. Where refused requests count, a client that keeps above the limit is ' +
    'refused for good.',
  sources: [
    'Cloudflare blog, How we built rate limiting capable of scaling to millions of domains, 2017',
    'Kong documentation, Window types of rate-limiting-advanced, 2026',
  ],
  params: z.strictObject({
    count_rejected: z.boolean().default(false).describe('whether refused requests count as well'),
    mitigation: durationUs
      .prefault('0s')
      .describe('how long a refusal blocks the key; blocked requests do not count'),
  }),
  ttlUs: ({ periodUs }, { mitigation }) => Math.max(2 * periodUs, mitigation),
  create: (quota, params, context) => new SlidingEstimate(quota, params, context),
});
