import { grown } from './columns.ts';
import type { Ticks } from './ticks.ts';

/**
 * For each key an amount, in ticks, that drains at the rate's pace down to 0: the water in a leaky bucket, the tokens
 * that a token bucket lacks, the backlog of a queue. Whole numbers in, whole numbers out.
 */
export class DrainingLevel {
  /** For each key its ticks, and the instant at which they were set: together in memory, and open to batch loops. */
  pairs = new Float64Array(0);
  readonly #perUs: number;

  constructor({ perUs }: Ticks) {
    this.#perUs = perUs;
  }

  reserve(keys: number): void {
    this.pairs = grown(this.pairs, keys * 2);
  }

  /** The level at `nowUs`; before the instant at which it was last set, what it was set to. */
  at(key: number, nowUs: number): number {
    return levelAt(this.pairs, key * 2, nowUs, this.#perUs);
  }

  set(key: number, nowUs: number, ticks: number): void {
    this.pairs[key * 2] = ticks;
    this.pairs[key * 2 + 1] = nowUs;
  }
}

/** The level of the pair at place `at`: what batch loops ask, which hold the pairs. */
export function levelAt(pairs: Float64Array, at: number, nowUs: number, perUs: number): number {
  const passedUs = nowUs - pairs[at + 1];
  const ticks = pairs[at] - (passedUs > 0 ? passedUs * perUs : 0);
  return Math.max(ticks, 0);
}
