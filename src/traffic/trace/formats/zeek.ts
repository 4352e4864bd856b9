import { UsageError } from '../../../errors.ts';
import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { DelimitedSplitter } from '../text/delimited.ts';
import { guessField } from './guess.ts';
import { jsonFormat } from './jsonlog.ts';

/**
 * Zeek documentation, "Log Formats": ts is when the event began, in seconds; unset fields are `-`. A log that tells nobody who asked
 * is of sums, states or what was found; the peer is Zeek itself, and other names with dots are of what a line is about.
 */
function rolesIn(fields: readonly string[], { options, file }: FormatContext): FieldRoles {
  const time = fields.includes('ts') ? 'ts' : guessField(fields, 'time');
  const key = guessField(fields, 'key', (field) => field === 'id.orig_h' || !/^peer$|\./.test(field));
  if (
    (time === undefined && options.time === undefined) ||
    (key === undefined && options.key === undefined)
  ) {
    throw new UsageError(
      `${file}: a log of Zeek without ${time === undefined ? 'times' : 'who asked'} tells no requests (${fields.slice(0, 20).join(', ')}); give its conn.log, http.log or dns.log, or name the fields with --time and --key`,
    );
  }
  return {
    time: time === undefined ? [] : [time],
    timeUnit: 's',
    key: key === undefined ? [] : [key],
    durations: ['duration'],
    durationUnitUs: 1e6,
  };
}

/** A TSV log of Zeek: `#separator` and `#fields` say how the lines below are cut. */
class ZeekLines implements TraceParser {
  readonly readsDirectives = true;
  readonly title = zeekTsv.title;
  readonly hasDurations: boolean;
  #separator = 9;
  #lines: FieldLines | undefined;

  constructor(private readonly context: FormatContext) {
    const header = context.sample.lines.find((line) => line.startsWith('#fields'));
    this.hasDurations = /\bduration\b/.test(header ?? '');
  }

  notes(): readonly string[] {
    return this.#lines?.notes() ?? [];
  }

  line(buf: Buffer, from: number, to: number): Skip | undefined {
    if (buf[from] !== 35)
      return this.#lines?.line(buf, from, to) ?? (this.#lines ? undefined : skips.wrongShape);
    const text = buf.toString('utf8', from, to);
    const separator = /^#separator (?:\\x([0-9a-f]{2})|(.))/i.exec(text);
    if (separator)
      this.#separator = separator[1] ? Number.parseInt(separator[1], 16) : separator[2].charCodeAt(0);
    if (text.startsWith('#fields')) this.#lines = this.#open(text.slice('#fields'.length + 1));
    return skips.directive;
  }

  #open(names: string): FieldLines {
    const fields = names.split(String.fromCharCode(this.#separator));
    return new FieldLines(
      this.title,
      new DelimitedSplitter(fields, this.#separator),
      rolesFor(rolesIn(fields, this.context), this.context),
      this.context,
    );
  }
}

export const zeekTsv: TraceFormat = {
  name: 'zeek',
  title: 'Zeek log',
  about: 'Log of the Zeek network monitor (http.log, conn.log) with its #separator and #fields header',
  defaults: { time: 'ts', key: 'id.orig_h', duration: 'duration' },
  open(context) {
    if (!context.sample.lines.some((line) => line.startsWith('#fields'))) return undefined;
    return new ZeekLines(context);
  },
};

export const zeekJson = jsonFormat({
  name: 'zeek-json',
  title: 'Zeek JSON log',
  about: 'The same as JSON lines',
  isRequest: (record) => 'ts' in record && 'id.orig_h' in record,
  time: 'ts',
  timeUnit: 's',
  key: 'id.orig_h',
  duration: 'duration',
  durationUnitUs: 1e6,
});
