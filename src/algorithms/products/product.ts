import type * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { spellDuration } from '../../units.ts';
import type { Algorithm, Limiter, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';

/** What a product's file has to say; the rest of an `Algorithm` is the same for all products. */
type ProductFacts<Schema extends z.ZodObject> = Omit<
  Algorithm<Schema>,
  'usedBy' | 'variants' | 'needsDurations' | 'holdsBack' | 'redis' | 'memcached' | 'dynamodb'
> & { readonly holdsBack?: boolean };

/** The limiter of one product, quirks included: the algorithm that a profile names. */
export function defineProduct<Schema extends z.ZodObject>(facts: ProductFacts<Schema>): Algorithm<Schema> {
  return { usedBy: [], variants: [], needsDurations: false, holdsBack: false, ...facts };
}

/**
 * What limiters of products share: a record of numbers for each key, and the loop over a batch. One loop serves them all:
 * a comparison holds few products, and their arithmetic costs more than the call (docs/decisions/product-limiters.md).
 */
export abstract class ProductLimiter implements Limiter {
  /** For each key its fields side by side; NaN until they are first set. */
  protected records = new Float64Array(0);
  /** Numbers in a record. */
  protected readonly fields: number;

  constructor(fields: number) {
    this.fields = fields;
  }

  reserve(keys: number): void {
    this.records = grown(this.records, keys * this.fields, Number.NaN);
  }

  decide(
    { timeUs, key, cost, length }: ArrivalBatch,
    { allowed, retryAfterUs, delayUs }: DecisionBatch,
  ): void {
    for (let row = 0; row < length; row++) {
      const waitUs = this.waitUs(key[row], timeUs[row], cost[row]);
      allowed[row] = waitUs === 0 ? 1 : 0;
      if (waitUs === 0) {
        delayUs[row] = this.take(key[row], timeUs[row], cost[row]);
      } else {
        retryAfterUs[row] = waitUs;
        this.refuse(key[row], timeUs[row], cost[row]);
      }
    }
  }

  abstract waitUs(key: number, nowUs: number, cost: number): number;
  abstract take(key: number, nowUs: number, cost: number): number;
  abstract remaining(key: number, nowUs: number): number;
  abstract explain(key: number, nowUs: number): string;

  refuse(_key: number, _nowUs: number, _cost: number): void {}

  protected forget(key: number): void {
    this.records.fill(Number.NaN, key * this.fields, (key + 1) * this.fields);
  }

  stateBytes(keys: number): number {
    return keys * this.fields * 8;
  }
}

/** The wait that goes with a refusal: whole microseconds, rounded up, and never the 0 that would mean "allowed". */
export function refusalUs(us: number): number {
  return Math.max(1, Math.ceil(us));
}

/** For settings in whole milliseconds or seconds. Throws UsageError that says what the product takes. */
export function wholeUnits({ periodUs }: Quota, unitUs: number, product: string): number {
  if (periodUs % unitUs === 0) return periodUs / unitUs;
  throw new UsageError(
    `${product} has periods of whole ${unitUs === 1e6 ? 'seconds' : 'milliseconds'}, and ${spellDuration(periodUs)} is none`,
  );
}

/** Throws UsageError unless the period is one that the product has a word for. */
export function requirePeriod(
  { limit, periodUs }: Quota,
  known: Readonly<Record<string, number>>,
  product: string,
): void {
  if (Object.values(known).includes(periodUs)) return;
  const words = Object.entries(known).map(([word, us]) => `${word} (${limit}/${spellDuration(us)})`);
  throw new UsageError(
    `${product} counts by the ${words.join(', ')}; ${spellDuration(periodUs)} is none of them`,
  );
}
