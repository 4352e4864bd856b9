/** A run held against a saved one: what the seed decides must be equal, what the machine decides must not be worse. */
import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../errors.ts';
import { labelOf } from '../report/rows.ts';
import { figurePaths, isMeasured, isOfTraffic, readFigure, spellFigure } from '../sim/figure.ts';
import type { AlgorithmResult, Check, RunResult } from '../sim/result.ts';
import { spellParams } from '../sim/selection.ts';
import { isSameRow, type RunFacts, rowName, unlikeFacts } from './facts.ts';
import { type Broken, isUnjudged, spellShare, worsened } from './measured.ts';
import { type Tolerance, toleranceOf } from './tolerance.ts';

export interface Baseline {
  /** What messages call it. */
  readonly path: string;
  readonly run: RunResult;
  readonly tolerances: readonly Tolerance[];
  /** The command that compares with it again. */
  readonly reproduce: string;
}

/**
 * One check for each figure that differs, and one that holds for each row without any. Under other traffic all figures
 * are others, so only that is told. The timelines are not compared: what they show has figures. The two runs are of the
 * same scenario, promise and seeds: see `refuseUnlike`.
 */
export function checkBaseline(result: RunResult, baseline: Baseline): Check[] {
  const ofTraffic = trafficDifferences(result, baseline);
  const traffic = checksOf(undefined, ofTraffic, baseline);
  if (ofTraffic.length > 0) return traffic;
  return [
    ...traffic,
    ...baseline.run.results.flatMap((row) => checksOf(row, rowDifferences(row, result, baseline), baseline)),
  ];
}

function checksOf(
  row: AlgorithmResult | undefined,
  broken: readonly Broken[],
  { path, reproduce }: Baseline,
): Check[] {
  const about = {
    expectation: `as in ${path}`,
    ...rowName(row),
    reproduce,
  };
  const same = { field: '*', expected: `every figure as in ${path}`, seen: 'the same' };
  if (broken.length === 0) return [{ ...about, ...same, passed: true }];
  return broken.map((one) => ({ ...about, ...one, passed: false }));
}

/** Sentences about what could not be compared. */
export function baselineNotes({ results }: RunResult, { path, run }: Baseline): string[] {
  const pairs = results.map((row) => ({ row, saved: run.results.find((other) => isSameRow(row, other)) }));
  const added = pairs.filter(({ saved }) => saved === undefined).map(({ row }) => labelOf(row));
  const unjudged = pairs.some(
    ({ row, saved }) => saved && figurePaths().some((figure) => isUnjudged(saved, row, figure)),
  );
  return [
    ...added.map((label) => `${label} is not in ${path} and was not compared.`),
    ...(unjudged
      ? [`Measured figures were not held against ${path}: that takes 5 runs or more in both (--runs 5).`]
      : []),
  ];
}

/** Throws UsageError when the baseline is not of the scenario, promise and seeds that the run has, or only half a run. */
export function refuseUnlike(now: RunFacts, { path, run }: Pick<Baseline, 'path' | 'run'>): void {
  if (run.partial) throw new UsageError(`${path}: the run was interrupted, so it cannot be a baseline`);
  const unlike = unlikeFacts(run, now);
  if (unlike.length === 0) return;
  const words = unlike.map(({ fact, before, after }) => `${fact} ${before}, and this run has ${after}`);
  throw new UsageError(
    `${path}: was saved with ${words.join('; ')}; compare like with like, or write it anew with --update-baseline`,
  );
}

function trafficDifferences(result: RunResult, { run, tolerances }: Baseline): Broken[] {
  return figurePaths()
    .filter(isOfTraffic)
    .flatMap((path) => {
      return differing(
        path,
        [readFigure(run, path)],
        [readFigure(result, path)],
        toleranceOf(path, tolerances),
      );
    });
}

function rowDifferences(saved: AlgorithmResult, { results }: RunResult, { tolerances }: Baseline): Broken[] {
  const now = results.find((row) => isSameRow(row, saved));
  if (now === undefined) return [{ field: 'algorithm', expected: labelOf(saved), seen: 'no such row' }];
  const paths = figurePaths().filter((path) => !isOfTraffic(path));
  return [
    ...differingParams(saved, now),
    ...paths.flatMap((path) => {
      const share = toleranceOf(path, tolerances);
      if (isMeasured(saved, path)) return worsened(path, saved, now, share);
      return differing(path, valuesOf(saved, path), valuesOf(now, path), share);
    }),
  ];
}

function differingParams({ params: saved }: AlgorithmResult, { params: now }: AlgorithmResult): Broken[] {
  if (isDeepStrictEqual(saved, now)) return [];
  return [{ field: 'params', expected: spellParams(saved), seen: spellParams(now) }];
}

/** The figure of each run. */
function valuesOf(row: AlgorithmResult, path: string): readonly (number | null)[] {
  return row.runs?.[path]?.values ?? [readFigure(row, path)];
}

function differing(
  path: string,
  saved: readonly (number | null)[],
  now: readonly (number | null)[],
  share = 0,
): Broken[] {
  const at = saved.findIndex((value, run) => !isWithin(value, now[run] ?? null, share));
  if (at < 0) return [];
  const spell = (value: number | null) => (value === null ? 'nothing' : spellFigure(path, value));
  const tolerance = share === 0 ? '' : ` within ${spellShare(share)}`;
  const which = saved.length === 1 ? '' : ` (run ${at + 1} of ${saved.length})`;
  return [
    { field: path, expected: `${spell(saved[at])}${tolerance}`, seen: `${spell(now[at] ?? null)}${which}` },
  ];
}

function isWithin(saved: number | null, now: number | null, share: number): boolean {
  if (saved === null || now === null) return saved === now;
  return Math.abs(now - saved) <= share * Math.abs(saved) * (1 + 1e-9); // 1 % of 100 is 1, whatever the last digit says
}
