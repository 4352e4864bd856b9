import type { LimiterContext, Quota } from '../algorithm.ts';
import { type Counts, LimitsSlidingWindow, resetIn } from './limits-sliding-counts.ts';
import { wholeUnits } from './product.ts';

/** Fields of a key's record in memory: the number of a window since 1970, what was counted in it and in the one before. */
const window = 0;
const current = 1;
const previous = 2;

/** Windows aligned to 1970, in seconds as doubles: the operations of Python in their order. */
export class LimitsSlidingInMemory extends LimitsSlidingWindow {
  readonly #expiryS: number;

  constructor(quota: Quota, context: LimiterContext) {
    super(quota, 3, context);
    this.#expiryS = wholeUnits(quota, 1e6, 'limits');
  }

  override take(key: number, nowUs: number, cost: number): number {
    const { previous, current } = this.countsAt(key, nowUs);
    if (cost > 0) this.records.set([this.#window(nowUs), current + cost, previous], key * this.fields);
    return 0;
  }

  protected override countsAt(key: number, nowUs: number): Counts {
    const record = key * this.fields;
    const behind = this.#window(nowUs) - this.records[record + window];
    if (behind === 0)
      return this.#counts(this.records[record + previous], this.records[record + current], nowUs);
    return this.#counts(behind === 1 ? this.records[record + current] : 0, 0, nowUs);
  }

  protected override weighed({ previous, previousLeft, current }: Counts): number {
    return Math.floor((previous * previousLeft) / this.#expiryS + current);
  }

  protected override resetInUs(_key: number, nowUs: number, counts: Counts): number {
    const currentLeft = (1 - fraction(this.#seconds(nowUs) / this.#expiryS)) * this.#expiryS + this.#expiryS;
    return resetIn(counts, currentLeft, this.#expiryS) * 1e6;
  }

  #counts(previous: number, current: number, nowUs: number): Counts {
    if (previous === 0) return { previous, previousLeft: 0, current };
    const gone = fraction((this.#seconds(nowUs) - this.#expiryS) / this.#expiryS);
    return { previous, previousLeft: (1 - gone) * this.#expiryS, current };
  }

  /** Since 1970. */
  #seconds(nowUs: number): number {
    return (this.epochUs + nowUs) / 1e6;
  }

  #window(nowUs: number): number {
    return Math.floor(this.#seconds(nowUs) / this.#expiryS);
  }
}

/** Python's `x % 1`. */
function fraction(x: number): number {
  return x - Math.floor(x);
}
