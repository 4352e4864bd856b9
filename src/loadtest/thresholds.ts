import type { Expectation } from '../sim/expectation.ts';
import { parseFigure } from '../sim/figure.ts';
import type { Bound, Prediction, WindowBound } from './predict.ts';

/** What k6 holds its metrics against. */
export type Thresholds = Readonly<Record<string, readonly string[]>>;

/** An expected latency: the quantile and how long it may take. */
export interface LatencyGate {
  /** As k6 spells it: `p(99)`. */
  readonly quantile: string;
  readonly operator: string;
  readonly ms: number;
}

const quantiles: Readonly<Record<string, string>> = {
  'latency.p50_us': 'p(50)',
  'latency.p90_us': 'p(90)',
  'latency.p99_us': 'p(99)',
  'latency.p999_us': 'p(99.9)',
  'latency.max_us': 'max',
};

/** The expectation as a gate; undefined where it speaks of something else, which only `ratelimit k6 import` can judge. */
export function latencyGate({ path, bound }: Expectation): LatencyGate | undefined {
  const match = /^(<=?)\s*(.+)$/.exec(bound);
  if (!match || !Object.hasOwn(quantiles, path)) return undefined;
  return { quantile: quantiles[path], operator: match[1], ms: parseFigure(path, match[2]) / 1e3 };
}

/**
 * How far a count may be off because requests reach the limiter later than planned: those that slip over the edge of a
 * window, and one for the instant itself.
 */
function slack({ least, most }: Bound, lateShare: number): Bound {
  const late = 1 + Math.ceil(most * lateShare);
  return { least: Math.max(0, least - late), most: most + late };
}

/** The windows that are judged one by one, with tolerance. `lateShare`: tolerated lateness as a part of a window. */
export function toleratedWindows({ windows }: Prediction, lateShare: number): WindowBound[] {
  return windows.map((bound) => ({ ...bound, ...slack(bound, lateShare) }));
}

export interface Judged {
  readonly requests: number;
  readonly isExact: boolean;
  readonly admitted: Bound;
  readonly windows: readonly WindowBound[];
  readonly lateShare: number;
  readonly mostLateMs: number;
  readonly latency: readonly LatencyGate[];
  readonly hasProbe: boolean;
  /** Whose requests are timed. */
  readonly protocol: 'http' | 'grpc';
}

/**
 * A threshold without a sample passes, so that a test that sends nothing would; `ratelimit_sent` and the lower bounds
 * are the anchors against that.
 */
export function thresholdsOf(judged: Judged): Thresholds {
  const { requests, isExact, windows, mostLateMs, latency, hasProbe, protocol } = judged;
  const admitted = slack(judged.admitted, judged.lateShare);
  const refused = { least: requests - admitted.most, most: requests - admitted.least };
  return {
    ratelimit_sent: [isExact ? `count==${requests}` : `count>=${Math.floor(requests * 0.98)}`],
    ...(isExact ? { ratelimit_lateness: [`p(99)<${mostLateMs}`] } : { dropped_iterations: ['count==0'] }),
    ratelimit_unexpected: ['count==0'],
    ratelimit_header_errors: ['count==0'],
    ratelimit_admitted: between(admitted),
    ratelimit_refused: between(refused),
    ...Object.fromEntries(
      windows.map((bound) => [
        `ratelimit_in_window{key:${bound.key},window:${bound.window}}`,
        between(bound),
      ]),
    ),
    ...(hasProbe && { checks: ['rate==1'], ratelimit_probed: ['count==1'] }),
    [`${protocol}_req_duration{part:load}`]: latency.map(
      ({ quantile, operator, ms }) => `${quantile}${operator}${ms}`,
    ),
    ...(latency.length > 0 && {
      // a floor above half of what is allowed leaves no room to judge
      'http_req_duration{part:floor}': latency.map(({ quantile, ms }) => `${quantile}<${ms / 2}`),
    }),
  };
}

function between({ least, most }: Bound): string[] {
  return [...(least > 0 ? [`count>=${least}`] : []), `count<=${Math.max(most, 0)}`];
}
