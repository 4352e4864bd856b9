import type { ArrivalBatch } from '../algorithms/batch.ts';
import type { ComparisonPlan } from './plan.ts';

/**
 * Whether the requests may come sorted by key without changing a figure: where every limit is per key, and no row is a
 * deployment, whose nodes see the requests of all keys in turn.
 */
export function mayComeByKey({ rules, selections }: ComparisonPlan): boolean {
  return (
    rules.every(({ per, tenant }) => per === 'key' && tenant === undefined) &&
    selections.every(({ deployment }) => deployment === undefined)
  );
}

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
    this.#countRows(from);
    to.oneCost = from.oneCost;
    if (from.oneCost !== undefined) to.cost.fill(from.oneCost, 0, from.length);
    this.#scatter(from, to);
    this.#writeKeys(to);
  }

  /** Makes `#place` say where the first row of each key goes. */
  #countRows({ key, keys, length }: ArrivalBatch): void {
    if (this.#place.length <= keys) this.#place = new Uint32Array(keys * 2 + 1);
    const place = this.#place.fill(0, 0, keys + 1);
    for (let row = 0; row < length; row++) place[key[row] + 1]++;
    for (let next = 1; next <= keys; next++) place[next] += place[next - 1];
  }

  /** Copies all but the keys; afterwards `#place` says where the rows of each key end. */
  #scatter(from: ArrivalBatch, to: ArrivalBatch): void {
    const place = this.#place;
    const { key, timeUs, cost, durationUs, length } = from;
    const toTimeUs = to.timeUs;
    const toCost = to.cost;
    const toDurationUs = to.durationUs;
    const costs = from.oneCost === undefined;
    const durations = this.#durations;
    for (let row = 0; row < length; row++) {
      const at = place[key[row]]++;
      toTimeUs[at] = timeUs[row];
      if (costs) toCost[at] = cost[row];
      if (durations) toDurationUs[at] = durationUs[row];
    }
  }

  /** The keys in order follow from the ends of their rows, which saves carrying them there. */
  #writeKeys({ key: column, keys }: ArrivalBatch): void {
    const ends = this.#place;
    let row = 0;
    for (let key = 0; key < keys; key++) while (row < ends[key]) column[row++] = key;
  }
}
