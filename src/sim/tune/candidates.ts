import type { Quota } from '../../algorithms/algorithm.ts';
import { findAlgorithm, type Selection, validParams } from '../selection.ts';
import { quantile } from './demand.ts';

/** One limit to try. */
export interface Candidate {
  readonly selection: Selection;
  readonly quota: Quota;
  /** Whether the algorithm uses the burst at all. */
  readonly burstCounts: boolean;
}

/** Clients that a limit may leave unrefused; close together where goals lie. */
const shares = [0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999, 1];
/** Bursts as parts of the limit, for algorithms that have them. */
const burstParts = [1, 1 / 2, 1 / 4, 1 / 10];

/** Every algorithm at limits that the demand of the keys suggests. `peaks`: of each key, sorted. */
export function candidatesFor(
  selections: readonly Selection[],
  peaks: Float64Array,
  periodUs: number,
): Candidate[] {
  const limits = [...new Set(shares.map((share) => roundedUp(quantile(peaks, share))))];
  return selections.flatMap((selection) =>
    limits.flatMap((limit): Candidate[] => {
      const whole = { limit, periodUs, burst: limit };
      if (!burstCounts(selection, whole)) return [{ selection, quota: whole, burstCounts: false }];
      const bursts = [...new Set(burstParts.map((part) => Math.ceil(limit * part)))];
      return bursts.map((burst) => ({ selection, quota: { ...whole, burst }, burstCounts: true }));
    }),
  );
}

/** As people write limits: two digits, and not below what was asked for. */
function roundedUp(units: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(units)) - 1);
  return Math.ceil(units / step) * step;
}

/** Whether a rested key may take less at once when the burst is smaller. */
export function burstCounts({ algorithm: name, params }: Selection, quota: Quota): boolean {
  const algorithm = findAlgorithm(name);
  const settings = validParams(algorithm, params);
  const atOnce = (burst: number) => {
    const limiter = algorithm.create({ ...quota, burst }, settings, { epochUs: 0 });
    limiter.reserve(1);
    limiter.refuse(0, 0, 1); // a bucket that is new need not be full
    return limiter.remaining(0, 2 * algorithm.ttlUs({ ...quota, burst }, settings));
  };
  return atOnce(1) !== atOnce(2);
}
