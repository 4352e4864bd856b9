import { dissected } from '../input/kinds.ts';

/** Logs that tell of some requests, or of none: of no use as a trace, although one may look like it. */
const others: readonly (readonly [line: RegExp, what: string])[] = [
  [
    /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[[a-z]+\] \d+#\d+: /,
    'an error log of nginx tells only what failed; give its access log',
  ],
  [
    /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d [\d:.]+ \d{4}\] \[[\w:-]+\] /,
    'an error log of Apache tells only what failed; give its access log',
  ],
  [
    /^--[0-9a-f]{8}-[A-Z]--$/,
    'an audit log of ModSecurity tells only what its rules found; give the access log',
  ],
  [
    /^(?:START|END|REPORT) RequestId: /,
    'lines of AWS Lambda without the times that CloudWatch keeps beside them; export them with their timestamps',
  ],
  [/^(?:\d{10}|\d\d:\d\d:\d\d)\.\d{6} IP6? /, `what tcpdump prints is cut short; ${dissected}`],
  [
    /^version account-id interface-id |^\d+ \d{12} eni-\w+ \S+ \S+ \S+ \S+ \S+ \S+ \S+ \d{10} \d{10} /,
    'a flow log of a network tells how much went either way in a minute and no requests; give the log of the balancer or server behind it',
  ],
  [
    /^#Software: Microsoft Windows Firewall/,
    'the log of a firewall tells connections and no requests; give the log of the server behind it',
  ],
  [
    /^(?:Running \S+ test @ |This is ApacheBench|\[OVERALL\], RunTime)|^Requests\/sec:/,
    'the summary of a load test tells no single requests; have the load generator write each of them',
  ],
  [
    /[\s",](?:START|END) RequestId: /,
    'AWS Lambda tells each invocation in several lines; export those that begin with REPORT (filter @type = "REPORT")',
  ],
  [
    /^# (?:TYPE|HELP) [a-zA-Z_:][\w:]* /,
    'samples of Prometheus are sums and no requests; query them as counts per step and give those with --trace-format counts --cost NAME',
  ],
  [
    /^\w[\w.-]*(?:,[\w.-]+=(?:[^\s,\\]|\\.)+)* [\w.-]+=\S.* \d{19}$/,
    'points of InfluxDB are measurements and no requests; query them as counts per step and give those with --trace-format counts --cost NAME',
  ],
  [/^# (?:Time|User@Host): /, 'a slow query log tells only the queries that were slow'],
];

/** What a file is that holds no trace, where its first lines tell. */
export function otherLogOf(lines: readonly string[]): string | undefined {
  const head = lines.slice(0, 20);
  return others.find(([line]) => head.some((text) => line.test(text)))?.[1];
}
