import { blank, closeBrace, colon, comma, dash, equals, nine, openBrace, quote, tab } from './bytes.ts';
import { frontTime, timeInFront } from './front.ts';
import { PairSplitter } from './pairs.ts';
import { byteAt, quoteEnd } from './quoted.ts';
import type { Spans } from './spans.ts';

/** Bytes before the first pair in which its time may stand. */
export const mostInFront = 200;

/**
 * Pairs `name=value` parted by blanks or tabs, a value in quotes where it holds blanks: what Go programs and Heroku call logfmt.
 * Words that are no pairs are looked over, but for the time in front of the pairs.
 */
export class LogfmtSplitter extends PairSplitter {
  protected override keepPairs(buf: Buffer, from: number, to: number, spans: Spans): number {
    if (this.wants(timeInFront)) this.#keepFront(buf, from, to, spans);
    let pairs = 0;
    for (let at = from; at < to; ) {
      const nameEnd = pairNameEnd(buf, at, to);
      if (nameEnd < 0) {
        at = gapAt(buf, at, to) + 1;
        continue;
      }
      pairs++;
      const quoted = buf[nameEnd + 1] === quote;
      const valueAt = nameEnd + (quoted ? 2 : 1);
      const end = quoted ? quoteEnd(buf, valueAt, to) : gapAt(buf, valueAt, to);
      this.keep(buf.toString('utf8', at, nameEnd), valueAt, quoted ? end : bareEnd(buf, valueAt, end), spans);
      at = end + (quoted ? 2 : 1);
    }
    return pairs;
  }

  #keepFront(buf: Buffer, from: number, to: number, spans: Spans): void {
    const end = byteAt(buf, equals, from, Math.min(to, from + mostInFront));
    const time = frontTime(buf.toString('latin1', from, end));
    if (time !== undefined) this.keep(timeInFront, from + time.from, from + time.to, spans);
  }
}

/** Where a value ends behind which a comma parts it from the next, or a brace closes the list of pairs: `request{method=GET ip=192.0.2.7}:`. */
function bareEnd(buf: Uint8Array, from: number, to: number): number {
  if (to > from && buf[to - 1] === comma) return to - 1;
  const end = to > from && buf[to - 1] === colon ? to - 1 : to;
  return end > from && buf[end - 1] === closeBrace && byteAt(buf, openBrace, from, end) === end
    ? end - 1
    : to;
}

/** The next blank or tab at or behind `at`, or `to`. */
function gapAt(buf: Uint8Array, at: number, to: number): number {
  let end = at;
  while (end < to && buf[end] !== blank && buf[end] !== tab) end++;
  return end;
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
    (byte >= 97 && byte <= 122) || (byte >= 64 && byte <= 90) || (byte >= dash && byte <= nine) || byte === 95
  );
}
