import { type Skip, skips } from '../account.ts';
import { backslash, blank, closeBracket, openBracket, quote } from './bytes.ts';
import { columnOf, type Spans, type Splitter } from './spans.ts';

/** The end of a `"…"` whose first character stands at `at`: where its closing quote is, `to` when there is none. */
export function quoteEnd(buf: Uint8Array, at: number, to: number): number {
  let i = at;
  while (i < to && buf[i] !== quote) i += buf[i] === backslash ? 2 : 1;
  return Math.min(i, to);
}

/**
 * Fields parted by one blank each, `"…"` around those that hold blanks, `\"` within: the logs of AWS. A field may be
 * `[…]` with blanks as well, as the times of web servers are; `[2001:db8::1]:443` is a word.
 */
export class QuotedSplitter implements Splitter {
  constructor(
    readonly fields: readonly string[],
    private readonly atLeast: number,
  ) {}

  column(name: string): number {
    return columnOf(this.fields, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    spans.buf = buf;
    let field = 0;
    let at = from;
    const wanted = Math.max(last + 1, this.atLeast);
    while (at < to && field < wanted) {
      const close = closingMark(buf, at, to);
      if (close === to) break; // a quote that is never closed
      const end = close < 0 ? wordEnd(buf, at, to) : close;
      spans.set(field++, close < 0 ? at : at + 1, end);
      at = end + (close < 0 ? 1 : 2);
    }
    if (field < this.atLeast) return skips.wrongShape;
    for (; field <= last; field++) spans.set(field, 0, -1); // older logs have fewer fields
    return undefined;
  }
}

/** Where the quote or the bracket that stands at `at` is closed, `to` when a quote never is; -1 when a plain word begins there. */
function closingMark(buf: Uint8Array, at: number, to: number): number {
  if (buf[at] === quote) return quoteEnd(buf, at + 1, to);
  if (buf[at] !== openBracket) return -1;
  const close = byteAt(buf, closeBracket, at, to);
  return close < to && (close + 1 === to || buf[close + 1] === blank) ? close : -1;
}

/** The next blank at or behind `at`, or `to`. */
export function wordEnd(buf: Uint8Array, at: number, to: number): number {
  return byteAt(buf, blank, at, to);
}

/** The next such byte at or behind `at`, or `to`. Unlike `indexOf` it stops at the end of the line. */
export function byteAt(buf: Uint8Array, byte: number, at: number, to: number): number {
  let end = at;
  while (end < to && buf[end] !== byte) end++;
  return end;
}
