import type { ComparisonPlan } from '../sim/plan.ts';
import { type Rule, spellRules } from '../sim/rule.ts';
import type { Carrier } from './carrier.ts';
import { type Scenario, scenariosOf, timingOf } from './k6-scenarios.ts';
import { predict, type WindowBound } from './predict.ts';
import { longestResetSeconds, type Probe, probeOf } from './probe.ts';
import { type LatencyGate, type Thresholds, thresholdsOf, toleratedWindows } from './thresholds.ts';
import { allRequests, isExact, type Workload } from './workload.ts';

/** What the user asked of the test. */
export interface TestOptions {
  readonly name: string;
  readonly target: string | undefined;
  readonly sendKey: Carrier;
  readonly sendCost: Carrier | undefined;
  readonly refusedStatus: readonly number[];
  /** Of a rate limit service of Envoy, which is asked by gRPC; absent where the target speaks HTTP. */
  readonly rlsDomain: string | undefined;
  /** Families of headers that the target is said to send. */
  readonly headers: readonly string[];
  readonly mostLateMs: number;
  readonly latency: readonly LatencyGate[];
}

/** plan.json: what a generated script reads. */
export interface TestPlan {
  readonly schema: 'ratelimit.k6-plan/1';
  readonly name: string;
  readonly limit: string;
  /** Default of RL_TARGET. */
  readonly target?: string;
  readonly send: { readonly key: Carrier; readonly cost?: Carrier };
  readonly refused_status: readonly number[];
  readonly rls?: { readonly domain: string };
  readonly promise: {
    readonly families: readonly string[];
    readonly limits: readonly number[];
    /** Whole seconds. */
    readonly windows: readonly number[];
    readonly periodSeconds: number;
  };
  readonly start_delay_ms: number;
  /** Time 0 is a whole multiple of this. */
  readonly start_step_ms: number;
  readonly window_ms: number;
  readonly bounds: readonly WindowBound[];
  readonly latency: boolean;
  readonly probe?: Probe;
  /** File of the requests of each scenario. */
  readonly data: Readonly<Record<string, string>>;
  readonly options: {
    readonly discardResponseBodies: true;
    readonly systemTags: readonly string[];
    readonly summaryTrendStats: readonly string[];
    readonly scenarios: Readonly<Record<string, Scenario>>;
    readonly thresholds: Thresholds;
  };
}

const systemTags = [
  'status',
  'method',
  'name',
  'scenario',
  'expected_response',
  'error_code',
  'proto',
  'check',
];

/** Settles what is sent, when, and what is expected of the target. Throws Interrupted. */
export async function testPlan(
  workload: Workload,
  plan: ComparisonPlan,
  options: TestOptions,
  signal: AbortSignal,
): Promise<TestPlan> {
  const { rules } = plan;
  const windowMs = rules[0].quota.periodUs / 1e3;
  const requests = allRequests(workload);
  const prediction = await predict(requests, workload.keys.length, plan, options.mostLateMs * 1e3, signal);
  const bounds = toleratedWindows(prediction, options.mostLateMs / windowMs);
  const probe = probeOf(rules, options.sendKey);
  const timing = timingOf(workload, rules, options.latency.length > 0);
  return {
    schema: 'ratelimit.k6-plan/1',
    name: options.name,
    limit: spellRules(rules),
    ...(options.target !== undefined && { target: options.target }),
    send: { key: options.sendKey, ...(options.sendCost && { cost: options.sendCost }) },
    refused_status: options.refusedStatus,
    ...(options.rlsDomain !== undefined && { rls: { domain: options.rlsDomain } }),
    promise: promiseOf(rules, options.headers),
    start_delay_ms: timing.dueSeconds * 1e3,
    start_step_ms: timing.startStepMs,
    window_ms: windowMs,
    bounds,
    latency: timing.hasFloor,
    ...(probe && { probe }),
    data: Object.fromEntries(workload.schedules.map(({ name }, at) => [name, `./data/${at + 1}.csv`])),
    options: {
      discardResponseBodies: true,
      systemTags,
      summaryTrendStats: ['avg', 'p(50)', 'p(90)', 'p(99)', 'p(99.9)', 'max'],
      scenarios: scenariosOf(workload, plan, timing, probe),
      thresholds: thresholdsOf({
        requests: requests.length,
        isExact: isExact(workload),
        admitted: prediction.admitted,
        windows: bounds,
        lateShare: options.mostLateMs / windowMs,
        mostLateMs: options.mostLateMs,
        latency: options.latency,
        hasProbe: probe !== undefined,
        protocol: options.rlsDomain === undefined ? 'http' : 'grpc',
      }),
    },
  };
}

function promiseOf(rules: readonly Rule[], families: readonly string[]): TestPlan['promise'] {
  return {
    families,
    limits: limitsOf(rules),
    windows: windowsOf(rules),
    periodSeconds: longestResetSeconds(rules),
  };
}

function limitsOf(rules: readonly Rule[]): number[] {
  return [...new Set(rules.flatMap(({ quota }) => [quota.limit, quota.burst]))];
}

/** The windows that policies may name: the periods, and what a full burst takes to come back. */
function windowsOf(rules: readonly Rule[]): number[] {
  const seconds = rules.flatMap((rule) => [rule.quota.periodUs / 1e6, longestResetSeconds([rule])]);
  return [...new Set(seconds.map((each) => Math.max(1, Math.ceil(each))))];
}
