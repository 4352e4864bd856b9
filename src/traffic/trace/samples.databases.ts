/** For tests: what databases and those in front of them tell of their clients. */
import type { FormatSample } from './formats.samples.ts';

export const databaseSamples: readonly FormatSample[] = [
  {
    shows: 'sessions told by their beginning, a statement over two lines, what the server does by itself',
    format: 'PostgreSQL log',
    lines: [
      '2023-11-14 22:13:19.123 UTC [7] LOG:  connection received: host=192.0.2.7 port=40001',
      '2023-11-14 22:13:19.125 UTC [7] LOG:  connection authorized: user=ann database=shop',
      '2023-11-14 22:13:20.5 UTC [7] LOG:  statement: SELECT *',
      '\tFROM orders',
      '2023-11-14 22:13:20.6 UTC [7] LOG:  duration: 2.5 ms',
      '2023-11-14 22:13:21.5 UTC [7] ERROR:  relation "order" does not exist',
      '2023-11-14 22:13:21.5 UTC [7] STATEMENT:  SELECT * FROM order',
      '2023-11-14 22:13:22 UTC [9] LOG:  checkpoint starting: time',
      '2023-11-14 22:13:23.5 UTC [7] LOG:  execute <unnamed>: SELECT 1',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:23.5Z', '192.0.2.7', 1, 0],
    ],
    skipped: { 'not a request': 7 },
  },
  {
    shows: 'durations with the statements, a user in front, a time zone, steps of the extended protocol',
    format: 'PostgreSQL log',
    lines: [
      '2023-11-14 23:13:20.5 CET [7] user=ann,db=shop LOG:  duration: 250.5 ms  statement: SELECT 1',
      '2023-11-14 23:13:21 CET [8] user=bob,db=shop LOG:  duration: 0.2 ms  parse q: SELECT 2',
      '2023-11-14 23:13:21 CET [8] user=bob,db=shop LOG:  duration: 1.0 ms  execute q: SELECT 2',
    ],
    requests: [
      ['2023-11-14T22:13:20.2495Z', 'ann', 1, 250_500],
      ['2023-11-14T22:13:20.999Z', 'bob', 1, 1000],
    ],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'the prefix of Amazon RDS',
    format: 'PostgreSQL log',
    lines: ['2023-11-14 22:13:20 UTC:192.0.2.7(40001):ann@shop:[7]:LOG:  statement: SELECT 1'],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
  },
  {
    shows: 'connections, where no statements are logged',
    format: 'PostgreSQL log',
    lines: [
      '2023-11-14 22:13:20 UTC [7] LOG:  connection received: host=192.0.2.7 port=40001',
      '2023-11-14 22:13:20 UTC [7] LOG:  connection authorized: user=ann database=shop',
      '2023-11-14 22:13:25 UTC [7] LOG:  disconnection: session time: 0:00:05 user=ann host=192.0.2.7',
    ],
    requests: [['2023-11-14T22:13:20Z', '192.0.2.7', 1, 0]],
    skipped: { 'not a request': 2 },
  },
  {
    shows: 'users of connections over a socket',
    format: 'PostgreSQL log',
    lines: [
      '2023-11-14 22:13:20 UTC [7]: LOG:  connection received: host=[local]',
      '2023-11-14 22:13:20 UTC [7]: LOG:  connection authorized: user=ann database=shop',
    ],
    requests: [['2023-11-14T22:13:20Z', 'ann', 1, 0]],
    skipped: { 'not a request': 1 },
  },
  {
    shows: 'its own time behind that of a container runtime, and seconds since 1970',
    format: 'PostgreSQL log',
    lines: [
      '2023-11-14T22:14:00.123456789Z stderr F 2023-11-14 22:13:20.5 UTC [7] ann@shop LOG:  statement: SELECT 1',
      '2023-11-14T22:14:00.123456789Z stderr F 1700000001.500 [7] ann@shop LOG:  statement: SELECT 1',
    ],
    requests: [
      ['2023-11-14T22:13:20.5Z', 'ann', 1, 0],
      ['2023-11-14T22:13:21.5Z', 'ann', 1, 0],
    ],
  },
  {
    shows: 'connections of clients, and not those to the server',
    format: 'PgBouncer log',
    lines: [
      '2023-11-14 22:13:20.313 UTC [7] LOG C-0x5623: shop/ann@192.0.2.7:43866 login attempt: db=shop user=ann tls=no',
      '2023-11-14 22:13:20.315 UTC [7] LOG S-0x5624: shop/ann@10.0.0.1:5432 new connection to server (from 10.0.0.2:4)',
      '2023-11-14 22:13:20.350 UTC [7] LOG C-0x5623: shop/ann@192.0.2.7:43866 closing because: client close request (age=0)',
      '2023-11-14 22:13:21.313 UTC [7] LOG C-0x5623: shop/bob@[2001:db8::7]:43870 login attempt: db=shop user=bob tls=no',
      '2023-11-14 22:13:22.313 UTC [7] LOG C-0x5623: shop/bob@unix(71):6432 login attempt: db=shop user=bob tls=no',
      '2023-11-14 22:13:50 UTC [7] LOG stats: 1 xacts/s, 2 queries/s, in 3 B/s, out 4 B/s, xact 5 us, query 6 us, wait 7 us',
    ],
    requests: [
      ['2023-11-14T22:13:20.313Z', '192.0.2.7', 1, 0],
      ['2023-11-14T22:13:21.313Z', '2001:db8::7', 1, 0],
      ['2023-11-14T22:13:22.313Z', 'unix', 1, 0],
    ],
    skipped: { 'not a request': 3 },
  },
];
