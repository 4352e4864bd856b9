import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readTrace } from './testing.ts';

/** What the user is told about a trace that cannot be read. */
async function refusal(content: string | Uint8Array, options = {}): Promise<string> {
  return readTrace(content, options).then(
    ({ summary }) => `read as ${summary.format}`,
    (error: Error) => error.message,
  );
}

test('measurements at even steps are no requests, unless a column is said to count them', async () => {
  const rows = (values: readonly number[]) =>
    values.map((value, step) => `2023-11-14 22:${10 + step * 5}:00,${value}`);
  const series = ['timestamp,value', ...rows([3, 0, 2])].join('\n');
  expect(await refusal(series)).toMatch(/measurements, one row each 5m.*--trace-format counts --cost NAME/);
  const { requests, summary } = await readTrace(series, { format: 'counts', cost: 'value' });
  expect(summary.format).toBe('counts per 5m, CSV');
  expect(requests.map(({ cost }) => cost)).toEqual([1, 1, 1, 1, 1]);
  const counters = series.replace('value', 'http_requests_total{job="api"}');
  expect(await refusal(counters)).toMatch(/measurements/);
});

test('a table of numbers at uneven steps is a log', async () => {
  const log =
    'TIMESTAMP,ContextTokens\n2023-11-16 18:15:46.68,374\n2023-11-16 18:15:50.99,396\n2023-11-16 18:15:51,9\n';
  expect(await refusal(log)).toBe('read as CSV');
});

test('a history of rates is a model, although its percentiles have names of numbers', async () => {
  const history =
    'Timestamp,Type,Requests/s,50%,95%,99.9%\n1700000000,all,12.3,5,9,11\n1700000001,all,13.5,5,9,11\n';
  expect(await refusal(history)).toMatch(/table of rates \(column Requests\/s\)/);
});

test('numbers alone that come down again are ids, and replayed at a rate', async () => {
  const blocks = Array.from({ length: 600 }, (_, at) => `${at % 250}`).join('\n');
  expect(await refusal(blocks)).toMatch(/no field holds the time.*--rate/);
  const { requests } = await readTrace(blocks, { ratePerSecond: 1, spread: 'none' });
  expect(requests[1]).toEqual({ at: 1e6, key: '1', cost: 1, durationUs: 0 });
  const arrivals = Array.from({ length: 600 }, (_, at) => `${(at + 9 - (at % 20 === 0 ? 5 : 0)) / 4}`).join(
    '\n',
  );
  expect(await refusal(arrivals)).toBe('read as CSV');
});

test.each([
  [
    'levels and sentences',
    (at: number) => `2023-11-14 22:13:2${at}.5|Warn|Auth|no such user ann${at} was found`,
  ],
  ['levels and words', (at: number) => `2023-11-14 22:13:2${at},INFO,user logged in`],
  [
    'the name of a process',
    (at: number) => `2023-11-14T22:13:2${at}Z node sshd[81${at}]: closed by ann${at}`,
  ],
  [
    'what Docker kept of it',
    (at: number) => `{"log":"job ${at} done\\n","stream":"stdout","time":"2023-11-14T22:13:2${at}Z"}`,
  ],
  [
    "Go's place in the source",
    (at: number) => `{"level":"info","ts":170000000${at}.5,"caller":"a/b.go:1${at}","msg":"compacted"}`,
  ],
])('a program tells of itself by %s', async (_, line) => {
  expect(await refusal(Array.from({ length: 9 }, (_, at) => line(at)).join('\n'))).not.toMatch(/read as/);
});

test('the log of the firewall of Windows is none of a server', async () => {
  const log = [
    '#Version: 1.5',
    '#Software: Microsoft Windows Firewall',
    '#Fields: date time action protocol src-ip dst-ip src-port dst-port size',
    '2023-11-14 22:13:20 OPEN TCP 192.0.2.7 198.51.100.4 40010 443 -',
  ].join('\n');
  expect(await refusal(log)).toMatch(/log of a firewall.*give the log of the server/);
});

test('statuses are not taken for times, however they begin', async () => {
  const access = ['GET /a 200 12.3 ms - 5', 'GET /b 304 2.3 ms - -', 'POST /c 401 9.1 ms - 7'];
  expect(await refusal(access.join('\n'))).not.toMatch(/read as/);
  const mostly = Array.from({ length: 50 }, (_, at) => `u${at},/a,${at % 20 === 7 ? 404 : 200},x`);
  expect(await refusal(mostly.join('\n'))).not.toMatch(/read as/);
});

test('the numbers of requests are no times, where they stand behind other columns', async () => {
  const rows = ['34512,64,0,0', '34576,64,0,1', '12,8,0,2', '90,8,0,3'];
  expect(await refusal(rows.join('\n'))).toMatch(/no field holds the time/);
  expect(await refusal(rows.join('\n').replaceAll(',', ' '))).not.toMatch(/read as/);
});

test.each([
  ['PK\x03\x04\x14', /zip archive.*unzip -p/],
  ['BZh91AY&SY', /bzip2 -dc/],
  ['PK\x05\x06\0', /zip archive without files/],
  ['PAR1\x15', /Parquet.*export it/],
  ['\x89PNG\r\n\x1a\n', /PNG image; it holds no requests/],
  ['%PDF-1.4\n', /PDF document; it holds no requests/],
  ['\x4d\x3c\xb2\xa1\x02', /packet capture.*tshark/],
  ['LPKSHHRH', /journal of systemd.*journalctl --file/],
  ['\x93NUMPY\x01', /array of NumPy; export it/],
  ['\x78\x9c\x4b', /zlib data.*pigz/],
  ['\xd4\xc3\xb2\xa1\x02', /packet capture.*tshark/],
  [`access.log${'\0'.repeat(247)}ustar`, /tar archive.*tar -xOf/],
  ['<!DOCTYPE html><html>', /a page of HTML/],
  ['1,2,3\r4,5,6\r', /end in CR alone.*tr/],
])('%j is told by its first bytes, with what to do', async (head, words) => {
  expect(await refusal(Buffer.from(`${head}abc`, 'latin1'))).toMatch(words);
});

test('UTF-16 is told with a mark and without, in either order of its bytes', async () => {
  const text = Buffer.from('time,ip\n2023-11-14T22:13:20Z,192.0.2.1\n', 'utf16le');
  expect(await refusal(text)).toMatch(/UTF-16LE text.*iconv -f UTF-16LE/);
  expect(await refusal(Buffer.from(text).swap16())).toMatch(/UTF-16BE/);
  expect(await refusal(Buffer.concat([Buffer.from([0xff, 0xfe]), text]))).toMatch(/UTF-16 text/);
});

test('what was packed twice says so', async () => {
  expect(await refusal(gzipSync(gzipSync('1,2,3\n')))).toMatch(/gzip data within packed data/);
});

test('bytes of any kind are called binary', async () => {
  const bytes = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * at * 31 + (at >> 3) * 17) % 251));
  expect(await refusal(bytes)).toMatch(/binary data/);
});

/** Bytes of any value, the same ones each time: a linear congruential generator. */
function anyBytes(length: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state >> 16;
    }),
  );
}

test('bytes of any value are no table, however many there are, and whatever rate is given', async () => {
  for (let seed = 1; seed <= 50; seed++) {
    for (const length of [100, 1000, 20_000]) {
      expect(await refusal(anyBytes(length, seed))).toMatch(/^-: binary data in no known trace format/);
      expect(await refusal(anyBytes(length, seed), { ratePerSecond: 100 })).toMatch(/binary data/);
    }
  }
});

test('text in another encoding than UTF-8, and one with NULs in a row, are no binary data', async () => {
  const table = Buffer.from('2023-11-14 22:13:20;M\xfcller;B\xfcro\n'.repeat(3), 'latin1');
  expect(await refusal(table)).toBe('read as CSV (;)');
  const log = Array.from({ length: 200 }, (_, at) => `2023-11-14T22:13:20Z,u${at},/a\n`).join('');
  expect(await refusal(`${log}${'\0'.repeat(3000)}\n${log}`)).toBe('read as CSV');
});

test('requests without times need a rate', async () => {
  const uvicorn = Array.from(
    { length: 4 },
    (_, at) => `INFO:     192.0.2.${at}:5 - "GET /${at} HTTP/1.1" 200 OK`,
  );
  expect(await refusal(uvicorn.join('\n'))).toMatch(/tell requests, but no times.*--rate 100\/s/);
});

test.each([
  [
    '2023/11/14 22:13:20 [error] 7#7: *2 limiting requests, client: 192.0.2.1, server: a, request: "GET / HTTP/1.1"',
    /error log of nginx/,
  ],
  [
    '[Tue Nov 14 22:13:20.123456 2023] [core:error] [pid 7:tid 9] [client 192.0.2.1:5] AH00124: x',
    /error log of Apache/,
  ],
  ['--a1b2c3d4-A--\n[14/Nov/2023:22:13:20 +0000] Z 192.0.2.1 5 192.0.2.2 80', /audit log of ModSecurity/],
  ['START RequestId: 8f5a1b2c Version: $LATEST\nEND RequestId: 8f5a1b2c', /AWS Lambda without the times/],
  ['hello\nNov 14 22:13:20 a b\n', /have times, but nothing tells.*it begins: hello/],
])('%j is no trace', async (line, words) => {
  expect(await refusal(`${line}\n`.repeat(3))).toMatch(words);
});

test('a document whose entries lie deep is told with the command that takes them out', async () => {
  const found = {
    took: 3,
    hits: { total: 1, hits: [{ _id: 'a', _source: { '@timestamp': '2023-11-14T22:13:20Z' } }] },
  };
  expect(await refusal(JSON.stringify(found))).toContain("jq -c '.hits.hits[]'");
  const logs = [
    { resource: { attributes: [{ key: 'a' }] }, scopeLogs: [{ logRecords: [{ timeUnixNano: '1' }] }] },
  ];
  expect(await refusal(JSON.stringify({ resourceLogs: logs }))).toContain(
    "jq -c '.resourceLogs[].scopeLogs[].logRecords[]'",
  );
  expect(await refusal('{"id":"a","talk":[{"from":"me"}]}')).toMatch(/no field holds the time/);
});

test.each([
  [
    'a cost',
    'time,key,tokens\n2023-11-14T22:13:20Z,a,1.5\n',
    /read as CSV; costs are whole.*\n.*:2: bad cost/,
  ],
  ['a count', 'minute,count\n0,1.5\n1,2.5\n', /read as counts.*counts are whole.*\n.*:2: bad count/],
  ['a time', 'time,key\n1601-01-01T00:00:00Z,a\n', /times must lie in 1898–2184.*\n.*:2: time out of range/],
])('%s that cannot be used in any line is told', async (_what, content, words) => {
  expect(await refusal(content)).toMatch(words);
});

test('the minutes of times whose hours are another column are no times', async () => {
  const rows = ['5,10,15,1,a', '5,10,15,7,b', '5,10,16,2,a'].join('\n');
  expect(await refusal(`Day,Hour,Minute,Second,User\n${rows}`)).toMatch(
    /lies in several fields \(Day, Hour, Minute, Second\); write it as one/,
  );
  const dated = 'date,hour,minute,user\n2023-11-14,22,13,a\n2023-11-14,22,14,b';
  expect(await refusal(dated)).toMatch(/several fields/);
  expect(await refusal('hour,minute,time,user\n22,13,2023-11-14T22:13:20Z,a')).toBe('read as CSV');
});

test('a time that the user names, and that is none, is told', async () => {
  const content = 'time,key\n2023-11-14T22:13:20Z,a\n';
  expect(await refusal(content, { time: 'key' })).toMatch(/name the field of the time.*\n.*:2: bad time/);
});

test.each([
  ['time,client\n', /only a header \(time, client\): there is nothing to replay/],
  ['[]\n', /an empty list: there is nothing to replay/],
  ['version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n', /Git LFS.*git lfs pull/],
  ['1700000000.250000 IP 192.0.2.7.5 > 192.0.2.1.80: Flags [S], seq 1, win 9, length 0\n', /tcpdump.*tshark/],
  ['time,client\n2023-11-14T22:13:20Z,"a\n', /no field holds the time/],
])('%j holds nothing that could be replayed', async (content, words) => {
  expect(await refusal(content)).toMatch(words);
});

test('a report of one object is no trace of one request', async () => {
  const report = { aggregate: { period: 1_700_000_000_000 }, intermediate: [{ period: '1700000000000' }] };
  expect(await refusal(JSON.stringify(report, null, 2))).toContain("jq -c '.intermediate[]'");
  const streams = [{ stream: { app: 'a' }, values: [['1700000000000000000', 'GET /']] }];
  expect(await refusal(JSON.stringify({ data: { result: streams } }))).toContain(
    "jq -r '.data.result[].values[] | @tsv'",
  );
});

test('spans cut short are broken JSON', async () => {
  expect(await refusal('{"resourceSpans":[{"resource":{}')).toMatch(/broken JSON/);
});

test.each([
  ['sentences', '2023-11-14 22:13:20, Info   the servicing stack was loaded with its core'],
  ['levels', '2023-11-14 22:13:20 INFO core started worker'],
  ['syslog', 'Nov 14 22:13:20 h7 automount[79]: lookup failed'],
])('a log of a program whose rows are of one width is no table: %s', async (_, line) => {
  expect(await refusal(`${line}\n`.repeat(5))).toMatch(/nothing tells which of them are requests/);
});

test('numbers of no unit that can be told ask for one', async () => {
  const trace = Array.from({ length: 30 }, (_, at) => `${at * 50_000_000},u${at % 3},x`).join('\n');
  expect(await refusal(trace)).toMatch(/too large for seconds.*--time NAME:us/);
  const { requests } = await readTrace(trace, { time: '1:us', key: '2', spread: 'none' });
  expect(requests[1]).toMatchObject({ at: 50_000_000, key: 'u1' });
});

test.each([
  ['JSON', '{"time":"2023-11-14T22:13:20.25Z","level":"info","hostname":"h","msg":"loaded the settings"}'],
  ['the journal', '{"__REALTIME_TIMESTAMP":"1700000000250000","_UID":"0","MESSAGE":"started"}'],
  ['logfmt', 'time=2023-11-14T22:13:20.25Z level=info logger=settings msg="loaded"'],
  ['a table', 'LineId,Time,Level,Content\n1,2023-11-14 22:13:20,INFO,loaded the settings'],
  ['decimal commas', '2023-11-14 22:13:20,672:DEBUG:loaded the settings'],
])("a program's log in %s has no requests", async (_, line) => {
  expect(await refusal(`${line}\n${line}\n`)).toMatch(
    /a program's log|nothing tells which of them are requests/,
  );
});

test('entries of a program that a user calls requests are', async () => {
  const line = '{"time":"2023-11-14T22:13:20.25Z","level":"info","hostname":"h","msg":"asked"}';
  expect(await refusal(line, { key: 'hostname' })).toBe('read as JSON lines');
});

test('counts whose rows are times lie the other way round', async () => {
  const columns = Array.from({ length: 12 }, (_, at) => at);
  const rows = [0, 60, 120].map((second) => ['0', second, ...columns.map((at) => at % 3)].join(','));
  const table = [['day', 'time', ...columns].join(','), ...rows].join('\n');
  expect(await refusal(table)).toMatch(/whose rows are times \(column time\)/);
});

test.each([
  [{ ts: { 0: 1_700_000_000_000, 1: 1_700_000_000_500 }, ip: { 0: 'a', 1: 'b' } }, 'transpose[]) | @csv'],
  [{ ts: [1_700_000_000_000, 1_700_000_000_500], ip: ['a', 'b'] }, 'transpose[]) | @csv'],
  [{ 0: { ts: 1_700_000_000_000, ip: 'a' }, 1: { ts: 1_700_000_000_500, ip: 'b' } }, "jq -c '.[]'"],
  [
    { columns: ['ts', 'ip'], index: [0], data: [[1_700_000_000_000, 'a']] },
    "jq -r '(.columns, .data[]) | @csv'",
  ],
  [[[1_700_000_000_000, 'a']], "jq -r '.[] | @csv'"],
  [[[{ time: 1_700_000_000_000, ip: 'a' }]], "jq -c '.[][]'"],
])('a table in one JSON value %j is told with the command that makes rows of it', async (table, command) => {
  expect(await refusal(JSON.stringify(table))).toContain(command);
});

test('such a table is told by its beginning where it is too long to be looked at as a whole', async () => {
  const column = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, row) => [row, 1_700_000_000_000 + row]),
  );
  expect(await refusal(JSON.stringify({ ts: column }))).toContain('transpose[]) | @csv');
  const hits = Array.from({ length: 20_000 }, () => ({ '@timestamp': '2023-11-14T22:13:20Z' }));
  expect(await refusal(JSON.stringify({ took: 3, hits: { hits } }))).toMatch(/document in one long line/);
});

test.each([
  ['autocannon', JSON.stringify({ start: '2023-11-14T22:13:20Z', latency: { p50: 1, p99: 7 } })],
  ['wrk', 'Running 30s test @ http://127.0.0.1/\n  12 threads and 400 connections\nRequests/sec: 74886.53'],
  ['YCSB', '[OVERALL], RunTime(ms), 10110\n[READ], Operations, 475'],
])('the summary of a load test holds no requests: %s', async (_, summary) => {
  expect(await refusal(summary)).toMatch(/summary of a load test/);
});

test('what is the same in all rows makes measurements no log', async () => {
  const rows = [3, 1, 2].map((value, step) => `http,1700000${step}00,${value}`);
  expect(await refusal(['_measurement,_time,_value', ...rows].join('\n'))).toMatch(
    /measurements, one row each 100s/,
  );
});

test('measurements of several machines at each step are no requests of theirs', async () => {
  const at = (step: number) => ['h1', 'h2'].map((host) => `17000000${step}0,${host},${step * 7}`);
  expect(await refusal(['timestamp,host,cpu', ...[1, 2, 3, 4].flatMap(at)].join('\n'))).toMatch(
    /measurements/,
  );
});

test('clients that ask in step are read, whatever numbers their requests have', async () => {
  const at = (step: number) => ['c1', 'c2'].map((client) => `17000000${step}0,${client},${step * 7}`);
  expect(await refusal(['timestamp,client,size', ...[1, 2, 3, 4].flatMap(at)].join('\n'))).toBe(
    'read as CSV',
  );
});

test('flows of a network are no requests', async () => {
  const flow =
    '2 123456789010 eni-1235b8ca 192.0.2.7 10.0.0.5 20641 443 6 20 4249 1700000000 1700000060 ACCEPT OK';
  expect(await refusal(`${flow}\n${flow}\n`)).toMatch(/flow log of a network/);
});

test('columns that change their order within a file would change what is read', async () => {
  const rows = [
    'time,client,status',
    '2023-11-14T22:13:20Z,a,200',
    'time,status,client',
    '2023-11-14T22:13:21Z,200,a',
  ];
  expect(await refusal(rows.join('\n'))).toMatch(/columns change their order.*time,status,client/);
});

test('DNS queries without times say so', async () => {
  const line = '[INFO] 192.0.2.7:38110 - 4053 "A IN a.example. udp 41 false 4096" NOERROR qr,rd,ra 107 0.25s';
  expect(await refusal(line)).toMatch(/queries of CoreDNS, but no times/);
});

test('dates in front of words are rather the time than a number that goes up in them', async () => {
  const lines = Array.from(
    { length: 5 },
    (_, at) => `Nov 14 22:13:2${at} host daemon[7]: job ${at * 3} is done`,
  );
  expect(await refusal(lines.join('\n'))).toMatch(/nothing tells which of them are requests/);
});

test.each([
  [
    'Prometheus',
    '# TYPE requests counter\nrequests{code="200"} 7 1700000000000\nrequests{code="500"} 1 1700000000000',
  ],
  ['Lambda', 'timestamp,message\n1700000000123,START RequestId: a\n1700000000456,REPORT RequestId: a'],
  [
    'Lambda',
    '{"timestamp":1700000000123,"message":"START RequestId: a"}\n{"timestamp":1700000000456,"message":"x"}',
  ],
])('lines that tell a request in several, or only sums of them, are no requests: %s', async (_, log) => {
  expect(await refusal(log)).toMatch(/sums and no requests|each invocation in several lines/);
});

test.each([
  ['a sum', ['ts', 'ts_delta', 'num_conns'], /without who asked/],
  ['what it measures of itself', ['ts', 'peer', 'mem'], /without who asked/],
  ['what it loaded', ['name'], /without times/],
])('a log of Zeek that tells no requests says so, and is no other table: %s', async (_, fields, words) => {
  const rows = [20, 21, 22].map((second) =>
    [`17000000${second}`, '60', '7'].slice(0, fields.length).join('\t'),
  );
  const log = ['#separator \\x09', `#fields\t${fields.join('\t')}`, ...rows].join('\n');
  expect(await refusal(log)).toMatch(words);
  expect(await refusal(log, { time: fields[0], key: fields.at(-1) })).toBe('read as Zeek log');
});

test.each([
  [
    'PostgreSQL',
    '2023-11-14 22:13:20.5 UTC [7] LOG:  disconnection: session time: 0:00:05 user=ann database=shop host=[local]',
  ],
  [
    'PgBouncer',
    '2023-11-14 22:13:20.5 UTC [7] LOG C-0x5: shop/ann@192.0.2.7:4 closing because: client close (age=3s)',
  ],
])('a log of %s that tells no requests says what to log', async (server, line) => {
  expect(await refusal(`${line}\n`.repeat(5))).toMatch(
    new RegExp(`a log of ${server}.*; log them with log_`),
  );
});

test.each(['runtime', 'cpu_time', 'uptime'])(
  'what something takes is no time of a request: %s',
  async (name) => {
    expect(await refusal(`${name}\n30\n33\n42\n57\n`)).toMatch(/no field holds the time/);
  },
);

test('numbers of words that tell requests are no times, although they go up', async () => {
  const access = ['GET /a 200 12 - 1.5 ms', 'GET /b 200 12 - 1.6 ms', 'GET /c 200 12 - 1.9 ms'];
  expect(await refusal(access.join('\n'))).toMatch(/tell requests, but no times/);
  const coloured = access.map((line) => line.replace('GET', '\u001b[0mGET'));
  expect(await refusal(coloured.join('\n'))).toMatch(/tell requests, but no times/);
});

test('a number in brackets is no date', async () => {
  const calls = [20, 21, 22].map(
    (second) => `22:13:${second}.123456 accept4(3, {port=htons(4)}, [16], 0) = 5`,
  );
  expect(await refusal(calls.join('\n'))).not.toMatch(/read as/);
});

test('points of InfluxDB and of Graphite are measurements', async () => {
  expect(await refusal('http,host=a,path=/b count=3i,mean=0.5 1700000000250000000\n')).toMatch(
    /points of InfluxDB/,
  );
  const graphite = [3, 1, 2].map((value, step) => `servers.h1.requests ${value} 1700000${step}00`);
  expect(await refusal(graphite.join('\n'))).toMatch(/measurements, one row each 100s/);
});

test('measurements without names at each step are no requests either', async () => {
  const at = (step: number) =>
    ['m1', 'm2'].map((machine) => `${machine},${38670 + step * 10},${step * 7},90`);
  expect(await refusal([1, 2, 3, 4].flatMap(at).join('\n'))).toMatch(/measurements/);
});

test('measurements as JSON are none either', async () => {
  const points = [3, 1, 2].map((value, step) => ({ timestamp: 1_700_000_000 + step * 60, edge: value }));
  expect(await refusal(JSON.stringify({ data: points }))).toMatch(/measurements, one row each 1m/);
});

test.each(['key', 'cost', 'time'])(
  'a %s that is called as what every object has is not there',
  async (role) => {
    const told = await refusal('time,client\n2023-11-14T22:13:20Z,ann\n', { [role]: 'constructor' });
    expect(told).toMatch(/there is no field "constructor"/);
  },
);
