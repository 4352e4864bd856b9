import { type Skip, skips } from '../account.ts';
import type { FormatContext, Sample, TraceFormat, TraceParser } from '../format.ts';
import { Search } from '../search.ts';
import { openBrace } from '../text/bytes.ts';
import { type JsonRecord, parseRecord, valueAt } from '../text/json.ts';
import type { TimeGuess } from '../time/epoch.ts';
import { tryFormat } from '../trial.ts';
import { sampleRecords } from './jsonlog.ts';

/** The line that an object holds, or nothing when it holds none. */
type LineOf = (record: JsonRecord) => string | undefined;

/**
 * Docker's json-file logging driver: what a container wrote, a line an object, `{"log":"…\n","stream":"stdout","time":"…"}`.
 * The lines within may be of any other format.
 */
export function dockerJson(formats: readonly TraceFormat[]): TraceFormat {
  const lineOf: LineOf = ({ log, stream, time }) =>
    typeof log === 'string' && typeof stream === 'string' && time !== undefined ? log : undefined;
  return {
    name: 'docker-json',
    title: "Docker's JSON log",
    about: "Log of Docker's json-file driver around the lines of another format, which is found by itself",
    defaults: { time: 'of the format within', key: 'of the format within' },
    open: (context) => openObjects(context, lineOf, formats, "in Docker's JSON"),
  };
}

/**
 * Where those who collect logs put the line: fluent-bit; filebeat, fluentd, CloudWatch; its Logs Insights; Elastic Common Schema;
 * journalctl; Google Cloud Logging; Splunk; logcli of Loki; GELF; OpenTelemetry; LogScale;
 * Azure's container logs; what search gives of Elastic. The first that is there wins.
 */
const linePaths = [
  'log',
  'event.original',
  'message',
  '@message',
  'MESSAGE',
  'textPayload',
  '_raw',
  'result._raw',
  'line',
  'short_message',
  'full_message',
  'body',
  '@rawstring',
  'LogEntry',
  'LogMessage',
  'properties.log',
  'jsonPayload.message',
  'jsonPayload.log',
  '_source.event.original',
  '_source.message',
].map((path) => path.split('.'));

/** Objects of a log collector. The lines within must be of a program that is known, one of `formats`: most messages are no requests. */
export function shippedJson(formats: readonly TraceFormat[]): TraceFormat {
  const lineOf: LineOf = (record) => {
    const found = linePaths.map((path) => valueAt(record, path)).find((value) => typeof value === 'string');
    return typeof found === 'string' ? found : undefined;
  };
  return {
    name: 'shipped-json',
    title: 'JSON of a log collector',
    about:
      'Objects of filebeat, fluentd, journalctl, CloudWatch, Loki, Splunk and the like around lines of a known format (log, message, line …)',
    defaults: { time: 'of the format within', key: 'of the format within' },
    open: (context) => openObjects(context, lineOf, formats, 'in JSON'),
  };
}

function openObjects(
  context: FormatContext,
  lineOf: LineOf,
  formats: readonly TraceFormat[],
  place: string,
): TraceParser | undefined {
  const lines = sampleRecords(context)
    .map(lineOf)
    .filter((line) => line !== undefined);
  const unwrap: Unwrap = (buf, from, to) => {
    const start = buf.indexOf(openBrace, from);
    const record = start < 0 || start >= to ? undefined : parseRecord(buf.toString('utf8', start, to));
    if (record === undefined) return skips.badJson;
    const line = lineOf(record);
    return line === undefined ? skips.wrongShape : Buffer.from(withoutEnd(line));
  };
  return openWrapped(context, { lines, unwrap, formats, place });
}

/** The line that a record of a log collector holds, or why it holds none. */
export type Unwrap = (buf: Buffer, from: number, to: number) => Buffer | Skip;

/** Lines in the records of another format. */
interface Wrapped {
  /** Those of the sample. */
  readonly lines: readonly string[];
  readonly unwrap: Unwrap;
  /** What the lines may be. */
  readonly formats: readonly TraceFormat[];
  /** Where the lines stand, for the title: `in JSON`. */
  readonly place: string;
}

/** A reader of the lines within, or nothing when they are of no format. */
export function openWrapped(
  context: FormatContext,
  { lines, unwrap, formats, place }: Wrapped,
): TraceParser | undefined {
  const parser = formatWithin(context, lines, formats)?.open(withinOf(context, lines));
  return parser === undefined || parser.unit !== undefined
    ? undefined
    : new WrappedLines(parser, unwrap, place);
}

/** The format of lines that stand in others, of which the sample has a request; nothing when they are of none. */
export function formatWithin(
  context: FormatContext,
  lines: readonly string[],
  formats: readonly TraceFormat[],
): TraceFormat | undefined {
  if (lines.length === 0) return undefined;
  const { format: _wrapper, ...options } = context.options;
  const trial = { ...withinOf(context, lines), options, trial: true };
  const format = new Search(formats, trial).best();
  const found = format === undefined ? undefined : tryFormat(format, trial, trial.sample.bytes.length);
  return found === undefined || found.stamps.length === 0 ? undefined : format;
}

function withinOf(context: FormatContext, lines: readonly string[]): FormatContext {
  return { ...context, sample: sampleOf(lines.map(withoutEnd), context.sample) };
}

function sampleOf(lines: readonly string[], { whole }: Sample): Sample {
  return { bytes: Buffer.from(`${lines.join('\n')}\n`), lines, whole };
}

function withoutEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** Takes each line out of its record, and gives it to the parser of what is within. */
class WrappedLines implements TraceParser {
  readonly title: string;
  readonly hasDurations: boolean;
  readonly exact: boolean;
  readonly countStepUs?: number;

  constructor(
    private readonly within: TraceParser,
    private readonly unwrap: Unwrap,
    place: string,
  ) {
    this.title = `${within.title} ${place}`;
    this.hasDurations = within.hasDurations;
    this.exact = within.exact ?? false;
    if (within.countStepUs !== undefined) this.countStepUs = within.countStepUs;
  }

  notes(): readonly string[] {
    return this.within.notes();
  }

  get guess(): TimeGuess | undefined {
    return this.within.guess;
  }

  line(buf: Buffer, from: number, to: number): Skip | undefined {
    const text = this.unwrap(buf, from, to);
    if (!Buffer.isBuffer(text)) return text;
    return text.length === 0 ? skips.blank : this.within.line(text, 0, text.length);
  }
}
