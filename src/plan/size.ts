import { modelledLatency } from '../sim/store-model.ts';
import type { RedisNode } from './prices.ts';
import type { HottestKey, LoadFigures, PlanRow, Resource } from './result.ts';
import { type Sizing, type Trial, trialOf } from './trial.ts';

/** As many as ElastiCache lets a cluster have. */
const mostShards = 500;
const modelledRequests = 50_000;

/** All of a row but its latency, which takes a thousand times as long to find. */
export type Sized = Omit<PlanRow, 'latency'>;

/** The fewest shards of one type of node that serve the traffic; or the most that can be, marked as not fitting. */
export function sizeOn(node: RedisNode, sizing: Sizing): Sized {
  const trial = (shards: number) => trialOf(shards, node, sizing);
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

/** A key lies on one shard, however many there are. */
function hottestKey({ demand, calibrated, headRoom }: Sizing): HottestKey {
  const rate = demand.groups[0].share * demand.ratePerSecond;
  return { rate_per_s: rate, ratio: (rate * calibrated.service_us) / 1e6 / headRoom.cpu };
}

/** Of the busiest shard, by the queue of the store model; null when it would grow without end. */
export function latencyOf({ calibrated, roundTripUs }: Sizing, load: LoadFigures): PlanRow['latency'] {
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
