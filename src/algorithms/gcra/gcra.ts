import type { Limiter, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';
import { burstOf, type Ticks, ticksOf, ticksToUs } from '../ticks.ts';

/** T and the rate in ticks, and T + tolerance: how far ahead of now TAT may come to lie. */
export function gcraTicks(quota: Quota, toleranceUs?: number): Ticks & { readonly depthTicks: number } {
  const { perUnit, perUs } = ticksOf(quota);
  const depthTicks = toleranceUs === undefined ? burstOf(quota) * perUnit : toleranceUs * perUs + perUnit;
  return { perUnit, perUs, depthTicks: quota.limit === 0 ? 0 : depthTicks };
}

/**
 * GCRA in its virtual scheduling form: `cost` units conform iff max(TAT, now) + cost·T ≤ now + T + tolerance, and then
 * TAT becomes the left side; else TAT stays. T, the emission interval, is period / limit.
 *
 * TAT is held exactly: whole microseconds beside a rest in ticks (see `Ticks`), so that 7/1m loses nothing. TAT 0 needs
 * no "no state yet": a key whose TAT is not after now is rested, and time starts at 0.
 */
export class Gcra implements Limiter {
  #tat = new Float64Array(0); // for each key whole microseconds and the rest in ticks, side by side in memory
  readonly #perUnit: number;
  readonly #perUs: number;
  readonly #depthTicks: number;

  constructor(quota: Quota, toleranceUs?: number) {
    const { perUnit, perUs, depthTicks } = gcraTicks(quota, toleranceUs);
    this.#perUnit = perUnit;
    this.#perUs = perUs;
    this.#depthTicks = depthTicks;
  }

  reserve(keys: number): void {
    this.#tat = grown(this.#tat, keys * 2);
  }

  /** Most rates divide their period. Given as a literal, 1 leaves no multiplication and no rounding in the compiled loop. */
  decide(arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    if (this.#perUs === 1) this.#decideAt(arrivals, decisions, 1);
    else this.#decideAt(arrivals, decisions, this.#perUs);
  }

  #decideAt(arrivals: ArrivalBatch, { allowed, retryAfterUs }: DecisionBatch, perUs: number): void {
    const { timeUs, key, cost, length, oneCost } = arrivals;
    const tat = this.#tat;
    const perUnit = this.#perUnit;
    const depthTicks = this.#depthTicks;
    const oneNeedTicks = oneCost === undefined ? -1 : oneCost * perUnit; // -1: costs differ
    for (let row = 0; row < length; row++) {
      const at = key[row] * 2;
      const nowUs = timeUs[row];
      const needTicks = oneNeedTicks >= 0 ? oneNeedTicks : cost[row] * perUnit;
      const tatTicks = (tat[at] - nowUs) * perUs + tat[at + 1];
      const aheadTicks = Math.max(tatTicks, 0) + needTicks;
      const overTicks = aheadTicks - depthTicks;
      if (overTicks <= 0 || needTicks === 0) {
        allowed[row] = 1;
        const aheadUs = perUs === 1 ? aheadTicks : Math.floor(aheadTicks / perUs);
        tat[at] = nowUs + aheadUs;
        tat[at + 1] = aheadTicks - aheadUs * perUs;
      } else {
        allowed[row] = 0;
        retryAfterUs[row] = needTicks > depthTicks ? Number.POSITIVE_INFINITY : ticksToUs(overTicks, perUs);
      }
    }
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    const needTicks = cost * this.#perUnit;
    const aheadTicks = this.#aheadTicks(key, nowUs) + needTicks;
    return aheadTicks <= this.#depthTicks || cost === 0 ? 0 : this.#untilUs(aheadTicks, needTicks);
  }

  take(key: number, nowUs: number, cost: number): number {
    this.#setTat(key, nowUs, this.#aheadTicks(key, nowUs) + cost * this.#perUnit);
    return 0;
  }

  refuse(): void {}

  remaining(key: number, nowUs: number): number {
    return Math.max(0, Math.floor((this.#depthTicks - this.#aheadTicks(key, nowUs)) / this.#perUnit));
  }

  explain(key: number, nowUs: number): string {
    const aheadUs = this.#aheadTicks(key, nowUs) / this.#perUs;
    return aheadUs === 0
      ? 'rested: TAT is not after now'
      : `TAT lies ${Number(aheadUs.toFixed(3))} µs after now`;
  }

  stateBytes(keys: number): number {
    return keys * (this.#perUs === 1 ? 8 : 16); // the rest is always 0 where the rate divides the period
  }

  /** How far TAT lies after now, in ticks; 0 for a rested key. */
  #aheadTicks(key: number, nowUs: number): number {
    const ticks = (this.#tat[key * 2] - nowUs) * this.#perUs + this.#tat[key * 2 + 1];
    return Math.max(ticks, 0);
  }

  #setTat(key: number, nowUs: number, aheadTicks: number): void {
    const aheadUs = this.#perUs === 1 ? aheadTicks : Math.floor(aheadTicks / this.#perUs);
    this.#tat[key * 2] = nowUs + aheadUs;
    this.#tat[key * 2 + 1] = aheadTicks - aheadUs * this.#perUs;
  }

  /** When TAT, which would come to lie too far ahead, is near enough; Infinity for more than can ever be. */
  #untilUs(aheadTicks: number, needTicks: number): number {
    if (needTicks > this.#depthTicks) return Number.POSITIVE_INFINITY;
    return ticksToUs(aheadTicks - this.#depthTicks, this.#perUs);
  }
}
