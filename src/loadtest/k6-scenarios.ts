/** The scenarios of k6 that a test is made of: who sends what, and when. */
import type { ComparisonPlan } from '../sim/plan.ts';
import type { Rule } from '../sim/rule.ts';
import { findAlgorithm } from '../sim/selection.ts';
import { type OneIteration, type Probe, probeScenario } from './probe.ts';
import { executorOf, type RateExecutor } from './rates.ts';
import { isExact, type Schedule, type Workload } from './workload.ts';

interface SharedIterations {
  readonly executor: 'shared-iterations';
  readonly vus: number;
  readonly iterations: number;
  readonly maxDuration: string;
}

type Executor = SharedIterations | (RateExecutor & { readonly preAllocatedVUs: number }) | OneIteration;

export type Scenario = Executor & { readonly exec: string; readonly startTime: string };

/** When a test does what; seconds count from the start of k6. */
export interface Timing {
  /** Whether the way to the target is measured before anything else. */
  readonly hasFloor: boolean;
  readonly startSeconds: number;
  /** From then on requests may be due. */
  readonly dueSeconds: number;
  /** Time 0 of the schedule is a whole multiple of this since 1970. */
  readonly startStepMs: number;
  /** Length of the schedule. */
  readonly lengthSeconds: number;
  /** When all has been sent. */
  readonly endSeconds: number;
}

/** Before the first request is due: virtual users have to be there. */
const startDelaySeconds = 2;
const floorSeconds = 5;
/** Runs do not wait longer than this for a window of the clock to begin. */
const longestStartStepUs = 10e6;
const mostVus = 300;

export function timingOf(workload: Workload, [{ quota }]: readonly Rule[], hasFloor: boolean): Timing {
  const startSeconds = hasFloor ? floorSeconds + 1 : 0;
  const dueSeconds = startSeconds + startDelaySeconds;
  const isAligned = isExact(workload) && quota.periodUs <= longestStartStepUs;
  const startStepMs = isAligned ? quota.periodUs / 1e3 : 1;
  const lengthSeconds = Math.max(...workload.schedules.map(endOf)) / 1e6;
  const endSeconds = Math.ceil(dueSeconds + startStepMs / 1e3 + lengthSeconds);
  return { hasFloor, startSeconds, dueSeconds, startStepMs, lengthSeconds, endSeconds };
}

function endOf({ rates, requests }: Schedule): number {
  return rates?.at(-1)?.stopUs ?? requests.at(-1)?.dueUs ?? 0;
}

/** By their names: the measurement of the way there, one for each schedule, and the probe when all is over. */
export function scenariosOf(
  workload: Workload,
  plan: ComparisonPlan,
  timing: Timing,
  probe: Probe | undefined,
): Record<string, Scenario> {
  const held = mostHeld(workload.keys.length, plan);
  const count = workload.schedules.reduce((sum, { requests }) => sum + requests.length, 0);
  const probeTime = `${timing.endSeconds + 1}s`;
  return {
    ...(timing.hasFloor && { floor: floorScenario(count / Math.max(1, timing.lengthSeconds)) }),
    ...Object.fromEntries(
      workload.schedules.map((schedule) => [schedule.name, scheduleScenario(schedule, held, timing)]),
    ),
    ...(probe && { probe: { ...probeScenario(probe), exec: 'probe', startTime: probeTime } }),
  };
}

function scheduleScenario({ requests, rates }: Schedule, held: number, timing: Timing): Scenario {
  const vus = Math.min(mostVus, 10 + 2 * mostInTenth(requests) + held);
  if (rates === undefined) {
    return {
      executor: 'shared-iterations',
      exec: 'replay',
      startTime: '0s', // it waits by itself until time 0 of the schedule
      vus: Math.min(vus, requests.length),
      iterations: requests.length,
      maxDuration: `${timing.endSeconds + 30}s`,
    };
  }
  return {
    ...executorOf(rates),
    exec: 'load',
    startTime: `${timing.startSeconds + rates[0].startUs / 1e6}s`,
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
