import { UsageError } from '../../errors.ts';
import type { Sample } from './format.ts';
import type { Feed } from './input/feed.ts';
import { listedObjects, objectEnd } from './text/objects.ts';

/** Decompressed bytes that the format, the unit of times and the grain of stamps are found from. */
const sampleBytes = 1 << 18;
const sampleLines = 1000;

/** Reads the head of a file and leaves it in the feed, behind its byte order mark. */
export async function takeSample(feed: Feed, file: string): Promise<Sample> {
  while (feed.view.length < sampleBytes && !feed.ended) await feed.more();
  skipMark(feed, file);
  const view = feed.view.subarray(0, sampleBytes);
  if (view.length === 0) throw new UsageError(`${file} is empty: there is nothing to replay`);
  const whole = feed.ended && feed.view.length <= sampleBytes;
  const end = whole ? view.length : view.lastIndexOf(10) + 1 || view.length;
  const bytes = Buffer.from(view.subarray(0, end));
  const lines = linesOf(bytes);
  const isOnlyLine = whole && lines.slice(1).every((line) => line.trim() === '');
  const list = listedObjects(bytes, lines[0] ?? '', isOnlyLine);
  return list === undefined
    ? { bytes, lines, whole }
    : { bytes, lines: objectsOf(bytes, list.at), whole, list };
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

/** UTF-8 may begin with a mark, which is no text; UTF-16 must, and is refused. */
function skipMark(feed: Feed, file: string): void {
  const [a, b, c] = feed.view;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw new UsageError(`${file} is UTF-16; convert it first, with iconv -f UTF-16 -t UTF-8`);
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) feed.use(3);
}

function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  let from = 0;
  while (from < bytes.length && lines.length < sampleLines) {
    const lf = bytes.indexOf(10, from);
    const end = lf < 0 ? bytes.length : lf;
    lines.push(bytes.toString('utf8', from, Math.min(end, from + (1 << 16))).replace(/\r$/, ''));
    from = end + 1;
  }
  return lines;
}

/** Text has no NUL but where it is damaged, and few other control characters. */
export function isBinary(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 4096);
  let odd = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 27) || byte === 127) odd++;
  return odd > head.length * 0.1;
}
