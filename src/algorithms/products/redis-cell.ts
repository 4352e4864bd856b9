import * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { NanosecondGcra, timeToRestUs } from './nanosecond-gcra.ts';
import { defineProduct } from './product.ts';

/** Fields of a key's record: the first is that of `NanosecondGcra`. */
const fields = 2;
const lastMs = 1; // the last millisecond since 1970 in which Redis still has the key

/**
 * GCRA in whole nanoseconds, whose key has a time to live in whole milliseconds, cut: Redis forgets it up to a millisecond before
 * TAT. Where the whole burst comes back within a millisecond, each new millisecond finds a rested key.
 */
class RedisCell extends NanosecondGcra {
  readonly #epochUs: number;

  constructor(quota: Quota, { epochUs }: LimiterContext) {
    super(quota, { told: wholeSeconds, left: byMicroseconds }, fields);
    this.#epochUs = epochUs;
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    super.take(key, nowUs, cost);
    const ttlNs = this.records[key * fields] - nowUs * 1000;
    this.records[key * fields + lastMs] = this.#ms(nowUs) + Math.floor(ttlNs / 1e6);
    return 0;
  }

  protected override aheadNs(key: number, nowUs: number): number {
    return this.#ms(nowUs) > this.records[key * fields + lastMs] ? 0 : super.aheadNs(key, nowUs);
  }

  #ms(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1000);
  }
}

/** redis-cell replies in whole seconds: cut, and one more if what was cut off has a whole millisecond. */
function wholeSeconds(waitNs: number): number {
  const cutOffMs = Math.floor((waitNs % 1e9) / 1e6);
  return (Math.floor(waitNs / 1e9) + (cutOffMs > 0 ? 1 : 0)) * 1e6;
}

/** redis-cell divides whole microseconds. */
function byMicroseconds(aheadNs: number, emissionNs: number): number {
  return Math.trunc(Math.trunc(aheadNs / 1000) / Math.max(1, Math.trunc(emissionNs / 1000)));
}

export const redisCell = defineProduct({
  name: 'redis-cell',
  title: 'redis-cell (Redis module)',
  idea: 'GCRA in whole nanoseconds inside Redis, CL.THROTTLE; waits are told in whole seconds.',
  weakness:
    'The told seconds are cut, and rounded up only for a whole millisecond: one who waits 2.0004 s is told 2 and refused again. ' +
    'Keys live for whole milliseconds, cut: what would come back within the last one is there up to a millisecond early.',
  sources: ['brandur/redis-cell src/cell/mod.rs, src/redis/mod.rs and src/lib.rs, February 2026'],
  params: z.strictObject({}),
  ttlUs: timeToRestUs,
  create: (quota, _, context) => new RedisCell(quota, context),
});
