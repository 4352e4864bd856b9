import type { PlanResult, PlanRow } from '../result.ts';

/** Writes the settings of one row of a plan, whole, as one file. Throws UsageError where the row cannot be had there. */
export type PlanExport = (row: PlanRow, plan: PlanResult) => string;

/** Pods of the service, and nodes for them, at the peak. */
export function podsOf({ asked, head_room }: PlanResult): number {
  return Math.ceil(asked.rate_per_s / head_room.pod_rate);
}

/**
 * What the keys may take of a node's memory so that fragmentation and a snapshot still fit beside them, 0 to 1; the keys
 * planned for take less.
 */
export function keysShare({ memory: { node } }: PlanRow, { head_room }: PlanResult): number {
  return (node.used_bytes * head_room.memory) / (node.resident_bytes + node.copy_on_write_bytes);
}
