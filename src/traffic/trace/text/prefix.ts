/** What log collectors write in front of the lines of programs, as text. */
import { frontTime } from './front.ts';
import type { Place } from './request.ts';

const isoTime = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)`;
const syslogTime = String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d`;
/** RFC 5424, 6.3: nothing, or elements in brackets, in whose values a backslash stands before a bracket. */
const structuredData = String.raw`(?:-|(?:\[(?:[^\]\\]|\\.)*\])+)`;

/** The longer first; what they capture names the program. */
const prefix = new RegExp(
  [
    String.raw`(?:<\d{1,3}>)?1 ${isoTime} \S+ (\S+) \S+ \S+ ${structuredData} ?`, // RFC 5424
    String.raw`(?:<\d{1,3}>)?(?:${syslogTime}|${isoTime}) \S+ ([^\s:\[\]]+)(?:\[\d+\])?: `, // RFC 3164, rsyslog, journalctl
    `${isoTime} std(?:out|err) [FP] `, // a container runtime of Kubernetes (CRI)
    String.raw`${isoTime}[ \t](\S+)\t`, // fluentd: time and tag
    `${isoTime} `, // docker logs and kubectl logs with times
    String.raw`(\S+) +\| `, // docker compose
    String.raw`\[([\w./-]+)\] `, // kubectl logs --prefix
  ].join('|'),
  'y',
);

/** How many characters stand in front of a line, none where it has no known prefix, and the program that is named there. */
export function prefixOf(line: string): { readonly length: number; readonly source: string } {
  prefix.lastIndex = 0;
  const found = prefix.exec(line);
  if (found === null) return { length: 0, source: '' };
  return { length: found[0].length, source: found.slice(1).find((name) => name !== undefined) ?? '' };
}

/** The time that a program wrote itself, else the one that a collector wrote before it. */
export function ownTime(line: string): Place | undefined {
  const { length } = prefixOf(line);
  const own = frontTime(line.slice(length));
  return own === undefined ? frontTime(line) : { from: own.from + length, to: own.to + length };
}
