import { type Skip, skips } from '../account.ts';
import { byteAt, quoteEnd } from './quoted.ts';
import type { Spans, Splitter } from './spans.ts';

const blank = 32;
const quote = 34;
const equals = 61;

/** The name of the word that is the time which a collector wrote in front of the pairs. */
export const timeInFront = 'logged';

/**
 * Pairs `name=value` parted by blanks, a value in quotes where it holds blanks: what Go programs and Heroku call logfmt.
 * Words that are no pairs are looked over, but for the one of the time.
 */
export class LogfmtSplitter implements Splitter {
  readonly #wanted: string[] = [];

  /** `timeWord`: which word of a line is the time in front. */
  constructor(
    readonly fields: readonly string[],
    private readonly timeWord = 0,
  ) {}

  column(name: string): number {
    return this.fields.includes(name) ? this.#wanted.push(name) - 1 : -1;
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    spans.buf = buf;
    for (let field = 0; field < this.#wanted.length; field++) spans.set(field, 0, -1);
    let pairs = 0;
    let words = 0;
    for (let at = from; at < to; ) {
      const nameEnd = pairNameEnd(buf, at, to);
      if (nameEnd < 0) {
        const end = byteAt(buf, blank, at, to);
        if (pairs === 0 && words++ === this.timeWord) this.#keep(timeInFront, at, end, spans);
        at = end + 1;
        continue;
      }
      pairs++;
      const quoted = buf[nameEnd + 1] === quote;
      const valueAt = nameEnd + (quoted ? 2 : 1);
      const end = quoted ? quoteEnd(buf, valueAt, to) : byteAt(buf, blank, valueAt, to);
      this.#keep(buf.toString('utf8', at, nameEnd), valueAt, end, spans);
      at = end + (quoted ? 2 : 1);
    }
    return pairs === 0 ? skips.wrongShape : undefined;
  }

  #keep(name: string, from: number, to: number, spans: Spans): void {
    for (let field = 0; field < this.#wanted.length; field++) {
      if (this.#wanted[field] === name) spans.set(field, from, to);
    }
  }
}

/** Where the `=` of a pair stands whose name begins at `at`; -1 when no pair begins there. */
function pairNameEnd(buf: Uint8Array, at: number, to: number): number {
  let end = at;
  while (end < to && isNameByte(buf[end])) end++;
  return end > at && end < to && buf[end] === equals ? end : -1;
}

/** Letters, digits and `_ . - @ /`, as names of fields and labels have them. */
function isNameByte(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) || (byte >= 64 && byte <= 90) || (byte >= 45 && byte <= 57) || byte === 95
  );
}
