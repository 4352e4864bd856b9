import { burstCounts } from '../../sim/tune/candidates.ts';
import { spellDuration } from '../../units.ts';
import type { Recording } from '../recording/recording.ts';
import { isAligned } from './kind.ts';
import { observationsOf } from './observations.ts';
import { byScore, score } from './score.ts';
import { type SearchOptions, search } from './search.ts';
import { unevenAnswersUs } from './timing.ts';
import type { Fit } from './trial.ts';
import type { Contradiction } from './witness.ts';

const mostContradictions = 10;

/** Which limiter may have decided what was recorded: plain data, `ratelimit.fit/1`. */
export interface FitResult {
  readonly schema: 'ratelimit.fit/1';
  readonly version: string;
  readonly recording: {
    readonly format: string;
    readonly requests: number;
    readonly keys: number;
    readonly admitted: number;
    readonly refused: number;
    readonly duration_us: number;
    /** How far the times that answers to admissions took lie from their mean, on average; null where nobody noted them. */
    readonly answers_uneven_us: number | null;
  };
  /** Limiters that were tried on a sample of the decisions. */
  readonly tried: number;
  /** The best of each algorithm and variant over all decisions, the best first. */
  readonly fits: readonly FittedLimiter[];
  /** Decisions that the best one would not have made, at most ten. */
  readonly against: readonly AgainstFit[];
  /** How many of all those it would have made, a millisecond later or, if refused, earlier: ties, or clocks that are rounded. */
  readonly against_by_1ms: number;
  readonly notes: readonly string[];
}

export interface FittedLimiter {
  readonly algorithm: string;
  readonly variant: string;
  /** As `--limit` takes it. */
  readonly limit: string;
  /** How long after the multiples of the period since 1970 windows begin; null where the limiter has none. */
  readonly window_phase_us: number | null;
  readonly explained: number;
  readonly explained_ratio: number;
  readonly unexplained: number;
  /** The same of those times less the delay of the limiter, where it holds answers back. */
  readonly answers_uneven_us: number | null;
  /** How long a client rests until it begins anew; null where it never does, or that makes no difference. */
  readonly forgets_after_us: number | null;
  /** Explains as the first one does, decision by decision and instant by instant. */
  readonly like_first: boolean;
}

export interface AgainstFit {
  readonly at_us: number;
  readonly key: string;
  readonly cost: number;
  readonly observed: 'admitted' | 'refused';
  /** What the limiter would have known at that time. */
  readonly state: string;
}

/** Searches the limiter that explains a recording. `toleranceUs`: how far its clock may be off. */
export async function fitted(
  recording: Recording,
  toleranceUs: number,
  version: string,
  options?: SearchOptions,
): Promise<FitResult> {
  const { requests, keys, format, epochUs } = recording;
  const observations = observationsOf(recording, toleranceUs);
  const { fits, tried } = await search(observations, epochUs, options);
  const admitted = requests.filter(({ allowed }) => allowed).length;
  const decisions = observations.reduce((sum, ofKey) => sum + ofKey.length, 0);
  const limiters = fits.map((one) => fittedLimiter(one, fits[0], decisions, isAligned(one)));
  const found: Contradiction[] = [];
  score(fits[0], observations, epochUs, { contradicted: (one) => found.push(one) });
  return {
    schema: 'ratelimit.fit/1',
    version,
    recording: {
      format,
      requests: requests.length,
      keys: keys.length,
      admitted,
      refused: requests.length - admitted,
      duration_us: requests.at(-1)?.sentUs ?? 0,
      answers_uneven_us: wholeOrNull(unevenAnswersUs(observations)),
    },
    tried,
    fits: limiters,
    against: found.slice(0, mostContradictions).map((one) => against(one, recording, toleranceUs)),
    against_by_1ms: found.filter(({ isClose }) => isClose).length,
    notes: recording.notes,
  };
}

function fittedLimiter(one: Fit, first: Fit, total: number, hasWindows: boolean): FittedLimiter {
  const { selection, quota, phaseUs, unexplained, unevenUs } = one;
  const burst = burstCounts(selection, quota) && quota.burst !== quota.limit ? `,burst=${quota.burst}` : '';
  return {
    algorithm: selection.algorithm,
    variant: selection.variant,
    limit: `${quota.limit}/${spellDuration(quota.periodUs)}${burst}`,
    window_phase_us: hasWindows ? phaseUs : null,
    explained: total - unexplained,
    explained_ratio: (total - unexplained) / total,
    unexplained,
    answers_uneven_us: wholeOrNull(unevenUs),
    forgets_after_us: one.forgetsAfterUs === Number.POSITIVE_INFINITY ? null : one.forgetsAfterUs,
    like_first: byScore(one, first) === 0,
  };
}

function wholeOrNull(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

function against(
  { observation, state }: Contradiction,
  { keys }: Recording,
  toleranceUs: number,
): AgainstFit {
  const { fromUs, key, cost, allowed } = observation;
  return {
    at_us: fromUs + toleranceUs,
    key: keys[key],
    cost,
    observed: allowed ? 'admitted' : 'refused',
    state,
  };
}
