import type { Limiter } from '../algorithms/algorithm.ts';
import { type ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import { Lane, type LaneResult } from './lane.ts';
import { createOracle } from './limiters.ts';
import { Demand } from './meters/fairness.ts';
import type { ComparisonPlan } from './plan.ts';

/** Rows worked on at once: few enough for the columns of arrivals and decisions to stay in the cache. */
const rowsAtOnce = 4096;

/**
 * The columnar engine: every batch of arrivals goes through the oracle and then through each row's limiter and meters.
 * Rows do not see each other, so a comparison may be cut by rows over several threads without changing a figure.
 */
export class Comparison {
  readonly #oracle: Limiter;
  readonly #oracleDecisions = new DecisionBatch(rowsAtOnce);
  readonly #demand = new Demand();
  readonly #lanes: readonly Lane[];

  constructor(plan: ComparisonPlan) {
    this.#oracle = createOracle(plan);
    this.#lanes = plan.selections.map((selection) => new Lane(selection, plan, rowsAtOnce));
  }

  take(arrivals: ArrivalBatch): void {
    for (let from = 0; from < arrivals.length; from += rowsAtOnce) {
      this.#takePart(arrivals.part(from, Math.min(from + rowsAtOnce, arrivals.length)));
    }
  }

  results(): LaneResult[] {
    return this.#lanes.map((lane) => lane.result(this.#demand));
  }

  #takePart(arrivals: ArrivalBatch): void {
    this.#oracle.reserve(arrivals.keys);
    this.#oracle.decide(arrivals, this.#oracleDecisions);
    this.#demand.measure(arrivals, this.#oracleDecisions.allowed);
    for (const lane of this.#lanes) lane.take(arrivals, this.#oracleDecisions.allowed);
  }
}
