import type { RunClock } from '../../stores/store.ts';

/** What becomes of a request that the store did not decide: let through, refused, or decided by a limiter of our own. */
export const errorPolicies = ['open', 'closed', 'local'] as const;
export type ErrorPolicy = (typeof errorPolicies)[number];

/** How a store is asked. */
export interface LiveOptions {
  readonly clock: RunClock;
  /** The most requests that wait for the store at once. */
  readonly inFlight: number;
  readonly connections: number;
  readonly onStoreError: ErrorPolicy;
  /** In logical time an outage has no length: the run waits so long for the store to come back. */
  readonly awaitStoreMs: number;
}
