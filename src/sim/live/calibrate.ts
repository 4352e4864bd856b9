import { quantileSorted } from 'simple-statistics';
import { ServiceError } from '../../errors.ts';
import type { Store, StoreLimiter } from '../../stores/store.ts';
import type { CalibratedRow, Calibration } from '../calibration.ts';
import type { ComparisonPlan } from '../plan.ts';
import type { Selection } from '../selection.ts';
import { wallClockMs } from '../wall-clock.ts';
import { rowOf } from './compare-on-store.ts';
import { costFigures } from './lane-result.ts';
import { manyAtOnce } from './room.ts';
import { type StateNames, stateNames } from './state-names.ts';

/** How much is measured; less in tests. */
export interface Effort {
  /** Decisions with no other under way. */
  readonly alone: number;
  /** Decisions with `inFlight` under way, over `keys` keys. */
  readonly together: number;
  readonly inFlight: number;
  readonly keys: number;
}

export const fullEffort: Effort = { alone: 5000, together: 200_000, inFlight: 256, keys: 20_000 };

/**
 * Measures round trips, and for each row of the plan the time of a decision alone, the rate at which decisions come out
 * when many are under way, and what the server says that they cost. `onRow` is told what is measured next.
 */
export async function calibrate(
  plan: ComparisonPlan,
  store: Store,
  prefix: string,
  effort: Effort,
  onRow: (row: Selection) => void,
  signal: AbortSignal,
): Promise<Pick<Calibration, 'in_flight' | 'round_trip_us' | 'rows'>> {
  const roundTrips = await timed(effort.alone, signal, () => store.ping());
  const rows: CalibratedRow[] = [];
  for (const [at, selection] of plan.selections.entries()) {
    if (signal.aborted) break;
    onRow(selection);
    rows.push(
      await calibrateRow({ ...plan, selections: [selection] }, store, `${prefix}${at}:`, effort, signal),
    );
    await store.clear();
  }
  return { in_flight: effort.inFlight, round_trip_us: percentilesOf(roundTrips), rows };
}

async function calibrateRow(
  plan: ComparisonPlan,
  store: Store,
  prefix: string,
  effort: Effort,
  signal: AbortSignal,
): Promise<CalibratedRow> {
  const [selection] = plan.selections;
  const limiter = await store.open(rowOf(selection, plan, { kind: 'wall', speed: 1 }));
  await limiter.begin();
  const namesOf = stateNames(plan, prefix);
  const decide = (request: number) => decideOne(limiter, namesOf(scattered(request, effort.keys), 0));
  await saturate(effort.together / 10, effort.inFlight, signal, decide); // until every part has run often
  const alone = await timed(effort.alone, signal, decide);
  const saturationPerSecond = await saturate(effort.together, effort.inFlight, signal, decide);
  return {
    algorithm: selection.algorithm,
    variant: selection.variant,
    params: selection.params,
    unloaded_us: percentilesOf(alone),
    service_us: 1e6 / saturationPerSecond,
    saturation_per_s: saturationPerSecond,
    ...costFigures(await limiter.usage()),
  };
}

async function decideOne(limiter: StoreLimiter, names: StateNames): Promise<void> {
  await limiter.decide({ ...names, nowUs: 0, cost: 1, durationUs: 1000 });
}

/** Every key as often as any other, none soon after itself. */
function scattered(request: number, keys: number): number {
  return (request * 7919) % keys;
}

/**
 * Microseconds of each, one after the other. The event loop is kept turning meanwhile, as it is in wall time: a process that
 * sleeps until the answer comes is told of it later.
 */
async function timed(
  times: number,
  signal: AbortSignal,
  work: (time: number) => Promise<unknown>,
): Promise<number[]> {
  const us: number[] = [];
  let isTurning = true;
  const turn = () => {
    if (isTurning) setImmediate(turn);
  };
  turn();
  try {
    for (let time = 0; time < times && !signal.aborted; time++) {
      const startedMs = wallClockMs();
      await work(time);
      us.push((wallClockMs() - startedMs) * 1e3);
    }
  } finally {
    isTurning = false;
  }
  return us;
}

/** Decisions a second with so many under way. */
async function saturate(
  times: number,
  inFlight: number,
  signal: AbortSignal,
  decide: (request: number) => Promise<void>,
): Promise<number> {
  const startedMs = wallClockMs();
  const failures: Error[] = [];
  const isOver = () => signal.aborted || failures.length > 0;
  const decisions = await manyAtOnce(times, inFlight, isOver, (request) =>
    decide(request).catch((error: Error) => failures.push(error)),
  );
  if (failures.length > 0) throw new ServiceError(`the store did not decide: ${failures[0].message}`);
  return (decisions / (wallClockMs() - startedMs)) * 1e3;
}

function percentilesOf(us: number[]): number[] {
  if (us.length === 0) return new Array<number>(101).fill(0); // interrupted before the first
  const sorted = us.sort((a, b) => a - b);
  return Array.from({ length: 101 }, (_, percent) => quantileSorted(sorted, percent / 100));
}
