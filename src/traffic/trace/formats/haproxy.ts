import { type Skip, skips } from '../account.ts';
import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { rolesFor } from '../roles.ts';
import { blank, closeBracket, colon, openBracket, slash } from '../text/bytes.ts';
import { byteAt, wordEnd } from '../text/quoted.ts';
import { columnOf, type Spans, type Splitter } from '../text/spans.ts';

/**
 * HAProxy Configuration Manual, 8.2.3 "HTTP log format" (and 8.2.2 TCP, which has fewer timers):
 *   [syslog header] haproxy[pid]: client:port [accept date] frontend backend/server TR/Tw/Tc/Tr/Ta status bytes …
 * The last timer is the total active time in milliseconds; `+` before it means that logging did not wait for the end.
 */
const names = ['client', 'time', 'frontend', 'server', 'timers', 'status', 'bytes', 'duration', 'backend'];
const field = {
  client: 0,
  time: 1,
  frontend: 2,
  server: 3,
  timers: 4,
  status: 5,
  bytes: 6,
  duration: 7,
  backend: 8,
};

class HaproxySplitter implements Splitter {
  readonly fields = names;

  column(name: string): number {
    return columnOf(names, name);
  }

  split(buf: Buffer, from: number, to: number, spans: Spans, _last: number): Skip | undefined {
    spans.buf = buf;
    const open = dateStart(buf, from, to);
    if (open < 0) return skips.notARequest; // starts, stops, alerts
    const close = byteAt(buf, closeBracket, open, to);
    if (close === to) return skips.wrongShape;
    let client = open - 1;
    while (client > from && buf[client - 1] !== blank) client--;
    spans.set(field.client, client, open - 1);
    spans.set(field.time, open + 1, close);
    let at = close + 2;
    for (let name = field.frontend; name <= field.bytes; name++) {
      if (at >= to) return skips.wrongShape;
      const end = wordEnd(buf, at, to);
      spans.set(name, at, end);
      at = end + 1;
    }
    return lastTimer(spans) ? undefined : skips.wrongShape;
  }
}

/** The `[` of ` [06/Feb/2009:12:14:14.655]`, behind whatever a log collector wrote first. */
function dateStart(buf: Buffer, from: number, to: number): number {
  for (let at = from + 1; at + 21 < to; at++) {
    if (buf[at] !== openBracket || buf[at - 1] !== blank) continue;
    if (buf[at + 3] === slash && buf[at + 7] === slash && buf[at + 12] === colon) return at;
  }
  return -1;
}

/** Finds Tt in `10/0/30/69/109`, and the backend in `static/srv1`. */
function lastTimer(spans: Spans): boolean {
  const { buf } = spans;
  let start = spans.to[field.timers];
  while (start > spans.from[field.timers] && buf[start - 1] !== slash) start--;
  if (start === spans.from[field.timers]) return false;
  if (buf[start] === 43) start++;
  spans.set(field.duration, start, spans.to[field.timers]);
  let end = spans.from[field.server];
  while (end < spans.to[field.server] && buf[end] !== slash) end++;
  spans.set(field.backend, spans.from[field.server], end);
  return true;
}

export const haproxy: TraceFormat = {
  name: 'haproxy',
  title: 'HAProxy log',
  about: 'HTTP or TCP log of HAProxy, with or without its syslog header',
  defaults: { time: 'accept date', key: 'client', duration: 'the last timer' },
  open(context: FormatContext): TraceParser | undefined {
    const pattern = / \[\d\d\/\w{3}\/\d{4}:[\d:]{8}\.\d+\] \S+ \S+\/\S+ [+\d/-]+ /;
    if (context.options.format !== 'haproxy' && !context.sample.lines.some((line) => pattern.test(line)))
      return undefined;
    const roles = rolesFor(
      { time: ['time'], key: ['client'], durations: ['duration'], durationUnitUs: 1e3 },
      context,
    );
    return new FieldLines(haproxy.title, new HaproxySplitter(), roles, context);
  },
};
