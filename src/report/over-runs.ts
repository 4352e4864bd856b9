/** Figures over several seeds: means with their 95 % intervals, and which rows those do not tell apart. */
import type { AlgorithmResult, RunResult, Spread } from '../sim/result.ts';
import { type Column, columnsOf } from './columns/index.ts';
import { markSigns } from './marks.ts';
import { type Cell, type TableColumn, tableColumn } from './table.ts';

/** `5 runs, seeds 1 to 5: mean ± half of the 95 % confidence interval`; undefined where there was one run. */
export function runsInWords({ runs }: RunResult): string | undefined {
  if (runs === undefined) return undefined;
  return `${runs.count} runs, seeds ${runs.seeds[0]} to ${runs.seeds.at(-1)}: mean ± half of the 95 % confidence interval`;
}

export const runsLegend = `${markSigns.best} best, and what is not really different from it: the intervals overlap`;

/** The Overview over all runs. The best of a column is marked, and with it every row that is not really different. */
export function overviewOfRuns(rows: readonly AlgorithmResult[]): TableColumn[] {
  return columnsOf.Overview.filter(({ id }) => rows.some(({ runs }) => runs?.[id])).map((column) =>
    tableColumn(column, cellsOf(column, rows)),
  );
}

function cellsOf(column: Column, rows: readonly AlgorithmResult[]): Cell[] {
  const spreads = rows.map(({ runs }) => runs?.[column.id]);
  const known = spreads.filter((spread) => spread !== undefined);
  const best = known.reduce((one, other) => (better(column, other.mean, one.mean) ? other : one), known[0]);
  const close = spreads.map((spread) => spread !== undefined && overlap(spread, best));
  const marked = column.better !== undefined && !close.every(Boolean);
  return spreads.map((spread, at) => ({
    text: spread === undefined ? '–' : spelled(column, spread),
    mark: marked && close[at] ? 'best' : undefined,
  }));
}

function better({ better }: Column, one: number, other: number): boolean {
  return better === 'higher' ? one > other : one < other;
}

function spelled({ format }: Column, { mean, ci95_high }: Spread): string {
  const half = (ci95_high ?? mean) - mean;
  return half === 0 ? format(mean) : `${format(mean)} ±${format(half)}`;
}

/** Whether the intervals have a point in common, so that the runs do not tell the two apart. */
export function overlap(one: Spread, other: Spread): boolean {
  const [a, b] = [one, other].map(({ mean, ci95_low, ci95_high }) => ({
    low: ci95_low ?? mean,
    high: ci95_high ?? mean,
  }));
  return a.low <= b.high && b.low <= a.high;
}

/** What follows from the decisions; cost and speed are another question. */
const ofDecisions = /^(admitted|accuracy\.|burst\.|fairness\.|latency\.)/;

/** The other rows whose decisions the runs do not tell from this one's: all intervals overlap. */
export function likeOverRuns(row: AlgorithmResult, rows: readonly AlgorithmResult[]): AlgorithmResult[] {
  const own = Object.entries(row.runs ?? {}).filter(([path]) => ofDecisions.test(path));
  if (own.length === 0) return [];
  return rows.filter(({ runs }) => {
    return runs !== row.runs && own.every(([path, spread]) => runs?.[path] && overlap(spread, runs[path]));
  });
}
