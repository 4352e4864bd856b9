import { burstCounts } from '../../sim/tune/candidates.ts';
import { positive } from './neighbours.ts';
import { byScore } from './score.ts';
import type { Fit, Trial } from './trial.ts';

/** Periods that people write, the likeliest first: of two that explain alike, the first is shown. */
export const usualPeriodsUs = [1e6, 60e6, 3600e6, 10e6, 5e6, 2e6, 30e6, 300e6, 600e6, 900e6, 86_400e6];
/** How far a rounder limit may be from the one that explains most, as a part of it. */
const mostRounding = 0.05;

/**
 * The same rate over a likelier period, where it explains as much: 10/1s rather than 600/1m. Where something is left
 * unexplained, a rounder rate nearby will do too, if it leaves no more than chance would: a standard deviation of that count.
 */
export function simplest(found: Fit, trial: Trial): Fit {
  const fit = withoutBurst(found, trial);
  const { selection, quota, phaseUs } = fit;
  const withBurst = burstCounts(selection, quota);
  const likely = usualPeriodsUs.flatMap((periodUs) => {
    const limit = (quota.limit * periodUs) / quota.periodUs;
    const round = fit.unexplained > 0 ? [1, 2].map((digits) => Number(limit.toPrecision(digits))) : [];
    const near = round.filter((other) => Math.abs(other - limit) <= mostRounding * limit);
    return positive([...near, limit]).map((each) => ({ limit: each, periodUs }));
  });
  return (
    likely
      .map(({ limit, periodUs }) => {
        const next = { limit, periodUs, burst: withBurst ? quota.burst : limit };
        return trial.of({ selection, quota: next, phaseUs: phaseUs % periodUs });
      })
      .find((other) => byScore(other, fit) === 0 || isByChance(other, fit)) ?? fit
  );
}

/** A bucket that is filled once a period by more than it holds shows only what it holds. */
function withoutBurst(fit: Fit, trial: Trial): Fit {
  const { selection, quota, phaseUs } = fit;
  const plain = trial.of({ selection, quota: { ...quota, limit: quota.burst }, phaseUs });
  return byScore(plain, fit) === 0 ? plain : fit;
}

function isByChance(other: Fit, { surprise, unexplained }: Fit): boolean {
  return unexplained > 0 && other.surprise <= surprise + Math.sqrt(unexplained);
}
