import { readFileSync } from 'node:fs';
import { UsageError, whyUnread } from '../../errors.ts';
import { type AmountParams, durationSampler } from '../../traffic/amounts/index.ts';
import type { Draw } from '../../traffic/random.ts';
import { type CalibratedRow, parseCalibration } from '../calibration.ts';
import type { Selection } from '../selection.ts';
import { percentileSampler, serviceShare } from '../store-model.ts';

/** Microseconds at 0, 1, 2 … 100 % of what was measured. */
export interface Measured {
  readonly percentilesUs: readonly number[];
}

/** How long something takes: a distribution, or what was measured of it. */
export type Times = AmountParams | Measured;

/** What a store and the way to it were measured to take for one algorithm. Plain data. */
export interface CalibratedStore {
  readonly there: Times;
  readonly back: Times;
  readonly service: Times;
}

/** Draws single times, in whole microseconds. */
export function timesSampler(times: Times, draw: Draw): () => number {
  if (!('percentilesUs' in times)) return durationSampler(times, draw);
  const sample = percentileSampler(times.percentilesUs, draw);
  return () => Math.round(sample());
}

/**
 * The store as `ratelimit calibrate` saved it: the same queue of one server as `StoreModel`, taken apart. Of a decision alone a
 * share is service; the rest is on the way, where the way back takes half of the shortest and the way there all else, so
 * that both together are spread as was measured. Throws UsageError that names the file and what is wrong in it.
 */
export function calibratedStore(file: string, selection: Selection): CalibratedStore {
  const row = rowFor(file, selection);
  const share = Math.min(1, serviceShare(row));
  const onTheWay = row.unloaded_us.map((us) => us * (1 - share));
  const backUs = onTheWay[0] / 2;
  return {
    there: { percentilesUs: onTheWay.map((us) => us - backUs) },
    back: { percentilesUs: [backUs, backUs] },
    service: { percentilesUs: row.unloaded_us.map((us) => us * share) },
  };
}

function rowFor(file: string, { algorithm, variant }: Selection): CalibratedRow {
  const { rows } = parseCalibration(textOf(file), file);
  const found =
    rows.find((row) => row.algorithm === algorithm && row.variant === variant) ??
    rows.find((row) => row.algorithm === algorithm && row.variant === '');
  if (found) return found;
  const known = [...new Set(rows.map((row) => row.algorithm))].join(', ');
  throw new UsageError(
    `${file}: rows: none is of ${algorithm}, there are ${known}; measure it with ratelimit calibrate ADDRESS --algorithms ${algorithm}`,
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = whyUnread(error as NodeJS.ErrnoException); // fs throws nothing else
    throw new UsageError(`${file}: ${why}; make a calibration with ratelimit calibrate`);
  }
}
