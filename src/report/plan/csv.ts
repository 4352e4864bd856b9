import { stringify } from 'csv-stringify/sync';
import type { PlanResult } from '../../plan/result.ts';
import { flattened } from '../csv.ts';

/**
 * One line a row, one column a figure, named as in the JSON: `memory.keys_alive`. Rows of a what-if follow, with its axis in
 * the column `what_if` and its value in `at`.
 */
export function renderPlanCsv({ rows, what_if = [] }: PlanResult): string {
  const others = what_if.flatMap(({ axis, points }) =>
    points.flatMap(({ at, rows }) =>
      rows.map(({ keys_alive, data_bytes, ...row }) => ({
        ...row,
        memory: { keys_alive, data_bytes },
        what_if: axis,
        at,
      })),
    ),
  );
  const records = [...rows, ...others].map((row) =>
    Object.fromEntries(
      Object.entries({ access: 'atomic', ...row }).flatMap(([name, value]) => flattened(name, value)),
    ),
  );
  const columns = [...new Set(records.flatMap(Object.keys))]; // a row without latency has one field less
  return stringify(records, { header: true, columns, escape_formulas: true, cast: { boolean: String } });
}
