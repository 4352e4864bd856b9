import type { FieldRoles } from '../roles.ts';
import { guessTimeUnit, type TimeUnit, timeUnits, unitOfName } from '../time/epoch.ts';
import type { DayFirst } from '../time/spelled.ts';

/** Names under which tables and JSON lines keep what we need, the likeliest first; compared without case and marks. */
const usualNames = {
  time: words(
    'time timestamp ts t datetime eventtime starttime startdatetime starteddatetime start ' +
      'started startedat requestreceivedtimestamp arrival arrivaltime arrivaltimestamp arrivedat receivedat requestedat invocationtime ' +
      'starttimeunixnano timeunixnano created createdat date ' +
      'period minute hour window bucket epoch unixtime unixtimestamp msec timeiso8601 timelocal requesttime',
  ),
  end: words('endtimestamp endtime endtimeunixnano end ended endedat finished finishedat completedat'),
  key: words(
    'key apikey apikeyid clientid client clientip remoteip remoteaddr remoteaddress ip ipaddress ' +
      'clientaddress sourceip sourceipaddress srcip srcaddr cip userid uid user username customer customerid tenant tenantid account accountid ' +
      'login session sessionid token caller host hostname remotehost source src function functionid app appid ' +
      'func service serviceid servicename endpoint route anonid',
  ),
  cost: words('cost weight units tokens credits quantity'),
  duration: words(
    'duration responsetime elapsed elapsedtime latency latencyhuman timetaken servicetime took processingtime ' +
      'requesttime reqtime requestduration',
  ),
  count: words('count counts requests requestcount numrequests nrequests invocations hits calls arrivals n'),
  method: words('method verb httpmethod requestmethod reqmethod httprequestmethod httpreqmethod csmethod'),
  rate: words('rate rps qps requestrate requestspersecond ratepersecond arrivalrate'),
};
export type Role = keyof typeof usualNames;

function words(list: string): string[] {
  return list.split(' ');
}

const unitEnds = /(?:_|\.|-|\s|\()+(?:us|ms|ns|s|sec|secs|seconds|millis|micros|nanos|per_s|utc)\)?$/i;
const unitHumps = /(?<=[a-z])(?:Us|Ms|Ns|Sec|Secs|Seconds|Millis|Micros|Nanos)$/;

/** A name without case, marks and unit: `@timestamp` and `Timestamp_ms` are both `timestamp`. */
function plain(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return last
    .replace(/\/s(?:ec)?$/i, 'persecond')
    .replace(unitEnds, '')
    .replace(unitHumps, '')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase();
}

/** Its last two names as one: `client.ip` is `clientip`, which tells more than `ip`. */
function plainPair(name: string): string {
  const names = name.split('.');
  return names.length < 2 ? plain(name) : plain(names.slice(-2).join(''));
}

/** The name of what was hidden before a log was published: `hashed_ip` is an ip, `AnonUserId` a userid. */
function unmasked(name: string): string {
  return plain(name).replace(/^(?:anonymi[sz]ed|anon|hashed|masked)(?=.{2})/, '');
}

const levels = words('level severity loglevel lvl levelname');
const messages = words('msg message');
/** What a line has that tells a request, although it may be called otherwise than what we take. */
const ofRequests = new Set([
  ...words('method verb path url uri requesturi status statuscode responsecode httpstatus route'),
  ...usualNames.method,
  ...usualNames.duration,
  ...usualNames.cost,
  ...usualNames.key.slice(0, usualNames.key.indexOf('host')),
]);

/** Whether fields are those of what a program tells of itself: a level and a message, and nothing of a request. */
export function areOfProgramLog(fields: readonly string[]): boolean {
  const names = fields.flatMap((field) => [plain(field), plainPair(field)]);
  const has = (wanted: readonly string[]) => names.some((name) => wanted.includes(name));
  return has(levels) && has(messages) && !names.some((name) => ofRequests.has(name));
}

/** Whether a name tells of a time somewhere, and neither of an end nor of how long something took. */
export function speaksOfTime(name: string): boolean {
  return (
    /time|stamp|date|unix|epoch/i.test(name) &&
    !/elapsed|duration|latency|response|end|finish/i.test(name) &&
    !usualNames.duration.includes(plain(name))
  );
}

/** The field that plays a role by its name, and by its values where that can be told; undefined when none does. */
export function guessField(
  fields: readonly string[],
  role: Role,
  fits: (field: string) => boolean = () => true,
): string | undefined {
  const names = fields.map((field) =>
    role === 'key' ? [plain(field), plainPair(field), unmasked(field)] : [plain(field)],
  );
  for (const wanted of usualNames[role]) {
    const field = fields.find((field, at) => names[at].includes(wanted) && fits(field));
    if (field !== undefined) return field;
  }
  return undefined;
}

/** Elastic Common Schema, event.duration, perhaps within the document that a search gave. */
const inNanoseconds = /(?:^|\.)event\.duration$/;

/** nginx's request_time, also as LTSV labels it, and OpenTelemetry's http.server.request.duration. */
const inSeconds = /(?:^|[._])req(?:uest)?_?time$|\bhttp\.(?:\w+\.)?request\.duration$/i;

/**
 * The unit of a duration without one in its text: by its name; seconds where a convention says so; else that of the times beside it,
 * where they are plain numbers and the durations can be of their kind; or milliseconds, which most programs write.
 */
export function durationUnit(name: string, durations: readonly string[], times: readonly string[]): TimeUnit {
  if (inNanoseconds.test(name)) return 'ns';
  const named = unitOfName(name) ?? (inSeconds.test(name) ? 's' : undefined);
  if (named !== undefined) return named;
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

/** The fields that play each role, by their names or by the user's word. */
export interface Picked {
  /** One field, or a date and a time of day. */
  readonly time: readonly string[] | undefined;
  readonly key: string | undefined;
  readonly cost: string | undefined;
  readonly duration: string | undefined;
  /** The time is that of the end, and the request came `duration` earlier. */
  readonly endsAt: boolean;
  /** What durations are that are plain numbers. */
  readonly durationUnit: TimeUnit;
  readonly dayFirst: DayFirst;
  /** What every request has in a log that has other lines too. */
  readonly method: string | undefined;
}

export function rolesOf({ time, key, cost, duration, endsAt, durationUnit, dayFirst }: Picked): FieldRoles {
  return {
    time,
    timeUnit: time === undefined ? undefined : unitOfName(time[0]),
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
