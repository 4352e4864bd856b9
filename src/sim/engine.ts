import { ArrivalBatch } from '../algorithms/batch.ts';
import { batchRowsFor } from './batch-rows.ts';
import { Comparison } from './comparison.ts';
import type { LaneResult } from './lane.ts';
import type { ComparisonPlan } from './plan.ts';

/** Takes batches of arrivals and answers with a result for each row of the comparison. */
export interface Engine {
  /** Whether batches are best sorted by key, where that changes no figure. */
  readonly sortsByKey: boolean;
  /** An empty batch to fill and to give to `take`; waits until one is free. */
  lend(): ArrivalBatch | Promise<ArrivalBatch>;
  /** When it has settled, the batch holds what was taken of it. Throws ServiceError when nothing more can be. */
  take(batch: ArrivalBatch): void | Promise<void>;
  /** How it goes so far, where decisions take time. */
  live?(): LiveProgress;
  finish(): LaneResult[] | Promise<LaneResult[]>;
  close(): void | Promise<void>;
}

/** How long decisions have taken so far. */
export interface LiveProgress {
  readonly p50Us: number;
  readonly p99Us: number;
}

/** The columnar engine on the calling thread. */
export class InlineEngine implements Engine {
  readonly sortsByKey = true;
  readonly #comparison: Comparison;
  readonly #batch: ArrivalBatch;

  /** `rows`: the most that one batch can hold. */
  constructor(plan: ComparisonPlan, rows = batchRowsFor(plan)) {
    this.#comparison = new Comparison(plan);
    this.#batch = new ArrivalBatch(rows);
  }

  lend(): ArrivalBatch {
    return this.#batch;
  }

  take(batch: ArrivalBatch): void {
    this.#comparison.take(batch);
  }

  finish(): LaneResult[] {
    return this.#comparison.results();
  }

  close(): void {}
}
