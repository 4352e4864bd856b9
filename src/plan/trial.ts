/** What so many shards of a type of node would use. */
import type { CalibratedRow } from '../sim/calibration.ts';
import type { Selection } from '../sim/selection.ts';
import type { Demand } from './demand.ts';
import type { HeadRoom } from './head-room.ts';
import { type Held, nodeMemory } from './memory.ts';
import type { RedisNode } from './prices.ts';
import type { LoadFigures, MemoryFigures } from './result.ts';

/** What one row is sized from. */
export interface Sizing {
  readonly selection: Selection;
  /** All keys together; with two shards or more it is Cluster mode. */
  readonly held: { readonly alone: Held; readonly inCluster: Held };
  readonly calibrated: CalibratedRow;
  readonly demand: Demand;
  readonly headRoom: HeadRoom;
  /** Microseconds to the store and back that the calibration does not hold. */
  readonly roundTripUs: number;
}

export interface Trial {
  readonly shards: number;
  readonly memory: MemoryFigures;
  readonly load: LoadFigures;
  /** What is used of what may be used; a shard fits while none is above 1. */
  readonly use: Readonly<Record<'cpu' | 'memory' | 'network', number>>;
}

export function trialOf(shards: number, node: RedisNode, sizing: Sizing): Trial {
  const { demand, headRoom } = sizing;
  const share = demand.placement.fullest(shards);
  const load = loadOf(shards, share.requests, node, sizing);
  const memory = nodeMemory(
    shards > 1 ? sizing.held.inCluster : sizing.held.alone,
    share.keys,
    load.shard_decisions_per_s,
    load.connections,
    headRoom,
    node.memory_bytes,
  );
  return {
    shards,
    memory,
    load,
    use: {
      cpu: load.cpu_ratio / headRoom.cpu,
      memory: memory.node.ratio / headRoom.memory,
      network: (load.network_ratio ?? 0) / headRoom.network,
    },
  };
}

function loadOf(shards: number, share: number, node: RedisNode, sizing: Sizing): LoadFigures {
  const { demand, headRoom, calibrated } = sizing;
  const rate = demand.ratePerSecond;
  const bits = networkBits(sizing, rate * share);
  const pods = Math.ceil(rate / headRoom.pod_rate);
  return {
    decisions_per_s: rate,
    commands_per_s:
      calibrated.commands_per_decision === null ? null : rate * share * calibrated.commands_per_decision,
    cpu_ratio: (rate * share * calibrated.service_us) / 1e6,
    shard_decisions_per_s: rate * share,
    imbalance_ratio: share * shards,
    network_bits_per_s: bits,
    network_ratio: bits === null ? null : bits / node.network_bits_per_s,
    connections: pods * headRoom.pod_connections,
  };
}

/** Requests and answers with the heads of their packets, and what goes on to each replica, taken as long as the request. */
function networkBits({ calibrated, headRoom, demand }: Sizing, decisionsPerSecond: number): number | null {
  const { bytes_in_per_decision: bytesIn, bytes_out_per_decision: bytesOut } = calibrated;
  if (bytesIn === null || bytesOut === null) return null;
  const bytes = bytesIn + bytesOut + 2 * headRoom.packet_bytes + demand.replicas * bytesIn;
  return bytes * decisionsPerSecond * 8;
}
