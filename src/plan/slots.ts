/** Where keys lie in a Redis Cluster: CRC16 of the name, of 16,384 slots, in as many equal ranges as there are shards. */
import slotOf from 'cluster-key-slot';
import type { KeyGroup } from './popularity.ts';

const slots = 16_384;
/** Of keys that are known only by their popularity so many are named and placed; those behind are too small to matter. */
const mostPlaced = 20_000;

/** The shard that has most of something, as a share of all. */
export interface Fullest {
  readonly requests: number;
  readonly keys: number;
}

export class Placement {
  readonly #requests = new Float64Array(slots);
  readonly #keys = new Float64Array(slots);
  readonly #known = new Map<number, Fullest>();

  /** Keys by their own names, with how often each was asked for. */
  static ofNames(names: Iterable<readonly [name: string, count: number]>): Placement {
    const placement = new Placement();
    for (const [name, count] of names) placement.#add(slotOf(name), count, 1);
    return placement.#normalized();
  }

  /** Keys called `ratelimit:{1}`, `ratelimit:{2}` …, the busiest first. */
  static ofGroups(groups: readonly KeyGroup[]): Placement {
    const placement = new Placement();
    let placed = 0;
    let [requestsBehind, keysBehind] = [0, 0];
    for (const { keys, share } of groups) {
      const named = Math.min(keys, mostPlaced - placed);
      for (let at = 0; at < named; at++) placement.#add(slotOfRank(placed++), share, 1);
      requestsBehind += (keys - named) * share;
      keysBehind += keys - named;
    }
    placement.#addEvenly(requestsBehind, keysBehind);
    return placement.#normalized();
  }

  /** What lies on the fullest of so many shards. */
  fullest(shards: number): Fullest {
    const known = this.#known.get(shards);
    if (known) return known;
    const found = { requests: most(this.#requests, shards), keys: most(this.#keys, shards) };
    this.#known.set(shards, found);
    return found;
  }

  #add(slot: number, requests: number, keys: number): void {
    this.#requests[slot] += requests;
    this.#keys[slot] += keys;
  }

  #addEvenly(requests: number, keys: number): void {
    for (let slot = 0; slot < slots; slot++) this.#add(slot, requests / slots, keys / slots);
  }

  #normalized(): this {
    for (const column of [this.#requests, this.#keys]) {
      const total = column.reduce((sum, one) => sum + one, 0);
      for (let slot = 0; slot < slots; slot++) column[slot] /= total;
    }
    return this;
  }
}

const slotsOfRanks: number[] = [];

/** Found once: a plan is asked for again and again with other numbers of keys. */
function slotOfRank(rank: number): number {
  slotsOfRanks[rank] ??= slotOf(`ratelimit:{${rank + 1}}`);
  return slotsOfRanks[rank];
}

function most(column: Float64Array, shards: number): number {
  const sums = new Float64Array(shards);
  for (let slot = 0; slot < slots; slot++) sums[Math.floor((slot * shards) / slots)] += column[slot];
  return sums.reduce((largest, sum) => Math.max(largest, sum), 0);
}
