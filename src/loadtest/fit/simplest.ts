import { burstCounts } from '../../sim/tune/candidates.ts';
import { positive } from './neighbours.ts';
import { usualPeriodsUs } from './periods.ts';
import { byScore } from './score.ts';
import type { Fit, Trial } from './trial.ts';
import { isPossible } from './variants.ts';

/** How far a rounder limit may be from the one that explains most, as a part of it. */
const mostRounding = 0.05;

/**
 * The same rate over a likelier period, where it explains as much: 10/1s rather than 600/1m. Where something is left
 * unexplained, a rounder rate nearby will do too, if it leaves no more than chance would: a standard deviation of that count.
 */
export function simplest(found: Fit, trial: Trial): Fit {
  const fit = withTheClock(withoutBurst(found, trial), trial);
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
      .map(({ limit, periodUs }) => ({ limit, periodUs, burst: withBurst ? quota.burst : limit }))
      .filter((next) => isPossible(selection, next))
      .map((next) => trial.of({ selection, quota: next, phaseUs: phaseUs % next.periodUs }))
      .find((other) => byScore(other, fit) === 0 || isByChance(other, fit)) ?? fit
  );
}

/** A bucket that is filled once a period by more than it holds shows only what it holds. */
function withoutBurst(fit: Fit, trial: Trial): Fit {
  const { selection, quota, phaseUs } = fit;
  const plain = trial.of({ selection, quota: { ...quota, limit: quota.burst }, phaseUs });
  return byScore(plain, fit) === 0 ? plain : fit;
}

/** Windows that begin with those of the clock, where that leaves no more to chance. */
function withTheClock(fit: Fit, trial: Trial): Fit {
  const plain = trial.of({ selection: fit.selection, quota: fit.quota, phaseUs: 0 });
  return plain.surprise <= fit.surprise ? plain : fit;
}

function isByChance(other: Fit, { surprise, unexplained }: Fit): boolean {
  return unexplained > 0 && other.surprise <= surprise + Math.sqrt(unexplained);
}
