import * as z from 'zod';
import { durationUs } from '../../fields.ts';
import type { Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter, refusalUs } from './product.ts';

/** Fields of a key's record. */
const fields = 2;
const tokens = 0;
const last = 1; // microseconds since the run's start

/** `Duration.Seconds()` of Go: whole seconds and the rest are converted one by one. */
function goSeconds(us: number): number {
  const ns = us * 1000;
  return Math.floor(ns / 1e9) + (ns % 1e9) / 1e9;
}

/** The rate of a limit, as one division of whole numbers. */
export function perSecond({ limit, periodUs }: Quota): number {
  return (limit * 1e9) / (periodUs * 1000);
}

/**
 * Tokens as a double, with the operations of the Go package in their order. A request may be admitted ahead of its
 * tokens if it then waits at most `maxWaitNs`: the balance goes negative, and later requests queue behind it. A wait
 * below one nanosecond is none, so a rounding error of 1e−16 tokens refuses nobody.
 */
export class GoRate extends ProductLimiter {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #maxWaitNs: number;

  constructor(quota: Quota, maxWaitNs: number, extraFields = 0) {
    super(fields + extraFields);
    this.#perSecond = perSecond(quota);
    this.#burst = quota.burst;
    this.#maxWaitNs = maxWaitNs;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    if (cost > this.#burst) return Number.POSITIVE_INFINITY;
    const waitNs = this.waitNs(this.tokensAt(key, nowUs) - cost);
    return waitNs <= this.#maxWaitNs ? 0 : refusalUs(waitNs / 1000);
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    const left = this.tokensAt(key, nowUs) - cost;
    this.setTokens(key, nowUs, left);
    return Math.ceil(this.waitNs(left) / 1000);
  }

  override remaining(key: number, nowUs: number): number {
    return Math.max(0, Math.floor(this.tokensAt(key, nowUs)));
  }

  override explain(key: number, nowUs: number): string {
    return `${Number(this.tokensAt(key, nowUs).toFixed(3))} of ${this.#burst} tokens`;
  }

  protected tokensAt(key: number, nowUs: number): number {
    const lastUs = this.records[key * this.fields + last];
    if (Number.isNaN(lastUs)) return this.#burst;
    const sum = this.records[key * this.fields + tokens] + goSeconds(nowUs - lastUs) * this.#perSecond;
    return Math.min(sum, this.#burst);
  }

  protected setTokens(key: number, nowUs: number, left: number): void {
    this.records[key * this.fields + tokens] = left;
    this.records[key * this.fields + last] = nowUs;
  }

  /** Whole nanoseconds until a negative balance is made up for; cut, as Go does. */
  protected waitNs(left: number): number {
    return left < 0 ? Math.trunc((-left / this.#perSecond) * 1e9) : 0;
  }
}

export const xTimeRate = defineProduct({
  name: 'x-time-rate',
  title: 'golang.org/x/time/rate (Go)',
  idea:
    'A token bucket in a double that starts full. Allow refuses what has no token; Wait and Reserve admit it ahead of its ' +
    'tokens, in order of arrival, and say how long to wait.',
  weakness:
    'A rested key passes its burst and then the rate. A request of more than the burst never passes, although the rate could pay for it.',
  sources: ['golang/time rate/rate.go, September 2025'],
  params: z.strictObject({
    max_wait: durationUs
      .prefault('0s')
      .describe(
        'how long a request may be held back for its tokens; 0s is Allow, more is Wait with a deadline',
      ),
  }),
  holdsBack: true,
  ttlUs: ({ limit, periodUs, burst }) => Math.ceil((burst * periodUs) / limit),
  create: (quota, { max_wait }) => new GoRate(quota, max_wait * 1000),
});
