import type { LimiterContext, Quota } from '../algorithm.ts';
import { ProductLimiter, refusalUs } from './product.ts';

/** In what the many products differ that count units in one window after another. */
export interface WindowTraits {
  /** Where windows start: at multiples of the period since 1970, or at the key's first unit after the last window. */
  readonly anchor: 'epoch' | 'first hit';
  /** What refused units do: count, only open a window where none is open, or nothing. */
  readonly refused: 'count' | 'open' | 'nothing';
  /** Resolution of the product's clock. */
  readonly grainUs: number;
  /** Whether the instant at which a window ends still belongs to it. */
  readonly endsInside?: boolean;
  /** What the told wait is rounded up to. */
  readonly toldInUs?: number;
}

/** Fields of a key's record. */
const fields = 2;
const end = 0; // microseconds since 1970
const used = 1;

/** One counter a key; times are seen through the product's clock. A peek (cost 0) neither counts nor opens a window. */
export class WindowCounter extends ProductLimiter {
  readonly #limit: number;
  readonly #periodUs: number;
  readonly #epochUs: number;
  readonly #traits: WindowTraits;

  constructor({ limit, periodUs }: Quota, traits: WindowTraits, { epochUs }: LimiterContext) {
    super(fields);
    this.#limit = limit;
    this.#periodUs = periodUs;
    this.#epochUs = epochUs;
    this.#traits = traits;
  }

  override waitUs(key: number, nowUs: number, cost: number): number {
    if (cost === 0 || this.#usedAt(key, nowUs) + cost <= this.#limit) return 0;
    const { toldInUs = 1 } = this.#traits;
    const untilEndUs = this.#endUs(key, nowUs) - this.#seenUs(nowUs);
    return refusalUs(Math.ceil(untilEndUs / toldInUs) * toldInUs);
  }

  override take(key: number, nowUs: number, cost: number): number {
    if (cost > 0) this.#count(key, nowUs, cost);
    return 0;
  }

  override refuse(key: number, nowUs: number, cost: number): void {
    if (this.#traits.refused !== 'nothing')
      this.#count(key, nowUs, this.#traits.refused === 'count' ? cost : 0);
  }

  override remaining(key: number, nowUs: number): number {
    return Math.max(0, this.#limit - this.#usedAt(key, nowUs));
  }

  override explain(key: number, nowUs: number): string {
    if (!this.#isOpen(key, nowUs)) return 'no window open';
    const leftUs = this.#endUs(key, nowUs) - this.#seenUs(nowUs);
    return `${this.#usedAt(key, nowUs)} of ${this.#limit} used, window ends in ${leftUs} µs`;
  }

  #seenUs(nowUs: number): number {
    const { grainUs } = this.#traits;
    return Math.floor((this.#epochUs + nowUs) / grainUs) * grainUs;
  }

  #isOpen(key: number, nowUs: number): boolean {
    const endUs = this.records[key * fields + end];
    return this.#traits.endsInside ? this.#seenUs(nowUs) <= endUs : this.#seenUs(nowUs) < endUs;
  }

  #usedAt(key: number, nowUs: number): number {
    return this.#isOpen(key, nowUs) ? this.records[key * fields + used] : 0;
  }

  #endUs(key: number, nowUs: number): number {
    return this.#isOpen(key, nowUs) ? this.records[key * fields + end] : this.#endOfNew(nowUs);
  }

  #endOfNew(nowUs: number): number {
    const seenUs = this.#seenUs(nowUs);
    if (this.#traits.anchor === 'first hit') return seenUs + this.#periodUs;
    return (Math.floor(seenUs / this.#periodUs) + 1) * this.#periodUs;
  }

  #count(key: number, nowUs: number, cost: number): void {
    const record = key * fields;
    if (this.#isOpen(key, nowUs)) {
      this.records[record + used] += cost;
    } else {
      this.records[record + end] = this.#endOfNew(nowUs);
      this.records[record + used] = cost;
    }
  }
}
