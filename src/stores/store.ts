import type { Algorithm, LimiterContext, Quota } from '../algorithms/algorithm.ts';

/** A server, or what stands in for one, that holds the state of limiters for one run. */
export interface Store {
  /** As results name it: `redis`, `memcached`. */
  readonly kind: string;
  /** The server as it names itself, such as `Redis 7.0.15 on a unix socket`; without credentials. */
  readonly title: string;
  /** What a reader should know before believing the figures, each a sentence. */
  readonly notes: readonly string[];
  /** The ways to ask it for an algorithm's decisions beside the atomic one: those that people use, and that race. */
  accesses(algorithm: Algorithm): Accesses;
  /** Why a row cannot be decided here, naming the row; undefined when it can. */
  whyNot(row: StoreRow): string | undefined;
  /** Gets ready to decide the requests of one row of the comparison. Rows come one after the other. */
  open(row: StoreRow): Promise<StoreLimiter>;
  /** Asks what costs the store nothing: a round trip. */
  ping(): Promise<void>;
  /** Whether it answers; if not at once, waits for it so long. */
  isReady(withinMs: number, signal?: AbortSignal): Promise<boolean>;
  /** Deletes what the run has written; false when the store cannot be asked, and it goes by its time to live. */
  clear(): Promise<boolean>;
  close(): Promise<void>;
}

/** Names for `access=`, each with the parameters with which it decides as the algorithm does while nothing races. */
export type Accesses = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Why the limiter of a product cannot be a row on a store. */
export function withoutTwin({ name }: Algorithm, store: string): string {
  return `${name} in ${store}: it imitates a product, which brings its own store, and decides on the virtual clock alone`;
}

/** One row of the comparison, for a store. */
export interface StoreRow {
  readonly algorithm: Algorithm;
  /** Valid parameters, with their defaults. */
  readonly params: Readonly<Record<string, unknown>>;
  /** `atomic`, or the name of one of the ways in which people get it wrong. */
  readonly access: string;
  readonly quotas: readonly Quota[];
  readonly context: LimiterContext;
  readonly clock: StoreClock;
  /** Whether decisions are to tell the `standings` of their limits, where the store can. */
  readonly tellsStandings?: boolean;
}

/**
 * Where the time of a decision in a run comes from. Logical: each request carries its own, as the traffic says. Wall: the
 * store's own clock, since the run began, times the speed at which the traffic is replayed.
 */
export type RunClock = { readonly kind: 'logical' } | { readonly kind: 'wall'; readonly speed: number };

/**
 * Beside those of a run: unix, microseconds since 1970 by the store's own clock, or the request's where it has none, for
 * state that outlives the process and is shared with others.
 */
export type StoreClock = RunClock | { readonly kind: 'unix' };

export interface StoreRequest {
  /** The limits that apply, as places in the row's quotas, and for each the name of its state. */
  readonly limits: readonly number[];
  readonly names: readonly string[];
  /** Microseconds since the start of the run: when it arrives, by the traffic. */
  readonly nowUs: number;
  readonly cost: number;
  readonly durationUs: number;
}

export interface StoreDecision {
  readonly allowed: boolean;
  /** Microseconds until the same request would conform, Infinity for never; 0 when it was allowed. */
  readonly retryAfterUs: number;
  /** Microseconds for which an allowed request is to be held back. */
  readonly delayUs: number;
  /** Whole units that would pass now; absent where the store does not tell. */
  readonly remaining?: number;
  /** How each limit of the request stands after the decision; absent where the store does not tell. */
  readonly standings?: readonly Standing[];
  /** When it was decided, microseconds since the start of the run by the clock of the row. */
  readonly atUs: number;
}

/** What one limit would let through from now on. */
export interface Standing {
  /** Whole units that would pass now. */
  readonly remaining: number;
  /** Microseconds until one unit more than that would pass, Infinity when it is all that ever passes at once. */
  readonly moreInUs: number;
}

export interface StoreLimiter {
  /** Time 0 is now, where the clock of a run is the store's own. */
  begin(): Promise<void>;
  /** Rejects with StoreError when the store did not decide. Decisions on one name are made in the order of the calls. */
  decide(request: StoreRequest): Promise<StoreDecision>;
  /** What the decisions since `open` have cost. */
  usage(): Promise<StoreUsage>;
}

/** Figures that a store measures itself; those that it does not know are absent. */
export interface StoreUsage {
  /** Microseconds of the server's CPU a decision. */
  readonly cpuUsPerDecision?: number;
  /** Commands, or operations, that the server executed for a decision. */
  readonly commandsPerDecision?: number;
  readonly bytesInPerDecision?: number;
  readonly bytesOutPerDecision?: number;
  /** Growth of the server's memory for each key that holds state, with all overhead. */
  readonly memoryBytesPerKey?: number;
  /** What the server says of one key by itself (MEMORY USAGE), the mean of a sample. */
  readonly reportedBytesPerKey?: number;
  /** Keys that the server evicted for want of memory. */
  readonly evictedKeys?: number;
  /** Capacity units a decision, for stores that are paid by them. */
  readonly capacityUnitsPerDecision?: number;
}

/** A request that the store did not decide. `kind` is for counting: `connection`, `timeout`, or the server's own word. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}
