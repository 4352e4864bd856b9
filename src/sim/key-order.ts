import type { ArrivalBatch } from '../algorithms/batch.ts';

/** Keys whose state is worked on together: what limiters and meters keep of them fits into a processor's cache. */
const keysPerBlock = 2048;

/**
 * Sorts a batch by blocks of neighbouring keys; the requests of one key keep their order, which is all that limiters and
 * meters look at when every limit is per key. In the order of arrival nearly each request of a large population
 * misses the cache, and waiting for memory is most of the time that a run takes; in this order a block is fetched once
 * for all of its requests in the batch (docs/decisions/key-order.md).
 */
export class KeyOrder {
  #blockStart = new Uint32Array(0);
  readonly #durations: boolean;

  /** `durations`: whether that column means something. Tenants are left out: limits are per key where this is used. */
  constructor(durations: boolean) {
    this.#durations = durations;
  }

  /** Whether a population is large enough to gain from sorting. */
  static pays(keys: number): boolean {
    return keys > 2 * keysPerBlock;
  }

  /** Copies the rows of `from` into `to`, sorted. */
  sort(from: ArrivalBatch, to: ArrivalBatch): void {
    to.length = from.length;
    to.keys = from.keys;
    to.tenants = from.tenants;
    const place = this.#placesOf(from);
    for (let row = 0; row < from.length; row++) {
      const at = place[(from.key[row] / keysPerBlock) >>> 0]++;
      to.timeUs[at] = from.timeUs[row];
      to.key[at] = from.key[row];
      to.cost[at] = from.cost[row];
      if (this.#durations) to.durationUs[at] = from.durationUs[row];
    }
  }

  /** The row at which each block starts in the sorted batch. */
  #placesOf({ key, keys, length }: ArrivalBatch): Uint32Array {
    const blocks = Math.ceil(keys / keysPerBlock);
    if (this.#blockStart.length <= blocks) this.#blockStart = new Uint32Array(blocks + 1);
    const start = this.#blockStart.fill(0);
    for (let row = 0; row < length; row++) start[((key[row] / keysPerBlock) >>> 0) + 1]++;
    for (let block = 1; block <= blocks; block++) start[block] += start[block - 1];
    return start;
  }
}
