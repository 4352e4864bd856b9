import { type Skip, skips } from '../account.ts';
import { columnOf, type Spans, type Splitter } from './spans.ts';

const blank = 32;
const quote = 34;
const backslash = 92;

/** The end of a `"…"` whose first character stands at `at`: where its closing quote is, `to` when there is none. */
export function quoteEnd(buf: Uint8Array, at: number, to: number): number {
  let i = at;
  while (i < to && buf[i] !== quote) i += buf[i] === backslash ? 2 : 1;
  return Math.min(i, to);
}

/** Fields parted by one blank each, `"…"` around those that hold blanks, `\"` within: the load balancer logs of AWS. */
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
      const quoted = buf[at] === quote;
      const start = quoted ? at + 1 : at;
      const end = quoted ? quoteEnd(buf, start, to) : wordEnd(buf, at, to);
      if (quoted && end === to) break;
      spans.set(field++, start, end);
      at = end + (quoted ? 2 : 1);
    }
    if (field < this.atLeast) return skips.wrongShape;
    for (; field <= last; field++) spans.set(field, 0, -1); // older logs have fewer fields
    return undefined;
  }
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
