import type * as z from 'zod';
import type { Quota } from '../algorithm.ts';

export type RedisCommand = readonly [name: string, ...args: (string | number)[]];

/** Commands that are sent together; their answers come back in order. */
export interface RoundTrip {
  readonly commands: readonly RedisCommand[];
  /** Whether they are run as one transaction, in MULTI and EXEC. */
  readonly multi?: true;
}

export interface NaiveRequest {
  /** Name of the state; more names may be made by adding to it. */
  readonly key: string;
  readonly nowUs: number;
  readonly cost: number;
  readonly durationUs: number;
  /** Milliseconds to keep state at least. */
  readonly keepMs: number;
}

export interface NaiveDecision {
  readonly allowed: boolean;
  /** Microseconds until the request would conform, Infinity for never; 0 when it was allowed. */
  readonly retryAfterUs: number;
}

/**
 * A decision in several round trips, as people write it with a client and no script: yields what to send, is given the
 * answers, and returns the decision. Other clients get in between, which is the point of it.
 */
export type NaiveSequence<Schema extends z.ZodObject = z.ZodObject> = (
  request: NaiveRequest,
  quota: Quota,
  params: z.output<Schema>,
) => Generator<RoundTrip, NaiveDecision, readonly unknown[]>;
