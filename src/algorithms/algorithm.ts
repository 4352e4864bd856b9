import type * as z from 'zod';
import type { ArrivalBatch, DecisionBatch } from './batch.ts';
import type { DynamodbSequences, DynamodbTwin } from './dynamodb/dynamodb.ts';
import type { MemcachedSequences, MemcachedTwin } from './memcached/memcached.ts';
import type { RedisTwin } from './redis/redis.ts';

/** What is promised to one key: `limit` units in every `periodUs`, and `burst` units at one instant. */
export interface Quota {
  /** Whole units a period; 0 admits nothing. */
  readonly limit: number;
  /** Whole microseconds. */
  readonly periodUs: number;
  /** Whole units that the bucket family admits at one instant; windows and logs do not use it. */
  readonly burst: number;
}

/**
 * Decides for many keys, each with its own state. Times are whole microseconds since the start of the run and never go
 * backwards for one key. A limiter is told the time; it never asks for it.
 */
export interface Limiter {
  /** Makes room for the keys below `keys`; to be called before a key is used. */
  reserve(keys: number): void;
  /**
   * Decides a whole batch: `waitUs`, then `take` or `refuse`, for each row in order. Every limiter has this loop in its
   * own class, because one loop that serves ten classes cannot inline their methods and is several times slower
   * (docs/decisions/own-loops.md).
   */
  decide(arrivals: ArrivalBatch, decisions: DecisionBatch): void;
  /** Microseconds until `cost` units conform: 0 when they do now, Infinity when they never can. Takes nothing. */
  waitUs(key: number, nowUs: number, cost: number): number;
  /** Takes `cost` units, conforming or not; answers the microseconds for which the request is to be held back. */
  take(key: number, nowUs: number, cost: number, durationUs: number): number;
  /** Notes a refused request, where refused requests count; else does nothing. */
  refuse(key: number, nowUs: number, cost: number): void;
  /** Whole units that would pass now. */
  remaining(key: number, nowUs: number): number;
  /** The state of a key in words, for `decide --explain`. */
  explain(key: number, nowUs: number): string;
  /** Bytes of state when `keys` keys have asked, each at its fullest: plain 8-byte numbers, no store's overhead. */
  stateBytes(keys: number): number;
}

export interface LimiterContext {
  /** Microseconds since 1970 of the run's time 0: what aligned windows are aligned by. */
  readonly epochUs: number;
}

/** Two ways to set an algorithm's parameters that people compare: shown as a row of their own. */
export interface Variant {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** All that is true of one algorithm. The command line, the docs and the comparison learn it from here. */
export interface Algorithm<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** How it decides, in a few sentences. */
  readonly idea: string;
  /** What it promises and what it lets through, with numbers. */
  readonly weakness: string;
  /** Papers, standards and product documents that it follows. */
  readonly sources: readonly string[];
  readonly usedBy: readonly string[];
  readonly params: Schema;
  readonly variants: readonly Variant[];
  /** How long the state of an idle key matters, in microseconds: what a store would set as TTL. */
  ttlUs(quota: Quota, params: z.output<Schema>): number;
  /** True when it cannot decide without knowing how long a request takes. */
  readonly needsDurations: boolean;
  /** True when it admits requests that it then holds back, so that they pass later than they were decided. */
  readonly holdsBack: boolean;
  create(quota: Quota, params: z.output<Schema>, context: LimiterContext): Limiter;
  /** The same in Redis; absent for the limiters of products, which have their own state there. */
  readonly redis?: RedisTwin<Schema>;
  /** The same in stores that run no scripts; absent where it cannot be done there. */
  memcached?(...row: Parameters<MemcachedTwin<z.output<Schema>>>): MemcachedSequences;
  dynamodb?(...row: Parameters<DynamodbTwin<z.output<Schema>>>): DynamodbSequences;
}

/** Keeps the schema's type with the functions that take its output. */
export function defineAlgorithm<Schema extends z.ZodObject>(algorithm: Algorithm<Schema>): Algorithm<Schema> {
  return algorithm;
}
