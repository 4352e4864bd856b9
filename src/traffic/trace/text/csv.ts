import { type Skip, skips } from '../account.ts';
import { bar, blank, quote } from './bytes.ts';
import { columnOf, type Spans, type Splitter } from './spans.ts';

/** A record that goes on after the line's end, inside quotes; whoever cuts lines adds the next one and asks again. */
export const unfinished: Skip = { reason: 'unfinished', malformed: true };

/**
 * Comma, tab, semicolon or bar separated values by RFC 4180: `"…"` may hold delimiters, line ends and `""` for a quote.
 * A quote inside an unquoted field is text, and blanks before a field are none of it, nor are those before a bar: tables that are drawn have them. Blanks part fields too, and several of them as one does: columns are aligned
 * by them.
 */
export class CsvSplitter implements Splitter {
  /** A copy of the line, made when a field must be rewritten, so that the line itself can be shown or read again. */
  #scratch = Buffer.alloc(0);

  constructor(
    readonly fields: readonly string[],
    private readonly delimiter: number,
    private readonly atLeast = 1,
  ) {}

  column(name: string): number {
    return columnOf(this.fields, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    spans.buf = buf;
    let field = 0;
    let at = this.#fieldStart(buf, from, to);
    // Quotes behind the last field that is wanted may hold the line's end, so the rest must be read as well.
    while (at <= to && (field <= last || hasQuote(buf, at, to))) {
      const end = this.#field(buf, at, to, spans, field++);
      if (end === doubledQuote) return this.#splitCopy(buf, from, to, spans, last);
      if (end < 0) return end === noClosingQuote ? unfinished : skips.wrongShape;
      at = this.#fieldStart(buf, end + 1, to);
    }
    if (field < this.atLeast) return skips.wrongShape;
    for (; field <= last; field++) spans.set(field, 0, -1);
    return undefined;
  }

  /**
   * Where the field begins that is next at `at`, behind blanks; where blanks part the fields, behind the line's end when only they
   * are left.
   */
  #fieldStart(buf: Buffer, at: number, to: number): number {
    let start = at;
    while (start < to && buf[start] === blank) start++;
    return start === to && this.delimiter === blank ? to + 1 : Math.max(start, at);
  }

  /** Finds one field; answers the place of the delimiter behind it, or one of the marks below. */
  #field(buf: Buffer, at: number, to: number, spans: Spans, field: number): number {
    if (at < to && buf[at] === quote) return this.#quoted(buf, at + 1, to, spans, field);
    let end = at;
    while (end < to && buf[end] !== this.delimiter) end++;
    let last = end;
    if (this.delimiter === bar) while (last > at && buf[last - 1] === blank) last--;
    spans.set(field, at, last);
    return end;
  }

  #quoted(buf: Buffer, start: number, to: number, spans: Spans, field: number): number {
    let doubled = false;
    let end = buf.indexOf(quote, start);
    while (end >= 0 && end + 1 < to && buf[end + 1] === quote) {
      doubled = true;
      end = buf.indexOf(quote, end + 2);
    }
    if (end < 0 || end >= to) return noClosingQuote;
    if (end + 1 < to && buf[end + 1] !== this.delimiter) return textBehindQuote;
    if (doubled && buf !== this.#scratch) return doubledQuote;
    spans.set(field, start, doubled ? undouble(buf, start, end) : end);
    return end + 1;
  }

  #splitCopy(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    if (this.#scratch.length < to - from) this.#scratch = Buffer.alloc((to - from) * 2);
    buf.copy(this.#scratch, 0, from, to);
    return this.split(this.#scratch, 0, to - from, spans, last);
  }
}

const noClosingQuote = -1;
const textBehindQuote = -2;
const doubledQuote = -3;

function hasQuote(buf: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (buf[i] === quote) return true;
  return false;
}

/** Writes `a""b` as `a"b` where it stands; answers its new end. */
export function undouble(buf: Buffer, start: number, end: number): number {
  let to = start;
  for (let i = start; i < end; i++) {
    buf[to++] = buf[i];
    if (buf[i] === quote) i++;
  }
  return to;
}
