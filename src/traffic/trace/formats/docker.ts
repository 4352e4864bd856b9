import { type Skip, skips } from '../account.ts';
import type { Sample, TraceFormat, TraceParser } from '../format.ts';
import { Search } from '../search.ts';
import { type JsonRecord, parseRecord } from '../text/json.ts';
import type { TimeGuess } from '../time/epoch.ts';
import { sampleRecords } from './jsonlog.ts';

/**
 * Docker's json-file logging driver: what a container wrote, a line an object, `{"log":"…\n","stream":"stdout","time":"…"}`.
 * The lines within may be of any other format.
 */
export function dockerJson(formats: readonly TraceFormat[]): TraceFormat {
  return {
    name: 'docker-json',
    title: "Docker's JSON log",
    about: "Log of Docker's json-file driver around the lines of another format, which is found by itself",
    defaults: { time: 'of the format within', key: 'of the format within' },
    open(context) {
      const records = sampleRecords(context).filter(isDockers);
      if (records.length === 0) return undefined;
      const within = { ...context, sample: sampleWithin(records, context.sample) };
      const { format: _docker, ...options } = context.options;
      const format = new Search(formats, { ...within, options, trial: true }).best();
      const parser = format?.open(within);
      return parser === undefined || parser.unit !== undefined ? undefined : new DockerLines(parser);
    },
  };
}

function isDockers(record: JsonRecord): boolean {
  return typeof record.log === 'string' && typeof record.stream === 'string' && 'time' in record;
}

function sampleWithin(records: readonly JsonRecord[], { whole }: Sample): Sample {
  const lines = records.map((record) => withoutEnd(String(record.log)));
  return { bytes: Buffer.from(`${lines.join('\n')}\n`), lines, whole };
}

function withoutEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** Takes each line out of its object, and gives it to the parser of what is within. */
class DockerLines implements TraceParser {
  readonly title: string;
  readonly hasDurations: boolean;
  readonly exact: boolean;
  readonly countStepUs?: number;

  constructor(private readonly within: TraceParser) {
    this.title = `${within.title} in Docker's JSON`;
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
    const record = parseRecord(buf.toString('utf8', from, to));
    if (record === undefined) return skips.badJson;
    if (!isDockers(record)) return skips.wrongShape;
    const text = Buffer.from(withoutEnd(String(record.log)));
    return text.length === 0 ? skips.blank : this.within.line(text, 0, text.length);
  }
}
