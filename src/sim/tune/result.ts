import { spellDuration } from '../../units.ts';
import { quantile } from './demand.ts';
import type { Findings } from './search.ts';
import type { Outcome } from './trial.ts';
import type { Cap, Goal } from './wishes.ts';

/** What a search found: plain data, `ratelimit.tune/1`. Ratios 0…1; definitions in docs/tune.md. */
export interface TuneResult {
  readonly schema: 'ratelimit.tune/1';
  readonly version: string;
  readonly scenario: string;
  readonly traffic: { readonly requests: number; readonly clients: number; readonly duration_us: number };
  readonly goal: string;
  readonly cap: { readonly units: number; readonly span_us: number } | null;
  readonly period_us: number;
  /** Span of `peak_admitted`. */
  readonly span_us: number;
  /** Quantiles over the clients of the most units that each asked for in any trailing period. */
  readonly demand: Readonly<Record<'p50' | 'p75' | 'p90' | 'p95' | 'p99' | 'p999' | 'max', number>>;
  readonly candidates: number;
  /** Candidates to which no other is better in one of requests refused and peak admitted and as good in the other. */
  readonly front: readonly TunedLimit[];
  /** Of all candidates that meet goal and cap the one with the lowest peak; null when none does. */
  readonly choice: TunedLimit | null;
  /** The lowest peak that meets the goal, whatever the cap; null when none does. */
  readonly meeting_goal: TunedLimit | null;
  /** The fewest refused within the cap, whatever the goal; null when there is no cap, or none keeps it. */
  readonly meeting_cap: TunedLimit | null;
  readonly notes: readonly string[];
}

export interface TunedLimit {
  readonly algorithm: string;
  readonly variant: string;
  /** As `--limit` takes it. */
  readonly limit: string;
  readonly refused_requests: number;
  readonly refused_requests_ratio: number;
  readonly refused_clients: number;
  readonly refused_clients_ratio: number;
  readonly peak_admitted: number;
  readonly bytes_per_key: number;
}

export interface Wishes {
  readonly goal: Goal;
  readonly cap: Cap | undefined;
  readonly periodUs: number;
  readonly spanUs: number;
}

/** Settles what a search has found. Of candidates that did the same to the traffic, the one with the least state stays. */
export function tuned(
  findings: Findings,
  { goal, cap, periodUs, spanUs }: Wishes,
  { version, scenario }: Pick<TuneResult, 'version' | 'scenario'>,
): TuneResult {
  const { requests, durationUs, peaks, outcomes, notes } = findings;
  const limits = outcomes
    .map((outcome) => limitOf(outcome, requests, peaks.length))
    .sort(
      (a, b) =>
        a.peak_admitted - b.peak_admitted ||
        a.refused_requests - b.refused_requests ||
        a.bytes_per_key - b.bytes_per_key,
    );
  const keeping = limits.filter(({ peak_admitted }) => cap === undefined || peak_admitted <= cap.units);
  const meets = (limit: TunedLimit) => goal.holds(limit[`refused_${goal.of}_ratio`]);
  return {
    schema: 'ratelimit.tune/1',
    version,
    scenario,
    traffic: { requests, clients: peaks.length, duration_us: durationUs },
    goal: goal.text,
    cap: cap ? { units: cap.units, span_us: cap.spanUs } : null,
    period_us: periodUs,
    span_us: spanUs,
    demand: demandOf(peaks),
    candidates: outcomes.length,
    front: frontOf(limits),
    choice: keeping.find(meets) ?? null,
    meeting_goal: limits.find(meets) ?? null,
    meeting_cap: cap === undefined ? null : fewestRefused(keeping, goal),
    notes,
  };
}

function limitOf({ candidate, ...found }: Outcome, requests: number, clients: number): TunedLimit {
  const { selection, quota, burstCounts } = candidate;
  const burst = burstCounts ? `,burst=${quota.burst}` : '';
  return {
    algorithm: selection.algorithm,
    variant: selection.variant,
    limit: `${quota.limit}/${spellDuration(quota.periodUs)}${burst}`,
    refused_requests: found.refusedRequests,
    refused_requests_ratio: found.refusedRequests / requests,
    refused_clients: found.refusedClients,
    refused_clients_ratio: found.refusedClients / clients,
    peak_admitted: found.peakAdmitted,
    bytes_per_key: found.bytesPerKey,
  };
}

/** `limits`: by peak, then by requests refused; a limit is on the front when it refuses fewer than all before it. */
function frontOf(limits: readonly TunedLimit[]): TunedLimit[] {
  let fewest = Number.POSITIVE_INFINITY;
  return limits.filter(({ refused_requests }) => {
    if (refused_requests >= fewest) return false;
    fewest = refused_requests;
    return true;
  });
}

function fewestRefused(limits: readonly TunedLimit[], { of }: Goal): TunedLimit | null {
  return [...limits].sort((a, b) => a[`refused_${of}`] - b[`refused_${of}`])[0] ?? null;
}

function demandOf(peaks: Float64Array): TuneResult['demand'] {
  const at = (share: number) => quantile(peaks, share);
  return {
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: at(1),
  };
}
