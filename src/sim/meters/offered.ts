import type { ArrivalBatch } from '../../algorithms/batch.ts';
import { KeysAlive } from './keys-alive.ts';
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
  readonly #keysAliveByTtl: ReadonlyMap<number, KeysAlive>;

  /** `ttlsUs`: the times after which stores would forget an idle key. */
  constructor(ttlsUs: readonly number[]) {
    this.#keysAliveByTtl = new Map(ttlsUs.map((ttlUs) => [ttlUs, new KeysAlive(ttlUs)]));
  }

  /** The arrivals in time order. */
  measure(arrivals: ArrivalBatch): void {
    this.#overTime.addInOrder(arrivals.timeUs, arrivals.length);
    this.cost += costOf(arrivals);
    this.requests += arrivals.length;
    this.keys = arrivals.keys;
    if (arrivals.length > 0) this.lastUs = arrivals.timeUs[arrivals.length - 1];
    for (const keysAlive of this.#keysAliveByTtl.values()) keysAlive.measure(arrivals);
  }

  /** Requests over time. */
  overTime(): TimelineSnapshot {
    return this.#overTime.snapshot();
  }

  /** The most keys that a store with this TTL would have held at once. */
  mostKeysAlive(ttlUs: number): number {
    return this.#keysAliveByTtl.get(ttlUs)?.most ?? 0;
  }
}

function costOf({ cost, length, oneCost }: ArrivalBatch): number {
  if (oneCost !== undefined) return length * oneCost;
  let sum = 0;
  for (let row = 0; row < length; row++) sum += cost[row];
  return sum;
}
