import { UsageError } from '../../errors.ts';
import { spellDuration } from '../../units.ts';
import type { Limiter, LimiterContext, Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';

export interface SlidingWindowCounterParams {
  readonly sub_windows: number;
  readonly count_rejected: boolean;
}

/**
 *   estimate = oldest · (1 − f) + the newer ones        f: share of the current sub-window already gone, 0 ≤ f < 1
 *   |--- oldest: 42 ---|--- current: 18 -..............|        one sub-window, limit 50
 *                 [======== trailing window =======]            f = 0.25: 42 · 0.75 + 18 = 49.5
 *
 * `cost` conforms iff ⌊estimate⌋ + cost ≤ limit, so a unit passes while the estimate is below the limit. Exact while
 * limit × sub-window is below 2^53; beyond that a wait may be told 1 µs wrong. Each key has a ring of sub_windows + 1
 * counters.
 */
export class SlidingWindowCounter implements Limiter {
  #counters = new Float64Array(0);
  #current = new Float64Array(0); // index of the newest sub-window counted; NaN before
  readonly #limit: number;
  readonly #subWindows: number;
  readonly #subWindowUs: number;
  readonly #alignmentUs: number;
  readonly #countRejected: boolean;

  constructor({ limit, periodUs }: Quota, params: SlidingWindowCounterParams, { epochUs }: LimiterContext) {
    const subWindowUs = periodUs / params.sub_windows;
    if (!Number.isInteger(subWindowUs)) {
      throw new UsageError(
        `sub_windows: ${spellDuration(periodUs)} cannot be cut into ${params.sub_windows} equal parts of whole microseconds; use a divisor, such as 10 or 60`,
      );
    }
    this.#limit = limit;
    this.#subWindows = params.sub_windows;
    this.#subWindowUs = subWindowUs;
    this.#alignmentUs = alignmentUs(epochUs, periodUs);
    this.#countRejected = params.count_rejected;
  }

  reserve(keys: number): void {
    this.#counters = grown(this.#counters, keys * (this.#subWindows + 1));
    this.#current = grown(this.#current, keys, Number.NaN);
  }

  decide({ timeUs, key, cost, length }: ArrivalBatch, { allowed, retryAfterUs }: DecisionBatch): void {
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
    if (this.#estimate(key, nowUs) + cost <= this.#limit || cost === 0) return 0;
    return cost > this.#limit ? Number.POSITIVE_INFINITY : this.#waitForRoomUs(key, nowUs, cost);
  }

  take(key: number, nowUs: number, cost: number): number {
    if (cost > 0) this.#count(key, nowUs, cost);
    return 0;
  }

  refuse(key: number, nowUs: number, cost: number): void {
    if (this.#countRejected && cost > 0) this.#count(key, nowUs, cost);
  }

  remaining(key: number, nowUs: number): number {
    return Math.max(0, this.#limit - this.#estimate(key, nowUs));
  }

  explain(key: number, nowUs: number): string {
    const current = this.#subWindowAt(nowUs);
    const gone = this.#goneUs(nowUs) / this.#subWindowUs;
    const oldest = this.#counterAt(key, current - this.#subWindows);
    const newer = this.#newer(key, current);
    const estimate = Number((oldest * (1 - gone) + newer).toFixed(3));
    return `estimate ${estimate} of ${this.#limit}: oldest ${oldest} × ${Number((1 - gone).toFixed(3))} + ${newer}`;
  }

  stateBytes(keys: number): number {
    return keys * (this.#subWindows + 2) * 8;
  }

  /** Index of a sub-window, counted from one period before the first, so that none that is looked back at is below 0. */
  #subWindowAt(nowUs: number): number {
    return Math.floor((nowUs + this.#alignmentUs) / this.#subWindowUs) + this.#subWindows;
  }

  #goneUs(nowUs: number): number {
    return (nowUs + this.#alignmentUs) % this.#subWindowUs;
  }

  /** The estimate rounded down, as the decision takes it. */
  #estimate(key: number, nowUs: number): number {
    const current = this.#subWindowAt(nowUs);
    const oldest = this.#counterAt(key, current - this.#subWindows);
    const coveredUs = this.#subWindowUs - this.#goneUs(nowUs);
    return Math.floor((oldest * coveredUs) / this.#subWindowUs) + this.#newer(key, current);
  }

  /** Units in the sub-windows that the trailing window covers in full. */
  #newer(key: number, current: number): number {
    let units = 0;
    for (let back = 0; back < this.#subWindows; back++) units += this.#counterAt(key, current - back);
    return units;
  }

  #counterAt(key: number, subWindow: number): number {
    const age = this.#current[key] - subWindow;
    if (!(age >= 0 && age <= this.#subWindows)) return 0; // in the future, forgotten, or a key never counted
    return this.#counters[this.#slot(key, subWindow)];
  }

  #slot(key: number, subWindow: number): number {
    const size = this.#subWindows + 1;
    return key * size + (subWindow % size);
  }

  #count(key: number, nowUs: number, cost: number): void {
    const current = this.#subWindowAt(nowUs);
    const steps = current - this.#current[key];
    const cleared = steps <= this.#subWindows ? steps : this.#subWindows + 1; // all, when NaN
    for (let back = 0; back < cleared; back++) this.#counters[this.#slot(key, current - back)] = 0;
    this.#current[key] = current;
    this.#counters[this.#slot(key, current)] += cost;
  }

  /**
   * Goes through the sub-windows to come. In each the estimate only falls, and it falls low enough once
   * oldest · covered < (limit − cost − newer + 1) · sub-window, if it ever does there.
   */
  #waitForRoomUs(key: number, nowUs: number, cost: number): number {
    const current = this.#subWindowAt(nowUs);
    for (let ahead = 0; ahead <= this.#subWindows; ahead++) {
      const room = this.#limit - cost - this.#newer(key, current + ahead);
      if (room < 0) continue;
      const oldest = this.#counterAt(key, current + ahead - this.#subWindows);
      const leastGoneUs =
        oldest <= room ? 0 : this.#subWindowUs - Math.ceil(((room + 1) * this.#subWindowUs) / oldest) + 1;
      const goneUs = ahead === 0 ? Math.max(leastGoneUs, this.#goneUs(nowUs)) : leastGoneUs;
      if (goneUs < this.#subWindowUs) return ahead * this.#subWindowUs + goneUs - this.#goneUs(nowUs);
    }
    return (this.#subWindows + 1) * this.#subWindowUs - this.#goneUs(nowUs);
  }
}
