import * as z from 'zod';
import { periodUs } from '../../fields.ts';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter, refusalUs, requirePeriod } from './product.ts';
import { kongPeriods } from './windows.ts';

/** Fields of a key's record. */
const fields = 7;
const window = 0; // its start, microseconds since 1970
const stored = 1; // the counter in Redis
const usage = 2; // what was read of it, NaN when it has to be read
const delta = 3; // what was admitted since, and not yet pushed
const syncs = 4; // when the worker pushes, milliseconds since 1970; NaN when nothing is pending
const told = 5; // what the last decision told as remaining, by what the worker saw before it looked
const toldAt = 6; // and when

/**
 * One worker that reads the counter of Redis by raising it, and takes what it was before as the usage. The unit that it raised
 * it by is counted back as a delta of −1, which the admission of that request makes up: so from then on the worker sees one
 * unit fewer than there is, and admits one beyond the limit before it pushes.
 *
 * The worker pushes all its keys at once, `sync_rate` after the first admission since the last push. Here each key has its own
 * timer: keys do not know of each other.
 */
class KongRedisSync extends ProductLimiter {
  readonly #quota: Quota;
  readonly #syncMs: number;
  readonly #epochUs: number;

  constructor(quota: Quota, syncUs: number, { epochUs }: LimiterContext) {
    super(fields);
    requirePeriod(quota, kongPeriods, 'Kong');
    this.#quota = quota;
    this.#syncMs = syncUs / 1000;
    this.#epochUs = epochUs;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    if (cost === 0 || this.#usageAt(key, nowUs) + cost <= this.#quota.limit) return 0;
    return refusalUs(this.#windowStart(nowUs) + this.#quota.periodUs - this.#second(nowUs));
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    const record = key * fields;
    this.#tell(key, nowUs, this.#left(key, nowUs) - cost);
    this.#look(key, nowUs);
    this.records[record + delta] += cost;
    if (Number.isNaN(this.records[record + syncs]))
      this.records[record + syncs] = this.#ms(nowUs) + this.#syncMs;
    return 0;
  }

  override refuse(key: number, nowUs: number): void {
    this.#tell(key, nowUs, this.#left(key, nowUs));
    this.#look(key, nowUs);
  }

  override remaining(key: number, nowUs: number): number {
    if (this.records[key * fields + toldAt] === nowUs) return this.records[key * fields + told];
    return this.#left(key, nowUs);
  }

  override explain(key: number, nowUs: number): string {
    return `${this.#usageAt(key, nowUs)} of ${this.#quota.limit} used as the worker sees it`;
  }

  #tell(key: number, nowUs: number, left: number): void {
    this.records[key * fields + told] = left;
    this.records[key * fields + toldAt] = nowUs;
  }

  #left(key: number, nowUs: number): number {
    return Math.max(0, this.#quota.limit - this.#usageAt(key, nowUs));
  }

  /** What the next request would find, without looking. */
  #usageAt(key: number, nowUs: number): number {
    const record = key * fields;
    if (this.#windowStart(nowUs) !== this.records[record + window]) return 0;
    const pending = this.records[record + delta];
    const pushed = this.#isDue(key, nowUs);
    if (pushed || Number.isNaN(this.records[record + usage])) {
      return this.records[record + stored] + (pushed ? pending : 0);
    }
    return this.records[record + usage] + pending;
  }

  /** Pushes what is due, and reads the counter where the worker does not know it. */
  #look(key: number, nowUs: number): void {
    const record = key * fields;
    const startUs = this.#windowStart(nowUs);
    if (startUs !== this.records[record + window]) {
      const pendingUs = this.#isDue(key, nowUs) ? Number.NaN : this.records[record + syncs];
      this.records.set([startUs, 0, Number.NaN, 0, pendingUs], record);
    } else if (this.#isDue(key, nowUs)) {
      const pushed = this.records[record + stored] + this.records[record + delta];
      this.records.set([startUs, pushed, Number.NaN, 0, Number.NaN], record);
    }
    if (!Number.isNaN(this.records[record + usage])) return;
    this.records[record + usage] = this.records[record + stored];
    this.records[record + stored] += 1;
    this.records[record + delta] = -1;
  }

  #isDue(key: number, nowUs: number): boolean {
    return this.records[key * fields + syncs] <= this.#ms(nowUs);
  }

  /** Timers of nginx run by the millisecond. */
  #ms(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1000);
  }

  #second(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1e6) * 1e6;
  }

  #windowStart(nowUs: number): number {
    return Math.floor(this.#second(nowUs) / this.#quota.periodUs) * this.#quota.periodUs;
  }
}

export const kongRedisSync = defineProduct({
  name: 'kong-redis-sync',
  title: 'Kong rate-limiting (open source), redis with a sync_rate',
  idea: 'Each worker decides by its own copy of the counter, and pushes what it admitted to Redis every sync_rate.',
  weakness:
    'Between two pushes every worker of every node may admit what is left. Each of them also sees ' +
    'one unit fewer than there is, and admits one request beyond the limit.',
  sources: ['Kong/kong kong/plugins/rate-limiting/policies/init.lua, July 2026'],
  params: z.strictObject({
    sync_rate: periodUs.prefault('1s').describe('how long after an admission the counts are pushed to Redis'),
  }),
  ttlUs: ({ periodUs }) => periodUs,
  create: (quota, { sync_rate }, context) => new KongRedisSync(quota, sync_rate, context),
});
