import type { Limiter, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { DrainingLevel } from '../draining-level.ts';
import { burstOf, ticksOf, ticksToUs } from '../ticks.ts';

/** Leaky bucket as a meter: `cost` conforms iff the level, leaked down to now, plus `cost` is at most the burst. */
export class LeakyBucket implements Limiter {
  readonly #level: DrainingLevel;
  readonly #perUnit: number;
  readonly #perUs: number;
  readonly #capacityTicks: number;

  constructor(quota: Quota) {
    const ticks = ticksOf(quota);
    this.#level = new DrainingLevel(ticks);
    this.#perUnit = ticks.perUnit;
    this.#perUs = ticks.perUs;
    this.#capacityTicks = burstOf(quota) * ticks.perUnit;
  }

  reserve(keys: number): void {
    this.#level.reserve(keys);
  }

  decide(arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    this.#level.pour(arrivals, decisions, this.#capacityTicks);
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    const pourTicks = cost * this.#perUnit;
    const overflowTicks = this.#level.at(key, nowUs) + pourTicks - this.#capacityTicks;
    if (overflowTicks <= 0 || cost === 0) return 0;
    return pourTicks > this.#capacityTicks ? Number.POSITIVE_INFINITY : ticksToUs(overflowTicks, this.#perUs);
  }

  take(key: number, nowUs: number, cost: number): number {
    this.#level.set(key, nowUs, this.#level.at(key, nowUs) + cost * this.#perUnit);
    return 0;
  }

  refuse(): void {}

  remaining(key: number, nowUs: number): number {
    return Math.max(0, Math.floor((this.#capacityTicks - this.#level.at(key, nowUs)) / this.#perUnit));
  }

  explain(key: number, nowUs: number): string {
    const level = this.#level.at(key, nowUs) / this.#perUnit;
    return `level ${Number(level.toFixed(3))} of ${this.#capacityTicks / this.#perUnit}`;
  }

  stateBytes(keys: number): number {
    return keys * 16;
  }
}
