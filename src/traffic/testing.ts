import { ArrivalBatch } from '../algorithms/batch.ts';
import { arrivalModelOf, arrivalsSchema } from './arrivals/index.ts';
import type { Span } from './arrivals/model.ts';
import { stream } from './random.ts';
import type { ArrivalSource } from './source.ts';

/** A request as tests compare it. */
export interface Row {
  readonly timeUs: number;
  readonly durationUs: number;
  readonly key: number;
  readonly tenant: number;
  readonly cost: number;
}

export function rowOf(batch: ArrivalBatch, row: number): Row {
  return {
    timeUs: batch.timeUs[row],
    durationUs: batch.durationUs[row],
    key: batch.key[row],
    tenant: batch.tenant[row],
    cost: batch.cost[row],
  };
}

/** Every request of a source, read in batches of `capacity`. */
export async function readAll(source: ArrivalSource, capacity = 1024): Promise<Row[]> {
  const batch = new ArrivalBatch(capacity);
  const rows: Row[] = [];
  while (await source.next(batch)) {
    for (let row = 0; row < batch.length; row++) rows.push(rowOf(batch, row));
  }
  return rows;
}

/** Times and keys of an arrival model as it is written in YAML. */
export function arrive(params: unknown, span: Span, { seed = 1, capacity = 4096, firstKey = 0 } = {}) {
  const checked = arrivalsSchema.parse(params);
  const model = arrivalModelOf(checked);
  const arrivals = model.begin(checked, {
    span,
    draw: stream(seed, 'arrivals'),
    drawPhases: stream(seed, 'phases'),
    firstKey,
  });
  const batch = new ArrivalBatch(capacity);
  const timesUs: number[] = [];
  const keys: number[] = [];
  let rows: number;
  do {
    rows = arrivals.fill(batch, 0, capacity);
    timesUs.push(...batch.timeUs.subarray(0, rows));
    keys.push(...batch.key.subarray(0, rows));
  } while (rows === capacity);
  return { timesUs, keys, expected: model.expected(checked, span), again: () => arrivals.fill(batch, 0, 1) };
}

/** How many standard errors `observed` is from `expected`; a seeded test asks for less than 4 and is never flaky. */
export function standardErrors(observed: number, expected: number, variance: number): number {
  return Math.abs(observed - expected) / Math.sqrt(variance);
}

/** How many of the sorted times fall into [fromUs, toUs). */
export function countWithin(timesUs: readonly number[], fromUs: number, toUs: number): number {
  return timesUs.filter((timeUs) => timeUs >= fromUs && timeUs < toUs).length;
}
