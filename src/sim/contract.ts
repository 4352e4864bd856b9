import type { Limiter, LimiterContext } from '../algorithms/algorithm.ts';
import { FixedWindow } from '../algorithms/fixed-window/fixed-window.ts';
import { lineRows } from '../algorithms/key-log.ts';
import { SlidingWindowLog } from '../algorithms/sliding-window-log/sliding-window-log.ts';
import { TokenBucket } from '../algorithms/token-bucket/token-bucket.ts';
import type { SingleContract } from './result.ts';
import type { Rule } from './rule.ts';

/**
 * The promise that accuracy is measured against.
 * - window: at most `limit` units in ANY trailing window of the period. What most people mean by "100 a minute".
 * - bucket: in any interval of length t at most burst + rate · t units, the (σ, ρ) arrival curve.
 * - calendar: at most `limit` units in each window aligned to 1970.
 */
export type ContractKind = 'window' | 'bucket' | 'calendar';

export const contractKinds = ['window', 'bucket', 'calendar'] as const satisfies readonly ContractKind[];

/** The contract that a rule speaks of when none is named: a named burst means the arrival curve, else the window. */
export function contractOf(rule: Rule): ContractKind {
  return rule.burstNamed ? 'bucket' : 'window';
}

/**
 * The contract as a limiter: asked with `waitUs` it tells whether the contract allows a request on the history it was
 * told of with `take`; left to decide by itself it is the oracle.
 */
export function referenceLimiter(kind: ContractKind, { quota }: Rule, context: LimiterContext): Limiter {
  switch (kind) {
    case 'window':
      return new SlidingWindowLog(quota, { edge: 'exclusive', count_rejected: false }, lineRows);
    case 'bucket':
      return new TokenBucket(quota, { initial: quota.burst, loose: false });
    case 'calendar':
      return new FixedWindow(quota, { align: 'epoch', count_rejected: false }, context);
  }
}

/** The contract as it stands in a RunResult. */
export function describeContract(kind: ContractKind, { quota, per, tenant }: Rule): SingleContract {
  const { limit, periodUs, burst } = quota;
  const whom = { per, ...(tenant === undefined ? {} : { tenant }) };
  return kind === 'bucket'
    ? { kind, limit, period_us: periodUs, burst, ...whom }
    : { kind, limit, window_us: periodUs, ...whom };
}
