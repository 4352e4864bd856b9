/** What changed between two saved runs, in which direction, and whether it matters. */
import { betterEnd } from '../report/columns/direction.ts';
import { overlap } from '../report/over-runs.ts';
import { labelOf } from '../report/rows.ts';
import { figurePaths, isInstant, isMeasured, isOfTraffic, readFigure } from '../sim/figure.ts';
import type { AlgorithmResult, RunResult } from '../sim/result.ts';
import { isSameRow, rowName, type UnlikeFact, unlikeFacts } from './facts.ts';
import { defaultShare, samplesOf } from './measured.ts';
import { changeOf, isReal } from './significance.ts';

/** Plain data, `ratelimit.diff/1`. */
export interface RunDiff {
  readonly schema: 'ratelimit.diff/1';
  /** What the runs were of, where they differ: figures of unlike runs differ for that reason. */
  readonly unlike: readonly UnlikeFact[];
  readonly only_before: readonly string[];
  readonly only_after: readonly string[];
  readonly changes: readonly FigureChange[];
}

export interface FigureChange {
  /** Empty for a figure of the traffic. */
  readonly algorithm: string;
  readonly variant: string;
  /** Absent for the ideal place. */
  readonly topology?: string;
  /** Absent where no client hears. */
  readonly clients?: string;
  readonly field: string;
  readonly before: number | null;
  readonly after: number | null;
  /** Share of `before`; null where there is no such share. */
  readonly change: number | null;
  /** `other` where neither end of the figure is the better one. */
  readonly direction: 'better' | 'worse' | 'other';
  /** `unknown`: measured, in fewer runs than can be told from chance. */
  readonly matters: 'yes' | 'no' | 'unknown';
}

/** A change of an exact figure that is smaller than this does not decide between two limiters. */
const smallShare = 0.01;

export function diffOf(before: RunResult, after: RunResult): RunDiff {
  const pairs = before.results.flatMap((row) => {
    const other = after.results.find((candidate) => isSameRow(row, candidate));
    return other ? [[row, other] as const] : [];
  });
  const missingFrom = (rows: RunResult) => (row: AlgorithmResult) =>
    !rows.results.some((other) => isSameRow(row, other));
  return {
    schema: 'ratelimit.diff/1',
    unlike: unlikeFacts(before, after),
    only_before: before.results.filter(missingFrom(after)).map(labelOf),
    only_after: after.results.filter(missingFrom(before)).map(labelOf),
    changes: [...trafficChanges(before, after), ...pairs.flatMap(([row, other]) => rowChanges(row, other))],
  };
}

function trafficChanges(before: RunResult, after: RunResult): FigureChange[] {
  return figurePaths()
    .filter(isOfTraffic)
    .flatMap((field) => {
      const figures = { before: readFigure(before, field), after: readFigure(after, field) };
      return changed({ ...rowName(undefined), field, ...figures }, sizeMatters);
    });
}

function rowChanges(row: AlgorithmResult, other: AlgorithmResult): FigureChange[] {
  const paths = figurePaths().filter((path) => !isOfTraffic(path));
  return paths.flatMap((field) => {
    const figures = { before: figureOf(row, field), after: figureOf(other, field) };
    return changed({ ...rowName(row), field, ...figures }, (change) => mattering(change, row, other));
  });
}

/** The mean where there were several runs. */
function figureOf(row: AlgorithmResult, path: string): number | null {
  return row.runs?.[path]?.mean ?? readFigure(row, path);
}

type Figures = Omit<FigureChange, 'change' | 'direction' | 'matters'>;
type Sized = Omit<FigureChange, 'matters'>;

function changed(figures: Figures, matters: (change: Sized) => FigureChange['matters']): FigureChange[] {
  const { before, after } = figures;
  if (before === after) return [];
  const hasShare = before !== null && after !== null && before !== 0 && !isInstant(figures.field);
  const change = hasShare ? (after - before) / Math.abs(before) : null;
  const sized = { ...figures, change, direction: directionOf(figures) };
  return [{ ...sized, matters: matters(sized) }];
}

function directionOf({ field, before, after }: Figures): FigureChange['direction'] {
  const better = betterEnd(field);
  if (better === undefined || before === null || after === null) return 'other';
  return after > before === (better === 'higher') ? 'better' : 'worse';
}

function mattering(change: Sized, row: AlgorithmResult, other: AlgorithmResult): FigureChange['matters'] {
  const { field } = change;
  if (isMeasured(row, field)) {
    const [before, after] = [samplesOf(row, field), samplesOf(other, field)];
    if (before === undefined || after === undefined) return 'unknown';
    return isReal(changeOf(before, after, undefined), defaultShare) ? 'yes' : 'no';
  }
  const [one, two] = [row.runs?.[field], other.runs?.[field]];
  return one && two && overlap(one, two) ? 'no' : sizeMatters(change);
}

function sizeMatters({ change }: Sized): FigureChange['matters'] {
  return change === null || Math.abs(change) >= smallShare ? 'yes' : 'no';
}
