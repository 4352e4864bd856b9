import * as z from 'zod';
import type { Algorithm, Quota } from '../../algorithms/algorithm.ts';
import { algorithms } from '../../algorithms/index.ts';
import { type Selection, select } from '../../sim/selection.ts';
import { burstCounts } from '../../sim/tune/candidates.ts';
import { type Clues, cluesOf, likelyEdgeUs, mostInSpan } from './clues.ts';
import { type Observations, tellingSample } from './observations.ts';
import { byScore, type Hypothesis, type Score, score } from './score.ts';

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

/** Tries every algorithm that decides by itself and at once. `observations`: all of them. */
export function search(observations: Observations, epochUs: number): Found {
  const sample = tellingSample(observations, mostSampled);
  const trial = new Trial(sample, epochUs);
  const clues = cluesOf(sample);
  const best = variants().map((selection) => climb(starts(selection, sample, clues, epochUs, trial), trial));
  const fits = best.map((hypothesis) => ({ ...hypothesis, ...score(hypothesis, observations, epochUs) }));
  return { fits: fits.sort((a, b) => byScore(a, b) || parameters(a) - parameters(b)), tried: trial.tried };
}

function parameters({ selection }: Hypothesis): number {
  return Object.keys(selection.params).length;
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

/** Every setting of every parameter that is a choice or a yes or no, and the variants that are known by name. */
export function variants(): Selection[] {
  return algorithms
    .filter(({ needsDurations, holdsBack }) => !needsDurations && !holdsBack)
    .flatMap((algorithm) => {
      const bases = [{}, ...algorithm.variants.map(({ params }) => params)];
      const settings = bases.flatMap((base) => choices(algorithm).map((chosen) => ({ ...base, ...chosen })));
      const unique = new Map(
        settings.map((params) => [JSON.stringify(Object.entries(params).sort()), params]),
      );
      return [...unique.values()].map((params) => select(algorithm.name, params));
    });
}

/** All combinations of the choices of a schema, without those that are its defaults. */
function choices({ params }: Algorithm): Record<string, unknown>[] {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input' });
  let combinations: Record<string, unknown>[] = [{}];
  for (const [name, property] of Object.entries(properties)) {
    if (typeof property !== 'object') continue;
    const values = property.enum ?? (property.type === 'boolean' ? [false, true] : []);
    const others = values.filter((value) => value !== property.default);
    combinations = combinations.flatMap((chosen) => [
      chosen,
      ...others.map((value) => ({ ...chosen, [name]: value })),
    ]);
  }
  return combinations;
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
function simplest(fit: Fit, trial: Trial): Fit {
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
      .find((other) => byScore(other, fit) === 0 || isByChance(other.unexplained, fit.unexplained)) ?? fit
  );
}

function isByChance(unexplained: number, least: number): boolean {
  return least > 0 && unexplained <= least + Math.sqrt(least);
}

function neighbours({ selection, quota, phaseUs }: Hypothesis): Hypothesis[] {
  const { limit, burst, periodUs } = quota;
  const around = (value: number) => {
    const far = Math.max(2, Math.round(value / 10));
    return positive([value - far, value - 1, value + 1, value + far]);
  };
  const withBurst = burstCounts(selection, quota);
  const limits = around(limit).map((next) => ({ ...quota, limit: next, burst: withBurst ? burst : next }));
  const bursts = withBurst ? around(burst).map((next) => ({ ...quota, burst: next })) : [];
  const phases = [8, 64, 512].flatMap((part) => [phaseUs + periodUs / part, phaseUs - periodUs / part]);
  return [
    ...[...limits, ...bursts].map((next) => ({ selection, quota: next, phaseUs })),
    ...phases.map((next) => ({ selection, quota, phaseUs: Math.round(next + periodUs) % periodUs })),
  ];
}
