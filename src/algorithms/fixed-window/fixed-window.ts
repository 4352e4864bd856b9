import type { Limiter, LimiterContext, Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';

export interface FixedWindowParams {
  readonly align: 'epoch' | 'first';
  readonly count_rejected: boolean;
}

/**
 * One counter a key. A window holds the instants from its start up to, not including, its end; at the end the count
 * starts again from 0. A peek (cost 0) neither counts nor opens a window.
 */
export class FixedWindow implements Limiter {
  #windows = new Float64Array(0); // for each key the start of its window, NaN before the first, and the units used in it
  readonly #limit: number;
  readonly #periodUs: number;
  readonly #alignmentUs: number;
  readonly #fromFirst: boolean;
  readonly #countRejected: boolean;

  constructor({ limit, periodUs }: Quota, params: FixedWindowParams, { epochUs }: LimiterContext) {
    this.#limit = limit;
    this.#periodUs = periodUs;
    this.#alignmentUs = alignmentUs(epochUs, periodUs);
    this.#fromFirst = params.align === 'first';
    this.#countRejected = params.count_rejected;
  }

  reserve(keys: number): void {
    this.#windows = grown(this.#windows, keys * 2, Number.NaN);
  }

  decide({ timeUs, key, cost, length }: ArrivalBatch, { allowed, retryAfterUs }: DecisionBatch): void {
    const windows = this.#windows;
    const limit = this.#limit;
    const periodUs = this.#periodUs;
    const countRejected = this.#countRejected;
    for (let row = 0; row < length; row++) {
      const at = key[row] * 2;
      const nowUs = timeUs[row];
      const units = cost[row];
      const endUs = windows[at] + periodUs;
      const used = nowUs < endUs ? windows[at + 1] : 0;
      const conforms = used + units <= limit || units === 0;
      allowed[row] = conforms ? 1 : 0;
      if (!conforms) retryAfterUs[row] = units > limit ? Number.POSITIVE_INFINITY : endUs - nowUs;
      if (conforms || countRejected) this.#count(key[row], nowUs, units);
    }
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    if (this.#usedAt(key, nowUs) + cost <= this.#limit || cost === 0) return 0;
    return cost > this.#limit ? Number.POSITIVE_INFINITY : this.#endUs(key, nowUs) - nowUs;
  }

  take(key: number, nowUs: number, cost: number): number {
    this.#count(key, nowUs, cost);
    return 0;
  }

  refuse(key: number, nowUs: number, cost: number): void {
    if (this.#countRejected) this.#count(key, nowUs, cost);
  }

  remaining(key: number, nowUs: number): number {
    return Math.max(0, this.#limit - this.#usedAt(key, nowUs));
  }

  explain(key: number, nowUs: number): string {
    const used = this.#usedAt(key, nowUs);
    if (this.#fromFirst && !this.#isOpen(key, nowUs)) return 'no window open';
    return `${used} of ${this.#limit} used, window ends in ${this.#endUs(key, nowUs) - nowUs} µs`;
  }

  stateBytes(keys: number): number {
    return keys * 16;
  }

  #isOpen(key: number, nowUs: number): boolean {
    return nowUs < this.#windows[key * 2] + this.#periodUs;
  }

  #usedAt(key: number, nowUs: number): number {
    return this.#isOpen(key, nowUs) ? this.#windows[key * 2 + 1] : 0;
  }

  #endUs(key: number, nowUs: number): number {
    return (this.#isOpen(key, nowUs) ? this.#windows[key * 2] : this.#startFor(nowUs)) + this.#periodUs;
  }

  #startFor(nowUs: number): number {
    return this.#fromFirst ? nowUs : nowUs - ((nowUs + this.#alignmentUs) % this.#periodUs);
  }

  #count(key: number, nowUs: number, cost: number): void {
    if (cost === 0) return;
    if (this.#isOpen(key, nowUs)) {
      this.#windows[key * 2 + 1] += cost;
    } else {
      this.#windows[key * 2] = this.#startFor(nowUs);
      this.#windows[key * 2 + 1] = cost;
    }
  }
}
