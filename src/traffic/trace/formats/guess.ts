import type { FieldRoles } from '../roles.ts';
import { areDigitDates } from '../time/digitdate.ts';
import { guessTimeUnit, type NumberUnit, type TimeUnit, timeUnits } from '../time/epoch.ts';
import type { DayFirst } from '../time/spelled.ts';
import { unitOfName } from '../time/unitname.ts';
import { plain, plainPair, type Role, unmasked, usualNames } from './names.ts';

/** What something takes, and not when it is: `runtime`, `cpu_time`. */
const lasting =
  /(?:run|up|down|life|wall|cpu|wait|idle|busy|queue|think|sleep|execution|processing|total)[-_. ]?time/i;

/** Whether a name tells of a time somewhere, and neither of an end nor of how long something took. */
export function speaksOfTime(name: string): boolean {
  return (
    /time|stamp|date|unix|epoch/i.test(name) &&
    !/elapsed|duration|latency|response|end|finish/i.test(name) &&
    !lasting.test(name) &&
    !usualNames.duration.includes(plain(name))
  );
}

/**
 * The field that plays a role by its name, and by its values where that can be told; undefined when none does. Of fields of one
 * name the outermost: what lies deeper in an object is of something that the request is about.
 */
export function guessField(
  fields: readonly string[],
  role: Role,
  fits: (field: string) => boolean = () => true,
): string | undefined {
  const names = fields.map((field) =>
    role === 'key' ? [plain(field), plainPair(field), unmasked(field)] : [plain(field)],
  );
  for (const wanted of usualNames[role]) {
    const called = fields.filter((field, at) => names[at].includes(wanted) && fits(field));
    if (called.length > 0)
      return called.reduce((best, next) => (depthOf(next) < depthOf(best) ? next : best));
  }
  return undefined;
}

function depthOf(path: string): number {
  return path.split('.').length;
}

/** Elastic Common Schema, event.duration, perhaps within the document that a search gave; Datadog's attribute, as it exports it. */
const inNanoseconds = /(?:^|\.)event\.duration$|^@duration$/;

/** nginx's request_time, also as LTSV labels it, and OpenTelemetry's http.server.request.duration. */
const inSeconds = /(?:^|[._])req(?:uest)?_?time$|\bhttp\.(?:\w+\.)?request\.duration$/i;

/**
 * The unit of a duration without one in its text: by its name; seconds where a convention says so; nanoseconds where they are huge; else that of the times beside it,
 * where they are plain numbers and the durations can be of their kind; or milliseconds, which most programs write.
 */
export function durationUnit(
  name: string,
  durations: readonly string[],
  times: readonly string[],
): NumberUnit {
  if (inNanoseconds.test(name)) return 'ns';
  const named = unitOfName(name) ?? (inSeconds.test(name) && !areWhole(durations) ? 's' : undefined);
  if (named !== undefined) return named;
  if (areHuge(durations)) return 'ns';
  const first = Number(times.find((time) => time !== ''));
  if (Number.isNaN(first)) return 'ms';
  const { unit, relative } = guessTimeUnit(first);
  if (unit === 's')
    return areDecimalSeconds(durations) && (relative || areDecimalSeconds(times)) ? 's' : 'ms';
  return unit;
}

/** Whether all are seconds with a fraction: `3.25` from a start of its own, `1700000000.123` since 1970. */
export function areDecimalSeconds(values: readonly string[]): boolean {
  const decimals = values.filter((value) => /^\d{1,10}\.\d+$/.test(value));
  return decimals.length > 0 && decimals.length >= values.length * 0.5;
}

const hourMs = 3_600_000;

/** Whether most would be hours as milliseconds: Go writes its durations as whole nanoseconds. */
function areHuge(values: readonly string[]): boolean {
  const given = values.filter((value) => value !== '');
  return given.filter((value) => /^\d+$/.test(value) && Number(value) > hourMs).length > given.length * 0.5;
}

/** Whether all are whole numbers, and some above 0: seconds of requests have decimals. */
function areWhole(values: readonly string[]): boolean {
  const given = values.filter((value) => Number(value) > 0);
  return given.length > 0 && given.every((value) => /^\d+$/.test(value));
}

const countedUnits: readonly (readonly [name: RegExp, unit: NumberUnit])[] = [
  [/^min(?:ute)?s?$/, 'min'],
  [/^hours?$/, 'h'],
  [/^days?$/, 'd'],
  [/^weeks?$/, 'w'],
];

/**
 * The unit of plain numbers of time: by the field's name; of one that is called `minute`, `hour`, `day` or `week` only where they are
 * small; or that they are dates of digits alone.
 */
export function timeUnitOf(name: string, values: readonly string[]): TimeUnit | undefined {
  const stated = unitOfName(name);
  if (stated !== undefined || areDigitDates(values)) return stated ?? 'date';
  const areSmall = values.every((value) => /^\d{0,8}$/.test(value.trim()));
  return areSmall ? countedUnits.find(([pattern]) => pattern.test(plain(name)))?.[1] : undefined;
}

/** The fields that play each role, by their names or by the user's word. */
export interface Picked {
  /** One field, or a date and a time of day. */
  readonly time: readonly string[] | undefined;
  readonly timeUnit: TimeUnit | undefined;
  readonly key: string | undefined;
  readonly cost: string | undefined;
  readonly duration: string | undefined;
  /** The time is that of the end, and the request came `duration` earlier. */
  readonly endsAt: boolean;
  /** What durations are that are plain numbers. */
  readonly durationUnit: NumberUnit;
  readonly dayFirst: DayFirst;
  /** What every request has in a log that has other lines too. */
  readonly method: string | undefined;
}

export function rolesOf(picked: Picked): FieldRoles {
  const { time, timeUnit, key, cost, duration, endsAt, durationUnit, dayFirst } = picked;
  return {
    time,
    timeUnit,
    dayFirst,
    key: key === undefined ? [] : [key],
    cost,
    durations: duration === undefined ? [] : [duration],
    durationUnitUs: timeUnits[durationUnit],
    endsAt,
  };
}

/** nginx's names of the time at which a response was sent, and of how long its request took until then. */
export function areOfResponse(time: string, duration: string): boolean {
  return ['msec', 'timeiso8601', 'timelocal'].includes(plain(time)) && plain(duration) === 'requesttime';
}

/** What was picked, for the notes of a run. */
export function pickedWords({ time, key, cost, duration, durationUnit, method }: Picked): string {
  const words = [
    time === undefined ? 'no time, replayed in order' : `time: ${time.join(' ')}`,
    key === undefined ? 'one key for all requests' : `key: ${key}`,
  ];
  if (cost !== undefined) words.push(`cost: ${cost}`);
  if (duration !== undefined)
    words.push(`duration: ${duration} in ${durationUnit === 'filetime' ? '100 ns' : durationUnit}`);
  const others = method === undefined ? '' : `; lines without ${method} are no requests`;
  return `fields taken: ${words.join('; ')}${others}`;
}
