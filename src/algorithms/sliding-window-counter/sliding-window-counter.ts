import { UsageError } from '../../errors.ts';
import { spellDuration } from '../../units.ts';
import type { Limiter, LimiterContext, Quota } from '../algorithm.ts';
import { alignmentUs } from '../alignment.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { grown } from '../columns.ts';

export interface SlidingWindowCounterParams {
  readonly sub_windows: number;
  readonly rounding: 'down' | 'none' | 'nearest';
  readonly count_rejected: boolean;
}

/** Fields of a key's record. */
const startUs = 0;
const total = 1;
const newest = 2;
const counters = 3;

/**
 *   estimate = oldest · (1 − f) + the newer ones        f: share of the current sub-window already gone, 0 ≤ f < 1
 *   |--- oldest: 42 ---|--- current: 18 -..............|        one sub-window, limit 50
 *                 [======== trailing window =======]            f = 0.25: 42 · 0.75 + 18 = 49.5
 *
 * `cost` conforms iff the estimate, rounded, + cost ≤ limit: rounded down, a unit passes while the estimate is below the limit.
 * Exact while limit × sub-window is below 2^53; beyond that a wait may be told 1 µs wrong. Each key has a ring of
 * sub_windows + 1 counters.
 */
export class SlidingWindowCounter implements Limiter {
  /** For each key: start of the newest sub-window, NaN before the first; units in all counters; which is the newest; they. */
  #records = new Float64Array(0);
  readonly #fields: number;
  #goneUs = 0; // how much of its sub-window was gone when `#roll` was last called
  readonly #limit: number;
  readonly #subWindows: number;
  readonly #subWindowUs: number;
  readonly #slackUs: number;
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
    this.#fields = counters + params.sub_windows + 1;
    this.#subWindowUs = subWindowUs;
    this.#slackUs = slackUs(params.rounding, subWindowUs);
    this.#alignmentUs = alignmentUs(epochUs, periodUs);
    this.#countRejected = params.count_rejected;
  }

  reserve(keys: number): void {
    this.#records = grown(this.#records, keys * this.#fields, Number.NaN);
  }

  /** Between two admissions a key's request conforms from one instant on: those refused until then need no look at the counters. */
  decide(arrivals: ArrivalBatch, { allowed, retryAfterUs }: DecisionBatch): void {
    const { timeUs, key, cost, length } = arrivals;
    let refusedKey = -1;
    let refusedCost = 0;
    let conformsAtUs = 0;
    for (let row = 0; row < length; row++) {
      const nowUs = timeUs[row];
      const isStillRefused = key[row] === refusedKey && cost[row] === refusedCost && nowUs < conformsAtUs;
      const waitUs = isStillRefused ? conformsAtUs - nowUs : this.#settle(key[row], nowUs, cost[row]);
      const conforms = waitUs === 0;
      allowed[row] = conforms ? 1 : 0;
      if (!conforms) retryAfterUs[row] = waitUs;
      refusedKey = conforms || this.#countRejected ? -1 : key[row];
      refusedCost = cost[row];
      conformsAtUs = nowUs + waitUs;
    }
  }

  /** `waitUs`, then `take` or `refuse`, with one look at the key. */
  #settle(key: number, nowUs: number, cost: number): number {
    if (cost === 0) return 0;
    const record = this.#roll(key, nowUs);
    const conforms = this.#estimate(record) + cost <= this.#limit;
    const waitUs = conforms ? 0 : this.#waitForRoomUs(record, cost);
    if (conforms || this.#countRejected) this.#add(record, cost);
    return waitUs;
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    const record = this.#roll(key, nowUs);
    return this.#estimate(record) + cost <= this.#limit || cost === 0 ? 0 : this.#waitForRoomUs(record, cost);
  }

  take(key: number, nowUs: number, cost: number): number {
    if (cost > 0) this.#count(key, nowUs, cost);
    return 0;
  }

  refuse(key: number, nowUs: number, cost: number): void {
    if (this.#countRejected && cost > 0) this.#count(key, nowUs, cost);
  }

  remaining(key: number, nowUs: number): number {
    return Math.max(0, this.#limit - this.#estimate(this.#roll(key, nowUs)));
  }

  explain(key: number, nowUs: number): string {
    const record = this.#roll(key, nowUs);
    const covered = 1 - this.#goneUs / this.#subWindowUs;
    const oldest = this.#oldest(record, 0);
    const newer = this.#records[record + total] - oldest;
    const estimate = Number((oldest * covered + newer).toFixed(3));
    return `estimate ${estimate} of ${this.#limit}: oldest ${oldest} × ${Number(covered.toFixed(3))} + ${newer}`;
  }

  stateBytes(keys: number): number {
    return keys * (this.#subWindows + 2) * 8; // the total is a sum of the rest
  }

  /** Brings a key's counters up to now, forgetting those that have left the window; answers the place of its record. */
  #roll(key: number, nowUs: number): number {
    const record = key * this.#fields;
    const alignedUs = nowUs + this.#alignmentUs;
    this.#goneUs = alignedUs - this.#records[record + startUs];
    if (!(this.#goneUs >= 0 && this.#goneUs < this.#subWindowUs)) this.#advance(record, alignedUs);
    return record;
  }

  #advance(record: number, alignedUs: number): void {
    const records = this.#records;
    const nowStartUs = Math.floor(alignedUs / this.#subWindowUs) * this.#subWindowUs;
    const steps = (nowStartUs - records[record + startUs]) / this.#subWindowUs;
    if (steps <= this.#subWindows) {
      for (let step = 1; step <= steps; step++) {
        const left = this.#counter(record, 1);
        records[record + total] -= records[left];
        records[left] = 0;
        records[record + newest] = left - record - counters;
      }
    } else {
      records.fill(0, record + total, record + this.#fields); // everything has left, or nothing was ever counted
    }
    records[record + startUs] = nowStartUs;
    this.#goneUs = alignedUs - nowStartUs;
  }

  /** Place of the counter that comes `ahead` after the newest, round the ring. */
  #counter(record: number, ahead: number): number {
    const size = this.#subWindows + 1;
    const place = this.#records[record + newest] + ahead;
    return record + counters + (place < size ? place : place - size);
  }

  /** Units of the counter that is the oldest in the window once `ahead` more sub-windows have begun. */
  #oldest(record: number, ahead: number): number {
    return this.#records[this.#counter(record, ahead + 1)];
  }

  /** The estimate as the decision takes it: the least whole number of units that it may be held for. */
  #estimate(record: number): number {
    const oldest = this.#oldest(record, 0);
    const coveredUs = this.#subWindowUs - this.#goneUs;
    const covered = Math.floor((oldest * coveredUs - this.#slackUs) / this.#subWindowUs) + 1;
    return covered + this.#records[record + total] - oldest;
  }

  #count(key: number, nowUs: number, cost: number): void {
    this.#add(this.#roll(key, nowUs), cost);
  }

  #add(record: number, cost: number): void {
    this.#records[this.#counter(record, 0)] += cost;
    this.#records[record + total] += cost;
  }

  /**
   * Goes through the sub-windows to come. In each the estimate only falls, and it falls low enough once
   * oldest · covered < (limit − cost − newer) · sub-window + slack, if it ever does there.
   */
  #waitForRoomUs(record: number, cost: number): number {
    if (cost > this.#limit) return Number.POSITIVE_INFINITY;
    let room = this.#limit - cost - this.#records[record + total];
    for (let ahead = 0; ahead <= this.#subWindows; ahead++) {
      const oldest = this.#oldest(record, ahead);
      room += oldest; // it is not among the newer ones any more
      const goneUs = Math.max(
        leastGoneUs(oldest, room, this.#subWindowUs, this.#slackUs),
        ahead === 0 ? this.#goneUs : 0,
      );
      if (goneUs < this.#subWindowUs) return ahead * this.#subWindowUs + goneUs - this.#goneUs;
    }
    return (this.#subWindows + 1) * this.#subWindowUs - this.#goneUs;
  }
}

/**
 * What the oldest counter covers may be held for `room` units iff oldest · covered < room · sub-window + slack. A unit more is allowed
 * for when it is rounded down, half a unit when to the nearest; both sides are whole, so that 1 makes ≤ of <.
 */
export function slackUs(rounding: SlidingWindowCounterParams['rounding'], subWindowUs: number): number {
  return { down: subWindowUs, nearest: subWindowUs / 2, none: 1 }[rounding];
}

/** How much of its sub-window must be gone for the oldest counter to be held for at most `room`; Infinity if all does not do. */
export function leastGoneUs(oldest: number, room: number, subWindowUs: number, slackUs: number): number {
  if (room < 0) return Number.POSITIVE_INFINITY;
  return oldest <= room ? 0 : subWindowUs - Math.ceil((room * subWindowUs + slackUs) / oldest) + 1;
}
