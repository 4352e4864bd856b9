import { ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import { Interrupted } from '../errors.ts';
import { createLimiter } from '../sim/limiters.ts';
import type { ComparisonPlan } from '../sim/plan.ts';
import type { Selection } from '../sim/selection.ts';
import { type Draw, stream } from '../traffic/random.ts';
import { busiest, type SentRequest, Watched } from './watched.ts';
import type { PlannedRequest } from './workload.ts';

/** Requests that all runs of a prediction may decide about together, and the fewest and most runs. */
const mostDecided = 4e5;
const [fewestRuns, mostRuns] = [32, 1024];
/** Phases that are tried whatever the requests, for limiters that weigh how long ago an edge was. */
const evenPhases = 16;

/** Fewest and most requests of one key, or of all, that are admitted in any of the runs by any of the algorithms. */
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

/**
 * Lets every algorithm of the plan decide about the requests, and counts what is admitted: in each phase that the edges of
 * windows can have to the requests, because nobody knows where between two edges a run begins; on time, and late by
 * random times of up to `mostLateUs`, because a burst that ends at an edge is cut by it anywhere. Throws Interrupted.
 */
export async function predict(
  requests: readonly PlannedRequest[],
  keys: number,
  plan: ComparisonPlan,
  mostLateUs: number,
  signal?: AbortSignal,
): Promise<Prediction> {
  const batch = new ArrivalBatch(requests.length);
  const decisions = new DecisionBatch(requests.length);
  const watched = new Watched(busiest(requests, keys), plan.rules[0].quota.periodUs);
  const draw = stream(1, 'k6/lateness');
  const counts: ReturnType<Watched['count']>[] = [];
  for (const { phaseUs, isLate } of runsOf(requests, plan)) {
    const sent = isLate ? lateBy(requests, mostLateUs * draw(), draw) : requests.map(onTime);
    fill(batch, sent, keys);
    for (const selection of plan.selections) {
      decide(selection, plan, phaseUs, batch, decisions);
      counts.push(watched.count(sent, decisions.allowed));
    }
    await new Promise(setImmediate); // lets a signal in
    if (signal?.aborted) throw new Interrupted('interrupted');
  }
  const offered = watched.count(requests.map(onTime), decisions.allowed.fill(1)).byPair;
  return {
    admitted: boundOf(counts.map(({ total }) => total)),
    windows: watched.pairs
      .map((pair, at) => ({ ...pair, ...boundOf(counts.map(({ byPair }) => byPair[at])) }))
      .filter(({ least }, at) => least < offered[at]),
  };
}

function onTime(request: PlannedRequest): SentRequest {
  return { request, atUs: request.dueUs };
}

/** Each request late by a time of its own, in the order in which they are sent then. */
function lateBy(requests: readonly PlannedRequest[], mostLateUs: number, draw: Draw): SentRequest[] {
  return requests
    .map((request) => ({ request, atUs: request.dueUs + Math.floor(mostLateUs * draw()) }))
    .sort((a, b) => a.atUs - b.atUs);
}

/** The phases, each once on time and then late, as often as there is room; of too many phases every so many. */
function runsOf(requests: readonly PlannedRequest[], plan: ComparisonPlan) {
  const room = Math.min(mostRuns, Math.max(fewestRuns, Math.floor(mostDecided / requests.length)));
  const all = phasesUs(requests, plan);
  const step = Math.max(1, (2 * all.length) / room);
  const phases = Array.from({ length: Math.ceil(all.length / step) }, (_, at) => all[Math.floor(at * step)]);
  return Array.from({ length: Math.max(room, 2 * phases.length) }, (_, at) => ({
    phaseUs: phases[at % phases.length],
    isLate: at >= phases.length,
  }));
}

/**
 * Shifts of the clock: those that put an edge right before a request, for each rule, because between two of them no
 * outcome of a limiter with aligned windows changes; and some evenly spread.
 */
function phasesUs(
  requests: readonly PlannedRequest[],
  { rules, context: { epochUs } }: ComparisonPlan,
): number[] {
  const shifts = rules.flatMap(({ quota: { periodUs } }) => [
    ...Array.from({ length: evenPhases }, (_, at) => Math.floor((at * periodUs) / evenPhases)),
    ...requests.map(({ dueUs }) => periodUs - 1 - ((epochUs + dueUs - 1) % periodUs)),
  ]);
  return [...new Set(shifts)].sort((a, b) => a - b);
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

function fill(batch: ArrivalBatch, sent: readonly SentRequest[], keys: number): void {
  for (const [row, { atUs, request }] of sent.entries()) {
    const { key, tenant, cost } = request;
    batch.timeUs[row] = atUs;
    batch.key[row] = key;
    batch.tenant[row] = tenant;
    batch.cost[row] = cost;
    batch.tenants = Math.max(batch.tenants, tenant + 1);
  }
  batch.length = sent.length;
  batch.keys = keys;
}
