import type { RedisState } from '../algorithms/redis/state.ts';
import type { CalibratedRow } from '../sim/calibration.ts';
import type { Selection } from '../sim/selection.ts';
import { modelledLatency } from '../sim/store-model.ts';
import type { Demand } from './demand.ts';
import type { HeadRoom } from './head-room.ts';
import { type Held, heldBy, nodeMemory } from './memory.ts';
import type { RedisNode } from './prices.ts';
import type { HottestKey, LoadFigures, MemoryFigures, PlanRow, Resource } from './result.ts';

/** As many as ElastiCache lets a cluster have. */
const mostShards = 500;
const modelledRequests = 50_000;

/** What one row is sized from. */
export interface Sizing {
  readonly selection: Selection;
  readonly states: readonly RedisState[];
  readonly calibrated: CalibratedRow;
  readonly demand: Demand;
  readonly headRoom: HeadRoom;
  /** Microseconds to the store and back that the calibration does not hold. */
  readonly roundTripUs: number;
}

/** One number of shards tried. */
interface Trial {
  readonly shards: number;
  readonly memory: MemoryFigures;
  readonly load: LoadFigures;
  /** What is used of what may be used; a shard fits while none is above 1. */
  readonly use: Readonly<Record<'cpu' | 'memory' | 'network', number>>;
}

/** The fewest shards of one type of node that serve the traffic; or the most that can be, marked as not fitting. */
export function sizeOn(node: RedisNode, sizing: Sizing): PlanRow {
  const trial = trials(node, sizing);
  const fewest = (fits: (one: Trial) => boolean) => firstShards(trial, fits);
  const shardsFor = {
    cpu: fewest(({ use }) => use.cpu <= 1),
    memory: fewest(({ use }) => use.memory <= 1),
    network: fewest(({ use }) => use.network <= 1),
  };
  const fits = !Object.values(shardsFor).includes(null);
  const chosen = trialFrom(Math.max(...Object.values(shardsFor).map((shards) => shards ?? 1)), trial, fits);
  const { selection, demand } = sizing;
  const nodes = chosen.shards * (1 + demand.replicas);
  const hottest = hottestKey(sizing);
  return {
    algorithm: selection.algorithm,
    variant: selection.variant,
    params: selection.params,
    ...(selection.access !== undefined && { access: selection.access }),
    fits,
    node: node.name,
    shards: chosen.shards,
    nodes,
    shards_for: shardsFor,
    memory: chosen.memory,
    load: chosen.load,
    hottest_key: hottest,
    latency: latencyOf(sizing, chosen),
    breaks_first: breaksFirst(chosen, hottest),
    usd_per_month: nodes * node.usd_per_month,
  };
}

/** Where busy keys meet on one shard by chance, one shard more may be worse; the first that serves all is taken. */
function trialFrom(shards: number, trial: (shards: number) => Trial, fits: boolean): Trial {
  const chosen = trial(shards);
  const serves = Object.values(chosen.use).every((used) => used <= 1);
  return serves || !fits || shards === mostShards ? chosen : trialFrom(shards + 1, trial, fits);
}

/** Computes trials when they are asked for. In Cluster mode, with two shards or more, a key takes more. */
function trials(node: RedisNode, sizing: Sizing): (shards: number) => Trial {
  const held = [false, true].map((isCluster) =>
    heldBy(sizing.states, sizing.demand, { quantum: 16, isCluster }),
  );
  return (shards) => trialOf(shards, held[shards > 1 ? 1 : 0], node, sizing);
}

function trialOf(shards: number, held: Held, node: RedisNode, sizing: Sizing): Trial {
  const { demand, headRoom } = sizing;
  const share = demand.placement.fullest(shards);
  const load = loadOf(shards, share.requests, node, sizing);
  const memory = nodeMemory(
    held,
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

/** A key lies on one shard, however many there are. */
function hottestKey({ demand, calibrated, headRoom }: Sizing): HottestKey {
  const rate = demand.groups[0].share * demand.ratePerSecond;
  return { rate_per_s: rate, ratio: (rate * calibrated.service_us) / 1e6 / headRoom.cpu };
}

/** Of the busiest shard, by the queue of the store model; null when it would grow without end. */
function latencyOf({ calibrated, roundTripUs }: Sizing, { load }: Trial): PlanRow['latency'] {
  if (load.cpu_ratio >= 1) return null;
  const latency = modelledLatency(calibrated, load.shard_decisions_per_s, modelledRequests, 1);
  const { p50Us, p99Us } = latency.quantiles()!; // it has requests
  return { p50_us: p50Us + roundTripUs, p99_us: p99Us + roundTripUs };
}

/** Each grows about as the traffic does; memory more slowly, where most keys are there already. */
function breaksFirst({ use }: Trial, hottest: HottestKey): PlanRow['breaks_first'] {
  if (hottest.ratio > 1) return { what: 'hottest key', at_ratio: 1 / hottest.ratio }; // which more shards do not help
  const uses: readonly (readonly [Resource, number])[] = [
    ['hottest key', hottest.ratio],
    ['cpu', use.cpu],
    ['memory', use.memory],
    ['network', use.network],
  ];
  const [what, most] = uses.reduce((worst, one) => (one[1] > worst[1] ? one : worst));
  return { what, at_ratio: 1 / most };
}

/** The fewest shards that fit, doubling first and then halving the gap; null when the most do not. */
function firstShards(trial: (shards: number) => Trial, fits: (one: Trial) => boolean): number | null {
  let high = 1;
  while (!fits(trial(high))) {
    if (high === mostShards) return null;
    high = Math.min(high * 2, mostShards);
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(trial(middle))) high = middle;
    else low = middle;
  }
  return high;
}
