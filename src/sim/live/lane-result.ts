import type { Store, StoreUsage } from '../../stores/store.ts';
import { type Counts, countFigures } from '../counts.ts';
import type { LaneResult } from '../lane.ts';
import type { MeterFigures } from '../lane-meters.ts';
import { latencyFigures } from '../latency-figures.ts';
import type { UsDistribution } from '../meters/quantiles.ts';
import type { LatencyFigures, LiveFigures } from '../result.ts';
import { findAlgorithm, type Selection, validParams } from '../selection.ts';
import type { LiveOptions } from './options.ts';

interface Measured {
  readonly selection: Selection;
  readonly store: Store;
  readonly options: LiveOptions;
  readonly figures: MeterFigures;
  readonly latency: UsDistribution;
  readonly answerLatency: UsDistribution;
  readonly slip: UsDistribution;
  readonly decisionsPerSecond: number;
  readonly usage: StoreUsage;
  readonly errors: ReadonlyMap<string, number>;
  readonly withoutStore: Counts;
}

/** The row as results show it. */
export function laneResult(measured: Measured): LaneResult {
  const { selection, store, options, figures, usage } = measured;
  const { algorithm, variant, params, access } = selection;
  const latency = latencyFigures(measured.latency);
  return {
    algorithm,
    variant: [variant, access && `access=${access}`].filter(Boolean).join(' '),
    params: { ...validParams(findAlgorithm(algorithm), params), ...(access !== undefined && { access }) },
    store: store.kind,
    topology: 'central',
    ...figures,
    ...(options.clock.kind === 'wall' && latency && { latency: { ...latency, measured: true } }),
    bytesPerKey: usage.memoryBytesPerKey ?? usage.reportedBytesPerKey ?? 0,
    throughput: { decisions_per_s: Math.round(measured.decisionsPerSecond), measured: true },
    live: liveFigures(measured, latency),
  };
}

function liveFigures(measured: Measured, latency: LatencyFigures | null): LiveFigures {
  const { store, options, usage, errors, withoutStore } = measured;
  const { clock, inFlight, connections, onStoreError } = options;
  return {
    measured: true,
    server: store.title,
    time: clock.kind,
    speed: clock.kind === 'wall' ? clock.speed : null,
    in_flight: inFlight,
    connections,
    decision_latency: latency,
    answer_latency: latencyFigures(measured.answerLatency),
    schedule_slip: latencyFigures(measured.slip),
    ...costFigures(usage),
    evicted_keys: usage.evictedKeys ?? null,
    capacity_units_per_decision: usage.capacityUnitsPerDecision ?? null,
    errors: Object.fromEntries(errors),
    on_store_error: onStoreError,
    without_store: countFigures(withoutStore),
  };
}

/** What a decision costs a store, as results and calibrations show it. */
export function costFigures(usage: StoreUsage) {
  return {
    cpu_us_per_decision: usage.cpuUsPerDecision ?? null,
    commands_per_decision: usage.commandsPerDecision ?? null,
    bytes_in_per_decision: usage.bytesInPerDecision ?? null,
    bytes_out_per_decision: usage.bytesOutPerDecision ?? null,
    memory_bytes_per_key: usage.memoryBytesPerKey ?? null,
    reported_bytes_per_key: usage.reportedBytesPerKey ?? null,
  };
}
