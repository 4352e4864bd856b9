import { UsageError } from '../../../errors.ts';
import type { FormatContext, TraceFormat } from '../format.ts';
import { epochUs, guessTimeUnit } from '../time/epoch.ts';
import { countSeriesOf } from './counts.ts';
import { areDecimalSeconds, guessField, type Picked, pickedWords, rolesOf } from './guess.ts';
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

function pick(table: Table, { options }: FormatContext): Picked {
  const { fields, hasHeader, rows } = table;
  const end = options.time === undefined ? endField(table) : undefined;
  const time = options.time === undefined ? (timeFields(table) ?? end) : [options.time];
  const duration = guessField(fields, 'duration');
  const cells = (field: string | undefined) => rows.map((row) => row[fields.indexOf(field ?? '')] ?? '');
  return {
    time,
    key: options.key ?? guessField(fields, 'key') ?? (hasHeader ? undefined : keyColumn(table, time?.[0])),
    cost: options.cost ?? guessField(fields, 'cost'),
    duration,
    endsAt: time !== undefined && time === end,
    inSeconds: areDecimalSeconds(cells(time?.[0])) && areDecimalSeconds(cells(duration)),
  };
}

function endField({ fields, rows }: Table): string[] | undefined {
  const end = guessField(fields, 'end', (field) =>
    rows.some((row) => isTime(row[fields.indexOf(field)] ?? '')),
  );
  return end === undefined ? undefined : [end];
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

/**
 * Without names: a column of dates; else of numbers that have the size of dates; else of numbers that go up, rather not one
 * by one as the numbers of rows do.
 */
function timeColumn({ rows, fields }: Table): string | undefined {
  const columns = fields.map((_, column) => rows.map((row) => row[column] ?? ''));
  const isTimes = (cells: readonly string[]) => cells.every(isTime);
  const kinds = [
    areDates,
    areDateNumbers,
    (cells: readonly string[]) => goUp(cells) && !areRowNumbers(cells),
    goUp,
  ];
  const found = kinds.map((kind) => columns.findIndex((cells) => isTimes(cells) && kind(cells)));
  const place = found.find((column) => column >= 0);
  return place === undefined ? undefined : fields[place];
}

function areDates(cells: readonly string[]): boolean {
  return cells.every((cell) => Number.isNaN(Number(cell)));
}

/** Dates from 1990 to 2100: other large numbers are ids. */
function areDateNumbers(cells: readonly string[]): boolean {
  return cells.every((cell) => {
    const { unit, relative } = guessTimeUnit(Number(cell));
    const us = epochUs(Buffer.from(cell), 0, cell.length, unit);
    return !relative && us > Date.UTC(1990) * 1e3 && us < Date.UTC(2100) * 1e3;
  });
}

/** Traces are nearly in order of time, and a number that stays the same is none. */
function goUp(cells: readonly string[]): boolean {
  const steps = stepsOf(cells);
  const downwards = steps.filter((step) => !(step >= 0)).length;
  return downwards <= steps.length * 0.1 && (steps.length === 0 || steps.some((step) => step > 0));
}

function areRowNumbers(cells: readonly string[]): boolean {
  const steps = stepsOf(cells);
  return steps.length > 0 && steps.every((step) => step === 1);
}

function stepsOf(cells: readonly string[]): number[] {
  return cells.slice(1).map((cell, before) => Number(cell) - Number(cells[before]));
}

/** Without names: the first other column that is not a number, or simply the next. */
function keyColumn({ rows, fields }: Table, time: string | undefined): string | undefined {
  const others = fields.map((_, column) => column).filter((column) => fields[column] !== time);
  const text = others.find((column) => rows.some((row) => Number.isNaN(Number(row[column]))));
  const place = text ?? others[0];
  return place === undefined ? undefined : fields[place];
}
