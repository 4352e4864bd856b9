/** Places in a line of the Common Log Format. */
import { blank, comma, dash, isDigit, openBracket, slash } from '../text/bytes.ts';
import { wordEnd } from '../text/quoted.ts';

/** The end of a word, or of several with a comma behind each but the last: the client and the proxies that passed it on. */
export function listEnd(buf: Buffer, from: number, to: number): number {
  let end = wordEnd(buf, from, to);
  while (buf[end - 1] === comma && end < to) end = wordEnd(buf, end + 1, to);
  return end;
}

/** Three words before ` [dd/Mon/`: docker compose, Kubernetes and syslog write more of them in front. */
export function clientStart(buf: Buffer, from: number, to: number): number {
  let open = from + 1;
  while (open + 7 < to && !(buf[open] === openBracket && buf[open + 3] === slash && buf[open + 7] === slash))
    open++;
  let start = open;
  for (let words = 0; words < 3; words++) {
    start--;
    while (start > from && buf[start - 1] !== blank) start--;
    if (start > from + 1 && buf[start - 2] === comma) words--; // the client stands before its proxies
  }
  return Math.max(from, start);
}

/** Whether a word begins as `2023-11-14`, which is no client. */
export function isDate(buf: Buffer, at: number): boolean {
  return isDigit(buf[at]) && isDigit(buf[at + 3]) && buf[at + 4] === dash && buf[at + 7] === dash;
}

/** A blank, three digits and a blank. */
export function isStatus(buf: Buffer, at: number, to: number): boolean {
  if (at + 3 >= to || buf[at - 1] !== blank || buf[at + 3] !== blank) return false;
  return isDigit(buf[at]) && isDigit(buf[at + 1]) && isDigit(buf[at + 2]);
}
