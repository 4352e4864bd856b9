import type { LineCounts } from '../traffic/source.ts';
import type { describeContract } from './contract.ts';

/**
 * What a run found out: plain data, `ratelimit.run/1`. Fields are added freely; to rename one or to change its meaning
 * raises the version. Times are microseconds, ratios 0…1, and null stands where a figure does not exist.
 * Definitions: docs/metrics.md.
 */
export interface RunResult {
  readonly schema: 'ratelimit.run/1';
  /** Version of the package that wrote it. */
  readonly version: string;
  /** True when the run was interrupted: everything speaks of the traffic up to that point. */
  readonly partial: boolean;
  readonly seed: number;
  readonly scenario: {
    readonly name: string;
    readonly limit: LimitFigures;
    /** All limits that a request had to pass, when there is more than one. */
    readonly limits?: readonly LimitFigures[];
  };
  readonly contract: ContractFigures;
  readonly traffic: TrafficFigures;
  readonly results: readonly AlgorithmResult[];
  /** What a reader should know before believing the figures, each a sentence. */
  readonly notes: readonly string[];
}

export interface LimitFigures {
  readonly limit: number;
  readonly period_us: number;
  readonly burst: number;
  readonly per: string;
  readonly tenant?: string;
}

export type ContractFigures =
  | ReturnType<typeof describeContract>
  | { readonly kind: 'all'; readonly contracts: readonly ReturnType<typeof describeContract>[] };

export interface TrafficFigures {
  readonly source: 'synthetic' | 'trace';
  readonly format: string;
  readonly requests: number;
  readonly keys: number;
  readonly cost: number;
  readonly duration_us: number;
  readonly lines?: LineCounts;
  readonly malformed?: readonly { readonly at: string; readonly reason: string; readonly text: string }[];
}

export interface AlgorithmResult {
  readonly algorithm: string;
  readonly variant: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** `virtual`, or the kind of store that was asked: `redis`, `memcached` … */
  readonly store: string;
  readonly topology: 'ideal' | 'central';
  readonly requests: number;
  readonly admitted: number;
  readonly rejected: number;
  readonly accuracy: {
    readonly over_admitted: number;
    readonly over_admitted_ratio: number;
    readonly needless_rejected: number;
    readonly needless_rejected_ratio: number;
    readonly oracle_disagreed: number;
    readonly oracle_disagreed_ratio: number;
    readonly worst_window_ratio: number | null;
    readonly worst_window_at_us: number | null;
  };
  readonly burst: {
    readonly max_in_10ms: number;
    readonly max_in_100ms: number;
    readonly max_in_1s: number;
    readonly max_in_window: number;
    readonly sigma: number;
    readonly rho_per_s: number;
  };
  readonly fairness: {
    readonly jain: number | null;
    readonly jain_entitled: number | null;
    readonly starved_keys: number;
    readonly longest_starvation_us: number;
  };
  /**
   * Delay that a queue added to the admitted requests. In wall time on a real store: how long a decision took, from the
   * instant at which the request was to be sent.
   */
  readonly latency: LatencyFigures & { readonly measured?: true };
  readonly retry_after: {
    readonly advised: number;
    readonly admitted_when_due_ratio: number | null;
    readonly late_p50_us: number | null;
    readonly late_p99_us: number | null;
  };
  readonly memory: { readonly bytes_per_key: number; readonly keys: number; readonly bytes: number };
  /** What was measured on a real store; absent on the virtual clock. */
  readonly live?: LiveFigures;
  /** Speed of the decisions alone on this machine: measured, so it differs from run to run. */
  readonly throughput: { readonly decisions_per_s: number; readonly measured: true };
  readonly timeline: {
    readonly bucket_us: number;
    readonly offered: readonly number[];
    readonly admitted: readonly number[];
  };
}

export interface LatencyFigures {
  readonly p50_us: number;
  readonly p90_us: number;
  readonly p99_us: number;
  readonly p999_us: number;
  readonly max_us: number;
}

/** What a real store and the way to it cost: measured, so it differs from run to run. */
export interface LiveFigures {
  readonly measured: true;
  readonly server: string;
  /** Whether requests carried the traffic's own times, or were sent at them. */
  readonly time: 'logical' | 'wall';
  /** How many times faster than the traffic says the wall clock was made to run; null in logical time. */
  readonly speed: number | null;
  /** The most requests that waited for the store at once. */
  readonly in_flight: number;
  readonly connections: number;
  /** From the intended instant (wall) or from sending (logical) until the decision was there. */
  readonly decision_latency: LatencyFigures | null;
  /** How much later than intended requests were sent; null in logical time. */
  readonly schedule_slip: LatencyFigures | null;
  readonly cpu_us_per_decision: number | null;
  readonly commands_per_decision: number | null;
  readonly bytes_in_per_decision: number | null;
  readonly bytes_out_per_decision: number | null;
  /** Growth of the server's memory for a key, with all overhead; null for few keys. */
  readonly memory_bytes_per_key: number | null;
  /** What the server says that a key takes. */
  readonly reported_bytes_per_key: number | null;
  readonly evicted_keys: number | null;
  readonly capacity_units_per_decision: number | null;
  /** Requests that the store did not decide, by what went wrong. */
  readonly errors: Readonly<Record<string, number>>;
  readonly on_store_error: 'open' | 'closed' | 'local';
  /** What became of those, by the policy above. */
  readonly without_store: {
    readonly requests: number;
    readonly admitted: number;
    readonly over_admitted: number;
    readonly needless_rejected: number;
  };
}
