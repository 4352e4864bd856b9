import { UsageError } from '../errors.ts';
import { concerns, type Expectation } from '../sim/expectation.ts';
import { isOfTraffic, readFigure, spellFigure } from '../sim/figure.ts';
import type { AlgorithmResult, Check, RunResult, Spread } from '../sim/result.ts';
import { spellSelection } from '../sim/selection.ts';
import { rowName } from './facts.ts';

const nothing = 'nothing: this figure does not exist here';

/** The command that shows one check alone; `row` is absent where the check is of the run as a whole. */
export type Reproduce = (expectation: Expectation, row: AlgorithmResult | undefined) => string;

/**
 * Holds every expectation against every row that it concerns; one of the traffic is held against the run once, and its
 * check names no algorithm. Throws UsageError when it concerns no row: a check that checks nothing must not pass.
 */
export function checkExpectations(
  result: RunResult,
  expectations: readonly Expectation[],
  reproduce: Reproduce,
): Check[] {
  return expectations.flatMap((expectation) => {
    if (isOfTraffic(expectation.path)) return [checkOf(expectation, result, undefined, reproduce)];
    const rows = result.results.filter((row) => concerns(expectation, row));
    if (rows.length === 0) throw new UsageError(concernsNothing(expectation, result));
    return rows.map((row) => checkOf(expectation, row, row, reproduce));
  });
}

/** A sentence for those who expected something of the store and asked about the limiter. */
export function latencyNotes({ results }: RunResult, checks: readonly Check[]): string[] {
  const isLogical = results.some(({ live }) => live?.time === 'logical');
  if (!isLogical || !checks.some(({ field }) => field.startsWith('latency.'))) return [];
  return [
    'latency is the delay that the limiter itself adds, since requests carried their times; that of the store is live.decision_latency, and latency too with --time wall.',
  ];
}

function concernsNothing({ text }: Expectation, { results, notes }: RunResult): string {
  const known = results.map(spellSelection).join(', ');
  return [`"${text}" concerns no row of this run; there are ${known}`, ...notes].join('\n');
}

function checkOf(
  expectation: Expectation,
  holder: RunResult | AlgorithmResult,
  row: AlgorithmResult | undefined,
  reproduce: Reproduce,
): Check {
  const { text, path, bound, holds, place } = expectation;
  const spread = row?.runs?.[path];
  const value = spread?.mean ?? readFigure(holder, path);
  return {
    expectation: text,
    ...rowName(row),
    field: path,
    expected: bound,
    seen: value === null ? nothing : spellFigure(path, telling(value, holds)) + spreadWords(path, spread),
    passed: value !== null && holds(value),
    reproduce: reproduce(expectation, row),
    ...(place && { place }),
  };
}

/** Rounded for people, where the rounded value is judged alike: 0.10004% never looks like a kept 0.1%. */
function telling(value: number, holds: Expectation['holds']): number {
  const short = rounded(value);
  return holds(short) === holds(value) ? short : value;
}

function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}

function spreadWords(path: string, spread: Spread | undefined): string {
  if (spread === undefined) return '';
  const { ci95_low: low, ci95_high: high, values } = spread;
  const spell = (value: number) => spellFigure(path, rounded(value));
  const interval = low === null || high === null ? '' : `, 95 % interval ${spell(low)} to ${spell(high)}`;
  return ` (mean of ${values.length} runs${interval})`;
}
