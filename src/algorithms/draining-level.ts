import { grown } from './columns.ts';
import type { Ticks } from './ticks.ts';

/**
 * For each key an amount, in ticks, that drains at the rate's pace down to 0: the water in a leaky bucket, the tokens
 * that a token bucket lacks, the backlog of a queue. Whole numbers in, whole numbers out.
 */
export class DrainingLevel {
  #pairs = new Float64Array(0); // for each key its ticks, and the instant at which they were set: together in memory
  readonly #perUs: number;

  constructor({ perUs }: Ticks) {
    this.#perUs = perUs;
  }

  reserve(keys: number): void {
    this.#pairs = grown(this.#pairs, keys * 2);
  }

  /** The level at `nowUs`; before the instant at which it was last set, what it was set to. */
  at(key: number, nowUs: number): number {
    const ticks = this.#pairs[key * 2];
    const passedUs = nowUs - this.#pairs[key * 2 + 1];
    if (passedUs <= 0) return ticks;
    return Math.max(ticks - passedUs * this.#perUs, 0);
  }

  set(key: number, nowUs: number, ticks: number): void {
    this.#pairs[key * 2] = ticks;
    this.#pairs[key * 2 + 1] = nowUs;
  }
}
