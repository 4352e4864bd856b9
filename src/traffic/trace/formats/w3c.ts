import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { type FieldRoles, rolesFor, zonelessWords } from '../roles.ts';
import { blank, tab } from '../text/bytes.ts';
import { DelimitedSplitter } from '../text/delimited.ts';
import { SpacedSplitter } from '../text/spaced.ts';
import { nearlyAll } from './byvalues.ts';
import { isAddress } from './keyvalues.ts';
import { otherLogOf } from './otherlogs.ts';

/** How one writer of W3C extended logs uses its fields. */
interface W3cDialect {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly durationUnitUs: number;
  readonly endsAt: boolean;
  recognises(head: string): boolean;
}

/**
 * The W3C Extended Log File Format (W3C working draft WD-logfile): `#Fields:` names the columns of the lines below it
 * and may come again with others; `#Date:` dates lines that have only a time of day. All times are UTC.
 */
class W3cLines implements TraceParser {
  readonly readsDirectives = true;
  readonly title: string;
  #lines: FieldLines | undefined;
  #fields: readonly string[] = [];
  #date = '';
  #hadDurations = false;
  readonly #open = new Map<string, FieldLines>();

  constructor(
    private readonly dialect: W3cDialect,
    private readonly context: FormatContext,
  ) {
    this.title = dialect.title;
    const header = context.sample.lines.find((line) => line.startsWith('#Fields:'));
    this.#hadDurations = /\b(?:time-taken|TimeTakenMS)\b/.test(header ?? '');
  }

  get hasDurations(): boolean {
    return this.#hadDurations;
  }

  notes(): readonly string[] {
    const notes = [...this.#open.values()].flatMap((lines) => lines.notes());
    return [...new Set(notes)].filter((note) => note !== zonelessWords); // all times are UTC
  }

  line(buf: Buffer, from: number, to: number): Skip | undefined {
    if (buf[from] === 35) {
      this.#directive(buf.toString('utf8', from, to));
      return skips.directive;
    }
    this.#lines ??= this.#linesFor(buf.subarray(from, to).includes(tab) ? tab : blank);
    if (this.#lines === undefined) return skips.wrongShape;
    if (hasDates(this.#fields)) return this.#lines.line(buf, from, to);
    const dated = Buffer.concat([Buffer.from(`${this.#date} `), buf.subarray(from, to)]);
    return this.#lines.line(dated, 0, dated.length);
  }

  #directive(text: string): void {
    const [, name, value] = /^#(Fields|Date):\s*(.*)$/.exec(text) ?? [];
    if (name === 'Date') this.#date = value.slice(0, 10);
    if (name !== 'Fields') return;
    this.#fields = value.trim().split(/\s+/);
    this.#lines = undefined; // made again at the next line, which tells the delimiter
  }

  #linesFor(delimiter: number): FieldLines | undefined {
    if (this.#fields.length === 0) return undefined;
    const cacheKey = `${delimiter} ${this.#fields.join(' ')}`;
    const known = this.#open.get(cacheKey);
    if (known) return known;
    const dated = hasDates(this.#fields);
    const fields = dated ? this.#fields : ['date', ...this.#fields];
    const splitter =
      dated && delimiter === tab ? new DelimitedSplitter(fields, tab) : new SpacedSplitter(fields);
    const lines = new FieldLines(
      this.title,
      splitter,
      rolesFor(this.#roles(fields), this.context),
      this.context,
    );
    this.#open.set(cacheKey, lines);
    return lines;
  }

  /** The field of the client behind a proxy, where nearly all lines of the sample have it. */
  #forwarded(fields: readonly string[]): string[] | undefined {
    const place = fields.findIndex((field) => forwardedName.test(field));
    if (place < 0) return undefined;
    const rows = this.context.sample.lines.filter((line) => line !== '' && !line.startsWith('#'));
    const cells = rows.map((row) => row.split(row.includes('\t') ? '\t' : ' ')[place] ?? '');
    return cells.length > 0 && nearlyAll(cells, isAddress) ? [fields[place]] : undefined;
  }

  #roles(fields: readonly string[]): FieldRoles {
    const there = (names: readonly string[]) => names.filter((name) => fields.includes(name)).slice(0, 1);
    const time = [...there(dates), ...there(timesOfDay)];
    return {
      time: there(dates).length > 0 ? time : ['timestamp'],
      key:
        this.#forwarded(fields) ??
        there(['c-ip', 'c-dns', 'src-ip', 'x-forwarded-for', 'cs-username', 's-ip']),
      durations: ['time-taken', 'TimeTakenMS'],
      durationUnitUs: this.dialect.durationUnitUs,
      endsAt: this.dialect.endsAt,
    };
  }
}

/** What servers call the client that a proxy passed on, which administrators name themselves. */
const forwardedName = /^(?:cs\()?x-forwarded-for\)?$/i;

const dates = ['date', 'date-local'];
const timesOfDay = ['time', 'time-local'];

/** Whether lines have all of their time, or none of it that a `#Date:` could complete. */
function hasDates(fields: readonly string[]): boolean {
  return dates.some((name) => fields.includes(name)) || !fields.includes('time');
}

function w3c(dialect: W3cDialect): TraceFormat {
  const { name, title, about } = dialect;
  return {
    name,
    title,
    about,
    defaults: { time: 'date, time', key: 'c-ip', duration: 'time-taken' },
    open(context) {
      const { lines } = context.sample;
      const header = lines.filter((line) => line.startsWith('#')).join('\n');
      if (!header.includes('#Fields:')) return undefined;
      const isOfServer = dialect.recognises(header) && otherLogOf(lines) === undefined;
      if (context.options.format !== name && !isOfServer) return undefined;
      return new W3cLines(dialect, context);
    },
  };
}

/** "Configure and use standard logs": the time is when the server finished responding, time-taken is in seconds. */
export const cloudfront = w3c({
  name: 'cloudfront',
  title: 'CloudFront standard log',
  about: 'Standard (access) log of Amazon CloudFront',
  durationUnitUs: 1e6,
  endsAt: true,
  recognises: (header) => /\bx-edge-/.test(header),
});

/** "W3C Logging" (IIS documentation): time-taken is in milliseconds. */
export const iis = w3c({
  name: 'iis',
  title: 'IIS W3C extended log',
  about: 'W3C extended log of Microsoft IIS; #Fields may change within the file',
  durationUnitUs: 1e3,
  endsAt: false,
  recognises: (header) =>
    /Microsoft|\bIIS\b|\bsc-win32-status\b|\bs-sitename\b/.test(header) ||
    (/\bs-computername\b/.test(header) && !header.includes('#Software:')),
});

export const w3cExtended = w3c({
  name: 'w3c',
  title: 'W3C extended log',
  about: 'Extended Log File Format of the W3C, as other servers write it; time-taken in seconds',
  durationUnitUs: 1e6,
  endsAt: false,
  recognises: () => true,
});
