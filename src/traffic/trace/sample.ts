import { UsageError } from '../../errors.ts';
import type { Sample } from './format.ts';
import type { Feed } from './input/feed.ts';
import { kindOf } from './input/kinds.ts';
import { maxLineBytes } from './lineintake.ts';
import { carriageReturn, lineFeed, openBrace } from './text/bytes.ts';
import { listedObjects, objectEnd } from './text/objects.ts';

/** Decompressed bytes that the format, the unit of times and the grain of stamps are found from. */
const sampleBytes = 1 << 18;
const sampleLines = 1000;

/** Comments, blank lines and lines that are too long may come first; no more than this is looked through for others. */
const mostBefore = 1 << 25;
/** What is kept of comments before the sample, where directives stand. */
const keptBefore = 1 << 13;

/** Reads the head of a file and leaves it in the feed, behind its byte order mark. */
export async function takeSample(feed: Feed, file: string): Promise<Sample> {
  while (feed.view.length < sampleBytes && !feed.ended) await feed.more();
  refuseKinds(feed.view, file);
  if (feed.view.subarray(0, mark.length).equals(mark)) feed.use(mark.length);
  if (feed.view.length === 0) throw new UsageError(`${file} is empty: there is nothing to replay`);
  const from = await sampleStart(feed);
  const view = feed.view.subarray(from, from + sampleBytes);
  const whole = feed.ended && feed.view.length - from <= sampleBytes;
  const end = whole ? view.length : view.lastIndexOf(lineFeed) + 1 || view.length;
  const bytes = Buffer.from(view.subarray(0, end));
  const lines = linesOf(bytes);
  const isOnlyLine = whole && lines.slice(1).every((line) => line.trim() === '');
  const list = from === 0 ? listedObjects(bytes, lines[0] ?? '', isOnlyLine) : undefined;
  return list === undefined
    ? { bytes, lines, whole }
    : { bytes, lines: objectsOf(bytes, list.at), whole, list };
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Where the sample begins: at the start, but for a long preamble of which only the end is taken. */
async function sampleStart(feed: Feed): Promise<number> {
  let from = preambleEnd(feed.view, 0);
  while (!feed.ended && feed.view.length < mostBefore && !isEnough(feed.view, from)) {
    await feed.more();
    from = preambleEnd(feed.view, from);
  }
  if (from <= keptBefore) return 0;
  return feed.view.indexOf(lineFeed, from - keptBefore) + 1;
}

/** Whether a sample can be taken from there: a line that has no end yet may be too long, but for lists of JSON. */
function isEnough(view: Buffer, from: number): boolean {
  if (view.length < from + sampleBytes) return false;
  return view.includes(lineFeed, from) || /^\s*\[/.test(view.toString('latin1', from, from + 64));
}

/** Where the first line begins, at or behind `from`, that may tell a format. */
function preambleEnd(view: Buffer, from: number): number {
  for (let at = from; ; ) {
    const lf = view.indexOf(lineFeed, at);
    if (lf < 0 || !tellsNothing(view, at, lf)) return at;
    at = lf + 1;
  }
}

function tellsNothing(view: Buffer, from: number, to: number): boolean {
  if (view[from] === 35 || view[from] === 0) return true;
  if (to - from > maxLineBytes) return view[from] !== openBrace || view[to + 1] === openBrace; // else a document
  for (let at = from; at < to; at++) if (view[at] > 32) return false;
  return true;
}

/** Refuses what has no lines of text. */
function refuseKinds(head: Buffer, file: string): void {
  const kind = kindOf(head);
  if (kind !== undefined) throw new UsageError(`${file}: ${kind}`);
  const returnAt = head.indexOf(carriageReturn);
  if (returnAt >= 0 && returnAt < head.length - 1 && !head.includes(lineFeed) && !isBinary(head)) {
    throw new UsageError(
      `${file}: its lines end in CR alone; convert it first: tr '\\r' '\\n' < FILE | ratelimit … --trace -`,
    );
  }
}

/** The texts of the objects of a list. */
function objectsOf(bytes: Buffer, listAt: number): string[] {
  const objects: string[] = [];
  let at = listAt;
  while (at >= 0 && objects.length < sampleLines) {
    const end = objectEnd(bytes, at);
    if (end < 0) break;
    objects.push(bytes.toString('utf8', at, end));
    at = bytes.indexOf('{', end);
  }
  return objects;
}

/** The first lines; of comments and blank ones as many as stand between them. */
function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  let telling = 0;
  let from = 0;
  while (from < bytes.length && telling < sampleLines) {
    const lf = bytes.indexOf(lineFeed, from);
    const end = lf < 0 ? bytes.length : lf;
    if (bytes[from] !== 0) lines.push(textOf(bytes, from, end));
    if (!tellsNothing(bytes, from, end)) telling++;
    from = end + 1;
  }
  return lines;
}

function textOf(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, Math.min(to, from + (1 << 16))).replace(/\r$/, '');
}

const headBytes = 4096;

/** Text has no NUL but where it is damaged, as in front of a log that was cut while it was written, few other control characters, and few bytes that are no UTF-8. */
export function isBinary(bytes: Buffer): boolean {
  const start = Math.max(
    0,
    bytes.findIndex((byte) => byte !== 0),
  );
  const head = bytes.subarray(start, start + headBytes);
  let odd = 0;
  for (const byte of head) if (isControl(byte)) odd++;
  for (const char of head.toString('utf8')) if (char === '\ufffd') odd++;
  return odd > head.length * 0.1;
}

/**
 * Whether there is nothing in it that text formats could read: bytes of any value are control characters once in nine. Other encodings
 * than UTF-8 have none, and a damaged log has NULs in a row, which count once.
 */
export function isOfAnyBytes(bytes: Buffer): boolean {
  let seen = 0;
  let controls = 0;
  for (let at = 0; at < bytes.length && seen < headBytes; at++) {
    if (bytes[at] === 0 && bytes[at - 1] === 0) continue;
    seen++;
    if (isControl(bytes[at])) controls++;
  }
  return controls > seen * 0.05 || (controls > seen * 0.01 && isBinary(bytes));
}

/** But blanks, line ends and the escapes of colours. */
function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 27) || byte === 127;
}
