import { grown } from './columns.ts';
import type { Ticks } from './ticks.ts';

/**
 * For each key an amount, in ticks, that drains at the rate's pace down to 0: the water in a leaky bucket, the tokens
 * that a token bucket lacks, the backlog of a queue. Whole numbers in, whole numbers out.
 */
export class DrainingLevel {
  #ticks = new Float64Array(0);
  #setAtUs = new Float64Array(0);
  readonly #perUs: number;

  constructor({ perUs }: Ticks) {
    this.#perUs = perUs;
  }

  reserve(keys: number): void {
    this.#ticks = grown(this.#ticks, keys);
    this.#setAtUs = grown(this.#setAtUs, keys);
  }

  at(key: number, nowUs: number): number {
    const ticks = this.#ticks[key] - (nowUs - this.#setAtUs[key]) * this.#perUs;
    return ticks > 0 ? ticks : 0;
  }

  set(key: number, nowUs: number, ticks: number): void {
    this.#ticks[key] = ticks;
    this.#setAtUs[key] = nowUs;
  }
}
