import type { TraceFormat } from '../format.ts';
import { openWrapped, type Unwrap } from './wrapped.ts';

const isoTime = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)`;
const syslogTime = String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d`;
/** RFC 5424, 6.3: nothing, or elements in brackets, in whose values a backslash stands before a bracket. */
const structuredData = String.raw`(?:-|(?:\[(?:[^\]\\]|\\.)*\])+)`;

/** What collectors write in front of a line, the longer first. */
const prefix = new RegExp(
  [
    String.raw`(?:<\d{1,3}>)?1 ${isoTime} \S+ \S+ \S+ \S+ ${structuredData} ?`, // RFC 5424
    String.raw`(?:<\d{1,3}>)?(?:${syslogTime}|${isoTime}) \S+ [^\s:\[\]]+(?:\[\d+\])?: `, // RFC 3164, rsyslog, journalctl
    `${isoTime} std(?:out|err) [FP] `, // a container runtime of Kubernetes (CRI)
    String.raw`${isoTime}[ \t]\S+\t`, // fluentd: time and tag
    `${isoTime} `, // docker logs and kubectl logs with times
    String.raw`\S+ +\| `, // docker compose
    String.raw`\[[\w./-]+\] `, // kubectl logs --prefix
  ].join('|'),
  'y',
);

/** Where the line of a program begins in one of a collector: at its start, where no prefix is known. */
function startOf(line: string): number {
  prefix.lastIndex = 0;
  return prefix.test(line) ? prefix.lastIndex : 0;
}

/** Longer prefixes are none. */
const mostBefore = 1024;

/** Each line as it was before a collector wrote something in front of it. */
const unwrap: Unwrap = (buf, from, to) => {
  const head = buf.toString('latin1', from, Math.min(to, from + mostBefore));
  return buf.subarray(from + startOf(head), to);
};

/**
 * What collectors write in front of lines, as text. The lines within must be of a program that is known, one of `formats`, which does
 * not read them as they are.
 */
export function prefixed(formats: readonly TraceFormat[]): TraceFormat {
  return {
    name: 'prefixed',
    title: 'log behind a prefix',
    about:
      'Lines of a known format behind what docker compose, Kubernetes (CRI), syslog, journalctl or fluentd wrote in front',
    defaults: { time: 'of the format within', key: 'of the format within' },
    open(context) {
      const { lines } = context.sample;
      const within = lines.map((line) => line.slice(startOf(line)));
      if (within.filter((line, at) => line !== lines[at]).length < lines.length * 0.5) return undefined;
      return openWrapped(context, { lines: within, unwrap, formats, place: 'behind a prefix' });
    },
  };
}
