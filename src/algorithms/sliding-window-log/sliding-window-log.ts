import type { Limiter, Quota } from '../algorithm.ts';
import type { ArrivalBatch, DecisionBatch } from '../batch.ts';
import { KeyLog } from '../key-log.ts';

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
    this.#log.select(key);
    if (this.#log.units + cost <= this.#limit || cost === 0) return 0; // even if nothing logged had left the window yet
    if (cost > this.#limit) return Number.POSITIVE_INFINITY;
    const lastToGo = this.#log.lastToGo(this.#limit - cost);
    return Math.max(0, this.#log.instantUs(lastToGo) + this.#staysUs - nowUs);
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

  /** Units of the selected key in the window. */
  #usedAt(nowUs: number): number {
    this.#log.expire(nowUs - this.#staysUs);
    return this.#log.units;
  }
}
