import { isIP } from 'node:net';
import { type Skip, skips } from '../account.ts';
import { blank, closeBracket, comma, dash, openBracket, questionMark, quote } from '../text/bytes.ts';
import { byteAt, quoteEnd, wordEnd } from '../text/quoted.ts';
import { columnOf, type Spans, type Splitter } from '../text/spans.ts';
import { aliases, clfFields, field } from './clffields.ts';
import type { Forwarded } from './clfkey.ts';
import { clientStart, isDate, isStatus, listEnd } from './clfwords.ts';

/** Bytes that a line must have to hold the fields up to `bytes`, so that a shorter one is refused before it is read. */
const shortest = '- - - [17/May/2015:10:05:03] "" 200 -'.length;

/** What stands before the one who connected: nothing, the virtual host, the client behind a proxy, or whatever a log collector wrote. */
export type Front = '' | 'vhost' | 'forwarded' | 'prefix';

/** Cuts a line of the Common Log Format, or of one that grew from it. */
export class ClfSplitter implements Splitter {
  readonly fields = clfFields;

  constructor(
    private readonly front: Front,
    private readonly combined: boolean,
    private readonly forwarded: Forwarded,
  ) {}

  column(name: string): number {
    if (name === 'vhost' && this.front !== 'vhost') return -1;
    if (name === 'forwarded' && this.forwarded === undefined) return -1;
    return columnOf(clfFields, aliases.get(name) ?? name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, last: number): Skip | undefined {
    spans.buf = buf;
    let at = from;
    if (this.front === 'vhost') {
      at = wordEnd(buf, from, to) + 1;
      if (buf[at - 2] === comma) return skips.wrongShape; // a list of clients
      spans.set(field.vhost, from, at - 1);
    }
    if (this.front === 'forwarded') at = clientInFront(buf, from, to, spans);
    if (this.front === 'prefix') at = clientStart(buf, from, to);
    at = this.#client(buf, at, to, spans);
    if (at < 0 || (this.front === 'prefix' && isUserAddress(spans))) return skips.wrongShape;
    at = this.#request(buf, at, to, spans);
    if (at < 0) return skips.wrongShape;
    if (last >= field.referer && !this.#quotedPair(buf, at, to, spans)) return skips.wrongShape;
    if (last >= field.method) splitRequest(spans);
    if (last >= field.forwarded && isUntold(spans, field.forwarded)) {
      spans.set(field.forwarded, spans.from[field.host], spans.to[field.host]); // no proxy stood between
    }
    return undefined;
  }

  /**
   * host, ident, user and `[time]`; answers where the request's quote must be, or -1. A user may have blanks where the
   * ident is `-` as nearly always; else the words are those of a log collector before the line.
   */
  #client(buf: Buffer, from: number, to: number, spans: Spans): number {
    if (to - from < shortest) return -1;
    const hostEnd = listEnd(buf, from, to);
    const identEnd = wordEnd(buf, hostEnd + 1, to);
    let open = identEnd + 1;
    while (open < to && !(buf[open] === openBracket && buf[open - 1] === blank)) open++;
    const identAbsent = identEnd - hostEnd === 2 && buf[hostEnd + 1] === dash;
    if (!identAbsent && wordEnd(buf, identEnd + 1, to) < open - 1) return -1;
    const close =
      open + 27 < to && buf[open + 27] === closeBracket ? open + 27 : byteAt(buf, closeBracket, open, to);
    if (close + 2 >= to || open > to) return -1;
    if (identEnd + 1 === open || hostEnd === from || byteAt(buf, quote, from, hostEnd) < hostEnd) return -1;
    if (identEnd === hostEnd + 1 || isDate(buf, from)) return -1; // words of docker compose or Kubernetes before a line of Envoy
    spans.set(field.host, from, hostEnd);
    spans.set(field.ident, hostEnd + 1, identEnd);
    spans.set(field.user, identEnd + 1, open - 1);
    spans.set(field.time, open + 1, close);
    return close + 2;
  }

  /** `"request" status bytes`; answers where they end, or -1. */
  #request(buf: Buffer, at: number, to: number, spans: Spans): number {
    if (buf[at] !== quote || buf[at - 1] !== blank) return -1;
    let end = quoteEnd(buf, at + 1, to);
    while (end < to && !isStatus(buf, end + 2, to)) end = quoteEnd(buf, end + 1, to); // old servers escape no quotes
    const bytesEnd = wordEnd(buf, end + 6, to);
    if (end === to || bytesEnd <= end + 6) return -1;
    spans.set(field.request, at + 1, end);
    spans.set(field.status, end + 2, end + 5);
    spans.set(field.bytes, end + 6, bytesEnd);
    return bytesEnd;
  }

  /** ` "referer" "agent"`, which the combined format demands and the common one does not have. */
  #quotedPair(buf: Buffer, at: number, to: number, spans: Spans): boolean {
    let start = at + 1;
    for (const name of [field.referer, field.agent]) {
      const end = buf[start] === quote && start < to ? quoteEnd(buf, start + 1, to) : -1;
      if (end < 0 || end === to) {
        if (this.combined) return false;
        spans.set(name, 0, -1);
        continue;
      }
      spans.set(name, start + 1, end);
      start = end + 2;
    }
    if (this.forwarded === 'end') clientAtEnd(buf, start, to, spans);
    return true;
  }
}

/** A client in front, with quotes or without; answers where the one who connected begins. */
function clientInFront(buf: Buffer, from: number, to: number, spans: Spans): number {
  const isQuoted = buf[from] === quote;
  const end = isQuoted ? quoteEnd(buf, from + 1, to) : listEnd(buf, from, to);
  spans.set(field.forwarded, isQuoted ? from + 1 : from, end);
  return Math.min(to, end + (isQuoted ? 2 : 1));
}

function clientAtEnd(buf: Buffer, at: number, to: number, spans: Spans): void {
  const end = buf[at] === quote && at < to ? quoteEnd(buf, at + 1, to) : to;
  if (end < to) spans.set(field.forwarded, at + 1, end);
  else spans.set(field.forwarded, 0, -1);
}

/** Whether a field is not there, empty or `-`. */
function isUntold({ buf, from, to }: Spans, name: number): boolean {
  return to[name] <= from[name] || (to[name] - from[name] === 1 && buf[from[name]] === dash);
}

/** Where an address stands in the place of the user, the words before it are a prefix, and the line is of another format. */
function isUserAddress(spans: Spans): boolean {
  return isIP(spans.text(field.user)) !== 0;
}

/** `GET /path HTTP/1.1` to its method and its path without the query; both are `-` where there is no such thing. */
function splitRequest(spans: Spans): void {
  const { buf } = spans;
  const from = spans.from[field.request];
  const to = spans.to[field.request];
  const methodEnd = wordEnd(buf, from, to);
  let pathEnd = methodEnd + 1;
  while (pathEnd < to && buf[pathEnd] !== blank && buf[pathEnd] !== questionMark) pathEnd++;
  spans.set(field.method, from, methodEnd);
  if (methodEnd === to) spans.set(field.path, 0, -1);
  else spans.set(field.path, methodEnd + 1, pathEnd);
}
