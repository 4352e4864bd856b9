import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { DelimitedSplitter } from '../text/delimited.ts';
import { jsonFormat } from './jsonlog.ts';

/** Zeek documentation, "Log Formats": ts is when the event began, in seconds; unset fields are `-`. */
const roles: FieldRoles = {
  time: ['ts'],
  timeUnit: 's',
  key: ['id.orig_h'],
  durations: ['duration'],
  durationUnitUs: 1e6,
};

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
      rolesFor(roles, this.context),
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
