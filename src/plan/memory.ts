import type { RedisState } from '../algorithms/redis/state.ts';
import { type Demand, quotasOf } from './demand.ts';
import type { HeadRoom } from './head-room.ts';
import { occupancyOf } from './occupancy.ts';
import { keyBytes, type RedisBuild, slotListBytes, tableBytes } from './redis-bytes.ts';
import type { MemoryFigures } from './result.ts';

const pageBytes = 4096;

/** What all keys come to that are there at once, the tables of keys left out. */
export interface Held {
  readonly keys: number;
  readonly bytes: number;
}

const debian: RedisBuild = { quantum: 16, isCluster: false };

/** Sums over the keys of all limits what each is worth in the mean, outside of Cluster mode. */
export function heldBy(states: readonly RedisState[], demand: Demand): Held {
  const quotas = quotasOf(demand);
  let keys = 0;
  let bytes = 0;
  states.forEach((state, at) => {
    for (const group of demand.groups) {
      const rate = group.share * demand.ratePerSecond;
      const { alive, requests } = occupancyOf(state.forgotten, rate, quotas[at], demand.holdUs ?? 0);
      keys += group.keys * alive;
      bytes += group.keys * alive * keyBytes(state.value(requests), demand.nameBytes, debian);
    }
  });
  return { keys, bytes };
}

/** The same in Cluster mode, where a key takes more. */
export function inCluster({ keys, bytes }: Held): Held {
  return { keys, bytes: bytes + keys * slotListBytes(debian) };
}

/**
 * The fullest node: keys with those that are expired and not yet removed, tables, what a server needs anyhow; then
 * fragmentation; then the pages that are written while a forked snapshot or a new replica is served. With w writes a second
 * on a node of P pages and T seconds of snapshot, a share 1 − e^(−wkT/P) of them is copied, k pages a write; T is P pages
 * over the pace, so P cancels out.
 */
export function nodeMemory(
  held: Held,
  share: number,
  writesPerSecond: number,
  connections: number,
  headRoom: HeadRoom,
  nodeBytes: number,
): MemoryFigures {
  const there = 1 + headRoom.expired;
  const keys = held.keys * share * there;
  const used =
    held.bytes * share * there +
    2 * tableBytes(keys) +
    headRoom.base_mib * 2 ** 20 +
    connections * headRoom.connection_kib * 1024;
  const resident = used * headRoom.fragmentation;
  const secondsPerPage = pageBytes / (headRoom.snapshot_mib_per_s * 2 ** 20);
  const copied = -Math.expm1(-writesPerSecond * headRoom.pages_per_write * secondsPerPage);
  const total = resident * (1 + copied);
  const bytesPerKey = held.keys === 0 ? 0 : held.bytes / held.keys + (2 * tableBytes(keys)) / keys;
  return {
    keys_alive: held.keys,
    bytes_per_key: bytesPerKey,
    data_bytes: held.keys * bytesPerKey,
    node: {
      used_bytes: used,
      resident_bytes: resident,
      copy_on_write_bytes: resident * copied,
      ratio: total / nodeBytes,
    },
  };
}
