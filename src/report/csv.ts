import { stringify } from 'csv-stringify/sync';
import type { AlgorithmResult, RunResult, Spread } from '../sim/result.ts';
import { spellParams } from './rows.ts';
import { safeText } from './safe-text.ts';

type Field = string | number | boolean | null;

/**
 * One line a row of the comparison, one column a figure, named as in the RunResult: `accuracy.over_admitted`. Scenario
 * and seed stand in each line, so that files can be put together. Figures are raw: microseconds, ratios 0…1, an empty
 * field where there is none; over several runs each is followed by its mean and 95 % interval. The timeline and the curves
 * of fairness are left out, since they are tables of their own; the JSON has them. Text that a spreadsheet would take for a
 * formula gets an apostrophe before it.
 */
export function renderCsv(result: RunResult): string {
  const records = result.results.map((row) => recordOf(row, result));
  const columns = [...new Set(records.flatMap(Object.keys))]; // only some rows have a deployment, or a store
  return stringify(records, { header: true, columns, escape_formulas: true, cast: { boolean: String } });
}

function recordOf(row: AlgorithmResult, { scenario, seed, partial }: RunResult): Record<string, Field> {
  const { algorithm, variant, params, timeline: _, clients, runs = {}, ...figures } = row;
  return {
    scenario: safeText(scenario.name),
    seed,
    partial,
    algorithm: safeText(algorithm),
    variant: safeText(variant),
    params: spellParams(params),
    ...Object.fromEntries(
      Object.entries({ ...figures, ...(clients && { clients: withoutTimeline(clients) }) })
        .flatMap(([name, value]) => flattened(name, value))
        .filter(([path]) => !path.startsWith('fairness.curve.'))
        .flatMap(([path, value]) => [[path, value], ...spreadFields(path, runs[path])]),
    ),
  };
}

function withoutTimeline({ timeline: _, ...figures }: NonNullable<AlgorithmResult['clients']>) {
  return figures;
}

export function flattened(name: string, value: Field | object): [string, Field][] {
  if (typeof value !== 'object' || value === null) return [[name, value]];
  return Object.entries(value).flatMap(([field, figure]) => flattened(`${name}.${field}`, figure));
}

function spreadFields(path: string, spread: Spread | undefined): [string, Field][] {
  const fields = ['mean', 'ci95_low', 'ci95_high'] as const;
  return spread === undefined ? [] : fields.map((field) => [`${path}.${field}`, spread[field]]);
}
