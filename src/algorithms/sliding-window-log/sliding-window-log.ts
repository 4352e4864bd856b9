import type { Limiter, Quota } from '../algorithm.ts';
import { type ArrivalBatch, type DecisionBatch, runEnd } from '../batch.ts';
import { blockAt, blockRowsAt, endAt, hasRoomFor, KeyLog, recordWords, startAt } from '../key-log.ts';
import { freeAtUs, freeSinceBaseUs } from '../trailing-span.ts';

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
  readonly #decidesUnits: boolean; // whether a request of 1 unit is admitted when the log says so, and only then changes it

  constructor(
    { limit, periodUs }: Quota,
    { edge, count_rejected }: SlidingWindowLogParams,
    firstRows?: number,
  ) {
    this.#limit = limit;
    this.#staysUs = edge === 'exclusive' ? periodUs : periodUs + 1;
    this.#countRejected = count_rejected;
    this.#decidesUnits = limit > 0 && !count_rejected;
    this.#log = new KeyLog(this.#staysUs, firstRows);
  }

  reserve(keys: number): void {
    this.#log.reserve(keys);
  }

  decide(arrivals: ArrivalBatch, decisions: DecisionBatch): void {
    const { key, length, oneCost } = arrivals;
    const ofUnits = this.#decidesUnits && oneCost === 1 && this.#log.ofUnits;
    for (let row = 0; row < length; ) {
      if (!ofUnits) {
        row = this.#decideRun(arrivals, decisions, row, runEnd(key, row, length));
        continue;
      }
      row = this.#decideWithRoom(arrivals, decisions, row);
      if (row === length) return;
      this.#log.select(key[row]);
      this.#log.makeRoomFor(arrivals.timeUs[row]);
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
   * Decides requests of 1 unit from row `from` on. Answers the first row that it leaves: an admission for which there is no
   * room in the log. Between two admissions of a key there is room under the limit from one instant on.
   */
  #decideWithRoom(
    { timeUs, key, length }: ArrivalBatch,
    { allowed, retryAfterUs }: DecisionBatch,
    from: number,
  ): number {
    const { records, basesUs, sinceBaseUs, mostSinceBaseUs } = this.#log;
    const limit = this.#limit;
    const staysUs = this.#staysUs;
    let row = from;
    let hasRoom = true;
    while (row < length && hasRoom) {
      const ofKey = key[row];
      const record = ofKey * recordWords;
      const block = records[record + blockAt];
      const mask = records[record + blockRowsAt] - 1;
      const start = records[record + startAt];
      const baseUs = basesUs[ofKey];
      let end = records[record + endAt];
      let freeUs = freeSinceBaseUs(sinceBaseUs, block, mask, end - start, end, staysUs, limit);
      do {
        const sinceUs = timeUs[row] - baseUs;
        if (sinceUs < freeUs) {
          allowed[row] = 0;
          retryAfterUs[row] = freeUs - sinceUs;
          continue;
        }
        hasRoom = hasRoomFor(sinceUs, end - start, mask, mostSinceBaseUs);
        if (!hasRoom) break;
        allowed[row] = 1;
        sinceBaseUs[block + (end++ & mask)] = sinceUs;
        freeUs = freeSinceBaseUs(sinceBaseUs, block, mask, end - start, end, staysUs, limit);
      } while (++row < length && key[row] === ofKey);
      records[record + endAt] = end;
    }
    return row;
  }

  /** Decides any requests of one key; those of one cost that are refused in turn wait for the same instant. Answers `end`. */
  #decideRun(
    { key, timeUs, cost }: ArrivalBatch,
    { allowed, retryAfterUs }: DecisionBatch,
    from: number,
    end: number,
  ): number {
    this.#log.select(key[from]);
    let units = -1; // of which it is known when they conform
    let freeUs = 0;
    for (let row = from; row < end; row++) {
      if (cost[row] !== units) {
        units = cost[row];
        freeUs = this.#freeAtUs(units);
      }
      if (timeUs[row] >= freeUs) {
        allowed[row] = 1;
        this.take(key[row], timeUs[row], units);
        units = -1;
      } else {
        allowed[row] = 0;
        retryAfterUs[row] = freeUs - timeUs[row];
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
