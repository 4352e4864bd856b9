import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { countOrZero } from '../../fields.ts';
import { spellDuration } from '../../units.ts';
import type { LimiterContext, Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter } from './product.ts';

/** Fields of a key's record. */
const fields = 2;
const excess = 0; // thousandths of a request
const last = 1; // milliseconds since 1970

export interface NginxParams {
  readonly nodelay: boolean;
  readonly delay: number;
}

/**
 * limit_req: a leaky bucket as a meter, in whole thousandths of a request and whole milliseconds.
 *   e = excess − ⌊rate · ms / 1000⌋ + 1000, at least 0; refused iff e > 1000 · burst
 * A new key starts with an excess of 0: its first request is free. `last` moves on with every admission, also when ⌊…⌋ was 0,
 * so fractions of a thousandth are lost. A refusal changes nothing. A cost of c is c requests at once, all or none.
 */
class Nginx extends ProductLimiter {
  readonly #milliPerSecond: number;
  readonly #burstMilli: number;
  readonly #delayMilli: number;
  readonly #epochUs: number;

  constructor(quota: Quota, { nodelay, delay }: NginxParams, { epochUs }: LimiterContext) {
    super(fields);
    this.#milliPerSecond = milliRate(quota);
    this.#burstMilli = (quota.burst - 1) * 1000;
    this.#delayMilli = nodelay ? Number.POSITIVE_INFINITY : delay * 1000;
    this.#epochUs = epochUs;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    const tooMuch = this.#excessWith(key, this.#ms(nowUs), cost) - this.#burstMilli;
    if (cost === 0 || tooMuch <= 0) return 0;
    if ((cost - 1) * 1000 > this.#burstMilli) return Number.POSITIVE_INFINITY;
    const overMilli = this.records[key * fields + excess] + cost * 1000 - this.#burstMilli;
    const dueMs = this.records[key * fields + last] + Math.ceil((overMilli * 1000) / this.#milliPerSecond);
    return dueMs * 1000 - (this.#epochUs + nowUs);
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    const ms = this.#ms(nowUs);
    const milli = this.#excessWith(key, ms, cost);
    this.records[key * fields + excess] = milli;
    this.records[key * fields + last] = ms;
    if (milli <= this.#delayMilli) return 0;
    return Math.floor(((milli - this.#delayMilli) * 1000) / this.#milliPerSecond) * 1000;
  }

  override remaining(key: number, nowUs: number): number {
    const next = this.#excessWith(key, this.#ms(nowUs), 1);
    return Math.max(0, Math.floor((this.#burstMilli - next) / 1000) + 1);
  }

  override explain(key: number, nowUs: number): string {
    if (Number.isNaN(this.records[key * fields + last])) return 'unknown key: its first request is free';
    return `excess ${Math.max(0, this.#drained(key, this.#ms(nowUs))) / 1000} of ${this.#burstMilli / 1000}`;
  }

  #ms(nowUs: number): number {
    return Math.floor((this.#epochUs + nowUs) / 1000);
  }

  /** The excess after `cost` requests at this millisecond; the first of them finds the level of before. */
  #excessWith(key: number, ms: number, cost: number): number {
    const isNew = Number.isNaN(this.records[key * fields + last]);
    const first = isNew ? 0 : Math.max(0, this.#drained(key, ms) + 1000);
    return first + Math.max(0, cost - 1) * 1000;
  }

  /** May be below 0: it is held at 0 only once the new request is counted. */
  #drained(key: number, ms: number): number {
    const passedMs = ms - this.records[key * fields + last];
    return this.records[key * fields + excess] - Math.floor((this.#milliPerSecond * passedMs) / 1000);
  }
}

/** The rate is written in r/s or r/m, and a whole number; of r/m the sixtieth is cut to whole thousandths. */
function milliRate({ limit, periodUs }: Quota): number {
  const perSecond = (limit * 1e6) / periodUs;
  const perMinute = perSecond * 60;
  if (Number.isInteger(perSecond)) return perSecond * 1000;
  if (Number.isInteger(perMinute)) return Math.floor((perMinute * 1000) / 60);
  throw new UsageError(
    `nginx has rates of whole r/s or r/m, and ${limit}/${spellDuration(periodUs)} is neither`,
  );
}

export const nginx = defineProduct({
  name: 'nginx',
  title: 'nginx limit_req',
  idea:
    'A leaky bucket as a meter: the excess over the rate, in thousandths of a request, drains by the millisecond. A ' +
    'request that would take it above the burst is refused; others are held back until the rate has caught up, ' +
    'unless nodelay is set.',
  weakness:
    'A rested key passes burst + 1 requests at once. The rate is cut to whole thousandths of a request per second ' +
    '(7r/m is 6.96 a minute), and what drains in a millisecond is cut as well, so steady fast arrivals get less.',
  sources: ['nginx/nginx src/http/modules/ngx_http_limit_req_module.c, August 2026'],
  params: z.strictObject({
    nodelay: z.boolean().default(false).describe('whether admitted requests pass at once'),
    delay: countOrZero.prefault(0).describe('requests above the rate that are not held back'),
  }),
  holdsBack: true,
  ttlUs: (quota) => Math.ceil((quota.burst * 1e9) / milliRate(quota)),
  create: (quota, params, context) => new Nginx(quota, params, context),
});
