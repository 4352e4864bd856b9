import { colon, tab } from './bytes.ts';
import { PairSplitter } from './pairs.ts';
import type { Spans } from './spans.ts';

/** Labeled Tab-separated Values (ltsv.org): `label:value`, parted by tabs, in any order. */
export class LtsvSplitter extends PairSplitter {
  protected override keepPairs(buf: Buffer, from: number, to: number, spans: Spans): number {
    let pairs = 0;
    for (let at = from; at < to; ) {
      let end = at;
      let mark = -1;
      for (; end < to && buf[end] !== tab; end++) if (mark < 0 && buf[end] === colon) mark = end;
      if (mark > at) {
        pairs++;
        this.keep(buf.toString('utf8', at, mark), mark + 1, end, spans);
      }
      at = end + 1;
    }
    return pairs;
  }
}
