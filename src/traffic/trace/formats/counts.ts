import { spellDuration } from '../../../units.ts';
import type { FormatContext, TraceFormat } from '../format.ts';
import type { TraceOptions } from '../options.ts';
import { type FieldRoles, namedTime } from '../roles.ts';
import type { TimeUnit } from '../time/epoch.ts';
import { guessField } from './guess.ts';
import { keyField } from './keyfield.ts';
import { type Columns, timeFields, unitOf } from './pick.ts';
import { gapsOf, nearlyAllAre, stampsOf, stepOf } from './steps.ts';
import { columnsOf, type Table, tableOf } from './table.ts';
import { TableLines, tableTitle } from './tablelines.ts';

export const counts: TraceFormat = {
  name: 'counts',
  title: 'counts per step',
  about:
    'A table of request counts per minute or per other step; each count is expanded to requests by --spread',
  defaults: { time: 'by name: period, minute, time …', key: 'by name, or one key' },
  open(context) {
    const table = tableOf(context);
    const series = table === undefined ? undefined : countSeriesOf(table, context);
    if (table === undefined || series === undefined) return undefined;
    const title = countsTitle(series, tableTitle(table));
    return new TableLines(title, table, rolesOfCounts(series), context, [countWords(series)]);
  },
};

/** The columns of a table of counts, and its step. */
export interface CountSeries {
  readonly time: readonly string[];
  readonly timeUnit: TimeUnit | undefined;
  readonly count: string;
  readonly key: string | undefined;
  readonly stepUs: number;
}

/** What a reader of counts takes. */
export function rolesOfCounts({ time, timeUnit, count, key, stepUs }: CountSeries): FieldRoles {
  return { time, timeUnit, key: key === undefined ? [] : [key], cost: count, countStepUs: stepUs };
}

export function countsTitle({ stepUs }: CountSeries, of: string): string {
  return `counts per ${spellDuration(stepUs)}, ${of}`;
}

export function countWords({ time, count, key }: CountSeries): string {
  const whose = key === undefined ? 'one key for all requests' : `key: ${key}`;
  return `fields taken: time: ${time.join(' ')}; count: ${count}; ${whose}`;
}

/** Whether a table counts requests: by the name of a column or the user's word, unless it is called a cost, and evenly spaced times. */
export function countSeriesOf(table: Table, { options }: FormatContext): CountSeries | undefined {
  if (table.header !== undefined) return countsIn(columnsOf(table), options);
  return options.cost === undefined && options.key === undefined ? namelessSeries(table) : undefined;
}

/** The series of counts in named fields. */
export function countsIn(columns: Columns, options: TraceOptions): CountSeries | undefined {
  const { fields } = columns;
  const named = options.format === counts.name ? options.cost : undefined;
  if (options.cost !== named) return undefined;
  const said = options.time === undefined ? undefined : namedTime(options.time);
  const time = said?.names ?? timeFields(columns);
  const count = named ?? guessField(fields, 'count');
  if (time === undefined || count === undefined || time.includes(count)) return undefined;
  const timeUnit = said?.unit ?? unitOf(time, columns);
  const stepUs = stepOf(columns, time, timeUnit);
  return stepUs === undefined
    ? undefined
    : { time, timeUnit, count, key: options.key ?? keyField(columns, undefined), stepUs };
}

/** The same of objects, where counts often are of something within a request: only where each key has one at every step of a second or more. */
export function evenCountsIn(columns: Columns, options: TraceOptions): CountSeries | undefined {
  const series = countsIn(columns, options);
  if (series === undefined) return undefined;
  const stamps = stampsOf(columns, series.time, series.timeUnit);
  const keys = series.key === undefined ? [] : columns.values(series.key);
  const places = new Set(stamps.map((us, row) => `${us} ${keys[row] ?? ''}`));
  const steps = gapsOf([...new Set(stamps)].sort((a, b) => a - b));
  const isEven = series.stepUs >= 1e6 && nearlyAllAre(series.stepUs, steps);
  const areWhole = columns.values(series.count).every((value) => /^\d+(?:\.0+)?$/.test(value));
  return isEven && areWhole && places.size === stamps.length ? series : undefined;
}

/** Two columns without names: dates at one constant distance, and whole numbers. */
function namelessSeries(table: Table): CountSeries | undefined {
  const { fields, rows } = table;
  if (fields.length !== 2 || rows.length < 3) return undefined;
  if (!rows.every((row) => /^\d{4}-/.test(row[0]) && /^\d+$/.test(row[1]))) return undefined;
  const [time, count] = fields;
  const stepUs = stepOf(columnsOf(table), [time], undefined);
  if (stepUs === undefined) return undefined;
  const stamps = new Set(rows.map((row) => row[0])).size;
  return stamps === rows.length
    ? { time: [time], timeUnit: undefined, count, key: undefined, stepUs }
    : undefined;
}
