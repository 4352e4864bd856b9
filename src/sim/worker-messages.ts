import type { LaneResult } from './lane.ts';
import type { ComparisonPlan } from './plan.ts';

/** What a worker is born with: its part of the plan, and the memory of the batches that are lent round. */
export interface WorkerStart {
  readonly plan: ComparisonPlan;
  readonly rows: number;
  readonly buffers: readonly SharedArrayBuffer[];
}

export type ToWorker =
  | {
      readonly kind: 'batch';
      readonly slot: number;
      readonly length: number;
      readonly keys: number;
      readonly tenants: number;
      readonly oneCost: number | undefined;
    }
  | { readonly kind: 'finish' };

export type FromWorker =
  | { readonly kind: 'read'; readonly slot: number }
  | { readonly kind: 'results'; readonly results: readonly LaneResult[] };
