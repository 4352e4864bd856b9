import type { ArrivalBatch } from '../algorithms/batch.ts';
import { rowsAtOnce } from './batch-rows.ts';
import { DeployedLane } from './deployment/deployed-lane.ts';
import { Lane, type LaneResult } from './lane.ts';
import { Demand } from './meters/fairness.ts';
import type { ComparisonPlan } from './plan.ts';

/**
 * Every batch of arrivals goes through each row: its limiter, or its deployment, and its meters. Rows do not see each other,
 * so a comparison may be cut by rows over several threads without changing a figure.
 */
export class Comparison {
  readonly #demand = new Demand();
  readonly #lanes: readonly (Lane | DeployedLane)[];

  constructor(plan: ComparisonPlan) {
    this.#lanes = plan.selections.map((selection) =>
      selection.deployment
        ? new DeployedLane(selection, selection.deployment, plan, rowsAtOnce)
        : new Lane(selection, plan, rowsAtOnce),
    );
  }

  /** Arrivals that the oracle has been asked about. */
  take(arrivals: ArrivalBatch): void {
    for (const part of arrivals.parts(rowsAtOnce)) {
      this.#demand.measure(part);
      for (const lane of this.#lanes) lane.take(part);
    }
  }

  results(): LaneResult[] {
    return this.#lanes.map((lane) => lane.result(this.#demand));
  }
}
