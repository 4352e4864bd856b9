import type { Limiter, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';
import { DrainingLevel } from '../draining-level.ts';
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

  /** A strict bucket that starts full is a leaky bucket seen from the other side, and has its loop. */
  decide(arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    if (this.#loose || this.#initial < this.#burst) this.#decideByHand(arrivals, decisions);
    else this.#lacking.pour(arrivals, decisions, this.#burst * this.#perUnit);
  }

  #decideByHand({ timeUs, key, cost, length }: ArrivalBatch, { allowed, retryAfterUs }: DecisionBatch): void {
    for (let row = 0; row < length; row++) {
      const waitUs = this.waitUs(key[row], timeUs[row], cost[row]);
      allowed[row] = waitUs === 0 ? 1 : 0;
      if (waitUs === 0) {
        this.take(key[row], timeUs[row], cost[row]);
      } else {
        retryAfterUs[row] = waitUs;
        this.refuse(key[row], timeUs[row], cost[row]);
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
