/** What an algorithm says of the ways in which people run it in Redis without a script. */
import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import type { LimiterContext, Quota } from '../algorithm.ts';
import type { RedisState } from './state.ts';

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
  /** A text that no other request for this key has, as a random one would be. */
  readonly id: string;
  /** The client's clock, microseconds since the start of the run. */
  readonly nowUs: number;
  /** At least 1: a peek needs no commands. */
  readonly cost: number;
  readonly durationUs: number;
  /** Milliseconds to keep state at least. */
  readonly keepMs: number;
}

export interface NaiveDecision {
  readonly allowed: boolean;
  /** Microseconds until the request would conform, Infinity for never; 0 when it was allowed. */
  readonly retryAfterUs: number;
  /** Microseconds for which an allowed request is to be held back. */
  readonly delayUs: number;
}

/** Yields what to send, is given the answers, and returns the decision. */
export type NaiveSteps = Generator<RoundTrip, NaiveDecision, readonly unknown[]>;

/**
 * A decision in several round trips, as people write it with a client and no script. Other clients get in between, which
 * is the point of it.
 */
export type NaiveSequence = (request: NaiveRequest, quota: Quota, context: LimiterContext) => NaiveSteps;

export interface NaiveRecipe<Schema extends z.ZodObject = z.ZodObject> {
  /**
   * The algorithm's parameters, where they are not the defaults, with which it decides as the recipe does while nobody
   * gets in between. A recipe has this one setting and knows no other.
   */
  readonly params: Partial<z.output<Schema>>;
  readonly sequence: NaiveSequence;
  /** What it keeps of each key, where that is worth foretelling beside what the script keeps. */
  readonly state?: (quota: Quota) => RedisState;
}

/** Whether the recipe decides what a row asks for: `params`, valid and whole, are the defaults or the recipe's own. */
export function takesParams(recipe: NaiveRecipe, schema: z.ZodObject, params: object): boolean {
  return [{}, recipe.params].some((known) => isDeepStrictEqual(schema.parse(known), params));
}

export const admitted: NaiveDecision = { allowed: true, retryAfterUs: 0, delayUs: 0 };

/** What is told to wait waits at least 1 µs, even when the reason has gone since it was read. */
export function refused(retryAfterUs: number): NaiveDecision {
  return { allowed: false, retryAfterUs: Math.max(retryAfterUs, 1), delayUs: 0 };
}

/** Milliseconds until state that matters for `lastsUs` may be forgotten. */
export function ttlMs({ keepMs }: NaiveRequest, lastsUs: number): number {
  return Math.max(Math.ceil(lastsUs / 1000), keepMs, 1);
}

/** A counter as GET and INCRBY answer it; one that is not there counts 0. */
export function counted(reply: unknown): number {
  return Number(reply ?? 0);
}
