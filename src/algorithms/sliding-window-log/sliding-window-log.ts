import type { Limiter, Quota } from '../algorithm.ts';
import { type ArrivalBatch, type DecisionBatch, runEnd } from '../batch.ts';
import { KeyLog } from '../key-log.ts';
import { freeAtUs } from '../trailing-span.ts';

export interface SlidingWindowLogParams {
  readonly edge: 'exclusive' | 'inclusive';
  readonly count_rejected: boolean;
}

/**
 * `cost` conforms iff the units logged in the window before now, plus `cost`, are at most the limit. The window is
 * (now − period, now] with an exclusive edge and [now − period, now] with an inclusive one.
 *
 * When refused requests are logged, a key's log is still cut to its newest limit + 1 units: older ones cannot change a
 * decision or a wait any more, and an attacker cannot fill the memory.
 */
export class SlidingWindowLog implements Limiter {
  readonly #log: KeyLog;
  readonly #limit: number;
  /** An entry leaves the window this long after its instant. */
  readonly #staysUs: number;
  readonly #countRejected: boolean;

  constructor({ limit, periodUs }: Quota, { edge, count_rejected }: SlidingWindowLogParams) {
    this.#limit = limit;
    this.#staysUs = edge === 'exclusive' ? periodUs : periodUs + 1;
    this.#countRejected = count_rejected;
    this.#log = new KeyLog(this.#staysUs);
  }

  reserve(keys: number): void {
    this.#log.reserve(keys);
  }

  decide(arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    const { key, length } = arrivals;
    for (let row = 0; row < length; ) {
      const end = runEnd(key, row, length);
      this.#log.select(key[row]);
      while (row < end) {
        const ofUnits = this.#log.ofUnits && !this.#countRejected && arrivals.timeUs[row] >= this.#log.baseUs;
        if (ofUnits) row = this.#decideUnits(arrivals, decisions, row, end);
        if (row < end) row = this.#decideAny(arrivals, decisions, row, ofUnits ? row + 1 : end);
      }
    }
  }

  waitUs(key: number, nowUs: number, cost: number): number {
    this.#log.select(key);
    return Math.max(0, this.#freeAtUs(cost) - nowUs);
  }

  take(key: number, nowUs: number, cost: number): number {
    this.#log.select(key);
    if (cost > 0) this.#log.push(nowUs, cost);
    return 0;
  }

  refuse(key: number, nowUs: number, cost: number): void {
    if (!this.#countRejected || cost === 0) return;
    this.#log.select(key);
    this.#log.push(nowUs, cost);
    const second = this.#log.start + 1;
    if (this.#log.unitsFrom(second) > this.#limit) this.#log.dropBefore(second);
  }

  remaining(key: number, nowUs: number): number {
    this.#log.select(key);
    return Math.max(0, this.#limit - this.#usedAt(nowUs));
  }

  explain(key: number, nowUs: number): string {
    this.#log.select(key);
    const used = this.#usedAt(nowUs);
    return `${used} of ${this.#limit} used in the window, ${this.#log.end - this.#log.start} stamps kept`;
  }

  stateBytes(): number {
    return this.#log.bytes();
  }

  /** From when on `cost` units of the selected key conform, if nothing is logged before. */
  #freeAtUs(cost: number): number {
    return cost === 0 ? Number.NEGATIVE_INFINITY : freeAtUs(this.#log, this.#staysUs, this.#limit, cost);
  }

  /**
   * Decides requests of 1 unit of the selected key, whose log holds no others, for as long as there is room to log them.
   * Answers the first row that it leaves.
   */
  #decideUnits(
    { timeUs, cost }: ArrivalBatch,
    { allowed, retryAfterUs }: DecisionBatch,
    from: number,
    end: number,
  ): number {
    const log = this.#log;
    const limit = this.#limit;
    const staysUs = this.#staysUs;
    const { sinceBaseUs, baseUs, block, mask, start, fullAt, latestUs } = log;
    let next = log.end;
    let roomAtUs = freeAtUs(log, staysUs, limit, 1);
    let row = from;
    for (; row < end && cost[row] === 1; row++) {
      const nowUs = timeUs[row];
      if (nowUs < roomAtUs) {
        allowed[row] = 0;
        retryAfterUs[row] = roomAtUs - nowUs;
        continue;
      }
      if (next === fullAt || nowUs > latestUs) break;
      allowed[row] = 1;
      sinceBaseUs[block + (next++ & mask)] = nowUs - baseUs;
      if (next - start >= limit) roomAtUs = baseUs + sinceBaseUs[block + ((next - limit) & mask)] + staysUs;
    }
    log.end = next;
    return row;
  }

  /** Decides any requests of the selected key; those of one cost that are refused in turn wait for the same instant. */
  #decideAny(
    { key, timeUs, cost }: ArrivalBatch,
    { allowed, retryAfterUs }: DecisionBatch,
    from: number,
    end: number,
  ): number {
    let units = -1; // of which it is known when they conform
    let roomAtUs = 0;
    for (let row = from; row < end; row++) {
      if (cost[row] !== units) {
        units = cost[row];
        roomAtUs = this.#freeAtUs(units);
      }
      if (timeUs[row] >= roomAtUs) {
        allowed[row] = 1;
        this.take(key[row], timeUs[row], units);
        units = -1;
      } else {
        allowed[row] = 0;
        retryAfterUs[row] = roomAtUs - timeUs[row];
        this.refuse(key[row], timeUs[row], units);
        if (this.#countRejected) units = -1;
      }
    }
    return end;
  }

  /** Units of the selected key in the window. */
  #usedAt(nowUs: number): number {
    this.#log.expire(nowUs - this.#staysUs);
    return this.#log.units;
  }
}
