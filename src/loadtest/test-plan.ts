import type { ComparisonPlan } from '../sim/plan.ts';
import { type Rule, spellRules } from '../sim/rule.ts';
import { findAlgorithm } from '../sim/selection.ts';
import type { Carrier } from './carrier.ts';
import { predict, type WindowBound } from './predict.ts';
import { longestResetSeconds, type OneIteration, type Probe, probeOf, probeScenario } from './probe.ts';
import { executorOf, type RateExecutor } from './rates.ts';
import { type LatencyGate, type Thresholds, thresholdsOf, toleratedWindows } from './thresholds.ts';
import { allRequests, type Schedule, type Workload } from './workload.ts';

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

interface SharedIterations {
  readonly executor: 'shared-iterations';
  readonly vus: number;
  readonly iterations: number;
  readonly maxDuration: string;
}

type Executor = SharedIterations | (RateExecutor & { readonly preAllocatedVUs: number }) | OneIteration;

type Scenario = Executor & { readonly exec: string; readonly startTime: string };

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

/** Before the first request is due: virtual users have to be there. */
const startDelaySeconds = 2;
const floorSeconds = 5;
/** Runs do not wait longer than this for a window of the clock to begin. */
const longestStartStepUs = 10e6;
const mostVus = 300;

/** Settles what is sent, when, and what is expected of the target. */
export function testPlan(workload: Workload, plan: ComparisonPlan, options: TestOptions): TestPlan {
  const { rules } = plan;
  const requests = allRequests(workload);
  const isExact = workload.schedules.every(({ rates }) => rates === undefined);
  const lastUs = Math.max(...workload.schedules.map(endOf));
  const lateShare = options.mostLateMs / (rules[0].quota.periodUs / 1e3);
  const prediction = predict(requests, workload.keys.length, plan, options.mostLateMs * 1e3);
  const bounds = toleratedWindows(prediction, lateShare);
  const held = mostHeld(workload.keys.length, plan);
  const probe = probeOf(rules, options.sendKey);
  const hasFloor = options.latency.length > 0;
  const startSeconds = hasFloor ? floorSeconds + 1 : 0;
  const startStepMs =
    isExact && rules[0].quota.periodUs <= longestStartStepUs ? rules[0].quota.periodUs / 1e3 : 1;
  const endSeconds = Math.ceil(startSeconds + startDelaySeconds + startStepMs / 1e3 + lastUs / 1e6);
  return {
    schema: 'ratelimit.k6-plan/1',
    name: options.name,
    limit: spellRules(rules),
    ...(options.target !== undefined && { target: options.target }),
    send: { key: options.sendKey, ...(options.sendCost && { cost: options.sendCost }) },
    refused_status: options.refusedStatus,
    ...(options.rlsDomain !== undefined && { rls: { domain: options.rlsDomain } }),
    promise: {
      families: options.headers,
      limits: limitsOf(rules),
      windows: windowsOf(rules),
      periodSeconds: longestResetSeconds(rules),
    },
    start_delay_ms: (startSeconds + startDelaySeconds) * 1e3,
    start_step_ms: startStepMs,
    window_ms: rules[0].quota.periodUs / 1e3,
    bounds,
    latency: hasFloor,
    ...(probe && { probe }),
    data: Object.fromEntries(workload.schedules.map(({ name }, at) => [name, `./data/${at + 1}.csv`])),
    options: {
      discardResponseBodies: true,
      systemTags: [
        'status',
        'method',
        'name',
        'scenario',
        'expected_response',
        'error_code',
        'proto',
        'check',
      ],
      summaryTrendStats: ['avg', 'p(50)', 'p(90)', 'p(99)', 'p(99.9)', 'max'],
      scenarios: {
        ...(hasFloor && { floor: floorScenario(requests.length / Math.max(1, lastUs / 1e6)) }),
        ...Object.fromEntries(
          workload.schedules.map((schedule) => [
            schedule.name,
            scenarioOf(schedule, held, startSeconds, endSeconds),
          ]),
        ),
        ...(probe && { probe: { ...probeScenario(probe), exec: 'probe', startTime: `${endSeconds + 1}s` } }),
      },
      thresholds: thresholdsOf({
        requests: requests.length,
        isExact,
        admitted: prediction.admitted,
        windows: bounds,
        lateShare,
        mostLateMs: options.mostLateMs,
        latency: options.latency,
        hasProbe: probe !== undefined,
        protocol: options.rlsDomain === undefined ? 'http' : 'grpc',
      }),
    },
  };
}

function endOf({ rates, requests }: Schedule): number {
  return rates?.at(-1)?.stopUs ?? requests.at(-1)?.dueUs ?? 0;
}

function scenarioOf(
  { requests, rates }: Schedule,
  held: number,
  startSeconds: number,
  endSeconds: number,
): Scenario {
  const vus = Math.min(mostVus, 10 + 2 * mostInTenth(requests) + held);
  if (rates === undefined) {
    return {
      executor: 'shared-iterations',
      exec: 'replay',
      startTime: '0s', // it waits by itself until time 0 of the schedule
      vus: Math.min(vus, requests.length),
      iterations: requests.length,
      maxDuration: `${endSeconds + 30}s`,
    };
  }
  return {
    ...executorOf(rates),
    exec: 'load',
    startTime: `${startSeconds + rates[0].startUs / 1e6}s`,
    preAllocatedVUs: vus,
  };
}

/** Most requests within a tenth of a second: each needs a virtual user that is there when it is due. */
function mostInTenth(requests: readonly { readonly dueUs: number }[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < requests.length; last++) {
    while (requests[last].dueUs - requests[first].dueUs >= 1e5) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Answers that a target holds back at once, if it is said to be a queue: each keeps a virtual user. */
function mostHeld(keys: number, { rules, selections }: ComparisonPlan): number {
  if (!selections.every(({ algorithm }) => findAlgorithm(algorithm).holdsBack)) return 0;
  return keys * Math.max(...rules.map(({ quota }) => quota.burst));
}

function floorScenario(ratePerSecond: number): Scenario {
  return {
    executor: 'constant-arrival-rate',
    exec: 'floor',
    startTime: '0s',
    rate: Math.max(10, Math.min(200, Math.round(ratePerSecond))), // enough samples for a P99, and no load of its own
    timeUnit: '1s',
    duration: `${floorSeconds}s`,
    preAllocatedVUs: 20,
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
