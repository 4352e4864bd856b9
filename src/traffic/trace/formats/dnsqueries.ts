import { UsageError } from '../../../errors.ts';
import { FieldLines } from '../fieldlines.ts';
import type { TraceFormat } from '../format.ts';
import { type FieldRoles, rolesFor } from '../roles.ts';
import { frontTime, timeInFront } from '../text/front.ts';
import type { Place } from '../text/request.ts';
import { PatternSplitter } from './patternsplitter.ts';

/** How a server tells of a query: who asked, for which name, records of which type. */
interface Form {
  readonly server: string;
  readonly line: RegExp;
}

const unbound = String.raw`unbound(?:\[[\d:]+\])?:? (?:\[[\d:]+\] )?info: (?:query: |reply: )?(?<client>[\da-fA-F.:]+) (?<name>\S+) (?<type>[A-Z]\S*) [A-Z]+`;

/**
 * BIND 9, category "queries"; dnsmasq and Pi-hole, `log-queries`; Unbound, `log-queries`, and `log-replies` where it is alone; PowerDNS,
 * `log-dns-queries`; Technitium; CoreDNS, plugin "log", which tells of a query when it was answered. What they tell beside it (forwarded, cached, reply) is of the same query.
 */
const forms: readonly Form[] = [
  {
    server: 'BIND',
    line: /client (?:@0x[0-9a-f]+ )?(?<client>[^\s#]+)#\d+ .*?query: (?<name>\S+) \S+ (?<type>\S+)/d,
  },
  { server: 'dnsmasq', line: /query\[(?<type>[^\]\s]+)\] (?<name>\S+) from (?<client>\S+)/d },
  { server: 'Unbound', line: new RegExp(`${unbound}$`, 'd') },
  { server: 'Unbound', line: new RegExp(`${unbound} [A-Z]+ [\\d.]+ \\d \\d+$`, 'd') },
  { server: 'PowerDNS', line: /Remote (?<client>\S+) wants '(?<name>[^'|]+)\|(?<type>[^']+)'/d },
  {
    server: 'Technitium',
    line: /\] \[(?<client>\S+):\d+\] \[\w+\] QNAME: (?<name>[^;\s]+); QTYPE: (?<type>\w+);/d,
  },
  {
    server: 'CoreDNS',
    line: /\[INFO\] (?<client>\S+):\d+ - \d+ "(?<type>\S+) \S+ (?<name>\S+) [^"]*" .* (?<duration>[\d.]+s)$/d,
  },
];

const groups = ['client', 'name', 'type', 'duration'];
const roles: FieldRoles = { time: [timeInFront], key: ['client'], durations: ['duration'], endsAt: true };

/** Unbound writes seconds since 1970 in front, where syslog does not. */
const secondsInFront = /^\[\d{9,10}(?:\.\d+)?\]/;

function timeOf(text: string): Place | undefined {
  const seconds = secondsInFront.exec(text);
  return seconds === null ? frontTime(text) : { from: 1, to: seconds[0].length - 1 };
}

export const dnsQueries: TraceFormat = {
  name: 'dns-queries',
  title: 'DNS queries',
  about:
    'Queries that BIND, dnsmasq (Pi-hole), Unbound, PowerDNS, Technitium or CoreDNS logged; what became of them is no request',
  defaults: { time: 'the time in front', key: 'client', duration: 'duration' },
  open(context) {
    const { sample, options, file } = context;
    const form = forms.find(({ line }) => sample.lines.some((text) => line.test(text)));
    if (form === undefined) return undefined;
    const queries = sample.lines.filter((text) => form.line.test(text));
    if (options.time === undefined && !queries.some((text) => timeOf(text) !== undefined)) {
      throw new UsageError(
        `${file}: its lines tell queries of ${form.server}, but no times; log them with times, such as kubectl logs --timestamps`,
      );
    }
    const duration = queries.some((text) => form.line.exec(text)?.groups?.duration !== undefined);
    const taken = rolesFor(duration ? roles : { ...roles, durations: [], endsAt: false }, context);
    return new FieldLines(
      `${dnsQueries.title} of ${form.server}`,
      new PatternSplitter(form.line, groups, timeOf),
      taken,
      context,
    );
  },
};
