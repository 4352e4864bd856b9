import type { Limiter } from '../algorithms/algorithm.ts';
import { type ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import { rowsAtOnce } from './batch-rows.ts';
import { createReference } from './limiters.ts';
import type { ComparisonPlan } from './plan.ts';

/** Lets the contract itself decide about the arrivals, and marks what it admits in their `entitled` column. */
export class Oracle {
  readonly #limiter: Limiter;
  readonly #decisions = new DecisionBatch(rowsAtOnce);

  constructor(plan: ComparisonPlan) {
    this.#limiter = createReference(plan);
  }

  judge(arrivals: ArrivalBatch): void {
    this.#limiter.reserve(arrivals.keys);
    for (const part of arrivals.parts(rowsAtOnce)) {
      this.#limiter.decide(part, this.#decisions);
      part.entitled.set(this.#decisions.allowed.subarray(0, part.length));
    }
  }
}
