/** What can be other than it was asked for. */
import type { Rule } from '../../sim/rule.ts';
import { type Demand, keysOf } from '../demand.ts';
import { zipfGroups } from '../popularity.ts';
import { Placement } from '../slots.ts';

export interface Axis {
  valueOf(demand: Demand): number;
  with(demand: Demand, value: number): Demand;
  /** Why the demand does not tell what it would be. */
  whyNot?(demand: Demand): string | undefined;
}

/** The same clients ask more often. */
const rps: Axis = {
  valueOf: ({ ratePerSecond }) => ratePerSecond,
  with: (demand, ratePerSecond) => ({ ...demand, ratePerSecond }),
};

/** The same requests come from more clients, by the same law. Clients that were counted follow none. */
const keys: Axis = {
  valueOf: keysOf,
  with: (demand, value) => {
    const groups = zipfGroups(Math.max(1, Math.round(value)), demand.exponent!); // as `whyNot` has made sure
    return { ...demand, groups, placement: Placement.ofGroups(groups) };
  },
  whyNot: ({ exponent }) =>
    exponent === undefined
      ? 'keys that were counted in a trace cannot be more or fewer; write --rps and --keys instead of the trace'
      : undefined,
};

/** The same rate in a longer window; of several limits all are longer by the same factor. */
const window: Axis = {
  valueOf: ({ rules: [{ quota }] }) => quota.periodUs,
  with: (demand, value) => {
    const factor = value / demand.rules[0].quota.periodUs;
    return { ...demand, rules: demand.rules.map((rule) => inWindow(rule, factor)) };
  },
};

function inWindow({ quota, ...rule }: Rule, factor: number): Rule {
  const limit = Math.max(1, Math.round(quota.limit * factor));
  const periodUs = Math.max(1, Math.round(quota.periodUs * factor));
  return { ...rule, quota: { limit, periodUs, burst: rule.burstNamed ? quota.burst : limit } };
}

export type AxisName = 'rps' | 'keys' | 'window';
export const axes: Readonly<Record<AxisName, Axis>> = { rps, keys, window };
