import type { Quota } from '../../algorithms/algorithm.ts';
import type { Selection } from '../../sim/selection.ts';
import { burstCounts } from '../../sim/tune/candidates.ts';
import { type Clues, cluesOf, likelyEdgeUs, mostInSpan } from './clues.ts';
import type { Hypothesis } from './kind.ts';
import { type Observations, tellingSample } from './observations.ts';
import { byScore, type Score, score } from './score.ts';
import { unexplainedNats } from './timing.ts';
import { holdsBackIfItCan, settingsNear, variants } from './variants.ts';

/** Periods that people write, the likeliest first: of two that explain alike, the first is shown. */
const usualPeriodsUs = [1e6, 60e6, 3600e6, 10e6, 5e6, 2e6, 30e6, 300e6, 600e6, 900e6, 86_400e6];
const mostSampled = 3000;
/** How far a rounder limit may be from the one that explains most, as a part of it. */
const mostRounding = 0.05;
/** Starting points of each variant that are improved step by step, and how often. */
const mostStarts = 4;
const mostSteps = 40;

export interface Fit extends Hypothesis, Score {}

export interface Found {
  /** The best of each algorithm and way to set it, the best first. */
  readonly fits: readonly Fit[];
  readonly tried: number;
}

/** Tries every algorithm that decides without knowing how long requests take. `observations`: all of them. */
export function search(observations: Observations, epochUs: number): Found {
  const sample = tellingSample(observations, mostSampled);
  const trial = new Trial(sample, epochUs);
  const clues = cluesOf(sample);
  const best = variants().map((selection) => climb(starts(selection, sample, clues, epochUs, trial), trial));
  const fits = best
    .filter(holdsBackIfItCan)
    .map((hypothesis) => ({ ...hypothesis, ...score(hypothesis, observations, epochUs) }));
  const decisions = observations.reduce((sum, ofKey) => sum + ofKey.length, 0);
  return { fits: fits.sort(byLikelihood(decisions)), tried: trial.tried };
}

/**
 * Orders by what is left to chance. A number that was searched for beside the limit has to explain more than chance would, by the
 * Bayesian information criterion; where that does not tell, the nearer in time and then the plainer comes first.
 */
function byLikelihood(decisions: number) {
  const priceOfNumber = Math.log(decisions) / 2 / unexplainedNats;
  const price = ({ surprise, selection: { params } }: Fit) =>
    surprise + Object.values(params).filter((value) => typeof value === 'number').length * priceOfNumber;
  const settings = ({ selection }: Fit) => Object.keys(selection.params).length;
  return (a: Fit, b: Fit) => price(a) - price(b) || byScore(a, b) || settings(a) - settings(b);
}

/** Scores hypotheses over the sample, each once. */
class Trial {
  readonly #scores = new Map<string, Fit>();
  readonly #observations: Observations;
  readonly #epochUs: number;

  constructor(observations: Observations, epochUs: number) {
    this.#observations = observations;
    this.#epochUs = epochUs;
  }

  get tried(): number {
    return this.#scores.size;
  }

  of(hypothesis: Hypothesis): Fit {
    const name = JSON.stringify(hypothesis);
    const known = this.#scores.get(name);
    if (known) return known;
    const fit = { ...hypothesis, ...score(hypothesis, this.#observations, this.#epochUs) };
    this.#scores.set(name, fit);
    return fit;
  }
}

/** The most promising of the limits that the observations suggest. */
function starts(
  selection: Selection,
  sample: Observations,
  clues: Clues,
  epochUs: number,
  trial: Trial,
): Fit[] {
  const periods = usualPeriodsUs.filter((periodUs) => periodUs <= Math.max(2 * clues.spanUs, 1e6));
  const fits = periods.flatMap((periodUs) => {
    const phases = [...new Set([0, likelyEdgeUs(sample, periodUs, epochUs)])];
    return quotas(selection, sample, clues, periodUs).flatMap((quota) =>
      phases.map((phaseUs) => trial.of({ selection, quota, phaseUs })),
    );
  });
  return fits.sort(byScore).slice(0, mostStarts);
}

function quotas(selection: Selection, sample: Observations, clues: Clues, periodUs: number): Quota[] {
  const most = mostInSpan(sample, periodUs);
  const rate = (clues.unitsPerSecond * periodUs) / 1e6;
  const rated = [Math.round(rate), Number(rate.toPrecision(2)), Number(rate.toPrecision(1))]; // limits are round numbers
  const limits = positive([...clues.atFirst, ...rated, most, Math.round(most / 2)]);
  return limits.flatMap((limit) => {
    const plain = { limit, periodUs, burst: limit };
    if (!burstCounts(selection, plain)) return [plain];
    return positive([limit, ...clues.atFirst, ...clues.bursts.flatMap((burst) => [burst, burst + 1])]).map(
      (burst) => ({ ...plain, burst }),
    );
  });
}

function positive(values: readonly number[]): number[] {
  return [...new Set(values)].filter((value) => value >= 1 && Number.isInteger(value));
}

/** Changes one number at a time for as long as that explains more. */
function climb(fits: readonly Fit[], trial: Trial): Fit {
  const tops = fits.map((start) => {
    let top = start;
    for (let step = 0; step < mostSteps; step++) {
      const [next] = neighbours(top)
        .map((hypothesis) => trial.of(hypothesis))
        .sort(byScore);
      if (!next || byScore(next, top) >= 0) break;
      top = next;
    }
    return top;
  });
  return simplest(tops.sort(byScore)[0], trial);
}

/**
 * The same rate over a likelier period, where it explains as much: 10/1s rather than 600/1m. Where something is left
 * unexplained, a rounder rate nearby will do too, if it leaves no more than chance would: a standard deviation of that count.
 */
function simplest(found: Fit, trial: Trial): Fit {
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

function neighbours({ selection, quota, phaseUs }: Hypothesis): Hypothesis[] {
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
  const phases = [8, 64, 512].flatMap((part) => [phaseUs + periodUs / part, phaseUs - periodUs / part]);
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
