import { UsageError } from '../../../errors.ts';
import type { FormatContext, TraceFormat } from '../format.ts';
import { countSeriesOf } from './counts.ts';
import { guessField, type Picked, pickedWords, rolesOf } from './guess.ts';
import { blank, firstCountColumn, isTime, refuseWithoutTime, type Table, tableOf } from './table.ts';
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
    const picked = pick(table, context);
    if (picked.time === undefined && context.options.ratePerSecond === undefined) {
      if (context.options.format === 'csv' || (table.hasHeader && table.delimiter !== blank))
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

function pick(table: Table, { options }: FormatContext): Picked {
  const { fields, hasHeader } = table;
  const time = options.time === undefined ? timeFields(table) : [options.time];
  return {
    time,
    key: options.key ?? guessField(fields, 'key') ?? (hasHeader ? undefined : keyColumn(table, time?.[0])),
    cost: options.cost ?? guessField(fields, 'cost'),
    duration: guessField(fields, 'duration'),
  };
}

const timeOfDay = /^\d\d:\d\d/;

/** The column of the time; with its date when it is only a time of day. */
function timeFields(table: Table): string[] | undefined {
  const { fields, hasHeader, rows } = table;
  const date = fields.find((name) => name.toLowerCase() === 'date');
  const isOfDay = (field: string) =>
    date !== undefined && timeOfDay.test(rows[0]?.[fields.indexOf(field)] ?? '');
  const fits = (field: string) =>
    isOfDay(field) || rows.some((row) => isTime(row[fields.indexOf(field)] ?? ''));
  const time = guessField(fields, 'time', fits) ?? (hasHeader ? undefined : timeColumn(table));
  if (time === undefined) return undefined;
  return date !== undefined && isOfDay(time) ? [date, time] : [time];
}

/** Without names: the first column that is a time in every row. */
function timeColumn({ rows, fields }: Table): string | undefined {
  const place = fields.findIndex((_, column) =>
    rows.every((row) => column < row.length && isTime(row[column])),
  );
  return place < 0 ? undefined : fields[place];
}

/** Without names: the first other column that is not a number, or simply the next. */
function keyColumn({ rows, fields }: Table, time: string | undefined): string | undefined {
  const others = fields.map((_, column) => column).filter((column) => fields[column] !== time);
  const text = others.find((column) => rows.some((row) => Number.isNaN(Number(row[column]))));
  const place = text ?? others[0];
  return place === undefined ? undefined : fields[place];
}
