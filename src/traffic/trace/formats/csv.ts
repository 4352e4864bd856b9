import { UsageError } from '../../../errors.ts';
import type { FormatContext, TraceFormat } from '../format.ts';
import { countSeriesOf } from './counts.ts';
import { guessField, pickedWords, rolesOf } from './guess.ts';
import { type Columns, pick } from './pick.ts';
import { blank, firstCountColumn, refuseWithoutTime, type Table, tableOf } from './table.ts';
import { TableLines, tableTitle } from './tablelines.ts';

/** Any table with a column that holds the time. */
export const csv: TraceFormat = {
  name: 'csv',
  generic: true,
  title: 'CSV or TSV',
  about:
    'A table with a header or without, columns found by their names or given by --time, --key and --cost',
  defaults: {
    time: 'by name: time, timestamp, ts …',
    key: 'by name: key, client, ip, user …',
    duration: 'by name',
  },
  open(context) {
    const table = tableOf(context);
    if (table === undefined) return undefined;
    if (context.options.format !== 'csv' && isCounts(table, context)) return undefined;
    refuseRates(table, context);
    const picked = pick(columnsOf(table), context.options);
    if (picked.time === undefined && context.options.ratePerSecond === undefined) {
      if (context.options.format === 'csv' || table.delimiter !== blank)
        refuseWithoutTime(context, table.fields);
      return undefined;
    }
    return new TableLines(tableTitle(table), table, rolesOf(picked), context, [pickedWords(picked)]);
  },
};

/** Tables of counts have formats of their own, which must not lose a damaged one to this. */
function isCounts(table: Table, context: FormatContext): boolean {
  return (
    countSeriesOf(table, context) !== undefined || (table.hasHeader && firstCountColumn(table.fields) > 0)
  );
}

/** A table of rates describes a workload; it has no requests to replay. */
function refuseRates(table: Table, context: FormatContext): void {
  const rate = guessField(table.fields, 'rate');
  const { time, cost, key, format } = context.options;
  if (rate === undefined || guessField(table.fields, 'count') !== undefined) return;
  if (time !== undefined || cost !== undefined || key !== undefined || format === 'csv') return;
  throw new UsageError(
    `${context.file}: a table of rates (column ${rate}), one row a window, is a workload model and no request trace: ` +
      'model it with --rate and --keys or a scenario, or name the columns of a log with --time and --key',
  );
}

/** A table's fields with the cells of its first rows. */
function columnsOf({ fields, rows, hasHeader }: Table): Columns {
  return {
    fields,
    values: (field) => {
      const place = fields.indexOf(field);
      return rows.map((row) => row[place] ?? '');
    },
    named: hasHeader,
  };
}
