import type { Limiter } from '../algorithms/algorithm.ts';
import { type ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import type { OwnTrafficFigures } from './clients/own-traffic.ts';
import { LaneMeters } from './lane-meters.ts';
import { createLimiter } from './limiters.ts';
import type { Demand } from './meters/fairness.ts';
import type { TimelineSnapshot } from './meters/timeline.ts';
import type { ComparisonPlan } from './plan.ts';
import type { AlgorithmResult } from './result.ts';
import { findAlgorithm, type Selection, validParams } from './selection.ts';
import { wallClockMs } from './wall-clock.ts';

/** What a lane finds out by itself; `assemble` adds what is known of the traffic as a whole. */
export interface LaneResult extends Omit<AlgorithmResult, 'memory' | 'timeline'> {
  readonly bytesPerKey: number;
  readonly admittedOverTime: TimelineSnapshot;
  /** Of a row whose requests are not those of the other rows. */
  readonly ownTraffic?: OwnTrafficFigures;
}

/** One row of the comparison on the virtual clock: a limiter and the meters that watch it. */
export class Lane {
  readonly #selection: Selection;
  readonly #limiter: Limiter;
  readonly #decisions: DecisionBatch;
  readonly #meters: LaneMeters;
  #decided = 0;
  #decideMs = 0;

  constructor(selection: Selection, plan: ComparisonPlan, capacity: number) {
    this.#selection = selection;
    this.#limiter = createLimiter(selection, plan);
    this.#decisions = new DecisionBatch(capacity);
    this.#meters = new LaneMeters(plan, capacity);
  }

  take(arrivals: ArrivalBatch): void {
    this.#limiter.reserve(arrivals.keys);
    const startedMs = wallClockMs();
    this.#limiter.decide(arrivals, this.#decisions);
    this.#decideMs += wallClockMs() - startedMs;
    this.#decided += arrivals.length;
    this.#meters.measure(arrivals, this.#decisions);
  }

  result(demand: Demand): LaneResult {
    const { algorithm, variant, params } = this.#selection;
    return {
      algorithm,
      variant,
      params: validParams(findAlgorithm(algorithm), params),
      store: 'virtual',
      topology: 'ideal',
      ...this.#meters.figures(demand),
      bytesPerKey: demand.asked === 0 ? 0 : this.#limiter.stateBytes(demand.asked) / demand.asked,
      throughput: {
        decisions_per_s: this.#decideMs === 0 ? 0 : Math.round((this.#decided / this.#decideMs) * 1e3),
        measured: true,
      },
    };
  }
}
