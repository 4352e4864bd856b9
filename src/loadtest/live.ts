/** A live target as a row of a comparison: its recorded decisions under the same meters. */
import { ArrivalBatch, DecisionBatch } from '../algorithms/batch.ts';
import { batchRowsFor } from '../sim/batch-rows.ts';
import type { Engine } from '../sim/engine.ts';
import type { LaneResult } from '../sim/lane.ts';
import { LaneMeters } from '../sim/lane-meters.ts';
import { latencyFigures } from '../sim/latency-figures.ts';
import { Demand } from '../sim/meters/fairness.ts';
import { UsDistribution } from '../sim/meters/quantiles.ts';
import type { ComparisonPlan } from '../sim/plan.ts';
import type { Prepared } from '../sim/prepare.ts';
import type { RunResult } from '../sim/result.ts';
import { run } from '../sim/run.ts';
import { formatDuration } from '../units.ts';
import { certainOverAdmissions } from './certain.ts';
import { RecordedSource } from './recorded-source.ts';
import type { Recording } from './recording/recording.ts';

/** The result with the row `live` alone, and notes that say how far the network blurs it. */
export async function liveRun(
  recording: Recording,
  prepared: Prepared,
  { version, signal }: { readonly version: string; readonly signal: AbortSignal },
): Promise<RunResult> {
  const plan = { ...prepared.plan, selections: prepared.plan.selections.slice(0, 1) }; // the one row
  const engine = new RecordedEngine(recording, plan);
  const result = await run({
    ...prepared,
    plan,
    source: new RecordedSource(recording),
    engine,
    version,
    signal,
  });
  return { ...result, notes: [...result.notes, ...uncertainty(recording, plan, result)] };
}

/** Hands recorded decisions to the meters. */
class RecordedEngine implements Engine {
  readonly sortsByKey = false;
  readonly #recording: Recording;
  readonly #meters: LaneMeters;
  readonly #demand = new Demand();
  readonly #latency = new UsDistribution();
  readonly #batch: ArrivalBatch;
  readonly #decisions: DecisionBatch;
  #next = 0;

  constructor(recording: Recording, plan: ComparisonPlan) {
    this.#recording = recording;
    const rows = batchRowsFor(plan);
    this.#batch = new ArrivalBatch(rows);
    this.#decisions = new DecisionBatch(rows);
    this.#meters = new LaneMeters(plan, rows);
  }

  lend(): ArrivalBatch {
    return this.#batch;
  }

  take(batch: ArrivalBatch): void {
    const { requests } = this.#recording;
    for (let row = 0; row < batch.length; row++) {
      const { allowed, retryAfterUs, sentUs, answeredUs } = requests[this.#next++];
      this.#decisions.allowed[row] = allowed ? 1 : 0;
      this.#decisions.retryAfterUs[row] = retryAfterUs ?? Number.POSITIVE_INFINITY; // nothing was advised
      if (allowed) this.#latency.record(answeredUs - sentUs);
    }
    this.#demand.measure(batch);
    this.#meters.measure(batch, this.#decisions);
  }

  finish(): LaneResult[] {
    const latency = this.#recording.hasLatency ? latencyFigures(this.#latency) : null;
    return [
      {
        algorithm: 'live',
        variant: '',
        params: {},
        store: 'target',
        topology: 'remote',
        ...this.#meters.figures(this.#demand),
        ...(latency && { latency: { ...latency, measured: true } }),
        bytesPerKey: 0,
        throughput: { decisions_per_s: 0, measured: true },
      },
    ];
  }

  close(): void {}
}

function uncertainty(
  recording: Recording,
  { rules, contracts }: ComparisonPlan,
  result: RunResult,
): string[] {
  const [{ accuracy, latency }] = result.results;
  if (!recording.hasLatency) return ['Times of live are those of the log; its clock aligns the windows.'];
  const blur = `Instants of live are those of sending, by the clock of the load generator; the target decided up to ${formatDuration(latency.p99_us)} (P99) later, and its windows may be aligned by another clock.`;
  const isWindow = rules.length === 1 && contracts[0] === 'window' && rules[0].per === 'key';
  if (!isWindow || accuracy.over_admitted === 0) return [blur];
  const certain = certainOverAdmissions(recording, rules[0].quota);
  return [
    blur,
    `Of the ${accuracy.over_admitted} over-admissions of live, ${certain} are certain wherever between sending and answer the target decided.`,
  ];
}
