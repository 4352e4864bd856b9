import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { rolesFor } from '../roles.ts';
import {
  type JsonRecord,
  JsonSplitter,
  maxPrefix,
  parseRecord,
  pathsOf,
  type RecordTest,
  withFront,
} from '../text/json.ts';
import type { TimeUnit } from '../time/epoch.ts';
import { AmongText } from './amongtext.ts';
import { AmongOwnLines } from './ownlines.ts';

/** What one program's JSON lines mean. Paths are dotted; alternatives are parted by `|`, the best first. */
export interface JsonLog {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Whether a record is a request; other records are skipped without harm. */
  readonly isRequest: RecordTest;
  /** Whether a record is of this program at all, where it writes others than requests. */
  readonly isOurs?: RecordTest;
  /** A path, or those of a date and a time of day. */
  readonly time: string | readonly [date: string, timeOfDay: string];
  /** Of plain numbers, where it is known, or told by the first requests. */
  readonly timeUnit?: TimeUnit | ((requests: readonly JsonRecord[]) => TimeUnit);
  /** Empty for one key. */
  readonly key: string;
  readonly duration?: string;
  readonly durationUnitUs?: number;
  readonly endsAt?: boolean;
}

/** Objects of a sample that are looked at. */
export const mostRecords = 200;

/** The first objects among the lines of a sample, behind whatever stands before them. */
export function sampleRecords(context: FormatContext): JsonRecord[] {
  const records: JsonRecord[] = [];
  for (const line of context.sample.lines) {
    const start = line.indexOf('{');
    if (start < 0 || start > maxPrefix) continue;
    const record = withFront(parseRecord(line.slice(start).replace(/,$/, '')), line.slice(0, start));
    if (record !== undefined && records.push(record) === mostRecords) break;
  }
  return records;
}

export function jsonFormat(log: JsonLog): TraceFormat {
  const { name, title, about } = log;
  return {
    name,
    title,
    about,
    defaults: {
      time: timesOf(log).join(' '),
      key: log.key,
      ...(log.duration ? { duration: log.duration } : {}),
    },
    open(context) {
      const records = sampleRecords(context);
      const ours = records.filter(log.isOurs ?? log.isRequest);
      if (ours.length === 0 && context.options.format !== name) return undefined;
      return openJsonLog(log, records.filter(log.isRequest), context);
    },
  };
}

function timesOf({ time }: JsonLog): readonly string[] {
  return typeof time === 'string' ? [time] : time;
}

function openJsonLog(log: JsonLog, requests: readonly JsonRecord[], context: FormatContext): TraceParser {
  const own = [...timesOf(log), log.key, log.duration ?? ''].flatMap((paths) => paths.split('|'));
  const known = new Set([
    ...requests.flatMap((record) => pathsOf(record)),
    ...own.filter((path) => path !== ''),
  ]);
  const roles = rolesFor(
    {
      time: timesOf(log),
      timeUnit: typeof log.timeUnit === 'function' ? log.timeUnit(requests) : log.timeUnit,
      key: log.key === '' ? [] : [log.key],
      durations: log.duration === undefined ? [] : [log.duration],
      durationUnitUs: log.durationUnitUs ?? 1e6,
      endsAt: log.endsAt ?? false,
    },
    context,
  );
  const { lines } = context.sample;
  const objects = AmongText.of(new JsonSplitter(log.isRequest, known), lines);
  const splitter = AmongOwnLines.of(objects, lines);
  return new FieldLines(log.title, splitter, roles, context);
}
