import type { ArrivalBatch } from '../algorithms/batch.ts';

/**
 * Sorts a batch by key; the requests of one key keep their order, which is all that limiters and meters look at when every
 * limit is per key. In the order of arrival nearly each request of a large population waits for its key's state
 * to come from memory, and its outcome is a coin toss to the processor's branch prediction; in this order the state of a
 * key is fetched once for all of its requests in the batch, and one refusal is followed by the next
 * (docs/decisions/key-order.md).
 */
export class KeyOrder {
  #place = new Uint32Array(0); // for each key the row that its next request goes to
  readonly #durations: boolean;

  /** `durations`: whether that column means something. Tenants are left out: limits are per key where this is used. */
  constructor(durations: boolean) {
    this.#durations = durations;
  }

  /** Copies the rows of `from` into `to`, sorted. */
  sort(from: ArrivalBatch, to: ArrivalBatch): void {
    to.length = from.length;
    to.keys = from.keys;
    to.tenants = from.tenants;
    const place = this.#placesOf(from);
    for (let row = 0; row < from.length; row++) {
      const at = place[from.key[row]]++;
      to.timeUs[at] = from.timeUs[row];
      to.key[at] = from.key[row];
      to.cost[at] = from.cost[row];
      if (this.#durations) to.durationUs[at] = from.durationUs[row];
    }
  }

  #placesOf({ key, keys, length }: ArrivalBatch): Uint32Array {
    if (this.#place.length <= keys) this.#place = new Uint32Array(keys * 2 + 1);
    const place = this.#place.fill(0, 0, keys + 1);
    for (let row = 0; row < length; row++) place[key[row] + 1]++;
    for (let next = 1; next <= keys; next++) place[next] += place[next - 1];
    return place;
  }
}
