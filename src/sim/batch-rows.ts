import { mayComeByKey } from './key-order.ts';
import type { ComparisonPlan } from './plan.ts';

/**
 * Rows of a batch. Sorted by key, the more there are the more requests share what is fetched of a key; else there is nothing
 * to win, and fewer let progress and interruptions through sooner.
 */
export function batchRowsFor(plan: ComparisonPlan): number {
  return mayComeByKey(plan) ? 2 ** 20 : 2 ** 18;
}

/** The same of requests that come sorted by key: nothing is to win by more than stay in the cache. */
export const rowsOfKeys = 2 ** 16;

/** Rows of a batch that are worked on at once: few enough for the columns of arrivals and decisions to stay in the cache. */
export const rowsAtOnce = 4096;
