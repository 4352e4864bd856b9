/** The contracts and the burst figures in their plainest form: the list of admissions, looked through for each question. */
import type { ContractKind } from '../contract.ts';
import type { BurstFigures } from '../meters/rule-audit.ts';
import type { Rule } from '../rule.ts';
import { type Row, tenantOf } from './batches.ts';
import type { Decided } from './decided.ts';

export interface Admission {
  readonly atUs: number;
  readonly cost: number;
}

const unitsOf = (admissions: readonly Admission[]) => admissions.reduce((sum, { cost }) => sum + cost, 0);

/** Whose history a request belongs to under a rule. */
export function entityOf({ per }: Pick<Rule, 'per'>, row: Row): number {
  return { key: row.key, tenant: tenantOf(row), global: 0 }[per];
}

/** Whether the contract allows `cost` units at `atUs` after these admissions, none of which is later. */
export function allows(
  contract: ContractKind,
  { quota }: Rule,
  epochUs: number,
  history: readonly Admission[],
  { atUs, cost }: Admission,
): boolean {
  const { limit, periodUs, burst } = quota;
  switch (contract) {
    case 'window':
      return unitsOf(history.filter((past) => past.atUs > atUs - periodUs)) + cost <= limit;
    case 'calendar': {
      const shiftUs = epochUs % periodUs;
      const windowOf = (us: number) => Math.floor((us + shiftUs) / periodUs);
      return unitsOf(history.filter((past) => windowOf(past.atUs) === windowOf(atUs))) + cost <= limit;
    }
    case 'bucket': {
      if (limit === 0) return false;
      const fits = (units: number, lengthUs: number) => (units - burst) * periodUs <= limit * lengthUs;
      const intervals = history.map((past, at) => [unitsOf(history.slice(at)), atUs - past.atUs]);
      return fits(cost, 0) && intervals.every(([units, lengthUs]) => fits(units + cost, lengthUs));
    }
  }
}

export interface Audited {
  readonly conforming: readonly boolean[];
  readonly figures: BurstFigures;
}

/** Judges rows in their order, each on the admissions of its entity before it; peeks and strangers conform. */
export function auditByHand(
  rule: Rule,
  contract: ContractKind,
  epochUs: number,
  rows: readonly Decided[],
  appliesTo: (tenant: number) => boolean = () => true,
): Audited {
  const histories = new Map<number, Admission[]>();
  const conforming = rows.map((row) => {
    if (row.cost === 0 || !appliesTo(tenantOf(row))) return true;
    const history = histories.get(entityOf(rule, row)) ?? [];
    histories.set(entityOf(rule, row), history);
    const lastUs = history.at(-1)?.atUs ?? 0;
    const admission = { atUs: Math.max(row.atUs + row.delayUs, lastUs), cost: row.cost };
    const conforms = allows(contract, rule, epochUs, history, admission);
    if (row.waitUs === 0) history.push(admission);
    return conforms;
  });
  return { conforming, figures: burstByHand(rule, [...histories.values()]) };
}

function burstByHand(rule: Rule, histories: readonly (readonly Admission[])[]): BurstFigures {
  const { limit, periodUs } = rule.quota;
  const most = (spanUs: number) => largest(histories.flatMap((history) => spans(history, spanUs)));
  const excesses = histories.flatMap((history) =>
    history.flatMap((from, first) =>
      history
        .slice(first)
        .map(
          (to, length) =>
            unitsOf(history.slice(first, first + length + 1)) - (limit * (to.atUs - from.atUs)) / periodUs,
        ),
    ),
  );
  return {
    maxIn10ms: most(10e3).units,
    maxIn100ms: most(100e3).units,
    maxIn1s: most(1e6).units,
    maxInWindow: most(periodUs).units,
    worstWindowAtUs: most(periodUs).atUs,
    sigma: Math.max(0, ...excesses),
  };
}

/** For each admission the units of the span that ends with it. */
function spans(history: readonly Admission[], spanUs: number) {
  return history.map(({ atUs }, last) => ({
    atUs,
    units: unitsOf(history.slice(0, last + 1).filter((past) => past.atUs > atUs - spanUs)),
  }));
}

/** The most units, and the earliest instant that has them. */
function largest(all: readonly { readonly atUs: number; readonly units: number }[]) {
  return [...all].sort((a, b) => b.units - a.units || a.atUs - b.atUs)[0] ?? { atUs: 0, units: 0 };
}
