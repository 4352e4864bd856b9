import * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct } from './product.ts';
import { UpstashLimiter } from './upstash.ts';

/** Fields of a key's record: the number of a window since 1970, what was counted in it, and in the one before. */
const fields = 3;
const window = 0;
const current = 1;
const previous = 2;

/** Counters of the current window and the one before, and the end of the current one as the told reset. */
abstract class UpstashWindows extends UpstashLimiter {
  constructor(quota: Quota, caches: boolean, context: LimiterContext) {
    super(quota, fields, caches, context);
  }

  protected counters(key: number, nowMs: number): [current: number, previous: number] {
    const record = key * this.fields;
    const behind = Math.floor(nowMs / this.periodMs) - this.records[record + window];
    if (behind === 0) return [this.records[record + current], this.records[record + previous]];
    return [0, behind === 1 ? this.records[record + current] : 0];
  }

  protected add(key: number, nowMs: number, cost: number): void {
    const [now, before] = this.counters(key, nowMs);
    const record = key * this.fields;
    this.records[record + window] = Math.floor(nowMs / this.periodMs);
    this.records[record + current] = now + cost;
    this.records[record + previous] = before;
  }

  protected override resetMs(_key: number, nowMs: number): number {
    return (Math.floor(nowMs / this.periodMs) + 1) * this.periodMs;
  }
}

/** INCRBY first, then the comparison: refused units count. */
class UpstashFixedWindow extends UpstashWindows {
  protected override admits(key: number, nowMs: number, cost: number): boolean {
    return this.counters(key, nowMs)[0] + cost <= this.limit;
  }

  protected override count(key: number, nowMs: number, cost: number): void {
    this.add(key, nowMs, cost);
  }

  protected override left(key: number, nowMs: number): number {
    return this.limit - this.counters(key, nowMs)[0];
  }

  protected override describe(key: number, nowMs: number): string {
    return `${this.counters(key, nowMs)[0]} of ${this.limit} counted in this window`;
  }
}

/**
 * weighed = ⌊(1 − gone / window) · previous⌋; a request is turned away, and not counted, when weighed + current has reached the
 * limit. Its cost plays no part in that: a request of more units than are left is counted, and refused all the same.
 */
class UpstashSlidingWindow extends UpstashWindows {
  protected override admits(key: number, nowMs: number, cost: number): boolean {
    return this.left(key, nowMs) >= cost;
  }

  protected override count(key: number, nowMs: number, cost: number): void {
    if (this.left(key, nowMs) > 0) this.add(key, nowMs, cost);
  }

  protected override left(key: number, nowMs: number): number {
    const [now, before] = this.counters(key, nowMs);
    return this.limit - now - Math.floor((1 - (nowMs % this.periodMs) / this.periodMs) * before);
  }

  protected override describe(key: number, nowMs: number): string {
    const [now, before] = this.counters(key, nowMs);
    return `${now} counted in this window, ${before} in the one before, limit ${this.limit}`;
  }
}

const params = z.strictObject({
  ephemeral_cache: z
    .boolean()
    .default(true)
    .describe('whether a refused key is refused in the memory of the client until the told reset'),
});

const sources = ['upstash/ratelimit-js src/single.ts and src/lua-scripts/single.ts, v2.0.8, March 2026'];

export const upstashFixedWindow = defineProduct({
  name: 'upstash-fixed-window',
  title: 'Upstash Ratelimit fixedWindow',
  idea: 'Counts in windows that start at multiples of their length since 1970, by the clock of the client.',
  weakness: 'Twice the limit at the edge of two windows. Refused units count.',
  sources,
  params,
  ttlUs: ({ periodUs }) => periodUs,
  create: (quota, { ephemeral_cache }, context) => new UpstashFixedWindow(quota, ephemeral_cache, context),
});

export const upstashSlidingWindow = defineProduct({
  name: 'upstash-sliding-window',
  title: 'Upstash Ratelimit slidingWindow',
  idea: 'Weighs the previous window by the share of it that the trailing window still covers, rounded down, and adds the current one.',
  weakness:
    'A cost above what is left is counted and refused. The told reset is the end of the window, and the ephemeral cache refuses ' +
    'until then, also once there is room again.',
  sources,
  params,
  ttlUs: ({ periodUs }) => 2 * periodUs + 1e6,
  create: (quota, { ephemeral_cache }, context) => new UpstashSlidingWindow(quota, ephemeral_cache, context),
});
