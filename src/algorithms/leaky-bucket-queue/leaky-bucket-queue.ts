import type { Limiter, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { DrainingLevel, levelAt } from '../draining-level.ts';
import { burstOf, ticksOf, ticksToUs } from '../ticks.ts';

/**
 * First come, first served, one unit each emission interval. The backlog in front of a request, less the units that
 * need not wait, is the delay that it is given; whole microseconds, rounded up.
 */
export class LeakyBucketQueue implements Limiter {
  readonly #backlog: DrainingLevel;
  readonly #perUnit: number;
  readonly #perUs: number;
  readonly #placesTicks: number;
  readonly #undelayedTicks: number;

  constructor(quota: Quota, undelayedUnits: number) {
    const ticks = ticksOf(quota);
    this.#backlog = new DrainingLevel(ticks);
    this.#perUnit = ticks.perUnit;
    this.#perUs = ticks.perUs;
    this.#placesTicks = burstOf(quota) * ticks.perUnit;
    this.#undelayedTicks = undelayedUnits * ticks.perUnit;
  }

  reserve(keys: number): void {
    this.#backlog.reserve(keys);
  }

  /** Most rates divide their period. Given as a literal, 1 leaves no multiplication and no rounding in the compiled loop. */
  decide(arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    if (this.#perUs === 1) this.#decideAt(arrivals, decisions, 1);
    else this.#decideAt(arrivals, decisions, this.#perUs);
  }

  #decideAt(arrivals: ArrivalBatch, { allowed, retryAfterUs, delayUs }: DecisionBatch, perUs: number): void {
    const { timeUs, key, cost, length, oneCost } = arrivals;
    const { pairs } = this.#backlog;
    const perUnit = this.#perUnit;
    const placesTicks = this.#placesTicks;
    const undelayedTicks = this.#undelayedTicks;
    const oneJoinTicks = oneCost === undefined ? -1 : oneCost * perUnit; // -1: costs differ
    for (let row = 0; row < length; row++) {
      const at = key[row] * 2;
      const nowUs = timeUs[row];
      const joinTicks = oneJoinTicks >= 0 ? oneJoinTicks : cost[row] * perUnit;
      const aheadTicks = levelAt(pairs, at, nowUs, perUs);
      const ticks = aheadTicks + joinTicks;
      if (joinTicks === 0) {
        allowed[row] = 1;
        delayUs[row] = 0;
      } else if (ticks <= placesTicks) {
        allowed[row] = 1;
        delayUs[row] = aheadTicks <= undelayedTicks ? 0 : ticksToUs(aheadTicks - undelayedTicks, perUs);
        pairs[at] = ticks;
        pairs[at + 1] = nowUs;
      } else {
        allowed[row] = 0;
        retryAfterUs[row] =
          joinTicks > placesTicks ? Number.POSITIVE_INFINITY : ticksToUs(ticks - placesTicks, perUs);
      }
    }
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    const joinTicks = cost * this.#perUnit;
    const overflowTicks = this.#backlog.at(key, nowUs) + joinTicks - this.#placesTicks;
    if (overflowTicks <= 0 || cost === 0) return 0;
    return joinTicks > this.#placesTicks ? Number.POSITIVE_INFINITY : ticksToUs(overflowTicks, this.#perUs);
  }

  take(key: number, nowUs: number, cost: number): number {
    const aheadTicks = this.#backlog.at(key, nowUs);
    if (cost === 0) return 0;
    this.#backlog.set(key, nowUs, aheadTicks + cost * this.#perUnit);
    return aheadTicks <= this.#undelayedTicks ? 0 : ticksToUs(aheadTicks - this.#undelayedTicks, this.#perUs);
  }

  refuse(): void {}

  remaining(key: number, nowUs: number): number {
    return Math.max(0, Math.floor((this.#placesTicks - this.#backlog.at(key, nowUs)) / this.#perUnit));
  }

  explain(key: number, nowUs: number): string {
    const backlog = this.#backlog.at(key, nowUs) / this.#perUnit;
    return `backlog ${Number(backlog.toFixed(3))} of ${this.#placesTicks / this.#perUnit} places`;
  }

  stateBytes(keys: number): number {
    return keys * 16;
  }
}
