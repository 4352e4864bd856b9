/** Rows that decided alike, as far as their figures can tell. */
import type { AlgorithmResult } from '../sim/result.ts';

/** All that follows from the decisions; not what they cost, nor what was advised. */
function decisionsOf(row: AlgorithmResult): string {
  const { requests, admitted, accuracy, burst, fairness, latency, timeline, clients } = row;
  const { label: _, policy: __, params: ___, ...work } = clients ?? {};
  return JSON.stringify([requests, admitted, accuracy, burst, fairness, latency, timeline, work]);
}

/** The other rows that decided as this one did. */
export function twinsOf(row: AlgorithmResult, rows: readonly AlgorithmResult[]): AlgorithmResult[] {
  const decisions = decisionsOf(row);
  return rows.filter((other) => other !== row && decisionsOf(other) === decisions);
}

/** Rows in groups that decided alike, each group in the order of the rows. */
export function alike(rows: readonly AlgorithmResult[]): AlgorithmResult[][] {
  const groups = new Map<string, AlgorithmResult[]>();
  for (const row of rows) {
    const decisions = decisionsOf(row);
    groups.set(decisions, [...(groups.get(decisions) ?? []), row]);
  }
  return [...groups.values()];
}
