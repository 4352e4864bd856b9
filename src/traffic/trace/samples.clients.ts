/** For tests: logs of servers behind proxies, in which the client is not the one who connected. */
import type { FormatSample } from './formats.samples.ts';

const at = (second: number) => `[14/Nov/2023:22:13:2${second} +0000]`;
const request = '"GET / HTTP/1.1" 200 12 "-" "curl/8"';

export const clientSamples: readonly FormatSample[] = [
  {
    shows:
      'the client that the main format of nginx has at its end, where a proxy told it; else who connected',
    format: 'Apache combined log',
    lines: [
      `10.0.0.2 - - ${at(0)} ${request} "192.0.2.7"`,
      `10.0.0.3 - - ${at(1)} ${request} "192.0.2.8, 10.0.0.9"`,
      ...Array.from({ length: 18 }, (_, line) => `10.0.0.2 - - ${at(2)} ${request} "192.0.2.${line}"`),
      `192.0.2.9 - - ${at(3)} ${request} "-"`,
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 0],
      ...Array.from({ length: 18 }, (_, line) => ['2023-11-14T22:13:22Z', `192.0.2.${line}`, 1, 0] as const),
      ['2023-11-14T22:13:23Z', '192.0.2.9', 1, 0],
    ],
  },
  {
    shows: 'who connected, where a few clients only say that they stand for others',
    format: 'Apache combined log',
    lines: [`192.0.2.1 - - ${at(0)} ${request} "-"`, `192.0.2.2 - - ${at(1)} ${request} "203.0.113.9"`],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
    ],
  },
  {
    shows: 'the address of the server at the end is no client',
    format: 'Apache combined log',
    lines: [`192.0.2.1 - - ${at(0)} ${request} "10.0.0.1"`, `192.0.2.2 - - ${at(1)} ${request} "10.0.0.1"`],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.1', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.2', 1, 0],
    ],
  },
  {
    shows: 'X-Forwarded-For before who connected, which is no virtual host',
    format: 'Apache combined log with forwarded clients',
    lines: [
      `192.0.2.7, 10.0.0.9 10.0.0.2 - - ${at(0)} ${request}`,
      `192.0.2.8 10.0.0.2 - - ${at(1)} ${request}`,
      `- 10.0.0.2 - - ${at(2)} ${request}`,
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 0],
      ['2023-11-14T22:13:22Z', '10.0.0.2', 1, 0],
    ],
  },
  {
    shows: 'the same in quotes',
    format: 'Apache combined log with forwarded clients',
    options: { key: 'forwarded,host' },
    lines: [`"192.0.2.7, 10.0.0.9" 10.0.0.2 - - ${at(0)} ${request}`],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7/10.0.0.2', 1, 0]],
  },
  {
    shows: 'virtual hosts that are addresses, which differ less than who connected',
    format: 'Common log with virtual hosts',
    lines: [
      `10.0.0.1 192.0.2.7 - - ${at(0)} "GET / HTTP/1.1" 200 12`,
      `10.0.0.1 192.0.2.8 - - ${at(1)} "GET / HTTP/1.1" 200 12`,
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 0],
    ],
  },
  {
    shows: 'a list of proxies that ends the clients is no virtual host',
    format: 'Apache combined log',
    lines: [`192.0.2.7, 10.0.0.9 - - ${at(0)} ${request}`],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'the name of a host before the address, with one word less than a virtual host has',
    format: 'Common log',
    lines: [`shop.example.com 192.0.2.7 - ${at(0)} "GET / HTTP/1.1" 200 12`],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
  },
  {
    shows:
      'a field of the client that proxies tell, beside who connected; an address of IPv4 written as one of IPv6',
    format: 'JSON lines',
    lines: [
      '{"time":"2023-11-14T22:13:20.5Z","remote_addr":"10.0.0.2","http_x_forwarded_for":"::ffff:192.0.2.7, 10.0.0.9"}',
      '{"time":"2023-11-14T22:13:21.5Z","remote_addr":"10.0.0.2","http_x_forwarded_for":"192.0.2.7"}',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.7', 1, 0],
    ],
  },
  {
    shows: 'who connected, where only some have the client of a proxy; a user is rather the key than both',
    format: 'CSV',
    lines: [
      'time,ip,x_forwarded_for',
      '2023-11-14T22:13:20.5Z,192.0.2.7,-',
      '2023-11-14T22:13:21.5Z,192.0.2.8,203.0.113.9',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '192.0.2.8', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'a port behind an address of IPv4 in brackets of IPv6',
    format: 'CSV',
    lines: [
      'time,ip',
      '2023-11-14T22:13:20.5Z,[::FFFF:192.0.2.7]:443',
      '2023-11-14T22:13:21.5Z,::ffff:c000:207',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.5Z', '::ffff:c000:207', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'IIS behind a balancer, with the field that administrators add',
    format: 'IIS W3C extended log',
    lines: [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Fields: date time c-ip sc-status sc-win32-status time-taken X-Forwarded-For',
      '2023-11-14 22:13:20 10.0.0.9 200 0 12 192.0.2.7,+10.0.0.5',
      '2023-11-14 22:13:21 10.0.0.9 200 0 12 192.0.2.8:5123',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 12_000],
      ['2023-11-14T22:13:21Z', '192.0.2.8', 1, 12_000],
    ],
    skipped: { directive: 2 },
  },
];
