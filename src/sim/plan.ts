import type { LimiterContext } from '../algorithms/algorithm.ts';
import type { ContractKind } from './contract.ts';
import type { Rule } from './rule.ts';
import type { Selection } from './selection.ts';

/** All that the engine has to know beside the arrivals. Plain data: it is posted to worker threads as it is. */
export interface ComparisonPlan {
  readonly rules: readonly Rule[];
  /** The contract of each rule. */
  readonly contracts: readonly ContractKind[];
  readonly selections: readonly Selection[];
  readonly context: LimiterContext;
  /** Names of the scenario's tenants: tenant n of the arrivals is the n-th. Empty when there are none. */
  readonly tenants: readonly string[];
}

/**
 * Which tenants a rule is meant for: its own, or all those that no other rule of the same scope is written for.
 * Undefined when that is all of them.
 */
export function applicability(
  rule: Rule,
  { rules, tenants }: ComparisonPlan,
): ((tenant: number) => boolean) | undefined {
  if (rule.tenant !== undefined) {
    const own = tenants.indexOf(rule.tenant);
    return (tenant) => tenant === own;
  }
  const elsewhere = new Set(
    rules
      .filter((other) => other.tenant !== undefined && other.per === rule.per)
      .map((other) => tenants.indexOf(other.tenant!)),
  );
  return elsewhere.size === 0 ? undefined : (tenant) => !elsewhere.has(tenant);
}
