import { type Skip, skips } from '../account.ts';
import { blank, closeBrace, comma, openBrace } from './bytes.ts';
import { frontTime, timeInFront } from './front.ts';
import type { Spans, Splitter } from './spans.ts';

export type JsonRecord = { readonly [name: string]: unknown };

/** Tells which records are requests; a log of one program often holds other lines too. */
export type RecordTest = (record: JsonRecord) => boolean;

/** Bytes before an object in which its beginning is looked for. */
export const maxPrefix = 200;

/**
 * One JSON object a line. Fields are named by dotted paths, alternatives parted by `|` (the first that is there wins).
 * Before the object may stand what a log collector put there: `caddy  | `, a syslog header. Values are written to a
 * scratch buffer as text, so that times, keys and costs are read by the same code as in every other format.
 */
export class JsonSplitter implements Splitter {
  /** The parts of lines before their object, once one was seen. */
  sawPrefix = false;
  readonly fields: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #paths: string[][][] = [];
  #scratch = Buffer.alloc(1024);

  constructor(
    private readonly isRequest: RecordTest,
    known: Iterable<string>,
  ) {
    this.#known = new Set(known);
    this.fields = [...this.#known];
  }

  column(name: string): number {
    const there = name.split('|').some((path) => this.#known.has(path));
    if (!there) return -1;
    const paths = name.split('|').map((path) => path.split('.'));
    return this.#paths.push(paths) - 1;
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    const start = this.#objectStart(buf, from, to);
    if (start < 0) return this.sawPrefix ? skips.notARequest : skips.badJson;
    const end = buf[to - 1] === comma ? to - 1 : to; // lines of a list that lost its brackets
    const record = parseRecord(buf.toString('utf8', start, end));
    if (record === undefined) return skips.badJson;
    const isFrontKnown = start > from && this.#known.has(timeInFront);
    const front = isFrontKnown ? buf.toString('latin1', from, start) : '';
    return this.spread(withFront(record, front) ?? record, spans);
  }

  /** Writes the wanted fields of a record that was parsed already. */
  spread(record: JsonRecord, spans: Spans): Skip | undefined {
    if (!this.isRequest(record)) return skips.notARequest;
    let used = 0;
    for (let field = 0; field < this.#paths.length; field++) {
      const text = textOf(firstValue(record, this.#paths[field]));
      if (text === undefined) {
        spans.set(field, 0, -1);
        continue;
      }
      if (this.#scratch.length < used + text.length * 3) this.#widen(used + text.length * 3);
      const end = used + this.#scratch.write(text, used);
      spans.set(field, used, end);
      used = end;
    }
    spans.buf = this.#scratch;
    return undefined;
  }

  #objectStart(buf: Buffer, from: number, to: number): number {
    if (buf[from] === openBrace) return from;
    const limit = Math.min(to, from + maxPrefix);
    for (let at = from; at < limit; at++) {
      if (buf[at] !== openBrace) continue;
      this.sawPrefix ||= buf[to - 1] === closeBrace && buf[at - 1] === blank;
      return at;
    }
    return -1;
  }

  #widen(bytes: number): void {
    const wider = Buffer.alloc(bytes * 2);
    this.#scratch.copy(wider);
    this.#scratch = wider;
  }
}

/** A record with the time that stands in front of it, as a field of its own. */
export function withFront(record: JsonRecord | undefined, front: string): JsonRecord | undefined {
  const time = record === undefined || front === '' ? undefined : frontTime(front);
  return time === undefined ? record : { ...record, [timeInFront]: front.slice(time.from, time.to) };
}

/** Whole numbers of 16 digits and more, which a double may not hold: ids of 64 bits. */
const largeNumber = /([:,[]\s*)(-?[1-9]\d{15,})(?=\s*[,}\]])/g;
const digitsOfLarge = /\d{16}/;

/** The object in the text. Large whole numbers become strings, so that ids that differ in their last digits stay apart. */
export function parseRecord(text: string): JsonRecord | undefined {
  const exact = digitsOfLarge.test(text) ? jsonOf(text.replace(largeNumber, '$1"$2"')) : undefined; // undefined also where they stood in a string: quotes end it
  const value = exact ?? jsonOf(text) ?? jsonOf(mended(text));
  return isRecord(value) ? value : undefined;
}

const hexEscape = /\\x([0-9a-f]{2})/gi;
const noNumber = /([:,[]\s*)(?:NaN|-?Infinity)(?=\s*[,}\]])/g;

/** What nginx writes without `escape=json` (`\x22`) and Python for numbers that are none, as JSON has it. */
function mended(text: string): string {
  return text.replace(hexEscape, '\\u00$1').replace(noNumber, '$1null');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // counted as bad JSON
  }
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a dotted path. Names may have dots themselves, as Zeek's `id.orig_h` and OpenTelemetry's `client.address`. */
export function valueAt(record: JsonRecord, path: readonly string[]): unknown {
  const value = own(record, path.join('.'));
  if (value !== undefined) return value;
  for (let names = 1; names < path.length; names++) {
    const inner = own(record, names === 1 ? path[0] : path.slice(0, names).join('.'));
    const within = typeof inner === 'string' ? recordIn(inner) : inner;
    if (typeof within !== 'object' || within === null) continue;
    const found = valueAt(within as JsonRecord, path.slice(names)); // an array has names too: its places
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The object that a text holds, as loggers put one into a field of another; nothing for other texts. */
function recordIn(text: string): JsonRecord | undefined {
  return text.startsWith('{') && text.endsWith('}') ? parseRecord(text) : undefined;
}

function own(record: JsonRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function firstValue(record: JsonRecord, paths: readonly string[][]): unknown {
  for (const path of paths) {
    const value = valueAt(record, path);
    if (value !== undefined && value !== null && value !== '' && value !== '-') return value;
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return undefined;
  if (isInstant(value)) return instantText(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A time as Protocol Buffers write it in JSON: seconds since 1970 and nanoseconds. */
interface Instant {
  readonly seconds: number | string;
  readonly nanos: number;
}

function isInstant(value: unknown): value is Instant {
  if (!isRecord(value)) return false;
  const { seconds, nanos } = value;
  return Object.keys(value).length === 2 && /^\d+$/.test(String(seconds)) && typeof nanos === 'number';
}

function instantText({ seconds, nanos }: Instant): string {
  return `${seconds}.${String(nanos).padStart(9, '0')}`;
}

/** The text of a value, and nothing for none, for guessing what a field holds. */
export function shownText(value: unknown): string {
  return isInstant(value) ? instantText(value) : String(value ?? '');
}

/** Every dotted path to a plain value in a record, for guessing and for messages. */
export function pathsOf(record: JsonRecord, prefix = '', depth = 0): string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const path = prefix + name;
    const within = typeof value === 'string' ? recordIn(value) : value;
    return isRecord(within) && !isInstant(within) && depth < 4
      ? pathsOf(within, `${path}.`, depth + 1)
      : [path];
  });
}
