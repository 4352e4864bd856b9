/** Requests and decisions as lists, and the same as the batches that meters and engines take. */

import { ArrivalBatch, DecisionBatch, runEnd } from '../../algorithms/batch.ts';
import type { Decision, Request } from '../../algorithms/testing/limiters.ts';

/** A request with its tenant and with what the oracle says of it. */
export interface Row extends Request {
  readonly tenant?: number;
  readonly entitled?: boolean;
}

/** Keys below this number may be used in a test; the tenant of key k, unless a row says otherwise, is k mod 2. */
export const testKeys = 6;
export const testTenants = 2;

export function tenantOf({ key, tenant = key % testTenants }: Row): number {
  return tenant;
}

export function arrivalsOf(rows: readonly Row[]): ArrivalBatch {
  const batch = new ArrivalBatch(rows.length);
  rows.forEach((row, at) => {
    batch.timeUs[at] = row.atUs;
    batch.key[at] = row.key;
    batch.tenant[at] = tenantOf(row);
    batch.cost[at] = row.cost;
    batch.durationUs[at] = row.durationUs;
    batch.entitled[at] = row.entitled ? 1 : 0;
  });
  batch.length = rows.length;
  batch.keys = testKeys;
  batch.tenants = testTenants;
  batch.findOneCost();
  return batch;
}

/** `waitUs` 0 is an admission. What no limiter writes is filled with traps: a meter that reads it counts nonsense. */
export function decisionsOf(decisions: readonly Decision[]): DecisionBatch {
  const batch = new DecisionBatch(decisions.length);
  decisions.forEach(({ waitUs, delayUs }, at) => {
    batch.allowed[at] = waitUs === 0 ? 1 : 0;
    batch.retryAfterUs[at] = waitUs === 0 ? -1e9 : waitUs;
    batch.delayUs[at] = waitUs === 0 ? delayUs : 0;
  });
  return batch;
}

/** Gives `take` each stretch of rows that have one key: the rows `from` up to `end`. */
export function inRuns(
  { key, length }: ArrivalBatch,
  take: (key: number, from: number, end: number) => void,
): void {
  for (let from = 0; from < length; ) {
    const end = runEnd(key, from, length);
    take(key[from], from, end);
    from = end;
  }
}

/** Gives the rows and their decisions to `take` in batches that end at `cuts`. */
export function inBatches(
  rows: readonly Row[],
  decisions: readonly Decision[],
  cuts: readonly number[],
  take: (arrivals: ArrivalBatch, decisions: DecisionBatch, from: number) => void,
): void {
  const edges = [...new Set([0, ...cuts.filter((cut) => cut < rows.length), rows.length])];
  edges.sort((a, b) => a - b);
  for (const [at, from] of edges.slice(0, -1).entries()) {
    const to = edges[at + 1];
    take(arrivalsOf(rows.slice(from, to)), decisionsOf(decisions.slice(from, to)), from);
  }
}

/** The rows of each entity, such as each key, with what was decided about them, in their order. */
export function groupedBy<T>(rows: readonly T[], entityOf: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) groups.set(entityOf(row), [...(groups.get(entityOf(row)) ?? []), row]);
  return groups;
}
