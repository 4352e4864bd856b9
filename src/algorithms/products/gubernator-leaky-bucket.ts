import * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter, refusalUs, wholeUnits } from './product.ts';

/** Fields of a key's record; times are milliseconds since 1970. */
const fields = 3;
const remaining = 0; // a double
const updated = 1;
const expires = 2;

/**
 * A token bucket in a double, by the millisecond. What has leaked since the last update is credited, and the update moved on,
 * only once it is a whole unit. Taking exactly the whole units that are left drops the fraction. The told reset counts
 * whole milliseconds a unit: above 1000/s they are 0. A bucket not asked for a period is forgotten, and then full.
 */
class GubernatorLeakyBucket extends ProductLimiter {
  readonly #limit: number;
  readonly #burst: number;
  readonly #periodMs: number;
  readonly #msPerUnit: number;
  readonly #epochUs: number;

  constructor(quota: Quota, { epochUs }: LimiterContext) {
    super(fields);
    this.#limit = quota.limit;
    this.#burst = quota.burst;
    this.#periodMs = wholeUnits(quota, 1000, 'gubernator');
    this.#msPerUnit = this.#periodMs / quota.limit;
    this.#epochUs = epochUs;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    const left = Math.trunc(this.#leaked(key, nowUs)[remaining]);
    if (cost === 0 || cost <= left) return 0;
    const resetMs = (this.#limit - (this.#isNew(key, nowUs) ? 0 : left)) * Math.trunc(this.#msPerUnit);
    return refusalUs(resetMs * 1000);
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    const [left, updatedMs] = this.#leaked(key, nowUs);
    this.#write(key, nowUs, Math.trunc(left) === cost ? 0 : left - cost, updatedMs);
    return 0;
  }

  override refuse(key: number, nowUs: number): void {
    const [left, updatedMs] = this.#leaked(key, nowUs);
    this.#write(key, nowUs, this.#isNew(key, nowUs) ? 0 : left, updatedMs);
  }

  override remaining(key: number, nowUs: number): number {
    return Math.trunc(this.#leaked(key, nowUs)[remaining]);
  }

  override explain(key: number, nowUs: number): string {
    return `${Number(this.#leaked(key, nowUs)[remaining].toFixed(3))} of ${this.#burst} units left`;
  }

  #ms(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1000);
  }

  #isNew(key: number, nowUs: number): boolean {
    return !(this.#ms(nowUs) <= this.records[key * fields + expires]); // also where it is NaN
  }

  #leaked(key: number, nowUs: number): [remaining: number, updatedMs: number] {
    const nowMs = this.#ms(nowUs);
    if (this.#isNew(key, nowUs)) return [this.#burst, nowMs];
    let left = this.records[key * fields + remaining];
    let updatedMs = this.records[key * fields + updated];
    const leaked = (nowMs - updatedMs) / this.#msPerUnit;
    if (Math.trunc(leaked) > 0) {
      left += leaked;
      updatedMs = nowMs;
    }
    return [Math.trunc(left) > this.#burst ? this.#burst : left, updatedMs];
  }

  #write(key: number, nowUs: number, left: number, updatedMs: number): void {
    this.records[key * fields + remaining] = left;
    this.records[key * fields + updated] = updatedMs;
    this.records[key * fields + expires] = this.#ms(nowUs) + this.#periodMs;
  }
}

export const gubernatorLeakyBucket = defineProduct({
  name: 'gubernator-leaky-bucket',
  title: 'gubernator LEAKY_BUCKET',
  idea:
    'Named a leaky bucket, it refuses rather than holds back: a double of units left that fills by duration / limit milliseconds ' +
    'a unit, credited in steps of at least one unit.',
  weakness:
    'Taking the last whole unit drops the fraction beside it, so the rate falls short of the limit. A burst above the limit is full ' +
    'again after one idle period, however long it would take to refill.',
  sources: ['gubernator-io/gubernator algorithms.go, April 2026'],
  params: z.strictObject({}),
  ttlUs: ({ periodUs }) => periodUs,
  create: (quota, _, context) => new GubernatorLeakyBucket(quota, context),
});
