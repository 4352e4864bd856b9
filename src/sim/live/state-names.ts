import type { Scope } from '../../algorithms/composite/composite.ts';
import { applicability, type ComparisonPlan } from '../plan.ts';

/** Which limits apply to a request, and the names of their state. */
export interface StateNames {
  readonly limits: readonly number[];
  readonly names: readonly string[];
}

/**
 * Names the state that a request is decided by, `PREFIX{TAG}` and, under several limits, the number of the limit. The
 * tag in braces is what a cluster places a name by, so the limits on one request share it: the key where every limit is
 * per key, the tenant where one is per tenant, and nothing that differs where one is global.
 */
export function stateNames(
  plan: ComparisonPlan,
  prefix: string,
): (key: number, tenant: number) => StateNames {
  const members = plan.rules.map((rule, at) => ({
    at,
    per: rule.per,
    appliesTo: applicability(rule, plan) ?? (() => true),
  }));
  const widest = widestOf(members.map(({ per }) => per));
  if (members.length === 1 && widest === 'key' && plan.rules[0].tenant === undefined) {
    const limits = [0];
    return (key) => ({ limits, names: [`${prefix}{${key}}`] });
  }
  return (key, tenant) => {
    const who = { key: `${key}`, tenant: `t${tenant}`, global: 'all' };
    const applying = members.filter(({ appliesTo }) => appliesTo(tenant));
    return {
      limits: applying.map(({ at }) => at),
      names: applying.map(({ at, per }) => `${prefix}{${who[widest]}}:${at}:${who[per]}`),
    };
  };
}

/** The scope that holds all others: what the state of one request has to lie together by. */
export function widestOf(scopes: readonly Scope[]): Scope {
  if (scopes.includes('global')) return 'global';
  return scopes.includes('tenant') ? 'tenant' : 'key';
}
