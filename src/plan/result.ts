import type { HeadRoom } from './head-room.ts';
import type { Ceiling, WhatIf } from './what-if/result.ts';

export const planSchemaName = 'ratelimit.plan/1';

/** What a plan says: plain data. Fields are added freely; a changed meaning raises the version. Money is US dollars a month. */
export interface PlanResult {
  readonly schema: typeof planSchemaName;
  readonly version: string;
  readonly asked: Asked;
  readonly head_room: HeadRoom;
  readonly rows: readonly PlanRow[];
  /** What the chosen row, the cheapest that fits, costs with all that stands around it; absent when none fits. */
  readonly bill?: Bill;
  /** The same with other traffic or another limit, as it was asked for. */
  readonly what_if?: readonly WhatIf[];
  /** How far each algorithm goes, where it was asked for. */
  readonly ceilings?: readonly Ceiling[];
  /** Rows that could not be planned, and why. */
  readonly notes: readonly string[];
  /** What the figures leave out. */
  readonly unknown: readonly string[];
}

export interface Asked {
  readonly limit: string;
  readonly rate_per_s: number;
  readonly keys: number;
  /** In words: `zipf 1`, or the trace that was counted. */
  readonly popularity: string;
  readonly hottest_key_ratio: number;
  readonly name_bytes: number;
  readonly hold_us: number | null;
  readonly replicas: number;
  /** Whose figures of CPU and time were used. */
  readonly calibration: { readonly server: string; readonly measured_at: string };
  readonly prices: { readonly name: string; readonly as_of: string };
}

export interface PlanRow {
  readonly algorithm: string;
  readonly variant: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly access?: string;
  /** Whether some number of shards serves the traffic with the head room that was asked for. */
  readonly fits: boolean;
  readonly node: string;
  readonly shards: number;
  /** Shards times a master and its replicas. */
  readonly nodes: number;
  readonly shards_for: {
    readonly cpu: number | null;
    readonly memory: number | null;
    readonly network: number | null;
  };
  readonly memory: MemoryFigures;
  readonly load: LoadFigures;
  readonly hottest_key: HottestKey;
  readonly latency: { readonly p50_us: number; readonly p99_us: number } | null;
  /** What runs out first when the traffic grows, and at how many times the traffic asked for. */
  readonly breaks_first: { readonly what: Resource; readonly at_ratio: number };
  readonly usd_per_month: number;
}

export type Resource = 'cpu' | 'memory' | 'network' | 'hottest key';

export interface MemoryFigures {
  readonly keys_alive: number;
  readonly bytes_per_key: number;
  /** Of all masters together, without replicas, expired keys and head room. */
  readonly data_bytes: number;
  /** Of the fullest node: what maxmemory counts, resident with fragmentation, and added while a snapshot is made. */
  readonly node: {
    readonly used_bytes: number;
    readonly resident_bytes: number;
    readonly copy_on_write_bytes: number;
    readonly ratio: number;
  };
}

/** Of the busiest shard, but for the first. */
export interface LoadFigures {
  readonly decisions_per_s: number;
  readonly commands_per_s: number | null;
  /** Of what was measured to saturate a shard. */
  readonly cpu_ratio: number;
  readonly shard_decisions_per_s: number;
  /** The busiest shard's requests over those of a mean one. */
  readonly imbalance_ratio: number;
  readonly network_bits_per_s: number | null;
  readonly network_ratio: number | null;
  readonly connections: number;
}

export interface HottestKey {
  readonly rate_per_s: number;
  /** Of what its shard may take; above 1 no number of shards helps. */
  readonly ratio: number;
}

export interface Bill {
  readonly algorithm: string;
  readonly pricing: Pricing;
  readonly lines: readonly BillLine[];
  readonly usd_per_month: number;
  /** What the same would cost where it is paid by the request. */
  readonly instead: readonly BillLine[];
}

export type Pricing = 'on-demand' | 'reserved' | 'spot';

export interface BillLine {
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  readonly usd_per_unit: number;
  readonly usd_per_month: number;
  readonly source: string;
  readonly as_of: string;
  /** Where the line is lower than a real bill would be. */
  readonly optimistic?: string;
}
