import { isIP } from 'node:net';
import { UsageError } from '../../../errors.ts';
import { type Skip, skips } from '../account.ts';
import type { TraceFormat } from '../format.ts';
import { frontTime, timeInFront } from '../text/front.ts';
import { columnOf, type Spans, type Splitter } from '../text/spans.ts';
import { otherLogOf } from './otherlogs.ts';
import { PickedLines } from './pickedlines.ts';

/** A method of HTTP or WebDAV, and a path or an address behind it; Nginx Proxy Manager writes scheme and host between them. */
const request =
  /(?:^|[\s"'\]])(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|PROPFIND|PROPPATCH|REPORT|MKCOL)\s+(?:https?\s+\S+\s+)?"?((?:https?:\/)?\/[^\s"]*)/;
/** What may be an address among words, and no part of one, as in `actix_web::middleware`; before one of IPv4 may stand a colon. */
const wordsOfAddress =
  /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:[.:]\d*)?(?!\w)|(?<![\w:.])[0-9a-fA-F:.]{3,45}(?![\w:.])/g;
const fields = [timeInFront, 'client', 'method', 'path'];

/** Lines of any program that tell a request: its own time, a method with a path, perhaps an address. All others are none. */
class RequestSplitter implements Splitter {
  readonly fields = fields;

  column(name: string): number {
    return columnOf(fields, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    const text = buf.toString('latin1', from, to);
    const found = request.exec(text);
    if (found === null) return skips.notARequest;
    const pathAt = found.index + found[0].length - found[2].length;
    spans.buf = buf;
    spans.set(3, from + pathAt, from + pathAt + found[2].length);
    for (let field = 0; field < 2; field++) spans.set(field, 0, -1);
    const time = frontTime(text);
    if (time !== undefined) spans.set(0, from + time.from, from + time.to);
    const address = addressIn(text.slice(0, found.index)) ?? addressIn(text, pathAt + found[2].length);
    if (address !== undefined) spans.set(1, from + address.from, from + address.to);
    const methodAt = text.indexOf(found[1], found.index);
    spans.set(2, from + methodAt, from + methodAt + found[1].length);
    return undefined;
  }
}

/** The first address in a text, with or without a port, which is left out. */
function addressIn(text: string, start = 0): { readonly from: number; readonly to: number } | undefined {
  wordsOfAddress.lastIndex = start;
  for (let found = wordsOfAddress.exec(text); found !== null; found = wordsOfAddress.exec(text)) {
    const [word] = found;
    const bare = word.replace(/^(\d+\.\d+\.\d+\.\d+)[:.]\d*$/, '$1').replace(/[.:]$/, ''); // tcpdump has a dot before the port
    if (isIP(bare) !== 0) return { from: found.index, to: found.index + bare.length };
    wordsOfAddress.lastIndex = found.index + 1; // in `1:192.0.2.7` one may begin later
  }
  return undefined;
}

export const requestLines: TraceFormat = {
  name: 'request-lines',
  generic: true,
  lastResort: true,
  title: 'lines that tell requests',
  about:
    'Lines of any program with a time, a method of HTTP and a path, and perhaps an address; other lines are no requests',
  defaults: { time: 'the first date of the line', key: 'the first address of the line' },
  open(context) {
    const { sample, options, file } = context;
    const telling = sample.lines.filter((line) => request.test(line));
    if (telling.length === 0 || /^\s*[{[<]\s*["{<[]/.test(sample.lines[0])) return undefined;
    const other = otherLogOf(sample.lines);
    if (other !== undefined) throw new UsageError(`${file}: ${other}`);
    const timed = telling.some((line) => frontTime(line) !== undefined);
    if (!timed && options.ratePerSecond === undefined) {
      throw new UsageError(
        `${file}: its lines tell requests, but no times; log them with times, or replay them in their order with --rate, such as --rate 100/s`,
      );
    }
    const addressed = telling.some((line) => addressIn(line) !== undefined);
    const roles = { time: timed ? [timeInFront] : undefined, key: addressed ? ['client'] : [] };
    const words = [
      timed ? 'time: the first date of a line' : 'no time, replayed in order',
      addressed ? 'key: its first address' : 'one key for all requests',
    ];
    const taken = `fields taken: ${words.join('; ')}; lines without a method and a path are no requests`;
    return new PickedLines(requestLines.title, new RequestSplitter(), roles, context, [taken]);
  },
};

/** Share of the lines that tell a request. */
export function shareOfRequests(lines: readonly string[]): number {
  return lines.filter((line) => request.test(line)).length / lines.length;
}
