import type { TraceOptions } from '../options.ts';
import { dayFirstIn } from '../time/spelled.ts';
import { addressField, areInstants, dateField, keyColumn, timeColumn } from './byvalues.ts';
import { areOfResponse, durationUnit, guessField, type Picked, speaksOfTime } from './guess.ts';
import { isTime } from './header.ts';

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
  const duration = guessField(fields, 'duration', spelled) ?? guessField(fields, 'duration');
  const given = (field: string) => values(field).some((value) => value !== '');
  return {
    time,
    key:
      options.key ??
      guessField(fields, 'key', given) ??
      (named ? addressField(columns) : keyColumn(columns, time)),
    cost: options.cost ?? guessField(fields, 'cost'),
    duration,
    endsAt:
      end !== undefined || (time !== undefined && duration !== undefined && areOfResponse(time[0], duration)),
    method: methodField(columns),
    dayFirst: time === undefined ? undefined : dayFirstIn(values(time[0])),
    durationUnit:
      duration === undefined
        ? 'ms'
        : durationUnit(duration, values(duration), time?.length === 1 ? values(time[0]) : []),
  };
}

/** The field of methods, where some lines have one of HTTP and others none: a log of requests and of what else happened. */
function methodField({ fields, values }: Columns): string | undefined {
  return guessField(fields, 'method', (field) => {
    const given = values(field).filter((value) => value !== '');
    return given.length > 0 && given.length < values(field).length && given.every(isMethod);
  });
}

/** Kubernetes has verbs in their place. */
function isMethod(value: string): boolean {
  return /^(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|TRACE|CONNECT|LIST|WATCH|APPLY)$/i.test(value);
}

/** `13.3µs` tells its unit where `13345` beside it does not. */
const spelledDuration = /^\d[\d.]*(?:ns|us|µs|ms|s|m|h)/;
const timeOfDay = /^\d{1,2}:\d\d/;
const dateAlone = /^(?:\d{4}[-/]\d\d[-/]\d\d|\d{1,2}([./-])\d{1,2}\1\d{2}(?:\d{2})?)$/;

/** The field of the time: by its name, else by its values; with its date when it is only a time of day. */
function timeFields(columns: Columns): string[] | undefined {
  const { fields, values, named } = columns;
  const date = fields.find((name) => name.toLowerCase() === 'date');
  const isOfDay = (field: string | undefined) =>
    field !== undefined && timeOfDay.test(values(field)[0] ?? '');
  const clock = (field: string) => date !== undefined && isOfDay(field);
  const time =
    guessField(fields, 'time', (field) => clock(field) || areInstants(values(field))) ??
    (named ? dateField(columns) : undefined) ??
    (named ? fields.find((field) => speaksOfTime(field) && areInstants(values(field))) : undefined) ??
    guessField(fields, 'time', (field) => values(field).some(isTime)) ??
    (named ? undefined : timeColumn(columns));
  if (time === undefined) return undefined;
  if (date !== undefined && isOfDay(time)) return [date, time];
  const next = fields[fields.indexOf(time) + 1];
  return isOfDay(next) && values(time).every((value) => dateAlone.test(value)) ? [time, next] : [time];
}
