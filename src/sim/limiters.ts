import type { Limiter } from '../algorithms/algorithm.ts';
import { Composite } from '../algorithms/composite/composite.ts';
import { referenceLimiter } from './contract.ts';
import { applicability, type ComparisonPlan } from './plan.ts';
import type { Rule } from './rule.ts';
import { findAlgorithm, type Selection, validParams } from './selection.ts';

/** The limiter of one row of the comparison. */
export function createLimiter({ algorithm: name, params }: Selection, plan: ComparisonPlan): Limiter {
  const algorithm = findAlgorithm(name);
  const settings = validParams(algorithm, params);
  return underRules(plan, (rule) => algorithm.create(rule.quota, settings, plan.context));
}

/** The contract that decides by itself. */
export function createReference(plan: ComparisonPlan): Limiter {
  return underRules(plan, (rule, at) => referenceLimiter(plan.contracts[at], rule, plan.context));
}

/** How long a store would keep an idle key of this row, under the rule that needs it longest. */
export function longestTtlUs({ algorithm: name, params }: Selection, { rules }: ComparisonPlan): number {
  const algorithm = findAlgorithm(name);
  const settings = validParams(algorithm, params);
  return Math.max(...rules.map((rule) => algorithm.ttlUs(rule.quota, settings)));
}

/** A limiter for the plan's only rule, or a composite of one for each of them. */
function underRules(plan: ComparisonPlan, create: (rule: Rule, at: number) => Limiter): Limiter {
  const members = plan.rules.map((rule, at) => ({
    limiter: create(rule, at),
    per: rule.per,
    appliesTo: applicability(rule, plan),
  }));
  const [first, ...others] = members;
  return others.length === 0 && first.per === 'key' && !first.appliesTo
    ? first.limiter
    : new Composite(members);
}
