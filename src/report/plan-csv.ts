import { stringify } from 'csv-stringify/sync';
import type { PlanResult } from '../plan/result.ts';
import { flattened } from './csv.ts';

/** One line a row, one column a figure, named as in the JSON: `memory.keys_alive`. */
export function renderPlanCsv({ rows }: PlanResult): string {
  const records = rows.map((row) =>
    Object.fromEntries(
      Object.entries({ access: 'atomic', ...row }).flatMap(([name, value]) => flattened(name, value)),
    ),
  );
  const columns = [...new Set(records.flatMap(Object.keys))]; // a row without latency has one field less
  return stringify(records, { header: true, columns, escape_formulas: true, cast: { boolean: String } });
}
