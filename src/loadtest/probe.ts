/** The client of its own that asks until it is refused, waits as it is told, and must then be admitted. */
import type { Rule } from '../sim/rule.ts';
import { type Carrier, carriesAddress } from './carrier.ts';

/** What the script reads of it; there is none where that would take too many requests. */
export interface Probe {
  readonly key: string;
  readonly most: number;
  /** How long it waits for an answer before it asks again: a queue may hold it back. */
  readonly patience_ms: number;
  readonly longest_wait_s: number;
}

/** A k6 scenario that runs once. */
export interface OneIteration {
  readonly executor: 'per-vu-iterations';
  readonly vus: 1;
  readonly iterations: 1;
  readonly maxDuration: string;
}

const mostProbes = 200;
const longestProbeWaitSeconds = 65;
const longestPatienceMs = 100;

/** Only where a client that asks one request after the other is soon refused. */
export function probeOf(rules: readonly Rule[], carrier: Carrier): Probe | undefined {
  const strictest = rules.filter(({ tenant }) => tenant === undefined);
  const most = 2 * Math.min(...strictest.map(({ quota }) => Math.max(quota.limit, quota.burst))) + 2;
  const perSecond = Math.min(...strictest.map(({ quota }) => (quota.limit / quota.periodUs) * 1e6));
  if (!(most <= mostProbes) || perSecond > mostProbes / 4) return undefined;
  const key = carriesAddress(carrier) ? '192.0.2.1' : 'ratelimit-probe';
  const wait = Math.min(longestProbeWaitSeconds, Math.ceil(longestResetSeconds(rules)) + 1);
  const patienceMs = Math.max(1, Math.min(longestPatienceMs, Math.floor(1e3 / perSecond / 4))); // less than a place takes to be free
  return { key, most, patience_ms: patienceMs, longest_wait_s: wait };
}

/** It begins when all else is over. */
export function probeScenario({ longest_wait_s: wait }: Probe): OneIteration {
  return { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: `${wait + 60}s` };
}

/** The longest that a limit takes until all of it is there again. */
export function longestResetSeconds(rules: readonly Rule[]): number {
  const seconds = rules.map(
    ({ quota: { limit, periodUs, burst } }) => (Math.max(1, burst / Math.max(1, limit)) * periodUs) / 1e6,
  );
  return Math.max(...seconds);
}
