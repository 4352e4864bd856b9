import type { Quota } from '../../algorithms/algorithm.ts';
import { burstCounts } from '../../sim/tune/candidates.ts';
import { type Hypothesis, isAligned } from './kind.ts';
import { settingsNear } from './variants.ts';

/** Those that differ in one number, or in a limit and a burst that make up for each other. */
export function neighbours({ selection, quota, phaseUs }: Hypothesis): Hypothesis[] {
  const { limit, burst, periodUs } = quota;
  const around = (value: number) => {
    const far = Math.max(2, Math.round(value / 10));
    return positive([value - far, value - 1, value + 1, value + far]);
  };
  const withBurst = burstCounts(selection, quota);
  const limits = around(limit).map((next) => ({ ...quota, limit: next, burst: withBurst ? burst : next }));
  const bursts = withBurst
    ? [...around(burst).map((next) => ({ ...quota, burst: next })), ...traded(quota)]
    : [];
  const steps = isAligned({ selection, quota }) ? [8, 64, 512].map((part) => periodUs / part) : [];
  const phases = steps.flatMap((step) => [phaseUs + step, phaseUs - step]);
  return [
    ...[...limits, ...bursts].map((next) => ({ selection, quota: next, phaseUs })),
    ...phases.map((next) => ({ selection, quota, phaseUs: Math.round(next + periodUs) % periodUs })),
    ...settingsNear(selection, quota).map((next) => ({ selection: next, quota, phaseUs })),
  ];
}

/** A little more of one for a little less of the other: between a rate and a burst a recording may hardly tell. */
function traded({ limit, burst, periodUs }: Quota): Quota[] {
  return [-1, 1]
    .map((step) => ({ limit: limit + step, burst: burst - step, periodUs }))
    .filter((quota) => quota.limit > 0 && quota.burst > 0);
}

/** Each once, and only what a limit or a burst can be. */
export function positive(values: readonly number[]): number[] {
  return [...new Set(values)].filter((value) => value >= 1 && Number.isInteger(value));
}
