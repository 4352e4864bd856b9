/** A run under several seeds, so that what the seed decides can be told from what the algorithm does. */
import { jStat } from 'jstat';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { Interrupted, ServiceError } from '../errors.ts';
import { figurePaths, isOfTraffic, readFigure } from './figure.ts';
import type { AlgorithmResult, RunResult, Spread } from './result.ts';

type Reason = NonNullable<RunResult['partial_reason']>;

/**
 * The result of the first seed with means and intervals over all. A run that ends early, or is kept from beginning by an
 * interruption or by its store, ends it: what was finished before counts.
 */
export async function repeated(
  seeds: readonly number[],
  run: (seed: number) => Promise<RunResult>,
): Promise<RunResult> {
  const finished: RunResult[] = [];
  for (const seed of seeds) {
    const result = await run(seed).catch((error: unknown) => {
      if (finished.length === 0) throw error;
      return whyNotBegun(error);
    });
    if (typeof result === 'string') return cutShort(finished, seeds.length, result);
    if (result.partial && finished.length > 0)
      return cutShort(finished, seeds.length, result.partial_reason ?? 'interrupted');
    if (result.partial) return result;
    finished.push(result);
  }
  return overRuns(finished);
}

function whyNotBegun(error: unknown): Reason {
  if (error instanceof Interrupted) return 'interrupted';
  if (error instanceof ServiceError) return 'store';
  throw error;
}

function cutShort(finished: readonly RunResult[], wanted: number, reason: Reason): RunResult {
  const result = overRuns(finished);
  const end = { interrupted: 'Interrupted', store: 'The store was lost' }[reason];
  const note = `${end} after ${finished.length} of ${wanted} runs; the figures are those of the finished ones.`;
  return { ...result, partial: true, partial_reason: reason, notes: [...result.notes, note] };
}

/** Results of the same comparison under different seeds in one. */
export function overRuns(results: readonly RunResult[]): RunResult {
  const [{ results: rows, ...first }] = results;
  const seeds = results.map(({ seed }) => seed);
  return {
    ...first,
    runs: { count: results.length, seeds },
    results: rows.map((row, at) => ({ ...row, runs: spreads(results.map(({ results }) => results[at])) })),
  };
}

function spreads(rows: readonly AlgorithmResult[]): Record<string, Spread> {
  const paths = figurePaths().filter((path) => !isOfTraffic(path));
  const found = paths.map((path) => [path, spreadOf(rows.map((row) => readFigure(row, path)))] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, Spread] => entry[1] !== undefined));
}

/** Mean ± t · s / √n, with Student's t of n − 1 degrees of freedom; undefined when no run has the figure. */
export function spreadOf(values: readonly (number | null)[]): Spread | undefined {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return undefined;
  const [first] = known;
  if (known.length === 1) return { mean: first, ci95_low: null, ci95_high: null, values };
  if (known.every((value) => value === first))
    return { mean: first, ci95_low: first, ci95_high: first, values }; // a sum would round
  const middle = mean(known);
  const t = jStat.studentt.inv(0.975, known.length - 1);
  const half = (t * sampleStandardDeviation(known)) / Math.sqrt(known.length);
  return { mean: middle, ci95_low: middle - half, ci95_high: middle + half, values };
}
