import type { TraceOptions } from '../options.ts';
import { areDigitClocks, areDigitDates } from '../time/digitdate.ts';
import type { TimeUnit } from '../time/epoch.ts';
import { dayFirstIn } from '../time/spelled.ts';
import {
  areInstants,
  areRisingDates,
  areTimesOfDay,
  dateField,
  nearlyAll,
  tellInstants,
  timeColumn,
} from './byvalues.ts';
import { areOfResponse, durationUnit, guessField, type Picked, speaksOfTime, timeUnitOf } from './guess.ts';
import { isDateAlone, isTime } from './header.ts';
import { keyField } from './keyfield.ts';
import { keyColumn } from './keyvalues.ts';
import { timeParts } from './names.ts';

/** The fields of a table or of JSON lines, with what the head of the file holds in each. */
export interface Columns {
  readonly fields: readonly string[];
  /** The first values of a field; empty texts where a line has none. */
  readonly values: (field: string) => readonly string[];
  /** Whether fields have names that say something, and not their places. */
  readonly named: boolean;
}

/** The fields that play each role: by the user's word, by their names, by their values. */
export function pick(columns: Columns, options: TraceOptions): Picked {
  const { fields, values, named } = columns;
  const begun = options.time === undefined ? timeFields(columns) : [options.time];
  const end =
    begun === undefined ? guessField(fields, 'end', (field) => values(field).some(isTime)) : undefined;
  const time = begun ?? (end === undefined ? undefined : [end]);
  const spelled = (field: string) => values(field).some((value) => spelledDuration.test(value));
  const others = fields.filter((field) => time?.includes(field) !== true);
  const method = methodField(columns);
  const duration =
    guessField(others, 'duration', spelled) ??
    guessField(others, 'duration', (field) => !values(field).some(isDate));
  return {
    time,
    timeUnit: time === undefined ? undefined : unitOf(time, columns),
    key: options.key ?? (named ? keyField(columns, method) : keyColumn(columns, time)),
    cost: options.cost ?? guessField(fields, 'cost'),
    duration,
    endsAt:
      end !== undefined || (time !== undefined && duration !== undefined && areOfResponse(time[0], duration)),
    method,
    dayFirst: time === undefined ? undefined : dayFirstIn(values(time[0])),
    durationUnit:
      duration === undefined
        ? 'ms'
        : durationUnit(duration, values(duration), time?.length === 1 ? values(time[0]) : []),
  };
}

/** The unit of a time's numbers; a date and a time of day have none, but they may be of digits alone. */
export function unitOf(time: readonly string[], { values }: Pick<Columns, 'values'>): TimeUnit | undefined {
  const unit = timeUnitOf(time[0], values(time[0]));
  return time.length === 1 || unit === 'date' ? unit : undefined;
}

/** The field of methods, where some lines have one of HTTP and others none: a log of requests and of what else happened. */
function methodField({ fields, values }: Columns): string | undefined {
  return guessField(fields, 'method', (field) => {
    const given = values(field).filter((value) => value !== '');
    return given.length > 0 && given.length < values(field).length && given.every(isMethod);
  });
}

/** Whether nearly all lines have a value. */
function isFilled(cells: readonly string[]): boolean {
  return nearlyAll(cells, (cell) => cell !== '');
}

/** Kubernetes has verbs in their place. */
function isMethod(value: string): boolean {
  return /^(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|TRACE|CONNECT|LIST|WATCH|APPLY)$/i.test(value);
}

/** A time of a response that is none of how long it took. */
function isDate(value: string): boolean {
  return Number.isNaN(Number(value)) && isTime(value);
}

/** `13.3µs` tells its unit where `13345` beside it does not. */
const spelledDuration = /^\d[\d.]*(?:ns|us|µs|ms|s|m|h)/;
const timeOfDay = /^\d{1,2}:\d\d/;
/** The field of the time, with its date when it is only a time of day; nothing where each holds a part of the time. */
export function timeFields(columns: Columns): string[] | undefined {
  const { fields, values } = columns;
  const parts = timeParts(fields).filter((field) => values(field).every((value) => /^\d+$/.test(value)));
  if (parts.length < 2) return wholeTimeFields(columns);
  const time = wholeTimeFields({ ...columns, fields: fields.filter((field) => !parts.includes(field)) });
  return time !== undefined && values(time[0]).every(isDateAlone) ? undefined : time;
}

/** The field that is the time or, where that is a date or a time of day alone, the field of the date and that of the clock. */
function wholeTimeFields(columns: Columns): string[] | undefined {
  const { fields, values } = columns;
  const date = fields.find((name) => name.toLowerCase() === 'date');
  const time = timeField(columns, date);
  if (time === undefined) return undefined;
  if (date !== undefined && isClock(columns, time, date)) return [date, time];
  if (!values(time).every(isDateAlone)) return [time];
  const next = fields[fields.indexOf(time) + 1];
  const clock = isClock(columns, next, time) ? next : fields.find((field) => isHour(field, values(field)));
  return clock === undefined ? [time] : [time, clock];
}

/** By its name, where its values are times and nearly all lines have one; else by its name or its values, the surer first. */
function timeField(columns: Columns, date: string | undefined): string | undefined {
  const { fields, values, named } = columns;
  const tells = (field: string) =>
    (date !== undefined && isClock(columns, field, date)) || areInstants(values(field));
  return (
    guessField(fields, 'time', (field) => tells(field) && isFilled(values(field))) ??
    guessField(fields, 'time', tells) ??
    (named ? dateField(columns) : undefined) ??
    (named ? fields.find((field) => speaksOfTime(field) && tellInstants(values(field))) : undefined) ??
    (named ? fields.find((field) => /time/i.test(field) && areRisingDates(values(field))) : undefined) ??
    guessField(fields, 'time', (field) => areTimesOfDay(values(field))) ??
    guessField(fields, 'time', (field) => values(field).some(isTime)) ??
    (named ? undefined : timeColumn(columns))
  );
}

/** Whether a field, where it is there, holds times of the day that `date` names. */
function isClock({ values }: Columns, field: string | undefined, date: string): boolean {
  if (field === undefined) return false;
  const isOfDigits = () => areDigitDates(values(date)) && areDigitClocks(values(field));
  return timeOfDay.test(values(field)[0] ?? '') || isHour(field, values(field)) || isOfDigits();
}

/** Whether a column holds the hours of a day, whose date is another. */
function isHour(field: string, cells: readonly string[]): boolean {
  return /^hour$/i.test(field) && cells.every((cell) => /^(?:[01]?\d|2[0-3])$/.test(cell));
}
