import type { ArrivalBatch, DecisionBatch } from './batch.ts';
import { grown } from './columns.ts';
import { type Ticks, ticksToUs } from './ticks.ts';

/**
 * For each key an amount, in ticks, that drains at the rate's pace down to 0: the water in a leaky bucket, the tokens
 * that a token bucket lacks, the backlog of a queue. Whole numbers in, whole numbers out.
 */
export class DrainingLevel {
  /** For each key its ticks, and the instant at which they were set: together in memory, and open to batch loops. */
  pairs = new Float64Array(0);
  readonly #perUnit: number;
  readonly #perUs: number;

  constructor({ perUnit, perUs }: Ticks) {
    this.#perUnit = perUnit;
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

  /**
   * Admits what fits below the capacity, and pours it in. Most rates divide their period: given as a literal, 1 leaves no
   * multiplication and no rounding in the compiled loop.
   */
  pour(arrivals: ArrivalBatch, decisions: DecisionBatch, capacityTicks: number): void {
    if (this.#perUs === 1) this.#pourAt(arrivals, decisions, capacityTicks, 1);
    else this.#pourAt(arrivals, decisions, capacityTicks, this.#perUs);
  }

  #pourAt(
    { timeUs, key, cost, length, oneCost }: ArrivalBatch,
    { allowed, retryAfterUs }: DecisionBatch,
    capacityTicks: number,
    perUs: number,
  ): void {
    const pairs = this.pairs;
    const perUnit = this.#perUnit;
    const onePourTicks = oneCost === undefined ? -1 : oneCost * perUnit; // -1: costs differ
    for (let row = 0; row < length; row++) {
      const at = key[row] * 2;
      const nowUs = timeUs[row];
      const pourTicks = onePourTicks >= 0 ? onePourTicks : cost[row] * perUnit;
      const ticks = levelAt(pairs, at, nowUs, perUs) + pourTicks;
      const overTicks = ticks - capacityTicks;
      if (overTicks <= 0 || pourTicks === 0) {
        allowed[row] = 1;
        pairs[at] = ticks;
        pairs[at + 1] = nowUs;
      } else {
        allowed[row] = 0;
        retryAfterUs[row] =
          pourTicks > capacityTicks ? Number.POSITIVE_INFINITY : ticksToUs(overTicks, perUs);
      }
    }
  }
}

/** The level of the pair at place `at`: what batch loops ask, which hold the pairs. */
export function levelAt(pairs: Float64Array, at: number, nowUs: number, perUs: number): number {
  const passedUs = nowUs - pairs[at + 1];
  const ticks = pairs[at] - (passedUs > 0 ? passedUs * perUs : 0);
  return Math.max(ticks, 0);
}
