import * as z from 'zod';
import type { Quota } from '../algorithm.ts';
import { defineProduct, ProductLimiter, refusalUs } from './product.ts';

/** Field of a key's record, where there is one after TAT: when a request that can never pass was refused. */
const neverAt = 1;

/** In what the libraries differ that do GCRA in whole nanoseconds. */
export interface GcraTraits {
  /** What is told to wait for so many nanoseconds: microseconds. */
  readonly told?: (waitNs: number) => number;
  /** What is left, from how far the tolerance reaches beyond TAT and from the emission interval. */
  readonly left?: (aheadNs: number, emissionNs: number) => number;
  /** Whether a refusal of more than there can ever be is told as if nothing had been used. */
  readonly tellsAll?: boolean;
}

/**
 * GCRA with an emission interval of whole nanoseconds, ⌊period / limit⌋: a limit that does not divide its period admits a
 * little more than was asked. A tie is allowed, a refusal changes nothing. Times are nanoseconds since the run's start, exact
 * for 104 days.
 */
export class NanosecondGcra extends ProductLimiter {
  readonly #emissionNs: number;
  readonly #toleranceNs: number;
  readonly #told: (waitNs: number) => number;
  readonly #tellsAll: boolean;
  readonly #left: (aheadNs: number, emissionNs: number) => number;

  constructor({ limit, periodUs, burst }: Quota, traits: GcraTraits = {}, fields = 1) {
    const { told = microseconds, left = units, tellsAll = false } = traits;
    super(tellsAll ? 2 : fields);
    this.#emissionNs = Math.max(1, Math.floor((periodUs * 1000) / limit));
    this.#toleranceNs = this.#emissionNs * burst;
    this.#told = told;
    this.#left = left;
    this.#tellsAll = tellsAll;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    const needNs = cost * this.#emissionNs;
    const waitNs = this.aheadNs(key, nowUs) + needNs - this.#toleranceNs;
    if (cost === 0 || waitNs <= 0) return 0;
    return needNs > this.#toleranceNs ? Number.POSITIVE_INFINITY : refusalUs(this.#told(waitNs));
  }

  override take(key: number, nowUs: number, cost: number): number {
    this.records[key * this.fields] = nowUs * 1000 + this.aheadNs(key, nowUs) + cost * this.#emissionNs;
    if (this.#tellsAll && cost > 0) this.records[key * this.fields + neverAt] = Number.NaN;
    return 0;
  }

  override refuse(key: number, nowUs: number, cost: number): void {
    if (!this.#tellsAll) return;
    const never = cost * this.#emissionNs > this.#toleranceNs;
    this.records[key * this.fields + neverAt] = never ? nowUs : Number.NaN;
  }

  override remaining(key: number, nowUs: number): number {
    if (this.#tellsAll && this.records[key * this.fields + neverAt] === nowUs) {
      return Math.floor(this.#toleranceNs / this.#emissionNs);
    }
    return Math.max(0, this.#left(this.#toleranceNs - this.aheadNs(key, nowUs), this.#emissionNs));
  }

  override explain(key: number, nowUs: number): string {
    const aheadNs = this.aheadNs(key, nowUs);
    return aheadNs === 0 ? 'rested: TAT is not after now' : `TAT lies ${aheadNs} ns after now`;
  }

  /** How far TAT lies after now; 0 for a rested or a new key. */
  protected aheadNs(key: number, nowUs: number): number {
    const tatNs = this.records[key * this.fields];
    return tatNs > nowUs * 1000 ? tatNs - nowUs * 1000 : 0; // NaN, a new key, is not above
  }
}

function microseconds(waitNs: number): number {
  return waitNs / 1000;
}

function units(aheadNs: number, emissionNs: number): number {
  return Math.floor(aheadNs / emissionNs);
}

export const timeToRestUs = ({ limit, periodUs, burst }: Quota) => Math.ceil((burst * periodUs) / limit);

export const governor = defineProduct({
  name: 'governor',
  title: 'governor (Rust)',
  idea: 'GCRA in whole nanoseconds since the limiter was made, in one atomic number a key.',
  weakness:
    'A rested key passes its burst and then the rate, up to 2n − 1 within a second of per_second(n). More cells than the burst ' +
    'are an error of their own (InsufficientCapacity).',
  sources: ['boinkor-net/governor governor/src/gcra.rs and quota.rs, December 2025'],
  params: z.strictObject({}),
  ttlUs: timeToRestUs,
  create: (quota) => new NanosecondGcra(quota),
});

export const throttled = defineProduct({
  name: 'throttled',
  title: 'throttled (Go)',
  idea: 'GCRA in whole nanoseconds: read, decide, and write by compare-and-swap, ten times at most.',
  weakness:
    'On one hot key the ten tries run out and the limiter answers with an error instead of a decision.',
  sources: ['throttled/throttled rate.go, 2025'],
  params: z.strictObject({}),
  ttlUs: timeToRestUs,
  create: (quota) => new NanosecondGcra(quota, { tellsAll: true }),
});
