import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Quota } from '../../algorithms/algorithm.ts';
import { unlessAborted } from '../../errors.ts';
import type { Selection } from '../../sim/selection.ts';
import { burstCounts } from '../../sim/tune/candidates.ts';
import { type Clues, cluesOf, likelyEdgeUs, mostInSpan } from './clues.ts';
import { isAligned } from './kind.ts';
import { neighbours, positive } from './neighbours.ts';
import { type Observations, tellingSample } from './observations.ts';
import { usualPeriodsUs } from './periods.ts';
import { byScore, score } from './score.ts';
import { simplest } from './simplest.ts';
import { unexplainedNats } from './timing.ts';
import { type Fit, Trial } from './trial.ts';
import { holdsBackIfItCan, variants } from './variants.ts';

const mostSampled = 3000;
/** Starting points of each variant that are improved step by step, and how often. */
const mostStarts = 4;
const mostSteps = 40;
/** Limits in windows that are multiples of these are starting points, of the first that gives about so few below what passed. */
const roundTo = [1, 5, 10, 50, 100, 500, 1000, 5000, 10_000, 50_000, 100_000];
const mostRound = 40;

export interface SearchOptions {
  /** Aborting ends the search with Interrupted. */
  readonly signal?: AbortSignal | undefined;
  /** Called a few times a second with how many of the ways to limit have been tried. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Found {
  /** The best of each algorithm and way to set it, the best first. */
  readonly fits: readonly Fit[];
  readonly tried: number;
}

/** Tries every algorithm that decides without knowing how long requests take. `observations`: all of them. */
export async function search(
  observations: Observations,
  epochUs: number,
  { signal, onProgress }: SearchOptions = {},
): Promise<Found> {
  const sample = tellingSample(observations, mostSampled);
  const trial = new Trial(sample, epochUs);
  const clues = cluesOf(sample);
  const ways = variants();
  const best: Fit[] = [];
  for (const selection of ways) {
    onProgress?.(best.length, ways.length);
    await unlessAborted(setImmediate(), signal); // lets a signal and the screen in
    best.push(climb(starts(selection, sample, clues, epochUs, trial), trial));
  }
  const fits = best
    .filter(holdsBackIfItCan)
    .map((hypothesis) => ({ ...hypothesis, ...score(hypothesis, observations, epochUs) }));
  const decisions = observations.reduce((sum, ofKey) => sum + ofKey.length, 0);
  const different = fits
    .filter((one) => !fits.some((other) => addsNothing(one, other)))
    .sort(byLikelihood(decisions))
    .filter((one, at, all) => all.findIndex(isSetAs(one)) === at); // the search may come to one setting from two
  return { fits: different, tried: trial.tried };
}

function isSetAs({ selection }: Fit): (other: Fit) => boolean {
  return (other) => isDeepStrictEqual(other.selection, selection);
}

/** Whether it is the other limiter with a number beside it that changes nothing seen, such as as many tokens at first as a burst. */
function addsNothing(one: Fit, other: Fit): boolean {
  const { algorithm, params } = one.selection;
  const plainer = other.selection.params;
  const added = Object.entries(params).filter(([name, value]) => plainer[name] !== value);
  return (
    algorithm === other.selection.algorithm &&
    isDeepStrictEqual(one.quota, other.quota) &&
    byScore(one, other) === 0 &&
    Object.keys(plainer).length + added.length === Object.keys(params).length &&
    added.length > 0 &&
    added.every(([, value]) => typeof value === 'number')
  );
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

/** The most promising of the limits that the observations suggest. */
function starts(
  selection: Selection,
  sample: Observations,
  clues: Clues,
  epochUs: number,
  trial: Trial,
): Fit[] {
  const periods = usualPeriodsUs.filter((periodUs) => periodUs <= Math.max(2 * clues.spanUs, 1e6));
  const hypotheses = periods.flatMap((periodUs) => {
    const edges = new Set([0, likelyEdgeUs(sample, periodUs, epochUs)]);
    return quotas(selection, sample, clues, periodUs).flatMap((quota) =>
      (isAligned({ selection, quota }) ? [...edges] : [0]).map((phaseUs) => ({ selection, quota, phaseUs })),
    );
  });
  return trial.best(hypotheses, mostStarts);
}

function quotas(selection: Selection, sample: Observations, clues: Clues, periodUs: number): Quota[] {
  const most = mostInSpan(sample, periodUs);
  const rate = (clues.unitsPerSecond * periodUs) / 1e6;
  const rated = [Math.round(rate), Number(rate.toPrecision(2)), Number(rate.toPrecision(1))]; // limits are round numbers
  const limits = positive([...clues.atFirst, ...rated, most, Math.round(most / 2)]);
  if (!burstCounts(selection, { limit: 1, periodUs, burst: 1 }))
    return inWindows(limits, most).map((limit) => ({ limit, periodUs, burst: limit }));
  return limits.flatMap((limit) => {
    const plain = { limit, periodUs, burst: limit };
    if (!isSustained(limit, rate)) return [];
    return positive([limit, ...clues.atFirst, ...clues.bursts.flatMap((burst) => [burst, burst + 1])]).map(
      (burst) => ({ ...plain, burst }),
    );
  });
}

/** The limits in windows that may have admitted `most` units in a trailing period: those given, and all others that are round enough to be few. */
function inWindows(limits: readonly number[], most: number): number[] {
  const step = roundTo.find((each) => most / each < mostRound) ?? most;
  const round = Array.from({ length: Math.ceil((1.1 * most) / step) }, (_, at) => (at + 1) * step);
  return positive([...limits, ...round]).filter((limit) => isReached(limit, most));
}

/** Whether a limit in windows may have admitted `most` units in one trailing period, which twice the limit fit into, and refused some. */
function isReached(limit: number, most: number): boolean {
  return limit <= 1.1 * most && most <= 2.2 * limit;
}

/** Whether a bucket that is filled at that rate may have sustained what was seen, where something was. */
function isSustained(limit: number, seen: number): boolean {
  return seen === 0 || (limit < 3 * seen && seen < 3 * limit);
}

/** Changes one number at a time for as long as that explains more. */
function climb(fits: readonly Fit[], trial: Trial): Fit {
  const tops = fits.map((start) => {
    let top = start;
    for (let step = 0; step < mostSteps; step++) {
      const [next] = trial.best(neighbours(top), 1, top.surprise);
      if (!next || byScore(next, top) >= 0) break;
      top = next;
    }
    return top;
  });
  return simplest(tops.sort(byScore)[0], trial);
}
