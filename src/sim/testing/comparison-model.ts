/** A row of a comparison request by request: limiters are asked one rule at a time, and everything is counted in lists. */
import type { Limiter } from '../../algorithms/algorithm.ts';
import type { Decision } from '../../algorithms/testing/limiters.ts';
import { referenceLimiter } from '../contract.ts';
import { applicability, type ComparisonPlan } from '../plan.ts';
import type { Rule } from '../rule.ts';
import { findAlgorithm, type Selection, validParams } from '../selection.ts';
import { auditByHand, entityOf } from './audit-model.ts';
import { type Row, tenantOf, testKeys } from './batches.ts';
import type { Decided } from './decided.ts';

interface Part {
  readonly limiter: Limiter;
  readonly rule: Rule;
  readonly applies: (tenant: number) => boolean;
}

function partsOf(plan: ComparisonPlan, create: (rule: Rule, at: number) => Limiter): Part[] {
  return plan.rules.map((rule, at) => {
    const limiter = create(rule, at);
    limiter.reserve(testKeys);
    return { limiter, rule, applies: applicability(rule, plan) ?? (() => true) };
  });
}

/** The longest wait and the longest delay of the limits that apply; all take, or all refuse. */
function decideAll(parts: readonly Part[], rows: readonly Row[]): Decision[] {
  return rows.map((row) => {
    const { atUs, cost, durationUs } = row;
    const asked = parts
      .filter(({ applies }) => applies(tenantOf(row)))
      .map(({ limiter, rule }) => ({ limiter, entity: entityOf(rule, row) }));
    const waitUs = Math.max(0, ...asked.map(({ limiter, entity }) => limiter.waitUs(entity, atUs, cost)));
    if (waitUs === 0) {
      const delays = asked.map(({ limiter, entity }) => limiter.take(entity, atUs, cost, durationUs));
      return { waitUs, delayUs: Math.max(0, ...delays) };
    }
    for (const { limiter, entity } of asked) limiter.refuse(entity, atUs, cost);
    return { waitUs, delayUs: 0 };
  });
}

export function decideByHand(
  { algorithm: name, params }: Selection,
  plan: ComparisonPlan,
  rows: readonly Row[],
): Decided[] {
  const algorithm = findAlgorithm(name);
  const settings = validParams(algorithm, params);
  const parts = partsOf(plan, (rule) => algorithm.create(rule.quota, settings, plan.context));
  const oracle = partsOf(plan, (rule, at) => referenceLimiter(plan.contracts[at], rule, plan.context));
  const decisions = decideAll(parts, rows);
  const ideal = decideAll(oracle, rows);
  return rows.map((row, at) => ({ ...row, ...decisions[at], entitled: ideal[at].waitUs === 0 }));
}

/** The counts of a row of results. */
export function countByHand(selection: Selection, plan: ComparisonPlan, rows: readonly Row[]) {
  const decided = decideByHand(selection, plan, rows);
  const audits = plan.rules.map((rule, at) =>
    auditByHand(rule, plan.contracts[at], plan.context.epochUs, decided, applicability(rule, plan)),
  );
  const conforms = (row: number) => audits.every(({ conforming }) => conforming[row]);
  const count = (is: (row: Decided, at: number) => boolean) => decided.filter(is).length;
  const admitted = count(({ waitUs }) => waitUs === 0);
  const ratios = audits.map(({ figures }, at) => figures.maxInWindow / plan.rules[at].quota.limit);
  return {
    requests: rows.length,
    admitted,
    rejected: rows.length - admitted,
    over_admitted: count(({ waitUs }, at) => waitUs === 0 && !conforms(at)),
    needless_rejected: count(({ waitUs }, at) => waitUs > 0 && conforms(at)),
    oracle_disagreed: count(({ waitUs, entitled }) => (waitUs === 0) !== entitled),
    worst_window_ratio: Math.max(...ratios),
    max_in_window: audits[0].figures.maxInWindow,
    max_delay_us: Math.max(0, ...decided.map(({ delayUs }) => delayUs)),
    advised: count(({ waitUs }) => waitUs > 0 && waitUs < Number.POSITIVE_INFINITY),
  };
}
