import { type Skip, skips } from '../account.ts';
import { columnOf, type Spans, type Splitter } from './spans.ts';

/** Fields parted by one byte that no field contains: W3C logs (blank or tab) and Zeek's TSV. */
export class DelimitedSplitter implements Splitter {
  constructor(
    readonly fields: readonly string[],
    private readonly delimiter: number,
  ) {}

  column(name: string): number {
    return columnOf(this.fields, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    spans.buf = buf;
    let start = from;
    for (let field = 0; field <= last; field++) {
      if (start > to) return skips.wrongShape;
      let end = start;
      while (end < to && buf[end] !== this.delimiter) end++;
      spans.set(field, start, end);
      start = end + 1;
    }
    return undefined;
  }
}
