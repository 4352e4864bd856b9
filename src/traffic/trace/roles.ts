import type { FormatContext, FormatDefaults } from './format.ts';
import { type NumberUnit, parseTimeUnit, type TimeGuess, type TimeUnit } from './time/epoch.ts';
import type { DayFirst } from './time/spelled.ts';
import { unitOfName } from './time/unitname.ts';

/** Which fields of a format hold what. */
export interface FieldRoles {
  /** A field, or a date and a time of day that stand beside each other. Absent for traces that have only an order. */
  readonly time?: readonly string[] | undefined;
  readonly timeUnit?: TimeUnit | undefined;
  /** Whether dates as `03/04/2023` have the day in front, where the head of the file tells. */
  readonly dayFirst?: DayFirst;
  /** Joined with `/`; none puts all requests under one key. */
  readonly key: readonly string[];
  readonly cost?: string | undefined;
  /** The cost counts requests in steps of so many microseconds. */
  readonly countStepUs?: number;
  /** Fields whose sum is how long the request took, and their unit when they are plain numbers. */
  readonly durations?: readonly string[];
  readonly durationUnitUs?: number;
  /** The time is that of the response's end: the request came `durations` earlier. */
  readonly endsAt?: boolean;
  /** The field that tells when the request came, better than `time` where it is there. */
  readonly startedAt?: string;
}

/** What a format takes that knows its fields. */
export function defaultsOf({ time = [], key, durations }: FieldRoles): FormatDefaults {
  return {
    time: time.join(' '),
    key: key.join(','),
    ...(durations && { duration: durations.join(' and ') }),
  };
}

/** The user's words over a format's own. */
export function rolesFor(roles: FieldRoles, { options }: FormatContext): FieldRoles {
  const { key, cost } = options;
  return {
    ...roles,
    ...(options.time === undefined ? {} : timeRoles(options.time, roles)),
    ...(key === undefined ? {} : { key: namesIn(key) }),
    ...(cost === undefined ? {} : { cost }),
  };
}

/** A field that the user names is the time of the request itself; its unit is what is known of it, where the user states none. */
function timeRoles(text: string, { time, timeUnit }: FieldRoles): Partial<FieldRoles> {
  const { names, unit } = namedTime(text);
  const isOwn = time?.join() === names.join();
  return {
    time: names,
    timeUnit: unit ?? (isOwn ? timeUnit : undefined) ?? unitOfName(names[0]),
    endsAt: false,
    startedAt: '',
  };
}

/** What `--time` says: `ts`, `date,time` or `ts:ms`. Throws UsageError for a unit that is none. */
export function namedTime(text: string): { readonly names: readonly string[]; readonly unit?: TimeUnit } {
  const [names, unit] = text.split(/:(?=[a-z]+$)/);
  return { names: namesIn(names), ...(unit === undefined ? {} : { unit: parseTimeUnit(unit) }) };
}

function namesIn(list: string): string[] {
  return list.split(',').map((name) => name.trim());
}

const unitWords: Record<NumberUnit, string> = {
  w: 'weeks since 1970',
  d: 'days since 1970',
  h: 'hours since 1970',
  min: 'minutes since 1970',
  s: 'seconds since 1970',
  ms: 'milliseconds since 1970',
  us: 'microseconds since 1970',
  ns: 'nanoseconds since 1970',
  filetime: 'FILETIME of Windows, 100 ns since 1601',
};

/** What the notes of a run say about a guess. */
export function guessWords({ unit, relative }: TimeGuess): string {
  const words = relative
    ? unitWords[unit].replace('since 1970', 'from a start of their own')
    : unitWords[unit];
  return `times are plain numbers, read by their size as ${words}; say otherwise with --time NAME:ms`;
}

/** What the notes say about requests without a key. */
export function keylessWords(count: number, fields: readonly string[]): string {
  const which = fields.join(', ');
  return count === 1
    ? `1 request has no ${which} and counts under the key -`
    : `${count} requests have no ${which} and count under one key, -`;
}

/** What the notes say about times without a zone. */
export const zonelessWords = 'times without a zone were read as UTC';

/** What the notes say about times of day without a date. */
export const daylessWords =
  'times have no date: they were read as of 1970-01-01, and of the next day where they go back by more than half of one';

/** What the notes say about times without a year. */
export const yearlessWords =
  'times have no year: they were read as of 1970, and of the next year where they go back by more than half of one';

/** What the notes say about a log whose times are those of responses. */
export function arrivalWords(startedAt: string | undefined): string {
  const own = startedAt === undefined ? '' : `at its ${startedAt}, or without one `;
  return `times are those of responses; a request came ${own}earlier by its duration`;
}
