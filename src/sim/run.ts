import { ServiceError } from '../errors.ts';
import type { ArrivalSource, LineCounts } from '../traffic/source.ts';
import type { Engine } from './engine.ts';
import { type Feed, feedOf } from './feed.ts';
import type { LaneResult } from './lane.ts';
import { longestTtlUs } from './limiters.ts';
import type { Offered } from './meters/offered.ts';
import { joinedTo, type TimelineSnapshot } from './meters/timeline.ts';
import type { ComparisonPlan } from './plan.ts';
import { type OnProgress, progressOf } from './progress.ts';
import type { AlgorithmResult, RunResult, TrafficFigures } from './result.ts';
import { termFigures } from './terms.ts';
import { wallClockMs } from './wall-clock.ts';

export interface RunOptions {
  readonly name: string;
  readonly version: string;
  readonly seed: number;
  readonly plan: ComparisonPlan;
  readonly source: ArrivalSource;
  readonly engine: Engine;
  readonly expectedRequests?: number;
  readonly notes?: readonly string[];
  /** Aborting ends the run early; what was finished is reported and marked partial. */
  readonly signal?: AbortSignal;
  /** Called a few times a second. */
  readonly onProgress?: OnProgress;
}

const progressEveryMs = 100;

/** Draws all arrivals from the source through the engine. The source is closed at the end, whatever happens. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { source, engine } = options;
  const feed = feedOf(options);
  try {
    const ended = await pump(options, feed);
    const notes = [...feed.finish(), ...(options.notes ?? [])];
    return assemble({ ...options, notes }, feed.offered, await engine.finish(), ended);
  } finally {
    await engine.close();
    await source.close();
  }
}

/** Why a run ended before its traffic did. */
type EarlyEnd = 'interrupted' | ServiceError;

async function pump(options: RunOptions, feed: Feed): Promise<EarlyEnd | undefined> {
  try {
    await pumpAll(options, feed);
    return options.signal?.aborted ? 'interrupted' : undefined;
  } catch (error) {
    if (error instanceof ServiceError && feed.offered.requests > 0) return error; // what was decided is reported
    throw error;
  }
}

async function pumpAll(options: RunOptions, feed: Feed): Promise<void> {
  const { engine, signal, onProgress, expectedRequests } = options;
  const startedMs = wallClockMs();
  let reportedMs = startedMs;
  while (!signal?.aborted) {
    const batch = await engine.lend();
    if (!(await feed.fill(batch))) break;
    await engine.take(batch);
    feed.count(batch);
    const nowMs = wallClockMs();
    if (nowMs - reportedMs < progressEveryMs) continue;
    reportedMs = nowMs;
    onProgress?.({
      ...progressOf(feed.offered.requests, expectedRequests, nowMs - startedMs),
      ...(engine.live && { latency: engine.live() }),
    });
    await new Promise(setImmediate); // lets a signal and the screen in
  }
}

function assemble(
  options: RunOptions,
  offered: Offered,
  results: readonly LaneResult[],
  ended: EarlyEnd | undefined,
): RunResult {
  const { name, version, seed, plan, source, notes = [] } = options;
  const partial = ended !== undefined;
  const lost = ended instanceof ServiceError ? [`The run ended early: ${ended.message}.`] : [];
  const summary = source.summary();
  return {
    schema: 'ratelimit.run/1',
    version,
    partial,
    ...(ended !== undefined && { partial_reason: ended === 'interrupted' ? ended : 'store' }),
    ...termFigures({ name, seed, ...plan }),
    traffic: trafficFigures(offered, summary, partial),
    results: results.map((result, at) => completed(result, offered, longestTtlUs(plan.selections[at], plan))),
    notes: [...lost, ...summary.notes, ...notes],
  };
}

/** Adds to a row what is known of the traffic as a whole. */
function completed(result: LaneResult, offered: Offered, ttlUs: number): AlgorithmResult {
  const { bytesPerKey, admittedOverTime, ownTraffic, throughput, ...figures } = result;
  const keys = ownTraffic?.mostKeysAlive ?? offered.mostKeysAlive(ttlUs);
  const memory = { bytes_per_key: bytesPerKey, keys, bytes: Math.round(bytesPerKey * keys) };
  const timeline = timelineFigures(ownTraffic?.overTime ?? offered.overTime(), admittedOverTime);
  return { ...figures, memory, throughput, timeline };
}

/** Both timelines in the longer of their buckets, and equally many of them. */
function timelineFigures(offered: TimelineSnapshot, admitted: TimelineSnapshot): AlgorithmResult['timeline'] {
  const bucketUs = Math.max(offered.bucketUs, admitted.bucketUs);
  const columns = [offered, admitted].map((timeline) => joinedTo(timeline, bucketUs));
  const buckets = Math.max(...columns.map((column) => column.length));
  const [offeredCounts, admittedCounts] = columns.map((column) => [
    ...column,
    ...new Array<number>(buckets - column.length).fill(0),
  ]);
  return { bucket_us: bucketUs, offered: offeredCounts, admitted: admittedCounts };
}

function trafficFigures(
  offered: Offered,
  { source, format, lines, malformed }: ReturnType<ArrivalSource['summary']>,
  partial: boolean,
): TrafficFigures {
  return {
    source,
    format,
    requests: offered.requests,
    keys: offered.keys,
    cost: offered.cost,
    duration_us: offered.lastUs,
    ...(lines && { lines: withoutReadAhead(lines, offered.requests, partial) }),
    ...(malformed && malformed.length > 0 && { malformed }),
  };
}

/** An interrupted run has read lines whose requests were still waiting to be sorted: those were not used. */
function withoutReadAhead(lines: LineCounts, requests: number, partial: boolean): LineCounts {
  const ahead = lines.used - requests;
  if (!partial || ahead <= 0) return lines;
  return {
    read: lines.read,
    used: requests,
    skipped: { ...lines.skipped, 'read ahead when interrupted': ahead },
  };
}
