import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { endOfKey } from './in-order.ts';
import { KeysAlive } from './keys-alive.ts';
import { KeysAliveByKey } from './keys-alive-by-key.ts';
import { Timeline, type TimelineSnapshot } from './timeline.ts';

/** The traffic as it was offered, counted once for all rows of a comparison. */
export class Offered {
  requests = 0;
  /** Keys that have a number; those of synthetic traffic have one before they ask. */
  keys = 0;
  cost = 0;
  /** Instant of the last request. */
  lastUs = 0;
  readonly #overTime = new Timeline();
  readonly #order: 'time' | 'key';
  readonly #keysAliveByTtl: ReadonlyMap<number, KeysAlive | KeysAliveByKey>;

  /**
   * `ttlsUs`: the times after which stores would forget an idle key. `order`: whether the arrivals come in the order of time, or by
   * key within stretches of time.
   */
  constructor(ttlsUs: readonly number[], order: 'time' | 'key') {
    const Alive = order === 'key' ? KeysAliveByKey : KeysAlive;
    this.#order = order;
    this.#keysAliveByTtl = new Map(ttlsUs.map((ttlUs) => [ttlUs, new Alive(ttlUs)]));
  }

  measure(arrivals: ArrivalBatch): void {
    this.cost += costOf(arrivals);
    this.requests += arrivals.length;
    this.keys = arrivals.keys;
    if (this.#order === 'key') this.#measureTimesByKey(arrivals);
    else this.#measureTimes(arrivals);
    for (const keysAlive of this.#keysAliveByTtl.values()) keysAlive.measure(arrivals);
  }

  /** Of arrivals by key: all before this instant have come, and no others. */
  endStretch(untilUs: number): void {
    for (const keysAlive of this.#keysAliveByTtl.values())
      if (keysAlive instanceof KeysAliveByKey) keysAlive.endStretch(untilUs);
  }

  /** Requests over time. */
  overTime(): TimelineSnapshot {
    return this.#overTime.snapshot();
  }

  /** The most keys that a store with this TTL would have held at once. */
  mostKeysAlive(ttlUs: number): number {
    return this.#keysAliveByTtl.get(ttlUs)?.most ?? 0;
  }

  #measureTimes({ timeUs, length }: ArrivalBatch): void {
    this.#overTime.addInOrder(timeUs, length);
    if (length > 0) this.lastUs = timeUs[length - 1];
  }

  #measureTimesByKey({ key, timeUs, length }: ArrivalBatch): void {
    this.#overTime.addAll(timeUs, length);
    for (let row = 0; row < length; ) {
      row = endOfKey(key, row, length);
      this.lastUs = Math.max(this.lastUs, timeUs[row - 1]);
    }
  }
}

function costOf({ cost, length, oneCost }: ArrivalBatch): number {
  if (oneCost !== undefined) return length * oneCost;
  let sum = 0;
  for (let row = 0; row < length; row++) sum += cost[row];
  return sum;
}
