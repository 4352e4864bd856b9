import { carriageReturn, comma, isBlank, lineFeed, quote } from '../../traffic/trace/text/bytes.ts';
import { undouble } from '../../traffic/trace/text/csv.ts';
import { Spans } from '../../traffic/trace/text/spans.ts';
import type { Place } from './place.ts';

/** No request is told in so many bytes; what looks like it is a quote that was never closed, or no CSV at all. */
const mostRowBytes = 1 << 20;

/**
 * Cuts rows of CSV out of bytes, by RFC 4180: `"…"` may hold commas, line ends and `""` for a quote. Lines end in LF,
 * CR LF or CR; blanks around cells are dropped; a quote inside an unquoted cell is text, as `compare --trace` has it.
 */
export class RowCutter {
  /** The cells of the row cut last, as far as `mostCells`. */
  readonly spans = new Spans();
  cells = 0;
  /** Lines that the row went over. */
  lines = 0;
  #hasQuotes = false;
  readonly #doubled: boolean[];
  readonly #place: Place;

  constructor(
    place: Place,
    private readonly mostCells: number,
  ) {
    this.#place = place;
    this.#doubled = new Array<boolean>(mostCells).fill(false);
  }

  /** Behind the end of the row that begins at `start`; -1 when it goes on in bytes that are still to come. Throws UsageError. */
  cut(bytes: Buffer, start: number, last: boolean): number {
    this.spans.buf = bytes;
    this.cells = 0;
    this.lines = 1;
    this.#hasQuotes = false;
    let end = this.#cell(bytes, start, last);
    while (bytes[end] === comma) end = this.#cell(bytes, end + 1, last);
    const behind = this.#behindLine(bytes, end, last);
    if ((behind < 0 ? bytes.length : behind) - start > mostRowBytes) {
      this.#place.fail(
        'a row of more than 1 MiB; a row is t_us,key,cost, and a quote in it has to be closed',
      );
    }
    if (behind >= 0 && this.#hasQuotes) this.#undouble(bytes);
    return behind;
  }

  /** Whether there is nothing in the row. */
  get isBlank(): boolean {
    return this.cells === 1 && this.spans.from[0] === this.spans.to[0] && !this.#hasQuotes;
  }

  #behindLine(bytes: Buffer, end: number, last: boolean): number {
    if (bytes[end] === lineFeed) return end + 1;
    if (end + 1 >= bytes.length) return last ? bytes.length : -1; // a LF may follow the CR
    return bytes[end + 1] === lineFeed ? end + 2 : end + 1;
  }

  /** Finds one cell; answers where the comma or the line end behind it is, or the bytes' end. */
  #cell(bytes: Buffer, start: number, last: boolean): number {
    let from = start;
    while (isBlank(bytes[from])) from++;
    if (bytes[from] === quote) return this.#quoted(bytes, from + 1, last);
    let end = from;
    while (end < bytes.length && !endsCell(bytes[end])) end++;
    let to = end;
    while (to > from && isBlank(bytes[to - 1])) to--;
    this.#add(from, to, false);
    return end;
  }

  #quoted(bytes: Buffer, from: number, last: boolean): number {
    let doubled = false;
    let to = bytes.indexOf(quote, from);
    while (to >= 0 && bytes[to + 1] === quote) {
      doubled = true;
      to = bytes.indexOf(quote, to + 2);
    }
    if (to < 0) return last ? this.#place.fail('a quote is opened here and never closed') : bytes.length;
    let end = to + 1;
    while (isBlank(bytes[end])) end++;
    if (end < bytes.length && !endsCell(bytes[end])) {
      this.#place.fail('text behind a closing quote; inside quotes write "" for a quote');
    }
    this.#hasQuotes = true;
    this.lines += lineEnds(bytes, from, to);
    this.#add(from, to, doubled);
    return end;
  }

  #add(from: number, to: number, doubled: boolean): void {
    if (this.cells < this.mostCells) {
      this.spans.set(this.cells, from, to);
      this.#doubled[this.cells] = doubled;
    }
    this.cells++;
  }

  /** Once the row is whole, for it is cut again from its start until then. */
  #undouble(bytes: Buffer): void {
    const { from, to } = this.spans;
    for (let cell = 0; cell < Math.min(this.cells, this.mostCells); cell++) {
      if (this.#doubled[cell]) to[cell] = undouble(bytes, from[cell], to[cell]);
    }
  }
}

function endsCell(byte: number): boolean {
  return byte === comma || byte === lineFeed || byte === carriageReturn;
}

function lineEnds(bytes: Buffer, from: number, to: number): number {
  let ends = 0;
  for (let at = from; at < to; at++) {
    if (bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] !== lineFeed)) ends++;
  }
  return ends;
}
