import { UsageError } from '../../../errors.ts';
import { type Skip, skips } from '../account.ts';
import type { TraceFormat } from '../format.ts';
import { frontTime, timeInFront } from '../text/front.ts';
import { requestIn, tellsRequest } from '../text/request.ts';
import { columnOf, type Spans, type Splitter } from '../text/spans.ts';
import { otherLogOf } from './otherlogs.ts';
import { PickedLines } from './pickedlines.ts';

const fields = [timeInFront, 'client', 'method', 'path'];

/** Lines of any program that tell a request: its own time, a method with a path, perhaps an address. All others are none. */
class RequestSplitter implements Splitter {
  readonly fields = fields;

  column(name: string): number {
    return columnOf(fields, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    const text = buf.toString('latin1', from, to);
    const told = requestIn(text);
    if (told === undefined) return skips.notARequest;
    spans.buf = buf;
    for (const [field, place] of [frontTime(text), told.client, told.method, told.path].entries()) {
      spans.set(field, from + (place?.from ?? 0), place === undefined ? -1 : from + place.to);
    }
    return undefined;
  }
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
    const telling = sample.lines.filter(tellsRequest);
    if (telling.length === 0 || /^\s*[{[<]\s*["{<[]/.test(sample.lines[0])) return undefined;
    const other = otherLogOf(sample.lines);
    if (other !== undefined) throw new UsageError(`${file}: ${other}`);
    const timed = telling.some((line) => frontTime(line) !== undefined);
    if (!timed && options.ratePerSecond === undefined) {
      throw new UsageError(
        `${file}: its lines tell requests, but no times; log them with times, or replay them in their order with --rate, such as --rate 100/s`,
      );
    }
    const addressed = telling.some((line) => requestIn(line)?.client !== undefined);
    const roles = { time: timed ? [timeInFront] : undefined, key: addressed ? ['client'] : [] };
    const words = [
      timed ? 'time: the first date of a line' : 'no time, replayed in order',
      addressed ? 'key: its first address' : 'one key for all requests',
    ];
    const taken = `fields taken: ${words.join('; ')}; lines without a method and a path are no requests`;
    return new PickedLines(requestLines.title, new RequestSplitter(), roles, context, [taken]);
  },
};
