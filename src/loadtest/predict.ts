import { ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import { createLimiter } from '../sim/limiters.ts';
import type { ComparisonPlan } from '../sim/plan.ts';
import type { Selection } from '../sim/selection.ts';
import type { PlannedRequest } from './workload.ts';

/** How many phases of its windows a target is tried in: nobody knows where between two edges a run begins. */
const phases = 16;
/** Requests that all come a little late lie a little differently, which counts where bursts end at an edge. */
const delaysUs = [1e3, 5e3, 10e3, 20e3, 35e3, 50e3, 75e3, 100e3, 150e3];
/** Keys whose admissions are judged window by window, and how many windows of each. */
const mostKeys = 6;
const mostWindows = 8;

/** Fewest and most requests of one key, or of all, that are admitted in any phase by any of the algorithms. */
export interface Bound {
  readonly least: number;
  readonly most: number;
}

export interface WindowBound extends Bound {
  readonly key: number;
  /**
   * Window `n` holds the requests that are due from `n` half periods on, for one period. They overlap because a burst
   * around the edge between two windows shows in neither of them, but in the one that begins between their beginnings.
   */
  readonly window: number;
}

export interface Prediction {
  readonly admitted: Bound;
  readonly windows: readonly WindowBound[];
}

/** Lets every algorithm of the plan decide about the requests, in each phase, and counts what is admitted. */
export function predict(requests: readonly PlannedRequest[], keys: number, plan: ComparisonPlan): Prediction {
  const batch = batchOf(requests, keys);
  const decisions = new DecisionBatch(batch.length);
  const periodUs = plan.rules[0].quota.periodUs;
  const watched = new Watched(busiest(requests, keys), periodUs);
  const counts = plan.selections.flatMap((selection) =>
    shiftsUs(periodUs).map((shiftUs) => {
      decide(selection, plan, shiftUs, batch, decisions);
      return watched.count(batch, decisions);
    }),
  );
  decisions.allowed.fill(1);
  const offered = watched.count(batch, decisions).byPair;
  return {
    admitted: boundOf(counts.map(({ total }) => total)),
    windows: watched.pairs
      .map((pair, at) => ({ ...pair, ...boundOf(counts.map(({ byPair }) => byPair[at])) }))
      .filter(({ least }, at) => least < offered[at]),
  };
}

function shiftsUs(periodUs: number): number[] {
  const even = Array.from({ length: phases }, (_, phase) => Math.floor((phase * periodUs) / phases));
  return [...even, ...delaysUs.filter((delayUs) => delayUs < periodUs)];
}

function boundOf(counts: readonly number[]): Bound {
  return { least: Math.min(...counts), most: Math.max(...counts) };
}

function decide(
  selection: Selection,
  plan: ComparisonPlan,
  phaseUs: number,
  batch: ArrivalBatch,
  decisions: DecisionBatch,
): void {
  const limiter = createLimiter(selection, { ...plan, context: { epochUs: plan.context.epochUs + phaseUs } });
  limiter.reserve(batch.keys);
  limiter.decide(batch, decisions);
}

function batchOf(requests: readonly PlannedRequest[], keys: number): ArrivalBatch {
  const batch = new ArrivalBatch(requests.length);
  for (const [row, { dueUs, key, tenant, cost }] of requests.entries()) {
    batch.timeUs[row] = dueUs;
    batch.key[row] = key;
    batch.tenant[row] = tenant;
    batch.cost[row] = cost;
    batch.tenants = Math.max(batch.tenants, tenant + 1);
  }
  batch.length = requests.length;
  batch.keys = keys;
  return batch;
}

/** The keys that send most. */
function busiest(requests: readonly PlannedRequest[], keys: number): number[] {
  const sent = new Uint32Array(keys);
  for (const { key } of requests) sent[key]++;
  const order = Array.from(sent.keys()).sort((a, b) => sent[b] - sent[a]);
  return order.slice(0, mostKeys);
}

/** Counts admissions of the watched keys in each of their first windows, and of all keys together. */
class Watched {
  readonly pairs: readonly { readonly key: number; readonly window: number }[];
  readonly #periodUs: number;
  readonly #places = new Map<number, number>();

  constructor(keys: readonly number[], periodUs: number) {
    this.#periodUs = periodUs;
    this.pairs = keys.flatMap((key) => Array.from({ length: mostWindows }, (_, window) => ({ key, window })));
    for (const [at, key] of keys.entries()) this.#places.set(key, at * mostWindows);
  }

  count({ timeUs, key, length }: ArrivalBatch, { allowed }: DecisionBatch) {
    const byPair = new Uint32Array(this.pairs.length);
    let total = 0;
    for (let row = 0; row < length; row++) {
      if (allowed[row] === 0) continue;
      total++;
      const place = this.#places.get(key[row]);
      if (place === undefined) continue;
      const last = Math.floor((2 * timeUs[row]) / this.#periodUs);
      for (const window of [last - 1, last]) {
        if (window >= 0 && window < mostWindows) byPair[place + window]++;
      }
    }
    return { total, byPair };
  }
}
