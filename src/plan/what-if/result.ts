import type { AxisName } from './axes.ts';
import type { Stretch } from './last-where.ts';

/** What the same plan would be with other traffic or another limit; one of these for each axis that was asked for. */
export interface WhatIf {
  readonly axis: AxisName;
  /** As it was asked for; requests a second, keys, or microseconds. */
  readonly asked: number;
  /** From a tenth of what was asked for to ten times as much. */
  readonly points: readonly WhatIfPoint[];
  /** One for each row. */
  readonly reaches: readonly Reach[];
}

export interface WhatIfPoint {
  readonly at: number;
  readonly rows: readonly WhatIfRow[];
}

/** The row as `PlanRow` has it, cut down to what moves. */
export interface WhatIfRow extends RowName {
  readonly fits: boolean;
  readonly node: string;
  readonly shards: number;
  readonly usd_per_month: number;
  readonly keys_alive: number;
  readonly data_bytes: number;
}

export interface RowName {
  readonly algorithm: string;
  readonly variant: string;
  readonly access?: string;
}

export interface Cluster {
  readonly node: string;
  readonly shards: number;
}

/** How far a row's cluster reaches along an axis, to the whole request, key or microsecond. */
export interface Reach extends RowName {
  /** As planned; null where nothing fits. */
  readonly cluster: Cluster | null;
  /** The least for which it is the cheapest; null where that lies below all points. */
  readonly from: number | null;
  /** The most for which it is the cheapest; null where that lies above all points. */
  readonly to: number | null;
  /** The cheapest from there on; null where nothing fits, or where there is no `to`. */
  readonly next: Cluster | null;
  /** For which any cluster fits; absent where none does for anything. */
  readonly fits?: Stretch;
}

/** How many requests a second an algorithm takes, to the whole request. */
export interface Ceiling {
  /** As it would be planned. */
  readonly row: WhatIfRow;
  /** In one shard of the smallest type of node. */
  readonly one_shard_per_s: number;
  /** In the cluster of the row that was chosen; null where none was. */
  readonly chosen_per_s: number | null;
  /** In any cluster; null where no end was found. */
  readonly any_per_s: number | null;
}
