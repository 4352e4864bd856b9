/** For tests: lines of one program behind what a log collector wrote in front of them, as text. */
import type { FormatSample } from './formats.samples.ts';

const alb = (client: string, second: number) =>
  `h2 2023-11-14T22:13:${second}.5Z app/shop/50dc ${client} 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET https://a.example:443/ HTTP/2.0" "curl/8" - - arn:aws:x "Root=1" "a.example" "arn:aws:y" 0 2023-11-14T22:13:${second}.25Z "forward" "-" "-"`;
const clb = (client: string, second: number) =>
  `2023-11-14T22:13:${second}.5Z shop ${client} 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://a.example:80/ HTTP/1.1"`;
const s3 = (client: string, second: number) =>
  `79a59df9 bucket [14/Nov/2023:22:13:${second} +0000] ${client} ann 3E57 REST.GET.OBJECT k "GET /bucket/k HTTP/1.1" 200 - 113 113 7 5 "-" "curl/8" -`;
const common = (client: string, second: number) =>
  `${client} - - [14/Nov/2023:22:13:${second} +0000] "GET / HTTP/1.1" 200 12`;
const combined = (client: string, second: number) => `${common(client, second)} "-" "curl/8"`;
const squid = (client: string, second: number) =>
  `17000000${second}.250    250 ${client} TCP_MISS/200 1 GET http://a.example/ - HIER_DIRECT/10.0.0.1 text/html`;

export const collectedSamples: readonly FormatSample[] = [
  {
    shows: 'docker compose, whose lines of its own are damaged ones',
    format: 'AWS Application Load Balancer log behind a prefix',
    lines: [
      'Attaching to elb-1',
      `elb-1  | ${alb('192.0.2.1:2817', 20)}`,
      `elb-1  | ${alb('[2001:db8::7]:443', 21)}`,
    ],
    requests: [
      ['2023-11-14T22:13:20.25Z', '192.0.2.1', 1, 1000],
      ['2023-11-14T22:13:21.25Z', '2001:db8::7', 1, 1000],
    ],
    skipped: { 'wrong shape': 1 },
  },
  {
    shows: 'several programs of docker compose, of which two write this log',
    format: 'Apache combined log behind a prefix',
    lines: ['192.0.2.1', '192.0.2.2'].flatMap((client, at) => [
      `web-1  | ${combined(client, 20 + at)}`,
      `web-2  | ${combined(client, 30 + at)}`,
      'db-1   | 2023-11-14 22:13:20.5 UTC [7] ann@shop LOG:  statement: SELECT 1',
      'kv-1   | 1:M 14 Nov 2023 22:13:20.500 * Background saving started by pid 7',
    ]),
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
      ['2023-11-14T22:13:30Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:31Z', '192.0.2.2', 1, 0],
    ],
    skipped: { 'not a request': 4 },
  },
  {
    shows: 'other programs in the same syslog, and a line that is damaged',
    format: 'Common log behind a prefix',
    lines: [
      `Nov 14 22:14:00 host7 nginx: ${common('192.0.2.1', 20)}`,
      'Nov 14 22:14:00 host7 systemd[1]: Started Session 7 of user ann.',
      'Nov 14 22:14:00 host7 CRON[71]: (root) CMD (run-parts)',
      'Nov 14 22:14:00 host7 nginx: 192.0.2.9 - - [14/Nov',
      `Nov 14 22:14:00 host7 nginx: ${common('192.0.2.2', 21)}`,
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
    ],
    skipped: { 'not a request': 2, 'wrong shape': 1 },
  },
  {
    shows: 'a container runtime of Kubernetes (CRI), whose time is not that of the request',
    format: 'AWS Classic Load Balancer log behind a prefix',
    lines: [
      `2023-11-14T22:14:00.123456789Z stdout F ${clb('192.0.2.1:2817', 20)}`,
      `2023-11-14T22:14:00.123456789Z stdout F ${clb('192.0.2.2:2817', 21)}`,
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.1', 1, 1178],
      ['2023-11-14T22:13:21.5Z', '192.0.2.2', 1, 1178],
    ],
  },
  {
    shows: 'journalctl and syslog',
    format: 'Amazon S3 access log behind a prefix',
    lines: [
      `Nov 14 22:14:00 host7 shipper[812]: ${s3('192.0.2.1', 20)}`,
      `<134>Nov 14 22:14:00 host7 shipper: ${s3('192.0.2.2', 21)}`,
      `2023-11-14T22:14:00+0000 host7 shipper[812]: ${s3('192.0.2.3', 22)}`,
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 7000],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 7000],
      ['2023-11-14T22:13:22Z', '192.0.2.3', 1, 7000],
    ],
  },
  {
    shows: 'syslog of RFC 5424 with elements, a tag of fluentd, times of kubectl logs, the name of a pod',
    format: 'Squid log behind a prefix',
    lines: [
      `<134>1 2023-11-14T22:14:00Z host7 squid 812 - - ${squid('192.0.2.1', 20)}`,
      `<134>1 2023-11-14T22:14:00Z host7 squid 812 - [a@1 b="\\]"][c@1] ${squid('192.0.2.2', 21)}`,
      `2023-11-14T22:14:00+00:00\tproxy.access\t${squid('192.0.2.3', 22)}`,
      `2023-11-14T22:14:00.25Z ${squid('192.0.2.4', 23)}`,
      `[pod/proxy-5d8/squid] ${squid('192.0.2.5', 24)}`,
    ],
    requests: [
      ['2023-11-14T22:13:40Z', '192.0.2.1', 1, 250_000],
      ['2023-11-14T22:13:41Z', '192.0.2.2', 1, 250_000],
      ['2023-11-14T22:13:42Z', '192.0.2.3', 1, 250_000],
      ['2023-11-14T22:13:43Z', '192.0.2.4', 1, 250_000],
      ['2023-11-14T22:13:44Z', '192.0.2.5', 1, 250_000],
    ],
  },
];
