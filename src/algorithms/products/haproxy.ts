import * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter, refusalUs, wholeUnits } from './product.ts';

/** Fields of a key's record: a period, and what came in it and in the one before. */
const fields = 3;
const tick = 0; // milliseconds since 1970, always even
const current = 1;
const previous = 2;

/**
 * A stick-table rate: two counters whose period starts with the first event after a rest, and the usual rule `deny if
 * http_req_rate gt N`. The request counts before it is judged, and counts when it is denied, so a client that keeps on
 * never recovers.
 */
class Haproxy extends ProductLimiter {
  readonly #limit: number;
  readonly #periodMs: number;
  readonly #epochUs: number;
  #tickMs = 0;
  #now = 0;
  #before = 0;

  constructor(quota: Quota, { epochUs }: LimiterContext) {
    super(fields);
    this.#limit = quota.limit;
    this.#periodMs = wholeUnits(quota, 1000, 'HAProxy');
    this.#epochUs = epochUs;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    const nowMs = this.#ms(nowUs);
    if (cost === 0 || this.#rateWith(key, nowMs, cost) <= this.#limit) return 0;
    if (cost > this.#limit) return Number.POSITIVE_INFINITY;
    return refusalUs(this.#dueMs(key, nowMs, cost) * 1000 - (this.#epochUs + nowUs));
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost > 0) this.#count(key, this.#ms(nowUs), cost);
    return 0;
  }

  override refuse(key: number, nowUs: number, cost: number): void {
    this.#count(key, this.#ms(nowUs), cost);
  }

  override remaining(key: number, nowUs: number): number {
    return Math.max(0, this.#limit - this.#rateWith(key, this.#ms(nowUs), 0));
  }

  override explain(key: number, nowUs: number): string {
    return `rate ${this.#rateWith(key, this.#ms(nowUs), 0)} of ${this.#limit} in ${this.#periodMs} ms`;
  }

  #ms(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1000);
  }

  /** Brings the three numbers to what an event at `nowMs` finds. They are fields, for a search asks for them many times. */
  #turn(key: number, nowMs: number): void {
    const record = key * fields;
    this.#tickMs = this.records[record + tick];
    this.#now = this.records[record + current];
    this.#before = this.records[record + previous];
    if (nowMs - this.#tickMs < this.#periodMs) return;
    const nextMs = this.#tickMs + this.#periodMs;
    const isNext = nowMs - nextMs < this.#periodMs; // else a rest, or a new key
    this.#before = isNext ? this.#now : 0;
    this.#now = 0;
    this.#tickMs = isNext ? nextMs - (nextMs % 2) : nowMs - (nowMs % 2);
  }

  #count(key: number, nowMs: number, cost: number): void {
    this.#turn(key, nowMs);
    this.records[key * fields + tick] = this.#tickMs;
    this.records[key * fields + current] = this.#now + cost;
    this.records[key * fields + previous] = this.#before;
  }

  /** What the rate is read as once `cost` events are counted. */
  #rateWith(key: number, nowMs: number, cost: number): number {
    this.#turn(key, nowMs);
    const leftMs = this.#tickMs + this.#periodMs - nowMs;
    const counted = this.#now + cost;
    if (counted === 0 && this.#before <= 1) return this.#before; // HAProxy's correction for very low rates
    return Math.floor((this.#before * Math.max(0, leftMs) + counted * this.#periodMs) / this.#periodMs);
  }

  /** The first millisecond at which the request would pass, if nothing else comes. Two periods of rest clear all. */
  #dueMs(key: number, nowMs: number, cost: number): number {
    let early = nowMs;
    let late = nowMs + 2 * this.#periodMs + 2;
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2); // the rate only falls while nothing comes
      if (this.#rateWith(key, middle, cost) <= this.#limit) late = middle;
      else early = middle;
    }
    return late;
  }
}

export const haproxy = defineProduct({
  name: 'haproxy',
  title: 'HAProxy stick-table request rate',
  idea:
    'Two counters for each key, this period and the one before, the latter weighed by what is left of the period. The ' +
    'tracked request is counted before the rule looks.',
  weakness:
    'Denied requests count: a client that keeps above the limit is denied for good. Up to twice the limit passes where the ' +
    'period before was used at its end.',
  sources: ['haproxy/haproxy include/haproxy/freq_ctr.h and src/freq_ctr.c, August 2026'],
  params: z.strictObject({}),
  ttlUs: ({ periodUs }) => 2 * periodUs,
  create: (quota, _, context) => new Haproxy(quota, context),
});
