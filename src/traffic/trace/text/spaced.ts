import type { Skip } from '../account.ts';
import { blank, quote } from './bytes.ts';
import { CsvSplitter } from './csv.ts';
import { DelimitedSplitter } from './delimited.ts';
import type { Spans } from './spans.ts';

/** Fields parted by a blank each; where a line has quotes around some, or several blanks, by what CSV makes of it. */
export class SpacedSplitter extends DelimitedSplitter {
  readonly #quoted: CsvSplitter;

  constructor(fields: readonly string[]) {
    super(fields, blank);
    this.#quoted = new CsvSplitter(fields, blank, 2);
  }

  override split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    if (!isQuoted(buf, from, to)) return super.split(buf, from, to, spans, last);
    return this.#quoted.split(buf, from, to, spans, last) && super.split(buf, from, to, spans, last);
  }
}

function isQuoted(buf: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (buf[at] === quote && (at === from || buf[at - 1] === blank)) return true;
    if (buf[at] === blank && buf[at + 1] === blank) return true;
  }
  return false;
}
