/** Finds limits for given traffic: what its keys ask for, and what every likely limit would do to them. */
import { ArrivalBatch } from '../../algorithms/batch.ts';
import { Interrupted, UsageError, unlessAborted } from '../../errors.ts';
import type { ArrivalSource } from '../../traffic/source.ts';
import { rowsAtOnce } from '../batch-rows.ts';
import { type OnProgress, progressOf } from '../progress.ts';
import type { Selection } from '../selection.ts';
import { wallClockMs } from '../wall-clock.ts';
import { candidatesFor } from './candidates.ts';
import { PeakDemand } from './demand.ts';
import { type Outcome, Trial } from './trial.ts';

const batchRows = 2 ** 16;

export interface SearchOptions {
  /** Opens the traffic from its start; it is read twice. */
  readonly open: () => Promise<ArrivalSource>;
  readonly selections: readonly Selection[];
  /** Period of the limits that are tried. */
  readonly periodUs: number;
  /** Span in which the peak of all keys together is taken. */
  readonly spanUs: number;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

export interface Findings {
  readonly requests: number;
  readonly durationUs: number;
  /** Peak demand of each client, sorted. */
  readonly peaks: Float64Array;
  readonly outcomes: readonly Outcome[];
  /** What was decided while the traffic was read, each a sentence. */
  readonly notes: readonly string[];
}

/** Reads the traffic twice: for the demand of each key, and then once for all limits that it suggests. */
export async function search(options: SearchOptions): Promise<Findings> {
  const { open, selections, periodUs, spanUs } = options;
  const demand = new PeakDemand(periodUs);
  const { requests, durationUs, notes } = await readAll(await open(), options, (part) =>
    demand.measure(part),
  );
  const peaks = demand.sorted();
  if (peaks.length === 0) throw new UsageError('the traffic has no request that asks for anything');
  const candidates = candidatesFor(selections, peaks, periodUs);
  const source = await open();
  const trials = candidates.map(
    (candidate) => new Trial(candidate, { epochUs: source.epochUs }, spanUs, rowsAtOnce),
  );
  await readAll(source, { ...options, expected: requests }, (part) => {
    for (const trial of trials) trial.take(part);
  });
  return {
    requests,
    durationUs,
    peaks,
    outcomes: trials.map((trial) => trial.outcome(peaks.length)),
    notes,
  };
}

interface Read extends Pick<SearchOptions, 'signal' | 'onProgress'> {
  readonly expected?: number;
}

/** Gives all of the traffic to `take`, in parts that stay in the cache. The source is closed, whatever happens. */
async function readAll(
  source: ArrivalSource,
  options: Read,
  take: (part: ArrivalBatch) => void,
): Promise<{ requests: number; durationUs: number; notes: readonly string[] }> {
  const { signal } = options;
  const batch = new ArrivalBatch(batchRows);
  const report = reporter(options);
  let [requests, durationUs] = [0, 0];
  try {
    while (await unlessAborted(Promise.resolve(source.next(batch)), signal)) {
      batch.findOneCost();
      durationUs = batch.timeUs[batch.length - 1];
      for (const part of batch.parts(rowsAtOnce)) {
        if (signal.aborted) throw new Interrupted('interrupted');
        take(part);
        requests += part.length;
        if (report(requests)) await new Promise(setImmediate); // lets a signal in
      }
    }
    return { requests, durationUs, notes: source.summary().notes };
  } finally {
    await source.close();
  }
}

const progressEveryMs = 100;

/** Reports the progress a few times a second, and answers whether it just did. */
function reporter({ onProgress, expected }: Read): (requests: number) => boolean {
  const startedMs = wallClockMs();
  let reportedMs = startedMs;
  return (requests) => {
    const nowMs = wallClockMs();
    if (nowMs - reportedMs < progressEveryMs) return false;
    reportedMs = nowMs;
    onProgress(progressOf(requests, expected, nowMs - startedMs));
    return true;
  };
}
