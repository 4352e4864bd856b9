import { type Skip, skips } from '../account.ts';
import type { Spans, Splitter } from './spans.ts';

const tab = 9;
const colon = 58;

/** Labeled Tab-separated Values (ltsv.org): `label:value`, parted by tabs, in any order. */
export class LtsvSplitter implements Splitter {
  readonly #wanted: string[] = [];

  constructor(readonly fields: readonly string[]) {}

  column(name: string): number {
    return this.fields.includes(name) ? this.#wanted.push(name) - 1 : -1;
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    spans.buf = buf;
    for (let field = 0; field < this.#wanted.length; field++) spans.set(field, 0, -1);
    let pairs = 0;
    for (let at = from; at < to; ) {
      let end = at;
      let mark = -1;
      for (; end < to && buf[end] !== tab; end++) if (mark < 0 && buf[end] === colon) mark = end;
      if (mark > at) {
        pairs++;
        this.#keep(buf.toString('utf8', at, mark), mark + 1, end, spans);
      }
      at = end + 1;
    }
    return pairs === 0 ? skips.wrongShape : undefined;
  }

  #keep(name: string, from: number, to: number, spans: Spans): void {
    for (let field = 0; field < this.#wanted.length; field++) {
      if (this.#wanted[field] === name) spans.set(field, from, to);
    }
  }
}
