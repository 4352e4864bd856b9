import { spellDuration } from '../../../units.ts';
import type { Skip } from '../account.ts';
import { skips } from '../account.ts';
import type { FormatContext, TraceFormat } from '../format.ts';
import { type FieldRoles, namedTime } from '../roles.ts';
import type { TimeUnit } from '../time/epoch.ts';
import { TimeReader } from '../time/reader.ts';
import { guessField, type Picked, timeUnitOf } from './guess.ts';
import { keyField, timeFields } from './pick.ts';
import { columnsOf, type Table, tableOf } from './table.ts';
import { TableLines, tableTitle } from './tablelines.ts';

/** A table of counts: each row is so many requests in the step that begins at its time. */
class CountLines extends TableLines {
  constructor(
    table: Table,
    roles: FieldRoles,
    context: FormatContext,
    notes: readonly string[],
    readonly countStepUs: number,
  ) {
    super(`counts per ${spellDuration(countStepUs)}, ${tableTitle(table)}`, table, roles, context, notes);
  }

  override line(buf: Buffer, from: number, to: number): Skip | undefined {
    const skip = super.line(buf, from, to);
    return skip === skips.badCost ? skips.badCount : skip;
  }
}

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
    const { time, timeUnit, count, key, stepUs } = series;
    const roles = {
      time,
      timeUnit,
      key: key === undefined ? [] : [key],
      cost: count,
    };
    const note = `fields taken: time: ${time.join(' ')}; count: ${count}; ${key === undefined ? 'one key for all requests' : `key: ${key}`}`;
    return new CountLines(table, roles, context, [note], stepUs);
  },
};

/** The columns of a table of counts, and its step. */
interface CountSeries {
  readonly time: readonly string[];
  readonly timeUnit: TimeUnit | undefined;
  readonly count: string;
  readonly key: string | undefined;
  readonly stepUs: number;
}

/** Whether a table counts requests: by the name of a column or the user's word, unless it is called a cost, and evenly spaced times. */
export function countSeriesOf(table: Table, { options }: FormatContext): CountSeries | undefined {
  const { fields, header } = table;
  const named = options.format === counts.name ? options.cost : undefined;
  if (options.cost !== named) return undefined;
  if (header === undefined) return options.key === undefined ? namelessSeries(table) : undefined;
  const columns = columnsOf(table);
  const said = options.time === undefined ? undefined : namedTime(options.time);
  const time = said?.names ?? timeFields(columns);
  const count = named ?? guessField(fields, 'count');
  if (time === undefined || count === undefined || time.includes(count)) return undefined;
  const timeUnit = said?.unit ?? timeUnitOf(time[0], columns.values(time[0]));
  const stepUs = stepOf(table, time, timeUnit);
  return stepUs === undefined
    ? undefined
    : { time, timeUnit, count, key: options.key ?? keyField(columns), stepUs };
}

/** Two columns without names: dates at one constant distance, and whole numbers. */
function namelessSeries(table: Table): CountSeries | undefined {
  const { fields, rows } = table;
  if (fields.length !== 2 || rows.length < 3) return undefined;
  if (!rows.every((row) => /^\d{4}-/.test(row[0]) && /^\d+$/.test(row[1]))) return undefined;
  const [time, count] = fields;
  const stepUs = stepOf(table, [time], undefined);
  if (stepUs === undefined) return undefined;
  const stamps = new Set(rows.map((row) => row[0])).size;
  return stamps === rows.length
    ? { time: [time], timeUnit: undefined, count, key: undefined, stepUs }
    : undefined;
}

/** The smallest distance between stamps, when every other one is a multiple of it; a minute for a single stamp. */
function stepOf(table: Table, time: readonly string[], timeUnit: TimeUnit | undefined): number | undefined {
  const sorted = [...new Set(stampsOf(table, time, timeUnit).filter(Number.isFinite))].sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  if (sorted.length === 1) return 60e6;
  const gaps = gapsOf(sorted);
  const step = gaps.reduce((least, gap) => Math.min(least, gap));
  return gaps.every((gap) => gap % step === 0) ? step : undefined;
}

const fewestSteps = 2;

/** The distance of each stamp from the one before it, when it is the same nearly everywhere. */
export function evenStepOf(
  table: Table,
  { time = [], timeUnit }: Pick<Picked, 'time' | 'timeUnit'>,
): number | undefined {
  const gaps = gapsOf(stampsOf(table, time, timeUnit));
  const [step] = gaps;
  const even = gaps.filter((gap) => gap === step).length;
  return step > 0 && gaps.length >= fewestSteps && even >= gaps.length * 0.9 ? step : undefined;
}

function stampsOf(
  { fields, rows }: Table,
  time: readonly string[],
  timeUnit: TimeUnit | undefined,
): number[] {
  const places = time.map((name) => fields.indexOf(name));
  const reader = new TimeReader(timeUnit);
  return rows.map((row) => {
    const bytes = Buffer.from(places.map((place) => row[place] ?? '').join(' '));
    return reader.us(bytes, 0, bytes.length);
  });
}

function gapsOf(stamps: readonly number[]): number[] {
  return stamps.slice(1).map((us, index) => us - stamps[index]);
}
