/** For tests: logs of DNS servers, of databases and of balancers of connections, and results of load generators beside them. */
import type { FormatSample } from './formats.samples.ts';

const bind = (at: string, client: string) =>
  `${at} queries: info: client @0x7f82d401 ${client} (www.example.com): query: www.example.com IN A +E(0)K (198.51.100.1)`;

export const serverSamples: readonly FormatSample[] = [
  {
    shows: 'a port behind a hash',
    format: 'DNS queries of BIND',
    lines: [
      bind('14-Nov-2023 22:13:20.125', '192.0.2.7#5353'),
      bind('14-Nov-2023 22:13:20.250', '2001:db8::7#1'),
    ],
    requests: [
      ['2023-11-14T22:13:20.125Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:20.250Z', '2001:db8::7', 1, 0],
    ],
  },
  {
    shows: 'what became of a query is no other one; the number of the query is no time',
    format: 'DNS queries of dnsmasq',
    options: { key: 'client,name' },
    lines: [
      'Nov 14 22:13:20 dnsmasq[812]: 1 192.0.2.7/40010 query[A] a.example from 192.0.2.7',
      'Nov 14 22:13:20 dnsmasq[812]: 1 192.0.2.7/40010 forwarded a.example to 198.51.100.53',
      'Nov 14 22:13:21 dnsmasq[812]: 1 192.0.2.7/40010 reply a.example is 203.0.113.7',
    ],
    requests: [['1970-11-14T22:13:20Z', '192.0.2.7/a.example', 1, 0]],
    skipped: { 'not a request': 2 },
  },
  {
    shows: 'seconds since 1970 in brackets, a reply to a query that was told',
    format: 'DNS queries of Unbound',
    lines: [
      '[1700000000] unbound[812:0] notice: init module 0: validator',
      '[1700000000] unbound[812:0] info: 192.0.2.7 a.example. A IN',
      '[1700000001] unbound[812:0] info: 192.0.2.7 a.example. A IN NOERROR 0.012000 0 49',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
    skipped: { 'not a request': 2 },
  },
  {
    shows: 'replies alone, behind syslog',
    format: 'DNS queries of Unbound',
    lines: ['Nov 14 22:13:20 gw unbound: [812:0] info: 192.0.2.7 a.example. A IN NOERROR 0.012000 0 49'],
    requests: [['1970-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'PowerDNS',
    format: 'DNS queries of PowerDNS',
    lines: [
      "2023-11-14T22:13:20Z ns1 pdns[7]: Remote 192.0.2.7 wants 'a.example|AAAA', do = 0, bufsize = 512: packetcache MISS",
      '2023-11-14T22:13:21Z ns1 pdns[7]: Done launching threads, ready to distribute questions',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'Technitium',
    format: 'DNS queries of Technitium',
    lines: [
      '[2023-11-14 22:13:20 UTC] [192.0.2.7:4711] [UDP] QNAME: a.example; QTYPE: A; QCLASS: IN; RCODE: NoError; ANSWER: [192.0.2.1]',
      '[2023-11-14 22:13:21 UTC] [[2001:db8::7]:4711] [TCP] QNAME: a.example; QTYPE: A; QCLASS: IN; RCODE: NoError; ANSWER: [192.0.2.1]',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21Z', '2001:db8::7', 1, 0],
    ],
  },
  {
    shows: 'the time that kubectl writes in front, when the answer was given',
    format: 'DNS queries of CoreDNS',
    lines: [
      '2023-11-14T22:13:20.500000000Z [INFO] [2001:db8::7]:38110 - 4053 "A IN a.example. udp 41 false 4096" NOERROR qr,rd,ra 107 0.25s',
    ],
    requests: [['2023-11-14T22:13:20.250Z', '2001:db8::7', 1, 250_000]],
  },
  {
    shows: 'nanoseconds that an answer took',
    format: 'AdGuard Home query log',
    lines: [
      '{"T":"2023-11-14T22:13:20.5+01:00","QH":"a.example","QT":"A","QC":"IN","Elapsed":12345000,"IP":"192.0.2.7"}',
    ],
    requests: [['2023-11-14T21:13:20.5Z', '192.0.2.7', 1, 12_345]],
  },
  {
    shows: 'the client that connected, or the number of a connection from before; a statement of two lines',
    format: 'MySQL general query log',
    lines: [
      'Time                 Id Command    Argument',
      '2023-11-14T22:13:20.000001Z\t    8 Connect\tapp@192.0.2.7 on shop using TCP/IP',
      '2023-11-14T22:13:20.000002Z\t    8 Query\tSELECT 1',
      'FROM dual',
      '2023-11-14T22:13:20.000003Z\t    5 Execute\tSELECT 2',
      '2023-11-14T22:13:20.000004Z\t    8 Quit\t',
    ],
    requests: [
      ['2023-11-14T22:13:20.000002Z', 'app@192.0.2.7', 1, 0],
      ['2023-11-14T22:13:20.000003Z', '5', 1, 0],
    ],
    skipped: { 'not a request': 4 },
  },
  {
    shows: 'when a connection began, not when it ended',
    format: 'AWS Network Load Balancer log',
    lines: [
      'tls 2.0 2023-11-14T22:13:25 net/lb/c6e77e28 g3d4b5e8 192.0.2.7:51341 10.0.0.5:443 5000 2 98 246 - arn:aws:acm - ECDHE tlsv12 - lb.example - - - 2023-11-14T22:13:20',
      'tls 1.0 2023-11-14T22:13:27 net/lb/c6e77e28 g3d4b5e8 192.0.2.8:51342 10.0.0.5:443 2500 2 98 246 - arn:aws:acm - ECDHE tlsv12 - lb.example',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', '192.0.2.7', 1, 5_000_000],
      ['2023-11-14T22:13:25Z', '192.0.2.8', 1, 2_500_000],
    ],
  },
  {
    shows: 'seconds from the start',
    format: 'hey CSV results',
    lines: [
      'response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset',
      '0.1250,0.01,0.0,0.0,0.1,0.0,200,0.2500',
      '0.5000,0.01,0.0,0.0,0.1,0.0,200,0.0000',
    ],
    requests: [
      ['1970-01-01T00:00:00Z', 'all', 1, 500_000],
      ['1970-01-01T00:00:00.25Z', 'all', 1, 125_000],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'the second of the start, and milliseconds in all',
    format: 'ApacheBench results',
    lines: [
      'starttime\tseconds\tctime\tdtime\tttime\twait',
      'Tue Nov 14 22:13:20 2023\t1700000000\t0\t12\t12\t11',
      'Tue Nov 14 22:13:20 2023\t1700000000\t1\t13\t14\t12',
    ],
    requests: [
      ['2023-11-14T22:13:20Z', 'all', 1, 12_000],
      ['2023-11-14T22:13:20Z', 'all', 1, 14_000],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'a request time in whole numbers is none of seconds',
    format: 'CSV',
    lines: ['TimeStamp,APIKey,RequestTime', '2023-11-14 22:13:20.125,k1,12', '2023-11-14 22:13:20.25,k2,0'],
    requests: [
      ['2023-11-14T22:13:20.125Z', 'k1', 1, 12_000],
      ['2023-11-14T22:13:20.25Z', 'k2', 1, 0],
    ],
    skipped: { header: 1 },
  },
  {
    shows: 'requests of a day and key, as OpenAI exports its usage',
    format: 'counts per 1d, CSV',
    lines: [
      'start_time,end_time,num_model_requests,api_key_id,input_tokens',
      '1699920000,1700006400,2,key_a,100',
      '1699920000,1700006400,1,key_b,100',
      '1700006400,1700092800,1,key_a,100',
    ],
    requests: [
      ['2023-11-14T00:00:00Z', 'key_a', 1, 0],
      ['2023-11-14T00:00:00Z', 'key_a', 1, 0],
      ['2023-11-14T00:00:00Z', 'key_b', 1, 0],
      ['2023-11-15T00:00:00Z', 'key_a', 1, 0],
    ],
    skipped: { header: 1 },
  },
];
