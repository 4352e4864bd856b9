import type { Limiter, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';
import { DrainingLevel, levelAt } from '../draining-level.ts';
import { burstOf, ticksOf, ticksToUs } from '../ticks.ts';

export interface BucketSettings {
  /** Tokens in a new bucket. */
  readonly initial: number;
  /** Whether one token is enough for any cost. */
  readonly loose: boolean;
}

/**
 * Token bucket with continuous refill, kept as its mirror image: the tokens that a bucket lacks, which drain away at
 * the refill rate. A rested bucket then lacks 0, whenever it was last looked at, and needs no state.
 */
export class TokenBucket implements Limiter {
  readonly #lacking: DrainingLevel;
  #opened = new Uint8Array(0); // 1 after a key's first request; looked at only when buckets do not start full
  readonly #perUnit: number;
  readonly #perUs: number;
  readonly #burst: number;
  readonly #initial: number;
  readonly #loose: boolean;

  constructor(quota: Quota, { initial, loose }: BucketSettings) {
    const ticks = ticksOf(quota);
    this.#lacking = new DrainingLevel(ticks);
    this.#perUnit = ticks.perUnit;
    this.#perUs = ticks.perUs;
    this.#burst = burstOf(quota);
    this.#initial = Math.min(initial, this.#burst);
    this.#loose = loose;
  }

  reserve(keys: number): void {
    this.#lacking.reserve(keys);
    if (this.#initial < this.#burst) this.#opened = grown(this.#opened, keys);
  }

  /** Most rates divide their period. Given as a literal, 1 leaves no multiplication and no rounding in the compiled loop. */
  decide(arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    if (this.#perUs === 1) this.#decideAt(arrivals, decisions, 1);
    else this.#decideAt(arrivals, decisions, this.#perUs);
  }

  #decideAt(arrivals: ArrivalBatch, { allowed, retryAfterUs }: DecisionBatch, perUs: number): void {
    const { timeUs, key, cost, length, oneCost = -1 } = arrivals;
    const { pairs } = this.#lacking;
    const perUnit = this.#perUnit;
    const burst = this.#burst;
    const loose = this.#loose;
    const startsFull = this.#initial >= burst;
    for (let row = 0; row < length; row++) {
      const at = key[row] * 2;
      const nowUs = timeUs[row];
      const units = oneCost < 0 ? cost[row] : oneCost;
      if (!startsFull && units > 0 && this.#isUnopened(key[row])) this.#open(key[row], nowUs);
      const lackingTicks = levelAt(pairs, at, nowUs, perUs); // of an unopened key only a peek is left, which passes
      const needed = loose && units > 1 ? 1 : units;
      const excessTicks = lackingTicks + (needed - burst) * perUnit;
      if (units === 0) {
        allowed[row] = 1;
      } else if (excessTicks <= 0) {
        allowed[row] = 1;
        pairs[at] = lackingTicks + units * perUnit;
        pairs[at + 1] = nowUs;
      } else {
        allowed[row] = 0;
        retryAfterUs[row] = this.#untilUs(excessTicks, units);
      }
    }
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    const excessTicks = this.#excessTicks(this.#lackingTicks(key, nowUs), cost);
    return excessTicks <= 0 || cost === 0 ? 0 : this.#untilUs(excessTicks, cost);
  }

  take(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    if (this.#isUnopened(key)) this.#open(key, nowUs);
    this.#lacking.set(key, nowUs, this.#lacking.at(key, nowUs) + cost * this.#perUnit);
    return 0;
  }

  /** A new bucket starts to fill at its first request, even when that is refused. */
  refuse(key: number, nowUs: number, cost: number): void {
    if (cost > 0 && this.#isUnopened(key)) this.#open(key, nowUs);
  }

  remaining(key: number, nowUs: number): number {
    return Math.max(0, Math.floor(this.#tokens(key, nowUs)));
  }

  explain(key: number, nowUs: number): string {
    return `${Number(this.#tokens(key, nowUs).toFixed(3))} of ${this.#burst} tokens`;
  }

  stateBytes(keys: number): number {
    return keys * 16;
  }

  #tokens(key: number, nowUs: number): number {
    return this.#burst - this.#lackingTicks(key, nowUs) / this.#perUnit;
  }

  #lackingTicks(key: number, nowUs: number): number {
    if (this.#isUnopened(key)) return (this.#burst - this.#initial) * this.#perUnit;
    return this.#lacking.at(key, nowUs);
  }

  #isUnopened(key: number): boolean {
    return this.#initial < this.#burst && this.#opened[key] === 0;
  }

  #open(key: number, nowUs: number): void {
    this.#opened[key] = 1;
    this.#lacking.set(key, nowUs, (this.#burst - this.#initial) * this.#perUnit);
  }

  /** Tokens that must be there for a request of this cost. */
  #needed(cost: number): number {
    return this.#loose && cost > 1 ? 1 : cost;
  }

  /** What is missing for a request, above 0 when it must wait. */
  #excessTicks(lackingTicks: number, cost: number): number {
    return lackingTicks + (this.#needed(cost) - this.#burst) * this.#perUnit;
  }

  #untilUs(excessTicks: number, cost: number): number {
    return this.#needed(cost) > this.#burst ? Number.POSITIVE_INFINITY : ticksToUs(excessTicks, this.#perUs);
  }
}
